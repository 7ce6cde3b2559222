//! Lists of other forms than those of the built-in APIs.

use serde_json::{Value, json};
use specwright_conformance::{Mock, MockServer};

use crate::{
    client::get,
    documents::{description, start},
    schema,
};

/// A document with one list, `GET /things`: its plan, its parameters and the schema of its body, each in one line.
fn document(plan: &str, position: &str, body: &str) -> String {
    format!(
        "{{openapi: 3.0.3, info: {{title: T, version: '1'}}, paths: {{/things: {{get: {{operationId: things,
           x-specwright-pagination: {plan},
           parameters: [
             {{name: {position}, in: query, schema: {{}}}},
             {{name: size, in: query, schema: {{type: integer, maximum: 10}}}}],
           responses: {{'200': {{description: A page., content: {{application/json: {{schema: {body}}}}}}}}}}}}}}},
         components: {{schemas: {{Thing: {{type: object, required: [id], properties: {{id: {{type: integer}}}}}}}}}}}}"
    )
}

const THINGS: &str = "{type: array, items: {$ref: '#/components/schemas/Thing'}}";

async fn serve(document: &str, items: usize) -> MockServer {
    start(Mock::new(description(document)).items(items)).await
}

/// The body at the query, found valid.
async fn page(server: &MockServer, document: &str, query: &str) -> Value {
    let body = get(server, &format!("/things?{query}")).await.json();
    schema::assert_valid(&schema::of_success(&description(document), "things"), &body);
    body
}

#[tokio::test]
async fn the_body_may_be_the_list() {
    let plan = "{style: offset, request: {position: skip, size: size}, response: {items: ''}}";
    let document = document(plan, "skip", THINGS);
    let server = serve(&document, 12).await;
    let ids: Vec<Value> = server
        .data("things")
        .iter()
        .map(|it| it["id"].clone())
        .collect();
    assert_eq!(ids, (1..=12).map(Value::from).collect::<Vec<_>>());
    assert_eq!(
        page(&server, &document, "size=5&skip=10").await,
        Value::from(&server.data("things")[10..])
    );
}

#[tokio::test]
async fn everything_that_a_plan_may_name_is_filled_in() {
    let plan = "{style: offset, request: {position: skip, size: size}, response: {items: /list, next: /next, previous: /previous,
        has_more: /more, total: /about/total, current: /about/page, last: /about/last, size: /about/size}}";
    let body = format!(
        "{{type: object, properties: {{list: {THINGS}, next: {{type: integer}}, previous: {{type: integer, nullable: true}},
           more: {{type: boolean}}, about: {{type: object, required: [total], properties: {{
             total: {{type: string}}, page: {{type: integer}}, last: {{type: integer}}, size: {{type: integer}}}}}}}}}}"
    );
    let document = document(plan, "skip", &body);
    let server = serve(&document, 12).await;
    let mut second = page(&server, &document, "size=5&skip=5").await;
    second.as_object_mut().unwrap().remove("list");
    let about = json!({ "total": "12", "page": 2, "last": 3, "size": 5 });
    assert_eq!(
        second,
        json!({ "next": 10, "previous": 0, "more": true, "about": about })
    );
    let last = page(&server, &document, "size=5&skip=10").await;
    assert_eq!(
        (last.get("next"), &last["more"], &last["previous"]),
        (None, &json!(false), &json!(5))
    );
    assert_eq!(
        page(&server, &document, "size=5").await["previous"],
        Value::Null
    );
}

#[tokio::test]
async fn an_end_that_can_be_neither_null_nor_absent_is_an_empty_text() {
    let plan = "{style: cursor, request: {position: after}, response: {items: /list, next: /next}}";
    let body = format!(
        "{{type: object, required: [list, next], properties: {{list: {THINGS}, next: {{type: string}}}}}}"
    );
    let document = document(plan, "after", &body);
    let server = serve(&document, 25).await;
    let first = page(&server, &document, "").await;
    assert_eq!(first["list"].as_array().map(Vec::len), Some(20));
    let second = page(
        &server,
        &document,
        &format!("after={}", first["next"].as_str().unwrap()),
    )
    .await;
    assert_eq!(
        (second["list"].as_array().map(Vec::len), &second["next"]),
        (Some(5), &json!(""))
    );
}

