//! Media types, what clients take of them (RFC 9110 §12.5.1), and documented header fields.

use serde_json::Value;
use specwright_conformance::{Mock, MockServer};

use crate::{
    client::{Answer, ask},
    documents::{description, start},
};

const API: &str = "
openapi: 3.0.3
info: {title: Kinds, version: '1'}
paths:
  /many:
    get:
      responses:
        '200':
          description: In many forms.
          content:
            application/xml: {schema: {$ref: '#/components/schemas/Pet'}}
            application/json: {schema: {$ref: '#/components/schemas/Pet'}}
            text/csv: {schema: {type: array, minItems: 1, items: {$ref: '#/components/schemas/Pet'}}}
            application/x-www-form-urlencoded: {schema: {$ref: '#/components/schemas/Pet'}}
  /any: {get: {responses: {'200': {description: Any., content: {'image/*': {schema: {type: string, format: binary}}}}}}}
  /pages:
    get:
      x-specwright-pagination: {style: page, request: {position: page}, response: {items: ''}}
      parameters: [{name: page, in: query, schema: {type: integer}}]
      responses: {'200': {description: Numbers., content: {application/json: {schema: {type: array, items: {type: integer}}}}}}
  /fields:
    get:
      responses:
        '200':
          description: With fields.
          headers:
            X-Example: {schema: {type: integer}, example: 12}
            X-Default: {schema: {type: string, default: usual}}
            X-List: {schema: {type: array, items: {type: integer}}, examples: {a: {value: [1, 2]}}}
            X-Generated: {schema: {type: string, enum: [only]}}
            X-Shared: {$ref: '#/components/headers/Shared'}
            'Bad Name': {schema: {type: string}, example: a}
            X-Bad: {schema: {type: string}, example: \"a\\nb\"}
            Content-Type: {schema: {type: string}, example: text/html}
            Content-Length: {schema: {type: integer}, example: 9}
            ETag: {schema: {type: string}}
          content: {application/json: {schema: {type: boolean}}}
components:
  headers: {Shared: {schema: {type: boolean}, example: true}}
  schemas:
    Pet:
      type: object
      required: [id, name]
      xml: {name: pet}
      properties: {id: {type: integer, enum: [7], xml: {attribute: true}}, name: {type: string, enum: [Tom & Co]}}
";

async fn server() -> MockServer {
    start(Mock::new(description(API))).await
}

async fn accepting(server: &MockServer, path: &str, accept: &str) -> Answer {
    ask(server, "GET", path, &[("accept", accept)]).await
}

fn text(answer: &Answer) -> String {
    String::from_utf8_lossy(&answer.body).into_owned()
}

#[tokio::test]
async fn the_media_type_that_is_wanted_most_is_sent() {
    let server = server().await;
    for (accept, expected) in [
        ("*/*", "application/json"),
        ("application/*;q=0.5, text/csv", "text/csv"),
        ("application/xml, application/json;q=0.9", "application/xml"),
        ("application/xml;q=0, */*;q=0.1", "application/json"),
        ("text/*", "text/csv"),
        (
            "image/png, application/json;charset=utf-8",
            "application/json",
        ),
    ] {
        let answer = accepting(&server, "/many", accept).await;
        assert_eq!(
            (answer.status, answer.header("content-type")),
            (200, Some(expected)),
            "{accept}"
        );
    }
}

#[tokio::test]
async fn bodies_are_in_their_media_type() {
    let server = server().await;
    let xml = accepting(&server, "/many", "application/xml").await;
    assert_eq!(
        text(&xml),
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<pet id=\"7\"><name>Tom &amp; Co</name></pet>\n"
    );
    let csv = text(&accepting(&server, "/many", "text/csv").await);
    assert!(csv.starts_with("id,name\r\n7,Tom & Co\r\n"), "{csv}");
    let form = accepting(&server, "/many", "application/x-www-form-urlencoded").await;
    assert_eq!(text(&form), "id=7&name=Tom+%26+Co");
    let image = accepting(&server, "/any", "image/gif, */*;q=0.1").await;
    assert_eq!(image.header("content-type"), Some("image/gif"));
    assert!(image.body.starts_with(b"GIF89a"));
    let image = accepting(&server, "/any", "*/*").await;
    assert_eq!(image.header("content-type"), Some("image/png"));
    assert!(image.body.starts_with(b"\x89PNG"));
}

#[tokio::test]
async fn a_client_that_takes_nothing_of_it_is_told_what_there_is() {
    let server = server().await;
    for path in ["/many", "/pages"] {
        let answer = accepting(&server, path, "image/png, text/html;q=0.5").await;
        assert_eq!(answer.status, 406, "{path}");
        let detail = answer.json()["detail"].clone();
        assert!(
            detail
                .as_str()
                .is_some_and(|it| it.contains("`application/json`")),
            "{detail}"
        );
    }
    assert_eq!(
        accepting(&server, "/pages", "application/json")
            .await
            .status,
        200
    );
}

#[tokio::test]
async fn documented_fields_are_sent() {
    let server = server().await;
    let answer = ask(&server, "GET", "/fields", &[]).await;
    assert!(matches!(answer.json(), Value::Bool(_)));
    for (name, value) in [
        ("x-example", Some("12")),
        ("x-default", Some("usual")),
        ("x-list", Some("1,2")),
        ("x-generated", Some("only")),
        ("x-shared", Some("true")),
        ("x-bad", None),
        ("bad name", None),
        ("content-type", Some("application/json")),
        ("etag", Some("\"mock\"")),
    ] {
        assert_eq!(answer.header(name), value, "{name}");
    }
    assert!(answer.is_complete());
}
