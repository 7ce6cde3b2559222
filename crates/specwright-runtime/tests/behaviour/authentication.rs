//! Credentials: who gets them, and that nobody else sees them.

use std::fmt::{Debug, Display};

use specwright_runtime::{
    ApiKeyPlace, BoxFuture, ClientBuilder, Credential, Error, HeaderMap, Operation, Secret,
    StatusCode, Transport, TransportError, TransportErrorKind, TransportRequest, TransportResponse,
};

use crate::generated::Client;
use crate::server::{Received, Reply, Server, in_time};

const TOKEN: &str = "t0p-s3cr3t";

static NOWHERE: specwright_runtime::Server = specwright_runtime::Server {
    url: "http://127.0.0.1:1",
    variables: &[],
};

static SECURED: Operation = Operation::new("getSecured", "GET", "/secured")
    .accept("application/json")
    .security(&[
        &["both", "other"],
        &[],
        &["bearer"],
        &["basic"],
        &["header"],
        &["query"],
        &["cookie"],
        &["two"],
    ]);

fn key(place: ApiKeyPlace, name: &'static str) -> Credential {
    Credential::ApiKey {
        place,
        name,
        value: Secret::from("k=1&2"),
    }
}

async fn sent_with(credentials: Vec<(&'static str, Credential)>) -> Received {
    let server = Server::start(|_| Reply::json("null")).await;
    let mut builder = ClientBuilder::new(&NOWHERE);
    builder.base_url(server.url());
    for (scheme, credential) in credentials {
        builder.credential(scheme, credential);
    }
    let mut request = builder.build().unwrap().request(&SECURED);
    request.query("a", 1);
    request.send::<()>().await.unwrap();
    server.only()
}

#[tokio::test]
async fn every_kind_of_credential_goes_to_its_place() {
    in_time(async {
        let bearer = sent_with(vec![("bearer", Credential::Bearer(TOKEN.into()))]).await;
        assert_eq!(bearer.header("authorization"), Some("Bearer t0p-s3cr3t"));
        let basic = Credential::Basic {
            user: "Aladdin".to_owned(),
            password: "open sesame".into(),
        };
        let basic = sent_with(vec![("basic", basic)]).await;
        assert_eq!(
            basic.header("authorization"),
            Some("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==")
        );
        let header = sent_with(vec![("header", key(ApiKeyPlace::Header, "X-Key"))]).await;
        assert_eq!(header.header("x-key"), Some("k=1&2"));
        let query = sent_with(vec![("query", key(ApiKeyPlace::Query, "api key"))]).await;
        assert_eq!(query.target, "/secured?a=1&api%20key=k%3D1%262");
        let cookie = sent_with(vec![("cookie", key(ApiKeyPlace::Cookie, "sid"))]).await;
        assert_eq!(cookie.header("cookie"), Some("sid=k=1&2"));
    })
    .await;
}

#[tokio::test]
async fn alternatives_are_tried_in_order_and_each_must_be_complete() {
    in_time(async {
        let both = || ("both", key(ApiKeyPlace::Cookie, "a"));
        let bearer = || ("bearer", Credential::Bearer(TOKEN.into()));
        let incomplete = sent_with(vec![both(), bearer()]).await;
        assert_eq!(
            (
                incomplete.header("cookie"),
                incomplete.header("authorization").is_some()
            ),
            (None, true)
        );
        let complete = sent_with(vec![
            both(),
            bearer(),
            ("other", key(ApiKeyPlace::Cookie, "b")),
        ])
        .await;
        assert_eq!(complete.header("cookie"), Some("a=k=1&2; b=k=1&2"));
        assert_eq!(complete.header("authorization"), None);
    })
    .await;
}

#[tokio::test]
async fn without_a_credential_the_server_decides() {
    in_time(async {
        assert_eq!(sent_with(vec![]).await.header("authorization"), None);
        let unasked = sent_with(vec![("unknown", Credential::Bearer(TOKEN.into()))]).await;
        assert_eq!(unasked.header("authorization"), None);
    })
    .await;
}

#[test]
fn unusable_credentials_are_refused_without_being_shown() {
    for credential in [
        Credential::Bearer(Secret::from("t0p-s3cr3t\n")),
        Credential::Bearer(Secret::from("t0p-s3cr3t-ü")),
        Credential::Bearer(Secret::from(" ")),
        Credential::Basic {
            user: "a:b".to_owned(),
            password: TOKEN.into(),
        },
        Credential::ApiKey {
            place: ApiKeyPlace::Header,
            name: "not a header",
            value: TOKEN.into(),
        },
        Credential::ApiKey {
            place: ApiKeyPlace::Cookie,
            name: "sid",
            value: "t0p-s3cr3t; admin=1".into(),
        },
    ] {
        let mut builder = ClientBuilder::new(&NOWHERE);
        builder.credential("scheme", credential);
        let error = builder.build().unwrap_err();
        assert!(error.configuration().is_some(), "{error:?}");
        assert!(error.to_string().contains("`scheme`"), "{error}");
        hides(&error);
    }
}

/// Looks for the token in everything that can be printed.
#[track_caller]
fn hides<T: Debug + ?Sized>(value: &T) {
    for text in [format!("{value:?}"), format!("{value:#?}")] {
        assert!(
            !text.contains("s3cr3t") && !text.contains("czNjcjN0"),
            "{text}"
        );
    }
}

#[track_caller]
fn hides_in_error<T: std::error::Error + Display>(error: &T) {
    hides(error);
    let mut cause: Option<&dyn std::error::Error> = Some(error);
    while let Some(error) = cause {
        assert!(!error.to_string().contains("s3cr3t"), "{error}");
        cause = error.source();
    }
}

#[tokio::test]
async fn no_token_is_printed_anywhere() {
    in_time(async {
        let server = Server::start(|request| match request.path().len() % 2 {
            0 => Reply::status(401, "{}"),
            _ => Reply::json("<html>"),
        })
        .await;
        let builder = Client::builder().base_url(server.url()).bearer_token(TOKEN);
        hides(&builder);
        let client = builder.build().unwrap();
        hides(&client);
        hides(&client.conversations());
        for account in ["1", "22"] {
            let list = client.conversations().list(account);
            hides(&list);
            hides(&list.clone().items());
            hides(&list.clone().pages());
            hides_in_error(&list.clone().await.unwrap_err());
            hides(&list.send_raw().await.unwrap());
        }

        let mut builder = ClientBuilder::new(&NOWHERE);
        let query = Credential::ApiKey {
            place: ApiKeyPlace::Query,
            name: "key",
            value: TOKEN.into(),
        };
        builder.credential("query", query);
        hides(&builder);
        let request = builder.build().unwrap().request(&SECURED);
        hides(&request);
        let error = request.send::<()>().await.unwrap_err();
        assert!(error.transport().is_some(), "{error:?}");
        hides_in_error(&error);
    })
    .await;
}

/// A transport that keeps what it would print.
struct Printing(std::sync::Arc<std::sync::Mutex<String>>);

impl Transport for Printing {
    fn send(
        &self,
        request: TransportRequest,
    ) -> BoxFuture<'_, Result<TransportResponse, TransportError>> {
        *self.0.lock().unwrap() = format!("{request:?}");
        Box::pin(async {
            Ok(TransportResponse::full(
                StatusCode::OK,
                HeaderMap::new(),
                "null",
            ))
        })
    }
}

