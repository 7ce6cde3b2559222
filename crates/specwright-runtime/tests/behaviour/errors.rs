//! Error responses and bodies that do not fit.

use crate::generated::Client;
use crate::generated::conversations::ListConversationsError;
use crate::server::{Reply, Server, in_time};
use specwright_runtime::Error;

async fn error_for(reply: Reply) -> Error {
    let server = Server::start(move |_| reply.clone()).await;
    let client = Client::builder().base_url(server.url()).build().unwrap();
    client.conversations().list("me").await.unwrap_err()
}

#[tokio::test]
async fn an_error_response_has_its_documented_type() {
    in_time(async {
        let error = error_for(Reply::status(401, r#"{"message": "who are you?"}"#)).await;
        assert_eq!(error.status().unwrap(), 401);
        assert!(!error.is_retryable());
        let api = error.api().unwrap();
        assert_eq!(api.operation(), "listConversations");
        assert_eq!(api.json().unwrap()["message"], "who are you?");
        match api.body_as::<ListConversationsError>() {
            Some(Ok(ListConversationsError::Unauthorized(body))) => {
                assert_eq!(body.message.as_deref(), Some("who are you?"));
            }
            other => panic!("{other:?}"),
        }
        assert_eq!(
            error.to_string(),
            "listConversations: status 401 Unauthorized: {\"message\": \"who are you?\"}"
        );
    })
    .await;
}

#[tokio::test]
async fn an_error_response_that_is_not_as_documented_says_so() {
    in_time(async {
        let error = error_for(
            Reply::status(502, "<h1>Bad Gateway</h1>").with_header("content-type", "text/html"),
        )
        .await;
        assert!(error.is_retryable());
        let decode = error
            .api()
            .unwrap()
            .body_as::<ListConversationsError>()
            .unwrap()
            .unwrap_err();
        assert_eq!(
            decode.to_string(),
            "listConversations: expected JSON, got text/html (status 502): <h1>Bad Gateway</h1>"
        );
        assert!(error.api().unwrap().json().is_none());
    })
    .await;
}

#[tokio::test]
async fn the_statuses_that_may_pass_are_retryable() {
    in_time(async {
        for (status, retryable) in [
            (400, false),
            (404, false),
            (408, true),
            (409, false),
            (425, true),
            (429, true),
            (500, true),
            (501, false),
            (503, true),
            (504, true),
        ] {
            let error = error_for(Reply::status(status, "").with_header("retry-after", "7")).await;
            assert_eq!(
                (error.status().unwrap().as_u16(), error.is_retryable()),
                (status, retryable)
            );
            assert_eq!(error.api().unwrap().retry_after().unwrap().as_secs(), 7);
        }
    })
    .await;
}

#[tokio::test]
async fn html_instead_of_json_is_called_by_its_name() {
    in_time(async {
        let error = error_for(
            Reply::json("<!doctype html>").with_header("content-type", "text/html; charset=utf-8"),
        )
        .await;
        assert_eq!(
            error.to_string(),
            "listConversations: expected JSON, got text/html (status 200): <!doctype html>"
        );
        let decode = error.decode().unwrap();
        assert_eq!(decode.content_type(), Some("text/html; charset=utf-8"));
        assert_eq!(&decode.body()[..], b"<!doctype html>");
        assert!(!error.is_retryable());
    })
    .await;
}

#[tokio::test]
async fn a_body_that_does_not_fit_is_placed() {
    in_time(async {
        let error = error_for(Reply::json(
            "{\"data\": {\"conversations\": [\n  {\"id\": \"a\"},\n  {\"id\": 2}]}}",
        ))
        .await;
        let decode = error.decode().unwrap();
        assert_eq!(
            (decode.path(), decode.line(), decode.column()),
            ("$.data.conversations[1].id", 3, 10)
        );
        assert_eq!(decode.message(), "expected a string, found a number");
        assert_eq!(decode.operation(), Some("listConversations"));
        assert!(
            decode.excerpt().contains("{\"id\": 2}"),
            "{}",
            decode.excerpt()
        );
        assert_eq!(error.status().unwrap(), 200);
    })
    .await;
}

#[tokio::test]
async fn json_under_another_content_type_is_taken() {
    in_time(async {
        let page = r#"{"data": {"conversations": [], "pagination": {}}}"#;
        let server =
            Server::start(move |_| Reply::json(page).with_header("content-type", "text/plain"))
                .await;
        let client = Client::builder().base_url(server.url()).build().unwrap();
        assert!(client.conversations().list("me").await.is_ok());
    })
    .await;
}
