//! Faults of answers that are no pages any more, each as it shows on the wire.

use std::time::{Duration, Instant};

use specwright_conformance::{Fault, Mock};

use crate::{
    client::get,
    documents::{APIS, MINDHUNTERS, TALKTOHUMANS, description, start},
    schema,
    walk::position_of,
};

#[tokio::test]
async fn unauthorized() {
    for api in APIS {
        let server = start(api.mock().items(60).fault(Fault::Unauthorized)).await;
        let position = position_of(&api, &server, 5, 3).await;
        for _ in 0..2 {
            let answer = get(&server, &api.target(5, &position)).await;
            assert_eq!(
                (answer.status, answer.header("www-authenticate")),
                (401, Some("Bearer")),
                "{}",
                api.name
            );
            schema::assert_valid(
                &schema::of_component(&api.description(), "Error"),
                &answer.json(),
            );
        }
    }
}

#[tokio::test]
async fn server_error() {
    for api in APIS {
        let server = start(api.mock().items(60).fault(Fault::ServerError)).await;
        let position = position_of(&api, &server, 5, 3).await;
        let statuses = [
            get(&server, &api.target(5, &position)).await.status,
            get(&server, &api.target(5, &position)).await.status,
        ];
        assert_eq!(statuses, [500, 500], "{}", api.name);
    }
}

#[tokio::test]
async fn server_error_once() {
    let server = start(TALKTOHUMANS.mock().items(60).fault(Fault::ServerErrorOnce)).await;
    let position = position_of(&TALKTOHUMANS, &server, 5, 3).await;
    let target = TALKTOHUMANS.target(5, &position);
    let statuses = [
        get(&server, &target).await.status,
        get(&server, &target).await.status,
        get(&server, &target).await.status,
    ];
    assert_eq!(statuses, [500, 200, 200]);
}

#[tokio::test]
async fn once_is_once_per_page() {
    let server = start(
        MINDHUNTERS
            .mock()
            .items(60)
            .fault(Fault::ServerErrorOnce.from_page(2)),
    )
    .await;
    let mut statuses = Vec::new();
    for page in [1, 2, 2, 3, 3, 2] {
        statuses.push(
            get(&server, &MINDHUNTERS.target(5, &format!("&page={page}")))
                .await
                .status,
        );
    }
    assert_eq!(statuses, [200, 500, 200, 500, 200, 200]);
}

#[tokio::test]
async fn rate_limited_once() {
    for api in APIS {
        let server = start(api.mock().items(60).fault(Fault::RateLimitedOnce)).await;
        let position = position_of(&api, &server, 5, 3).await;
        let first = get(&server, &api.target(5, &position)).await;
        assert_eq!(
            (first.status, first.header("retry-after")),
            (429, Some("0"))
        );
        schema::assert_valid(
            &schema::of_component(&api.description(), "Error"),
            &first.json(),
        );
        assert_eq!(get(&server, &api.target(5, &position)).await.status, 200);
    }
}

#[tokio::test]
async fn cut_body() {
    let server = start(TALKTOHUMANS.mock().items(60).fault(Fault::CutBody)).await;
    let position = position_of(&TALKTOHUMANS, &server, 5, 3).await;
    let answer = get(&server, &TALKTOHUMANS.target(5, &position)).await;
    let promised: usize = answer.header("content-length").unwrap().parse().unwrap();
    assert_eq!((answer.status, answer.body.len()), (200, promised / 2));
    assert!(answer.body.starts_with(b"{\"data\"") && !answer.is_complete());
}

#[tokio::test]
async fn html() {
    let server = start(TALKTOHUMANS.mock().items(60).fault(Fault::Html)).await;
    let position = position_of(&TALKTOHUMANS, &server, 5, 3).await;
    let answer = get(&server, &TALKTOHUMANS.target(5, &position)).await;
    assert_eq!(
        (answer.status, answer.header("content-type")),
        (200, Some("text/html; charset=utf-8"))
    );
    assert!(answer.body.starts_with(b"<!doctype html>"));
}

#[tokio::test]
async fn slow() {
    let quick = start(TALKTOHUMANS.mock().items(5)).await;
    let slow = start(TALKTOHUMANS.mock().items(5).fault(Fault::Slow)).await;
    let body = get(&quick, TALKTOHUMANS.path).await.body;
    let started = Instant::now();
    assert_eq!(get(&slow, TALKTOHUMANS.path).await.body, body);
    assert!(started.elapsed() >= Duration::from_millis(50));
}

#[tokio::test]
async fn operations_without_pages_have_faults_on_page_one() {
    let document = "{openapi: 3.0.3, info: {title: T, version: '1'}, paths: {/a: {get: {responses: {'204': {description: Done.}}}}}}";
    let server = start(Mock::new(description(document)).fault(Fault::ServerError.at(1))).await;
    let answer = get(&server, "/a").await;
    assert_eq!(
        (answer.status, answer.header("content-type")),
        (500, Some("application/problem+json"))
    );
    let server = start(Mock::new(description(document)).fault(Fault::ServerError)).await;
    assert_eq!(get(&server, "/a").await.status, 204);
}
