//! Documented examples, and what clients prefer (RFC 7240).

use serde_json::json;
use specwright_conformance::{Mock, MockServer};

use crate::{
    client::{Answer, ask},
    documents::{description, start},
};

const API: &str = "
openapi: 3.0.3
info: {title: Cats, version: '1'}
paths:
  /one:
    get:
      operationId: one
      responses:
        '200':
          description: A cat.
          content: {application/json: {example: {name: Tom}, schema: {$ref: '#/components/schemas/Cat'}}}
        '404':
          description: None.
          content: {application/json: {schema: {type: object, required: [reason], properties: {reason: {type: string, enum: [gone]}}}}}
        5XX: {description: Broken., content: {text/plain: {example: broken, schema: {type: string}}}}
        '304': {description: As it was., content: {application/json: {schema: {}}}}
        '102': {description: Wait.}
  /named:
    get:
      operationId: named
      responses:
        '200':
          description: A cat.
          content:
            application/json:
              schema: {$ref: '#/components/schemas/Cat'}
              examples:
                far: {externalValue: 'https://example.com/cat.json'}
                wrong: {value: {name: 7}}
                two words: {value: {name: Two}}
                shared: {$ref: '#/components/examples/Shared'}
            text/plain: {examples: {plain: {value: just a cat}}}
        default: {description: Anything., content: {application/json: {schema: {type: integer, default: 4}}}}
  /wrong: {get: {responses: {'200': {description: A cat., content: {application/json: {example: {name: 7}, schema: {$ref: '#/components/schemas/Cat'}}}}}}}
  /of-schema: {get: {responses: {'200': {description: A cat., content: {application/json: {schema: {$ref: '#/components/schemas/Known'}}}}}}}
  /list:
    get:
      operationId: list
      x-specwright-pagination: {style: page, request: {position: page}, response: {items: ''}}
      parameters: [{name: page, in: query, schema: {type: integer}}]
      responses:
        '200': {description: Cats., content: {application/json: {example: [{name: Only}], schema: {type: array, items: {$ref: '#/components/schemas/Cat'}}}}}
        '400': {description: Bad., content: {application/json: {example: {bad: true}}}}
components:
  examples: {Shared: {value: {name: Shared}}}
  schemas:
    Cat: {type: object, required: [name], properties: {name: {type: string}}}
    Known: {type: object, required: [name], properties: {name: {type: string}}, example: {name: Known}}
";

async fn server() -> MockServer {
    start(Mock::new(description(API)).items(40)).await
}

async fn preferring(server: &MockServer, path: &str, preference: &str) -> Answer {
    ask(server, "GET", path, &[("prefer", preference)]).await
}

#[tokio::test]
async fn examples_go_before_generated_bodies_if_they_fit() {
    let server = server().await;
    let body = async |path| ask(&server, "GET", path, &[]).await.json();
    assert_eq!(body("/one").await, json!({ "name": "Tom" }));
    assert_eq!(body("/named").await, json!({ "name": "Two" }));
    assert_eq!(body("/of-schema").await, json!({ "name": "Known" }));
    assert!(body("/wrong").await["name"].is_string());
}

#[tokio::test]
async fn a_documented_response_is_chosen_by_its_code() {
    let server = server().await;
    let gone = preferring(&server, "/one", "code=404").await;
    assert_eq!(
        (gone.status, gone.json()),
        (404, json!({ "reason": "gone" }))
    );
    assert_eq!(gone.header("preference-applied"), Some("code=404"));
    for (preference, status) in [("code=503", 503), ("code=5XX", 500), ("code=\"500\"", 500)] {
        let broken = preferring(&server, "/one", preference).await;
        assert_eq!(
            (broken.status, broken.body.as_slice()),
            (status, b"broken".as_slice())
        );
        assert_eq!(broken.header("content-type"), Some("text/plain"));
    }
    let same = preferring(&server, "/one", "code=304").await;
    assert_eq!(
        (same.status, same.body.len(), same.header("content-type")),
        (304, 0, None)
    );
    let anything = preferring(&server, "/named", "code=418").await;
    assert_eq!((anything.status, anything.json()), (418, json!(4)));
    let bad = preferring(&server, "/list", "code=400").await;
    assert_eq!((bad.status, bad.json()), (400, json!({ "bad": true })));
}

