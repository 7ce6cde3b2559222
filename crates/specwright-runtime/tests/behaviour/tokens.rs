//! Tokens that are fetched when they are needed, and the other ways to say who is calling.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use specwright_runtime::{
    Body, BoxFuture, Client, ClientBuilder, ClientCredentials, Credential, Error, Operation,
    Secret, TokenError, TokenProvider,
};

use crate::server::{Received, Reply, Server, in_time};

static NOWHERE: specwright_runtime::Server = specwright_runtime::Server {
    url: "http://127.0.0.1:1",
    variables: &[],
};

static GET: Operation = Operation::new("getThing", "GET", "/thing").security(&[&["oauth"]]);
static POST: Operation = Operation::new("addThing", "POST", "/thing").security(&[&["oauth"]]);

fn client(server: &Server, credential: Credential) -> Client {
    let mut builder = ClientBuilder::new(&NOWHERE);
    builder.base_url(server.url());
    builder.credential("oauth", credential);
    builder.build().unwrap()
}

/// An API that takes the tokens `fresh-…` alone.
async fn api() -> Server {
    Server::start(|request| match request.header("authorization") {
        Some(value) if value.starts_with("Bearer fresh-") => Reply::json("\"in\""),
        _ => Reply::status(401, "\"who?\""),
    })
    .await
}

/// A token endpoint that gives `token(n)` for its n-th request.
async fn endpoint(token: fn(usize) -> String, life: &'static str) -> Server {
    let count = AtomicUsize::new(0);
    Server::start(move |_| {
        let token = token(count.fetch_add(1, Ordering::SeqCst));
        Reply::json(format!(
            r#"{{"access_token": "{token}", "token_type": "Bearer"{life}}}"#
        ))
    })
    .await
}

fn credentials(endpoint: &Server) -> ClientCredentials {
    ClientCredentials::new(format!("{}/token", endpoint.url()), "my app", "s3cr3t:ü")
}

fn fresh(count: usize) -> String {
    format!("fresh-{count}")
}

#[tokio::test]
async fn the_request_for_a_token_is_that_of_the_rfc() {
    in_time(async {
        let (api, endpoint) = (api().await, endpoint(fresh, "").await);
        let tokens = credentials(&endpoint)
            .scope("read write")
            .audience("https://api");
        let client = client(&api, Credential::provider(tokens));
        assert_eq!(client.request(&GET).send::<String>().await.unwrap(), "in");
        let request = endpoint.only();
        assert_eq!((&*request.method, &*request.target), ("POST", "/token"));
        assert_eq!(
            String::from_utf8(request.body.clone()).unwrap(),
            "grant_type=client_credentials&scope=read+write&audience=https%3A%2F%2Fapi"
        );
        // Base64 of `my+app:s3cr3t%3A%C3%BC` (RFC 6749, section 2.3.1).
        assert_eq!(
            request.header("authorization"),
            Some("Basic bXkrYXBwOnMzY3IzdCUzQSVDMyVCQw==")
        );
        assert_eq!(request.header("accept"), Some("application/json"));
        assert_eq!(
            request.header("content-type"),
            Some("application/x-www-form-urlencoded")
        );
        assert_eq!(api.only().header("authorization"), Some("Bearer fresh-0"));
    })
    .await;
}

#[tokio::test]
async fn the_secret_can_go_into_the_body() {
    in_time(async {
        let (api, endpoint) = (api().await, endpoint(fresh, "").await);
        let client = client(
            &api,
            Credential::provider(credentials(&endpoint).send_in_body()),
        );
        client.request(&GET).send_unit().await.unwrap();
        let request = endpoint.only();
        assert_eq!(request.header("authorization"), None);
        assert_eq!(
            String::from_utf8(request.body).unwrap(),
            "grant_type=client_credentials&client_id=my+app&client_secret=s3cr3t%3A%C3%BC"
        );
    })
    .await;
}

