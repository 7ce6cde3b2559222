//! Requests of browsers from other origins.

use specwright_conformance::{Mock, MockServer};

use crate::{
    client::ask,
    documents::{description, start},
};

const API: &str = "
openapi: 3.0.3
info: {title: Shop, version: '1'}
paths:
  /orders:
    get:
      security: [{key: []}]
      responses: {'200': {description: Orders., headers: {X-Total: {schema: {type: integer}, example: 3}}, content: {application/json: {schema: {type: array, items: {}}}}}}
    post: {responses: {'201': {description: Made.}}}
components: {securitySchemes: {key: {type: apiKey, in: header, name: X-Key}}}
";

const ORIGIN: &str = "https://app.example.com";

async fn server() -> MockServer {
    start(Mock::new(description(API))).await
}

#[tokio::test]
async fn a_preflight_allows_what_is_to_come_without_credentials() {
    let server = server().await;
    let answer = ask(
        &server,
        "OPTIONS",
        "/orders",
        &[
            ("origin", ORIGIN),
            ("access-control-request-method", "POST"),
            ("access-control-request-headers", "x-key, content-type"),
        ],
    )
    .await;
    assert_eq!((answer.status, answer.body.len()), (204, 0));
    for (name, value) in [
        ("access-control-allow-origin", ORIGIN),
        ("access-control-allow-credentials", "true"),
        ("access-control-allow-methods", "GET, HEAD, POST, OPTIONS"),
        ("access-control-allow-headers", "x-key, content-type"),
        ("access-control-max-age", "600"),
    ] {
        assert_eq!(answer.header(name), Some(value), "{name}");
    }
}

#[tokio::test]
async fn a_preflight_of_an_unknown_path_lets_the_script_see_the_404() {
    let server = server().await;
    let preflight = [("origin", ORIGIN), ("access-control-request-method", "PUT")];
    let answer = ask(&server, "OPTIONS", "/nothing", &preflight).await;
    assert_eq!(
        (answer.status, answer.header("access-control-allow-methods")),
        (204, Some("PUT"))
    );
    let nothing = ask(&server, "PUT", "/nothing", &[("origin", ORIGIN)]).await;
    assert_eq!(
        (
            nothing.status,
            nothing.header("access-control-allow-origin")
        ),
        (404, Some(ORIGIN))
    );
}

#[tokio::test]
async fn answers_may_be_read_with_all_their_fields() {
    let server = server().await;
    let fields = [("origin", ORIGIN), ("x-key", "1")];
    let answer = ask(&server, "GET", "/orders", &fields).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("access-control-allow-origin"), Some(ORIGIN));
    assert_eq!(
        answer.header("access-control-expose-headers"),
        Some("x-total")
    );
    assert_eq!(answer.header("vary"), Some("origin"));
    let refused = ask(&server, "GET", "/orders", &[("origin", ORIGIN)]).await;
    assert_eq!(
        (
            refused.status,
            refused.header("access-control-expose-headers")
        ),
        (401, Some("www-authenticate"))
    );
    let same = ask(&server, "GET", "/orders", &[("x-key", "1")]).await;
    assert_eq!(same.header("access-control-allow-origin"), None);
}