#[tokio::test]
async fn transports_see_credentials_and_do_not_print_them() {
    for (scheme, credential) in [
        ("bearer", Credential::Bearer(TOKEN.into())),
        (
            "basic",
            Credential::Basic {
                user: "u".to_owned(),
                password: TOKEN.into(),
            },
        ),
        (
            "query",
            Credential::ApiKey {
                place: ApiKeyPlace::Query,
                name: "key",
                value: TOKEN.into(),
            },
        ),
        (
            "cookie",
            Credential::ApiKey {
                place: ApiKeyPlace::Cookie,
                name: "sid",
                value: TOKEN.into(),
            },
        ),
        (
            "header",
            Credential::ApiKey {
                place: ApiKeyPlace::Header,
                name: "x-key",
                value: TOKEN.into(),
            },
        ),
    ] {
        let printed = std::sync::Arc::default();
        let mut builder = ClientBuilder::new(&NOWHERE);
        builder.transport(Printing(std::sync::Arc::clone(&printed)));
        builder.credential(scheme, credential);
        builder
            .build()
            .unwrap()
            .request(&SECURED)
            .send::<()>()
            .await
            .unwrap();
        let printed = printed.lock().unwrap().clone();
        assert!(printed.contains("/secured"), "{printed}");
        hides(&*printed);
    }
}

#[test]
fn a_base_url_with_a_password_is_refused_without_being_shown() {
    let builder = Client::builder().base_url("https://user:t0p-s3cr3t@example.com/");
    hides(&builder);
    let error: Error = builder.build().unwrap_err();
    assert_eq!(
        error.to_string(),
        "the base URL must not hold a user name or password"
    );
    hides(&error);
}

#[test]
fn the_kinds_of_transport_error_are_told_apart() {
    let retryable = |kind| TransportError::new(kind, "").is_retryable();
    assert!(retryable(TransportErrorKind::Connect) && retryable(TransportErrorKind::Timeout));
    assert!(retryable(TransportErrorKind::Interrupted));
    assert!(
        !retryable(TransportErrorKind::Other)
            && !retryable(TransportErrorKind::TooLarge { limit: 1 })
    );
}