#[tokio::test]
async fn a_token_is_kept_while_it_is_valid() {
    in_time(async {
        for (life, requests) in [
            ("", 1),
            (r#", "expires_in": 3600"#, 1),
            (r#", "expires_in": 0"#, 3),
        ] {
            let (api, endpoint) = (api().await, endpoint(fresh, life).await);
            let client = client(&api, Credential::provider(credentials(&endpoint)));
            for _ in 0..3 {
                client.request(&GET).send_unit().await.unwrap();
            }
            assert_eq!((api.count(), endpoint.count()), (3, requests), "{life}");
        }
        let (api, endpoint) = (api().await, endpoint(fresh, r#", "expires_in": 1"#).await);
        let client = client(&api, Credential::provider(credentials(&endpoint)));
        client.request(&GET).send_unit().await.unwrap();
        tokio::time::sleep(Duration::from_millis(1000)).await;
        client.request(&GET).send_unit().await.unwrap();
        assert_eq!(endpoint.count(), 2);
    })
    .await;
}

#[tokio::test]
async fn concurrent_calls_wait_for_one_token() {
    in_time(async {
        let api = api().await;
        let endpoint = Server::start(|_| {
            let body = r#"{"access_token": "fresh-0", "expires_in": 3600}"#;
            Reply::Late(Duration::from_millis(200), body.to_owned())
        })
        .await;
        let client = client(&api, Credential::provider(credentials(&endpoint)));
        // One that gives up while the token is under way must not take the others along.
        let given_up = client.request(&GET).send_unit();
        assert!(
            tokio::time::timeout(Duration::from_millis(50), given_up)
                .await
                .is_err()
        );
        let calls: Vec<_> = (0..10)
            .map(|_| tokio::spawn(client.request(&GET).send_unit()))
            .collect();
        for call in calls {
            call.await.unwrap().unwrap();
        }
        assert_eq!((api.count(), endpoint.count()), (10, 2));
    })
    .await;
}

#[tokio::test]
async fn a_refused_token_is_replaced_once() {
    in_time(async {
        let token = |count| {
            if count == 0 {
                "stale".to_owned()
            } else {
                fresh(count)
            }
        };
        let (api, endpoint) = (api().await, endpoint(token, "").await);
        let client = client(&api, Credential::provider(credentials(&endpoint)));
        let mut request = client.request(&POST);
        request.json(&"body");
        assert_eq!(request.send::<String>().await.unwrap(), "in");
        let received = api.received();
        let sent: Vec<_> = received
            .iter()
            .map(|request| request.header("authorization").unwrap())
            .collect();
        assert_eq!(sent, ["Bearer stale", "Bearer fresh-1"]);
        assert!(received.iter().all(|request| request.body == b"\"body\""));
        client.request(&GET).send_unit().await.unwrap();
        assert_eq!((api.count(), endpoint.count()), (3, 2));
    })
    .await;
}

#[tokio::test]
async fn concurrent_refusals_share_the_replacement() {
    in_time(async {
        let endpoint = Server::start(|_| {
            let body = r#"{"access_token": "fresh-0", "expires_in": 3600}"#;
            Reply::Late(Duration::from_millis(300), body.to_owned())
        })
        .await;
        let tokens = Arc::new(credentials(&endpoint));
        tokens.token(false).await.unwrap();
        let refused: Vec<_> = (0..5)
            .map(|_| {
                let tokens = Arc::clone(&tokens);
                tokio::spawn(async move { tokens.token(true).await })
            })
            .collect();
        for token in refused {
            assert_eq!(token.await.unwrap().unwrap().expose(), "fresh-0");
        }
        assert_eq!(endpoint.count(), 2);
        // A refusal that comes later is one of the replacement.
        tokens.token(true).await.unwrap();
        assert_eq!(endpoint.count(), 3);
    })
    .await;
}

#[tokio::test]
async fn a_token_that_stays_refused_is_the_apis_answer() {
    in_time(async {
        let (api, endpoint) = (api().await, endpoint(|_| "stale".to_owned(), "").await);
        let client = client(&api, Credential::provider(credentials(&endpoint)));
        let error = client.request(&GET).send_unit().await.unwrap_err();
        assert_eq!(error.api().unwrap().text(), Some("\"who?\""));
        assert_eq!((api.count(), endpoint.count()), (2, 2));
    })
    .await;
}

#[tokio::test]
async fn a_streamed_body_is_not_sent_again() {
    in_time(async {
        let (api, endpoint) = (api().await, endpoint(|_| "stale".to_owned(), "").await);
        let client = client(&api, Credential::provider(credentials(&endpoint)));
        let dir = std::env::temp_dir();
        let path = dir.join(format!(
            "specwright-runtime-token-{}.txt",
            std::process::id()
        ));
        std::fs::write(&path, "once").unwrap();
        let mut request = client.request(&POST);
        request.body("text/plain", Body::open(&path).await.unwrap());
        std::fs::remove_file(&path).unwrap();
        let error = request.send_unit().await.unwrap_err();
        assert_eq!(error.status().unwrap(), 401);
        assert_eq!((&*api.only().body, endpoint.count()), (&b"once"[..], 1));
    })
    .await;
}

#[tokio::test]
async fn a_fixed_token_that_is_refused_is_not_repeated() {
    in_time(async {
        let api = api().await;
        let client = client(&api, Credential::bearer("stale"));
        let error = client.request(&GET).send_unit().await.unwrap_err();
        assert_eq!((error.status().unwrap().as_u16(), api.count()), (401, 1));
    })
    .await;
}

#[tokio::test]
async fn errors_of_the_token_endpoint_are_those_of_the_call() {
    in_time(async {
        let api = api().await;
        let failure = async |reply: Reply| {
            let endpoint = Server::start(move |_| reply.clone()).await;
            let client = client(&api, Credential::provider(credentials(&endpoint)));
            client.request(&GET).send_unit().await.unwrap_err()
        };
        let refused = r#"{"error": "invalid_client", "error_description": "no such client"}"#;
        let error = failure(Reply::status(401, refused)).await;
        assert_eq!(
            error.to_string(),
            "token request: status 401 Unauthorized: invalid_client: no such client"
        );
        assert_eq!(error.api().unwrap().operation(), "token request");
        let error = failure(Reply::Close).await;
        assert!(
            error.transport().is_some() && error.is_retryable(),
            "{error:?}"
        );
        assert!(error.to_string().starts_with("token request: "), "{error}");
        let error = failure(Reply::json(r#"{"token": "t0p-s3cr3t"}"#)).await;
        assert!(
            error.to_string().contains("`access_token` is absent"),
            "{error}"
        );
        hides(&error);
        let redirect = Reply::status(302, "").with_header("location", "http://localhost:1/");
        assert_eq!(failure(redirect).await.status().unwrap(), 302);
        let bad = ClientCredentials::new("ftp://example.com", "a", "s3cr3t");
        let client = client(&api, Credential::provider(bad));
        let error = client.request(&GET).send_unit().await.unwrap_err();
        assert!(error.configuration().is_some(), "{error:?}");
        assert_eq!(api.count(), 0);
    })
    .await;
}

#[track_caller]
fn hides<T: std::fmt::Debug>(value: &T) {
    let text = format!("{value:?} {value:#?}");
    assert!(!text.contains("s3cr3t"), "{text}");
}

#[tokio::test]
async fn neither_secret_nor_token_is_printed() {
    in_time(async {
        let endpoint = endpoint(|_| "fresh-s3cr3t".to_owned(), "").await;
        let tokens = credentials(&endpoint);
        hides(&tokens);
        hides(&ClientCredentials::new(
            "https://u:s3cr3t@h/",
            "a",
            "s3cr3t",
        ));
        hides(&tokens.token(false).await.unwrap());
        let credential = Credential::provider(tokens);
        hides(&credential);
        let dead = Server::start(|_| Reply::Close).await;
        let client = client(&dead, credential);
        hides(&client);
        hides(&client.request(&GET).send_unit().await.unwrap_err());
        hides(&Credential::authorization("Digest", "s3cr3t"));
    })
    .await;
}

/// A provider that has no token at first.
#[derive(Default)]
struct Slow(AtomicUsize);

impl TokenProvider for Slow {
    fn token(&self, _: bool) -> BoxFuture<'_, Result<Secret, TokenError>> {
        let count = self.0.fetch_add(1, Ordering::SeqCst);
        Box::pin(async move {
            match count {
                0 => Err(TokenError::caused_by("not yet", "still asleep")),
                _ => Ok(Secret::from("fresh-1")),
            }
        })
    }
}

#[tokio::test]
async fn a_streamed_body_is_kept_while_there_is_no_token() {
    in_time(async {
        let api = api().await;
        let client = client(&api, Credential::provider(Slow::default()));
        let path = std::env::temp_dir().join(format!(
            "specwright-runtime-slow-{}.txt",
            std::process::id()
        ));
        std::fs::write(&path, "once").unwrap();
        let mut request = client.request(&POST);
        request.body("text/plain", Body::open(&path).await.unwrap());
        std::fs::remove_file(&path).unwrap();
        let error = request.clone().send_unit().await.unwrap_err();
        assert_eq!(error.to_string(), "not yet");
        assert_eq!(
            std::error::Error::source(&error).unwrap().to_string(),
            "still asleep"
        );
        request.send_unit().await.unwrap();
        assert_eq!(api.only().body, b"once");
    })
    .await;
}

/// A provider that counts how it is asked.
struct Counting {
    asked: AtomicUsize,
    refreshed: AtomicUsize,
}

impl TokenProvider for Counting {
    fn token(&self, refresh: bool) -> BoxFuture<'_, Result<Secret, TokenError>> {
        let count = self.asked.fetch_add(1, Ordering::SeqCst);
        self.refreshed
            .fetch_add(usize::from(refresh), Ordering::SeqCst);
        Box::pin(async move {
            match count {
                3 => Err(TokenError::new("the well is dry")),
                4 => Ok(Secret::from("two\nlines")),
                _ => Ok(Secret::from(format!("fresh-{count}"))),
            }
        })
    }
}

#[tokio::test]
async fn a_provider_of_ones_own_is_asked_for_every_request() {
    in_time(async {
        let api = api().await;
        let counting = Arc::new(Counting {
            asked: AtomicUsize::new(0),
            refreshed: AtomicUsize::new(0),
        });
        let client = client(&api, Credential::provider(Arc::clone(&counting)));
        for _ in 0..3 {
            client.request(&GET).send_unit().await.unwrap();
        }
        assert_eq!(counting.refreshed.load(Ordering::SeqCst), 0);
        let error = client.request(&GET).send_unit().await.unwrap_err();
        assert!(matches!(error, Error::Configuration(_)), "{error:?}");
        assert_eq!(error.to_string(), "the well is dry");
        let error = client.request(&GET).send_unit().await.unwrap_err();
        assert!(error.configuration().is_some(), "{error:?}");
        hides(&error);
        assert_eq!(api.count(), 3);
    })
    .await;
}

#[tokio::test]
async fn tokens_go_with_streamed_responses_too() {
    in_time(async {
        let token = |count| {
            if count == 0 {
                "stale".to_owned()
            } else {
                fresh(count)
            }
        };
        let (api, endpoint) = (api().await, endpoint(token, "").await);
        let client = client(&api, Credential::provider(credentials(&endpoint)));
        let stream = client.request(&GET).send_stream().await.unwrap();
        assert_eq!(stream.bytes().await.unwrap(), "\"in\"");
    })
    .await;
}

#[tokio::test]
async fn other_schemes_and_constructors_have_their_forms() {
    in_time(async {
        let sent = async |credential| -> Received {
            let server = Server::start(|_| Reply::json("null")).await;
            client(&server, credential)
                .request(&GET)
                .send_unit()
                .await
                .unwrap();
            server.only()
        };
        let digest = sent(Credential::authorization("Hawk", "id=\"1\", mac=\"x\"")).await;
        assert_eq!(
            digest.header("authorization"),
            Some("Hawk id=\"1\", mac=\"x\"")
        );
        let basic = sent(Credential::basic("Aladdin", "open sesame")).await;
        assert_eq!(
            basic.header("authorization"),
            Some("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==")
        );
        for credential in [
            Credential::authorization("Two Words", "x"),
            Credential::authorization("Hawk", " "),
            Credential::authorization("Hawk", "a\nb"),
        ] {
            let mut builder = ClientBuilder::new(&NOWHERE);
            builder.credential("oauth", credential);
            assert!(builder.build().unwrap_err().configuration().is_some());
        }
    })
    .await;
}