#[tokio::test]
async fn what_the_document_lacks_is_a_problem_that_says_what_there_is() {
    let server = server().await;
    for (path, preference, words) in [
        ("/one", "code=201", vec!["`201`", "`200`", "`404`", "`5XX`"]),
        ("/one", "code=abc", vec!["`abc`"]),
        (
            "/named",
            "example=missing",
            vec!["`missing`", "`two words`", "`shared`", "`plain`"],
        ),
        ("/one", "code=304, example=a", vec!["304", "no body"]),
    ] {
        let answer = preferring(&server, path, preference).await;
        let detail = answer.json()["detail"].as_str().unwrap().to_owned();
        assert_eq!(
            (answer.status, answer.header("content-type")),
            (404, Some("application/problem+json")),
            "{preference}"
        );
        for word in words {
            assert!(detail.contains(word), "{detail} lacks {word}");
        }
        assert_eq!(answer.header("preference-applied"), None);
    }
    assert_eq!(preferring(&server, "/one", "code=102").await.status, 501);
}

#[tokio::test]
async fn an_example_is_chosen_by_its_name() {
    let server = server().await;
    let shared = preferring(&server, "/named", "example=shared").await;
    assert_eq!(shared.json(), json!({ "name": "Shared" }));
    assert_eq!(shared.header("preference-applied"), Some("example=shared"));
    let quoted = preferring(
        &server,
        "/named",
        "wait=5, EXAMPLE=\"two words\"; a=b, code=200",
    )
    .await;
    assert_eq!(quoted.json(), json!({ "name": "Two" }));
    assert_eq!(
        quoted.header("preference-applied"),
        Some("code=200, example=\"two words\"")
    );
    // Asked for by name, it is served as it stands.
    assert_eq!(
        preferring(&server, "/named", "example=wrong").await.json(),
        json!({ "name": 7 })
    );
    let plain = preferring(&server, "/named", "example=plain").await;
    assert_eq!(plain.header("content-type"), Some("text/plain"));
    assert_eq!(plain.body, b"just a cat");
}

#[tokio::test]
async fn bodies_are_generated_or_examples_as_is_preferred() {
    let server = server().await;
    let generated = preferring(&server, "/one", "dynamic=true").await;
    assert_ne!(generated.json(), json!({ "name": "Tom" }));
    assert!(generated.json()["name"].is_string());
    assert_eq!(generated.header("preference-applied"), Some("dynamic=true"));
    let wrong = preferring(&server, "/wrong", "dynamic=false").await;
    assert_eq!(wrong.json(), json!({ "name": 7 }));
    assert_eq!(wrong.header("preference-applied"), Some("dynamic=false"));
}

#[tokio::test]
async fn a_dynamic_mock_generates_unless_an_example_is_preferred() {
    let server = start(Mock::new(description(API)).dynamic()).await;
    let generated = preferring(&server, "/one", "wait=1").await;
    assert_ne!(generated.json(), json!({ "name": "Tom" }));
    let example = preferring(&server, "/one", "dynamic=false").await;
    assert_eq!(example.json(), json!({ "name": "Tom" }));
}

#[tokio::test]
async fn a_list_pages_unless_its_example_is_preferred() {
    let server = server().await;
    let page = preferring(&server, "/list", "wait=3").await;
    assert!(page.json().as_array().unwrap().len() > 1);
    assert_eq!(page.header("preference-applied"), None);
    let example = preferring(&server, "/list", "dynamic=false").await;
    assert_eq!(example.json(), json!([{ "name": "Only" }]));
}
