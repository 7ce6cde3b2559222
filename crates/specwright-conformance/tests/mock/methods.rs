//! Methods and paths that the description has, and those that it has not.

use specwright_conformance::{Mock, MockServer};

use crate::{
    client::{ask, get, request},
    documents::{description, start},
};

const API: &str = "
openapi: 3.0.3
info: {title: Shop, version: '1'}
servers: [{url: /v2}]
paths:
  /orders/{id}:
    get: {responses: {'200': {description: One., content: {application/json: {example: {id: 1}}}}}}
    delete: {responses: {'204': {description: Gone.}}}
  /orders/{order}/lines: {get: {responses: {'204': {description: Lines.}}}}
  /asked:
    options: {responses: {'200': {description: Mine., content: {text/plain: {example: mine}}}}}
    head: {responses: {'204': {description: Mine.}}}
    post: {responses: {'204': {description: Done.}}}
";

async fn server() -> MockServer {
    start(Mock::new(description(API))).await
}

#[tokio::test]
async fn head_is_get_without_its_body() {
    let server = server().await;
    let (head, full) = (
        request(&server, "HEAD", "/v2/orders/1").await,
        get(&server, "/v2/orders/1").await,
    );
    assert_eq!((head.status, head.body.len()), (200, 0));
    assert_eq!(full.header("content-length"), Some("8"));
    for name in ["content-length", "content-type"] {
        assert_eq!(head.header(name), full.header(name), "{name}");
    }
    assert_eq!(request(&server, "HEAD", "/v2/asked").await.status, 204);
}

#[tokio::test]
async fn options_tells_the_methods_of_a_path() {
    let server = server().await;
    let options = ask(&server, "OPTIONS", "/v2/orders/1", &[("origin", "null")]).await;
    assert_eq!(
        (options.status, options.header("allow"), options.body.len()),
        (204, Some("GET, HEAD, DELETE, OPTIONS"), 0)
    );
    let own = ask(&server, "OPTIONS", "/v2/asked", &[]).await;
    assert_eq!((own.status, own.body.as_slice()), (200, b"mine".as_slice()));
    assert_eq!(request(&server, "OPTIONS", "/v2/nothing").await.status, 404);
    let all = request(&server, "OPTIONS", "*").await;
    assert_eq!(all.status, 204);
    assert!(all.header("allow").is_some_and(|it| it.contains("PATCH")));
}

#[tokio::test]
async fn other_methods_are_refused() {
    let server = server().await;
    let put = request(&server, "PUT", "/v2/asked").await;
    assert_eq!(
        (put.status, put.header("allow")),
        (405, Some("POST, OPTIONS, HEAD"))
    );
    assert_eq!(put.json()["title"], "Method Not Allowed");
    for method in ["BREW", "get", "CONNECT"] {
        let answer = request(&server, method, "/v2/asked").await;
        assert_eq!(
            (answer.status, answer.json()["status"].as_u64()),
            (501, Some(501)),
            "{method}"
        );
    }
}

#[tokio::test]
async fn an_unknown_path_is_told_its_nearest() {
    let server = server().await;
    for (path, nearest) in [
        ("/orders/1", "`/v2/orders/{id}`"),
        ("/v2/orders/1/", "`/v2/orders/{id}`"),
        ("/v2/order/1/lines", "`/v2/orders/{order}/lines`"),
        ("/v2/aksed", "`/v2/asked`"),
    ] {
        let answer = get(&server, path).await;
        assert_eq!(answer.status, 404);
        let detail = answer.json()["detail"].as_str().unwrap().to_owned();
        assert!(detail.contains(nearest), "{path}: {detail}");
    }
}
