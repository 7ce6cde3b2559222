//! Error responses, by status and body.

use famulor::conversations::ListConversationsError as FamulorError;
use mindhunters::conversations::ListConversationsError as MindhuntersError;
use parrot::conversations::ListConversationsError as ParrotError;
use serde_json::json;
use specwright_behaviour::{Api, Famulor, Mindhunters, Parrot};

use crate::canned::Canned;
use crate::support::{Stage, TOKEN, in_time};

each_api!(
    a_wrong_token_is_refused_with_a_typed_body,
    no_token_is_refused_as_well,
    the_raw_response_has_any_status,
    an_undocumented_body_is_still_an_error,
);

async fn a_wrong_token_is_refused_with_a_typed_body<A: Api>() {
    let stage = Stage::<A>::with(|mock| mock.items(10)).await;
    let client = A::client(stage.server.url(), "wrong").unwrap();
    let single = A::list(&client).await.expect_err("refused");
    let mut items = A::items(A::list(&client));
    let walked = items.try_next().await.expect_err("refused");
    for error in [&single, &walked] {
        let api = error.api().unwrap_or_else(|| panic!("{error:?}"));
        assert_eq!(
            (api.status().as_u16(), api.operation()),
            (401, A::OPERATION)
        );
        assert!(!error.is_retryable());
        assert!(api.json().is_some_and(|body| body.is_object()));
        assert!(
            matches!(api.body_as::<A::Failure>(), Some(Ok(_))),
            "{:?}",
            api.body_as::<A::Failure>()
        );
        assert!(error.to_string().contains("401"), "{error}");
    }
    assert!(items.next().await.is_none());
    assert_eq!(stage.count(), 2);
    assert!(stage.requests().iter().all(|request| request.status == 401));
}

async fn no_token_is_refused_as_well<A: Api>() {
    let stage = Stage::<A>::with(|mock| mock.items(10)).await;
    let client = A::build(A::base_url(A::builder(), stage.server.url())).unwrap();
    let error = A::list(&client).await.expect_err("refused");
    assert_eq!(error.status().map(|it| it.as_u16()), Some(401));
    assert_eq!(stage.requests()[0].header("authorization"), None);
}

async fn the_raw_response_has_any_status<A: Api>() {
    let stage = Stage::<A>::with(|mock| mock.items(10)).await;
    let good = A::send_raw(stage.list()).await.unwrap();
    assert_eq!(
        (good.status().as_u16(), good.operation()),
        (200, A::OPERATION)
    );
    assert!(
        good.content_type()
            .is_some_and(|it| it.starts_with("application/json"))
    );
    assert!(good.json::<A::Page>().is_ok());
    let client = A::client(stage.server.url(), "wrong").unwrap();
    let refused = A::send_raw(A::list(&client)).await.unwrap();
    assert_eq!(refused.status().as_u16(), 401);
    assert!(!refused.body().is_empty());
}

async fn an_undocumented_body_is_still_an_error<A: Api>() {
    for body in ["", "<h1>Bad gateway</h1>", "[1, 2]", "\"no\""] {
        let canned = Canned::new(body).status(502);
        let error = A::list(&canned.client::<A>()).await.expect_err("an error");
        assert_eq!(error.status().map(|it| it.as_u16()), Some(502));
        assert!(error.is_retryable());
        let api = error.api().unwrap();
        assert_eq!(api.bytes(), body.as_bytes());
        assert!(
            matches!(api.body_as::<A::Failure>(), Some(Err(_))),
            "{body}"
        );
    }
}

#[tokio::test]
async fn bodies_of_famulor_are_typed_by_status() {
    in_time(async {
        let body = json!({ "error": "Rate limited", "message": "Too many", "retry_after": 60, "trace": "x" });
        for status in [401, 403, 429, 404] {
            let canned = Canned::new(body.to_string()).status(status);
            let error = canned.client::<Famulor>().conversations().list().await.unwrap_err();
            let typed = error.api().unwrap().body_as::<FamulorError>().unwrap().unwrap();
            let (of, body) = match typed {
                FamulorError::Unauthorized(body) => (401, body),
                FamulorError::Forbidden(body) => (403, body),
                FamulorError::TooManyRequests(body) => (429, body),
                FamulorError::Default(body) => (404, body),
                other => panic!("{other:?}"),
            };
            assert_eq!(of, status);
            assert_eq!((body.error.as_deref(), body.retry_after), (Some("Rate limited"), Some(60)));
            assert_eq!(body.additional["trace"], json!("x"));
        }
    })
    .await;
}

#[tokio::test]
async fn bodies_of_mindhunters_have_a_code() {
    in_time(async {
        let body = json!({
            "success": false, "message": "Validation failed",
            "error": { "code": "VALIDATION_ERROR", "details": "not a number", "field": "per_page" },
        });
        let canned = Canned::new(body.to_string()).status(422);
        let error = canned
            .client::<Mindhunters>()
            .conversations()
            .list()
            .await
            .unwrap_err();
        let typed = error
            .api()
            .unwrap()
            .body_as::<MindhuntersError>()
            .unwrap()
            .unwrap();
        let MindhuntersError::UnprocessableContent(body) = typed else {
            panic!("{typed:?}")
        };
        let detail = body.error.unwrap();
        assert_eq!(
            (detail.code.as_deref(), detail.field.as_deref()),
            (Some("VALIDATION_ERROR"), Some("per_page"))
        );
    })
    .await;
}

#[tokio::test]
async fn undocumented_shapes_of_parrot_are_kept_as_values() {
    in_time(async {
        let body =
            json!({ "errors": [{ "title": "Invalid value", "source": { "pointer": "/limit" } }] });
        let canned = Canned::new(body.to_string()).status(422);
        let error = canned
            .client::<Parrot>()
            .conversations()
            .list(parrot::types::AccountId::Me)
            .await
            .unwrap_err();
        let ParrotError::Default(read) = error.api().unwrap().body_as().unwrap().unwrap() else {
            panic!("{error:?}")
        };
        assert_eq!(read.errors, Some(body["errors"].clone()));
    })
    .await;
}

#[tokio::test]
async fn a_refused_page_size_is_an_error_of_the_server() {
    in_time(async {
        let stage = Stage::<Famulor>::with(|mock| mock.items(10)).await;
        for size in [0, -1] {
            let error = stage
                .list()
                .per_page(size)
                .items()
                .try_next()
                .await
                .unwrap_err();
            assert_eq!(error.status().map(|it| it.as_u16()), Some(422), "{error}");
        }
        let client = Famulor::client(stage.server.url(), TOKEN).unwrap();
        assert!(client.conversations().list().per_page(1).await.is_ok());
    })
    .await;
}