#[tokio::test]
async fn an_end_that_has_to_be_a_number_is_zero() {
    let plan = "{style: offset, request: {position: skip}, response: {items: /list, next: /next}}";
    let body = format!(
        "{{type: object, required: [next], properties: {{list: {THINGS}, next: {{type: integer}}}}}}"
    );
    let document = document(plan, "skip", &body);
    let server = serve(&document, 5).await;
    assert_eq!(page(&server, &document, "").await["next"], 0);
}

#[tokio::test]
async fn other_members_of_the_envelope_do_not_contradict_the_page() {
    let plan = "{style: page, request: {position: page, size: size}, response: {items: /data}}";
    let body = format!(
        "{{type: object, properties: {{data: {THINGS}, meta: {{type: object, required: [total, next_page_url], properties: {{
           total: {{type: integer}}, per_page: {{type: integer}}, from: {{type: integer, nullable: true}}, to: {{type: integer}},
           count: {{type: integer}}, next_page_url: {{type: string, nullable: true}}, has_next: {{type: boolean}}}}}},
           errors: {{type: array, items: {{type: string}}}}, ok: {{type: boolean}}, from: {{type: string}}}}}}"
    );
    let document = document(plan, "page", &body);
    let server = serve(&document, 12).await;
    let body = page(&server, &document, "size=5&page=3").await;
    let expected = json!({ "total": 12, "per_page": 5, "from": 11, "to": 12, "count": 2, "next_page_url": null, "has_next": false });
    assert_eq!(
        (&body["meta"], &body["ok"], body.get("errors")),
        (&expected, &json!(true), None)
    );
    assert!(body["from"].is_string());
    let beyond = page(&server, &document, "size=5&page=4").await;
    assert_eq!(
        (&beyond["meta"]["from"], beyond["meta"].get("to")),
        (&Value::Null, None)
    );
}

#[tokio::test]
async fn the_variant_of_an_envelope_is_the_one_with_the_items() {
    let plan =
        "{style: offset, request: {position: skip, size: size}, response: {items: /data/list}}";
    let body = format!(
        "{{type: object, required: [data], properties: {{data: {{allOf: [
           {{type: object, properties: {{kind: {{type: string}}}}}},
           {{type: object, required: [list], properties: {{list: {THINGS}}}}}]}}}}}}"
    );
    let document = document(plan, "skip", &body);
    let server = serve(&document, 12).await;
    for seed_like in 0..3 {
        let body = page(
            &server,
            &document,
            &format!("size=4&skip={}", seed_like * 4),
        )
        .await;
        assert_eq!(body["data"]["list"].as_array().map(Vec::len), Some(4));
        assert!(body["data"]["kind"].is_string());
    }
}

#[tokio::test]
async fn a_size_above_the_maximum_is_refused_where_the_plan_says_so() {
    for (clamps, expected) in [
        ("", 200),
        ("size: {clamps: true}", 200),
        ("size: {clamps: false}", 422),
    ] {
        let plan = format!(
            "{{style: offset, request: {{position: skip, size: size}}, response: {{items: ''}}, {clamps}}}"
        );
        let server = serve(&document(&plan, "skip", THINGS), 12).await;
        let answer = get(&server, "/things?size=11").await;
        assert_eq!(answer.status, expected, "{clamps}");
        if expected == 422 {
            assert_eq!(
                answer.header("content-type"),
                Some("application/problem+json")
            );
            assert_eq!(answer.json()["detail"], "size: 11 is more than 10");
        }
    }
}

#[tokio::test]
async fn items_may_be_anything() {
    let plan = "{style: offset, request: {position: skip, size: size}, response: {items: ''}}";
    for items in [
        "{type: string}",
        "{type: array, items: {type: boolean}}",
        "{}",
        "{type: string, enum: [a, b]}",
    ] {
        let document = document(plan, "skip", &format!("{{type: array, items: {items}}}"));
        let server = serve(&document, 12).await;
        let body = page(&server, &document, "size=5&skip=5").await;
        assert_eq!(body, Value::from(&server.data("things")[5..10]), "{items}");
    }
}
