//! Requests that break the contract of their operation, and examples that do.

use std::sync::Arc;

use serde_json::json;
use specwright_conformance::{Mock, MockServer};
use specwright_openapi::{MemoryLoader, load_with_document};

use crate::{client::get, documents::start, things::call};

const API: &str = "
openapi: 3.0.4
info: {title: Cats, version: '1'}
paths:
  /cats/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: integer}}]
    get:
      parameters:
        - {name: fields, in: query, style: form, explode: false, schema: {type: array, maxItems: 2, items: {enum: [name, age]}}}
      responses:
        '200':
          description: A cat.
          content:
            application/json:
              schema: {type: object, required: [name], properties: {name: {type: string, maxLength: 5}}}
              example: {name: Alexander}
    put:
      requestBody:
        required: true
        content: {application/json: {schema: {type: object, required: [name], properties: {name: {type: string}, age: {type: integer}}}}}
      responses:
        '200': {description: Done., content: {application/json: {schema: {type: string}, example: fine}}}
        '422': {description: No., content: {application/json: {schema: {type: object, required: [message], properties: {message: {type: string}}}}}}
";

async fn server() -> MockServer {
    let loaded =
        load_with_document("api.yaml", &MemoryLoader::default().with("api.yaml", API)).unwrap();
    let description = Arc::new(loaded.description.unwrap());
    start(Mock::new(description).validate(loaded.document.unwrap())).await
}

#[tokio::test]
async fn what_is_wrong_is_named_with_its_place_and_rule() {
    let server = server().await;
    let answer = get(&server, "/cats/seven?fields=name,size,age").await;
    assert_eq!(answer.status, 400);
    assert_eq!(
        answer.header("content-type"),
        Some("application/problem+json")
    );
    let body = answer.json();
    let errors = body["errors"].as_array().unwrap();
    let places: Vec<_> = errors
        .iter()
        .map(|it| (it["in"].as_str().unwrap(), it["name"].as_str().unwrap()))
        .collect();
    assert!(
        places.contains(&("path", "id")) && places.contains(&("query", "fields")),
        "{body:#}"
    );
    assert!(
        errors
            .iter()
            .all(|it| it["rule"] == "wire/invalid-parameter"),
        "{body:#}"
    );
    assert_eq!(get(&server, "/cats/7?fields=name,age").await.status, 200);
}

#[tokio::test]
async fn a_documented_refusal_has_its_documented_body() {
    let server = server().await;
    let wrong = call(&server, "PUT", "/cats/7", &[], Some(&json!({"name": 3}))).await;
    assert_eq!(wrong.status, 422);
    let message = wrong.json()["message"].as_str().unwrap().to_owned();
    assert!(
        message.contains("/name") && message.contains("wire/invalid-body"),
        "{message}"
    );
    assert_eq!(call(&server, "PUT", "/cats/7", &[], None).await.status, 422);
    assert_eq!(
        call(
            &server,
            "PUT",
            "/cats/7",
            &[],
            Some(&json!({"name": "Tom"}))
        )
        .await
        .status,
        200
    );
}

#[tokio::test]
async fn an_example_that_breaks_its_schema_is_not_served_unasked() {
    let server = server().await;
    let name = get(&server, "/cats/7").await.json()["name"]
        .as_str()
        .unwrap()
        .to_owned();
    assert!(name.chars().count() <= 5, "{name}");
    let asked = call(
        &server,
        "GET",
        "/cats/7",
        &[("prefer", "dynamic=false")],
        None,
    )
    .await;
    assert_eq!(asked.json()["name"], "Alexander");
}
