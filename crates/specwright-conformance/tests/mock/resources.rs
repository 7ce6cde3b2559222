//! Lists see what is created, changed and deleted.

use serde_json::{Value, json};
use specwright_conformance::MockServer;

use crate::{
    client::get,
    documents::start,
    schema,
    things::{THINGS, Things, all_ids, call, create, delete, ids, items_at},
};

async fn list(server: &MockServer, target: &str) -> Vec<Value> {
    items_at(&get(server, target).await.json(), "/items")
}

fn path(id: &Value) -> String {
    format!("/things/{}", id.as_str().unwrap())
}

#[tokio::test]
async fn members_of_the_list_are_found_and_nothing_else() {
    let server = THINGS.serve(30).await;
    for item in &server.data("things")[..5] {
        assert_eq!(get(&server, &path(&item["id"])).await.json(), *item);
    }
    let answer = get(&server, "/things/nothing").await;
    assert_eq!(answer.status, 404);
    assert_eq!(
        answer.json(),
        json!({ "message": "there is no item of this name" })
    );
    let undocumented = call(&server, "DELETE", "/things/nothing", &[], None).await;
    assert_eq!(
        (undocumented.status, undocumented.header("content-type")),
        (404, Some("application/problem+json"))
    );
}

#[tokio::test]
async fn what_is_created_is_in_the_list_and_keeps_what_was_sent() {
    let server = THINGS.serve(30).await;
    let sent = json!({
        "id": "mine", "name": "new", "color": "blue", "size": 51, "note": null, "secret": "s", "unknown": 1,
        "made_at": "1999-01-01T00:00:00Z",
    });
    let answer = call(&server, "POST", "/things", &[], Some(&sent)).await;
    let created = answer.json();
    assert_eq!(answer.status, 201);
    assert_eq!(
        answer.header("location"),
        Some(path(&created["id"]).as_str())
    );
    schema::assert_valid(
        &schema::of_component(&THINGS.description(), "Thing"),
        &created,
    );
    assert_eq!(
        (&created["name"], &created["color"], &created["note"]),
        (&json!("new"), &json!("blue"), &Value::Null)
    );
    assert_ne!(created["id"], "mine", "it is set by the server alone");
    assert_ne!(created["made_at"], "1999-01-01T00:00:00Z");
    assert_eq!(created.get("size"), None, "it is above the maximum");
    assert!(created.get("secret").is_none() && created.get("unknown").is_none());
    assert_eq!(get(&server, &path(&created["id"])).await.json(), created);
    let items = list(&server, "/things?limit=100").await;
    assert_eq!((items.len(), items.last()), (31, Some(&created)));
    assert_eq!(
        server.data("things").len(),
        30,
        "the data set as it was generated"
    );
}

#[tokio::test]
async fn ids_that_clients_choose_must_be_new() {
    let things = Things {
        id: "{type: string}",
        ..THINGS
    };
    let server = things.serve(3).await;
    let sent = json!({ "id": "mine", "name": "n" });
    let first = call(&server, "POST", "/things", &[], Some(&sent)).await;
    assert_eq!((first.status, &first.json()["id"]), (201, &json!("mine")));
    let second = call(&server, "POST", "/things", &[], Some(&sent)).await;
    assert_eq!(second.status, 409);
    let taken = json!({ "id": all_ids(&server)[0], "name": "n" });
    assert_eq!(
        call(&server, "POST", "/things", &[], Some(&taken))
            .await
            .status,
        409
    );
    delete(&server, &json!("mine")).await;
    assert_eq!(
        call(&server, "POST", "/things", &[], Some(&sent))
            .await
            .status,
        201
    );
}

#[tokio::test]
async fn put_replaces_and_patch_merges() {
    let server = THINGS.serve(30).await;
    let validator = schema::of_component(&THINGS.description(), "Thing");
    let before = server.data("things")[4].clone();
    let target = path(&before["id"]);
    let sent = json!({ "name": "first", "color": "red", "size": 7, "id": "other" });
    let replaced = call(&server, "PUT", &target, &[], Some(&sent)).await.json();
    schema::assert_valid(&validator, &replaced);
    let kept = |name: &str| before[name].clone();
    assert_eq!(
        replaced,
        json!({ "id": kept("id"), "name": "first", "color": "red", "size": 7, "made_at": kept("made_at") })
    );
    let patch = json!({ "name": "second", "color": null, "made_at": null, "size": "no number" });
    let merged = call(&server, "PATCH", &target, &[], Some(&patch))
        .await
        .json();
    assert_eq!(
        merged,
        json!({ "id": kept("id"), "name": "second", "size": 7, "made_at": kept("made_at") })
    );
    assert_eq!(get(&server, &target).await.json(), merged);
    let items = list(&server, "/things?limit=100").await;
    assert_eq!(
        (items.len(), &items[4]),
        (30, &merged),
        "it keeps its place"
    );
}

#[tokio::test]
async fn what_is_deleted_is_gone() {
    let server = THINGS.serve(30).await;
    let id = all_ids(&server)[2].clone();
    delete(&server, &id).await;
    assert_eq!(get(&server, &path(&id)).await.status, 404);
    assert_eq!(
        call(&server, "DELETE", &path(&id), &[], None).await.status,
        404
    );
    let patch = json!({ "name": "n" });
    assert_eq!(
        call(&server, "PATCH", &path(&id), &[], Some(&patch))
            .await
            .status,
        404
    );
    let left = ids(&list(&server, "/things?limit=100").await);
    assert!(left.len() == 29 && !left.contains(&id));
}

#[tokio::test]
async fn every_parent_has_its_own_data_set() {
    let server = THINGS.serve(30).await;
    let one = list(&server, "/users/1/things?limit=100").await;
    let other = list(&server, "/users/2/things?limit=100").await;
    assert_eq!((one.len(), other.len()), (30, 30));
    assert!(one.iter().all(|item| !other.contains(item)));
    let target = format!("/users/1{}", path(&one[0]["id"]));
    assert_eq!(get(&server, &target).await.json(), one[0]);
    let elsewhere = format!("/users/2{}", path(&one[0]["id"]));
    assert_eq!(get(&server, &elsewhere).await.status, 404);
    let sent = json!({ "name": "n" });
    assert_eq!(
        call(&server, "POST", "/users/2/things", &[], Some(&sent))
            .await
            .status,
        201
    );
    assert_eq!(list(&server, "/users/1/things?limit=100").await, one);
    assert_eq!(list(&server, "/users/2/things?limit=100").await.len(), 31);
    assert_eq!(
        server.data("thingsOfUsers"),
        one,
        "the first one that was asked for"
    );
    let again = start(THINGS.mock().items(30)).await;
    let first = list(&again, "/users/2/things?limit=100").await;
    assert_eq!(first, other, "the order of requests does not matter");
}

#[tokio::test]
async fn bodies_that_are_no_objects_do_no_harm() {
    let server = THINGS.serve(3).await;
    for body in [json!([]), json!(null), json!("x"), json!(1)] {
        let answer = call(&server, "POST", "/things", &[], Some(&body)).await;
        assert_eq!(answer.status, 201, "{body}");
        let id = &all_ids(&server)[0];
        let answer = call(&server, "PATCH", &path(id), &[], Some(&body)).await;
        assert_eq!(answer.json(), server.data("things")[0], "{body}");
    }
    let broken = call(&server, "POST", "/things", &[], None).await;
    assert_eq!(broken.status, 201);
}

#[tokio::test]
async fn answers_may_say_more_than_the_list() {
    let document = "{openapi: 3.0.3, info: {title: T, version: '1'}, paths: {
        /dogs: {
          get: {operationId: dogs, x-specwright-pagination: {style: offset, request: {position: skip}, response: {items: /dogs}},
            parameters: [{name: skip, in: query, schema: {type: integer}}],
            responses: {'200': {description: Some., content: {application/json: {schema: {type: object, properties: {dogs: {type: array,
              items: {$ref: '#/components/schemas/Dog'}}}}}}}}},
          post: {responses: {'200': {description: One., content: {application/json: {schema: {$ref: '#/components/schemas/Answer'}}}}}}},
        '/dogs/{dog_id}': {
          get: {responses: {'200': {description: One., content: {application/json: {schema: {$ref: '#/components/schemas/Answer'}}}}}}}},
      components: {schemas: {
        Dog: {type: object, required: [dog_id, name], properties: {dog_id: {type: integer}, name: {type: string}}},
        Detail: {type: object, required: [dog_id, name, weight], properties: {dog_id: {type: integer}, name: {type: string},
          weight: {type: integer, minimum: 1}, owner: {type: string}}},
        Answer: {type: object, required: [ok, dog], properties: {ok: {type: boolean}, dog: {$ref: '#/components/schemas/Detail'}}}}}}";
    let description = crate::documents::description(document);
    let validator = schema::of_component(&description, "Answer");
    let server = start(specwright_conformance::Mock::new(description).items(5)).await;
    let item = server.data("dogs")[3].clone();
    let target = format!("/dogs/{}", item["dog_id"]);
    let shown = get(&server, &target).await.json();
    schema::assert_valid(&validator, &shown);
    assert_eq!(
        (&shown["dog"]["dog_id"], &shown["dog"]["name"]),
        (&item["dog_id"], &item["name"])
    );
    assert_eq!(get(&server, &target).await.json(), shown);
    let sent = json!({ "name": "Rex", "weight": 12, "owner": "Ada" });
    let created = call(&server, "POST", "/dogs", &[], Some(&sent))
        .await
        .json();
    schema::assert_valid(&validator, &created);
    let dog = &created["dog"];
    assert_eq!(
        (&dog["name"], &dog["weight"], &dog["owner"]),
        (&json!("Rex"), &json!(12), &json!("Ada"))
    );
    let shown = get(&server, &format!("/dogs/{}", dog["dog_id"]))
        .await
        .json();
    assert_eq!(shown["dog"], *dog);
}

#[tokio::test]
async fn a_path_parameter_may_be_another_property() {
    for parameter in ["{name}", "{thing_name}", "{thingName}"] {
        let text = THINGS
            .text()
            .replace("/things/{id}", &format!("/things/{parameter}"));
        let mock = specwright_conformance::Mock::new(crate::documents::description(&text));
        let server = start(mock.items(5)).await;
        let item = server.data("things")[1].clone();
        let target = format!("/things/{}", item["name"].as_str().unwrap());
        assert_eq!(get(&server, &target).await.json(), item, "{parameter}");
        let answer = call(&server, "DELETE", &target, &[], None).await;
        assert_eq!(answer.status, 204);
        assert_eq!(get(&server, &target).await.status, 404);
    }
}

#[tokio::test]
async fn many_new_items_are_bounded() {
    let server = THINGS.serve(1).await;
    let first = create(&server, "first").await;
    for number in 0..300 {
        create(&server, &number.to_string()).await;
    }
    assert_eq!(list(&server, "/things?limit=1000").await.len(), 302);
    assert_eq!(get(&server, &path(&first)).await.json()["name"], "first");
}
