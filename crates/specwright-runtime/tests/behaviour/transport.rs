//! Connections that fail, bodies that do not end, redirects, and TLS.

use std::time::{Duration, Instant};

use specwright_runtime::{ClientBuilder, Error, Operation, TransportErrorKind};
use tokio::io::AsyncReadExt;
use tokio::net::TcpListener;

use crate::server::{Reply, Server, in_time};

static NOWHERE: specwright_runtime::Server = specwright_runtime::Server {
    url: "http://127.0.0.1:1",
    variables: &[],
};

static GET: Operation = Operation::new("getThing", "GET", "/thing")
    .accept("application/json")
    .security(&[&["bearer"]]);

fn builder(url: String) -> ClientBuilder {
    let mut builder = ClientBuilder::new(&NOWHERE);
    builder.base_url(url);
    builder.credential(
        "bearer",
        specwright_runtime::Credential::Bearer("s3cr3t".into()),
    );
    builder
}

async fn failure(builder: ClientBuilder) -> (TransportErrorKind, Error) {
    let error = builder
        .build()
        .unwrap()
        .request(&GET)
        .send::<String>()
        .await
        .unwrap_err();
    (
        error
            .transport()
            .unwrap_or_else(|| panic!("{error:?}"))
            .kind(),
        error,
    )
}

#[tokio::test]
async fn a_refused_connection_is_retryable_and_says_why() {
    in_time(async {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        drop(listener);
        let (kind, error) = failure(builder(url)).await;
        assert_eq!(kind, TransportErrorKind::Connect);
        assert!(error.is_retryable());
        assert!(
            error
                .to_string()
                .starts_with("getThing: no connection to the server: "),
            "{error}"
        );
    })
    .await;
}

#[tokio::test]
async fn a_body_cut_short_is_no_body() {
    in_time(async {
        let server = Server::start(|_| Reply::Cut {
            body: "\"complete\"",
            promised: 11,
        })
        .await;
        let (kind, error) = failure(builder(server.url())).await;
        assert_eq!(kind, TransportErrorKind::Interrupted);
        assert!(error.is_retryable());
    })
    .await;
}

#[tokio::test]
async fn a_connection_closed_without_a_response_is_retryable() {
    in_time(async {
        let server = Server::start(|_| Reply::Close).await;
        let (kind, error) = failure(builder(server.url())).await;
        assert_eq!(kind, TransportErrorKind::Interrupted);
        assert!(error.is_retryable());
    })
    .await;
}

#[tokio::test]
async fn the_timeout_covers_the_head_and_the_body() {
    in_time(async {
        let late = Reply::Late(Duration::from_secs(30), String::new());
        for reply in [late, Reply::Stall] {
            let server = Server::start(move |_| reply.clone()).await;
            let mut builder = builder(server.url());
            builder.timeout(Duration::from_millis(200));
            let begun = Instant::now();
            let (kind, error) = failure(builder).await;
            assert_eq!(kind, TransportErrorKind::Timeout, "{error:?}");
            assert!(error.is_retryable());
            assert!(begun.elapsed() < Duration::from_secs(10));
        }
    })
    .await;
}

#[tokio::test]
async fn a_request_can_have_a_timeout_of_its_own() {
    in_time(async {
        let server = Server::start(|_| Reply::Stall).await;
        let mut request = builder(server.url()).build().unwrap().request(&GET);
        request.timeout(Duration::from_millis(100));
        let error = request.send_raw().await.unwrap_err();
        assert_eq!(
            error.transport().unwrap().kind(),
            TransportErrorKind::Timeout
        );
    })
    .await;
}

#[tokio::test]
async fn a_body_beyond_the_limit_is_given_up() {
    in_time(async {
        let limit = 10_000;
        for reply in [Reply::Endless, Reply::json(" ".repeat(10_001))] {
            let server = Server::start(move |_| reply.clone()).await;
            let mut builder = builder(server.url());
            builder.maximum_body(limit);
            let (kind, error) = failure(builder).await;
            assert_eq!(kind, TransportErrorKind::TooLarge { limit });
            assert!(!error.is_retryable());
            assert_eq!(
                error.to_string(),
                "getThing: the response's body is larger than 10000 bytes"
            );
        }
        let server = Server::start(|_| Reply::json(format!("{:10000}", "\"fits\""))).await;
        let mut builder = builder(server.url());
        builder.maximum_body(limit);
        assert_eq!(
            builder
                .build()
                .unwrap()
                .request(&GET)
                .send::<String>()
                .await
                .unwrap(),
            "fits"
        );
    })
    .await;
}

#[tokio::test]
async fn a_redirect_to_another_origin_is_not_followed() {
    in_time(async {
        let other = Server::start(|_| Reply::json("\"stolen\"")).await;
        // The same host under another port, and another name of the same host.
        for target in [
            format!("{}/x", other.url()),
            format!("http://localhost:{}/x", other.port()),
        ] {
            let server = Server::start(move |_| {
                Reply::status(302, "").with_header("location", target.clone())
            })
            .await;
            let error = builder(server.url())
                .build()
                .unwrap()
                .request(&GET)
                .send::<String>()
                .await
                .unwrap_err();
            assert_eq!(error.api().unwrap().status(), 302);
            assert_eq!(server.count(), 1);
        }
        assert_eq!(other.count(), 0);
    })
    .await;
}

#[tokio::test]
async fn a_redirect_within_the_origin_is_followed_a_few_times() {
    in_time(async {
        let server = Server::start(|request| match request.path() {
            "/thing" => Reply::status(307, "").with_header("location", "/moved"),
            _ => Reply::json("\"found\""),
        })
        .await;
        let client = builder(server.url()).build().unwrap();
        assert_eq!(
            client.request(&GET).send::<String>().await.unwrap(),
            "found"
        );
        let received = server.received();
        assert_eq!(received[1].path(), "/moved");
        assert_eq!(received[1].header("authorization"), Some("Bearer s3cr3t"));

        let circle =
            Server::start(|_| Reply::status(302, "").with_header("location", "/thing")).await;
        let (kind, _) = failure(builder(circle.url())).await;
        assert_eq!(kind, TransportErrorKind::Other);
        assert_eq!(circle.count(), 11);
    })
    .await;
}

fn offers(hello: &[u8], protocol: &[u8]) -> bool {
    hello
        .windows(protocol.len())
        .any(|window| window == protocol)
}

/// Without a certificate for the loopback interface a handshake cannot succeed; that it begins
/// shows that TLS is set up.
#[tokio::test]
async fn https_begins_a_tls_handshake_that_offers_http_2() {
    in_time(async {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("https://{}", listener.local_addr().unwrap());
        let client = match builder(url).build() {
            Ok(client) => client,
            // A system without certificates cannot speak TLS.
            Err(error) => {
                assert!(error.configuration().is_some(), "{error:?}");
                return;
            }
        };
        let server = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut hello = Vec::new();
            while !offers(&hello, b"\x08http/1.1") {
                assert!(stream.read_buf(&mut hello).await.unwrap() > 0);
            }
            hello
        });
        let error = client.request(&GET).send::<String>().await.unwrap_err();
        assert_eq!(
            error.transport().unwrap().kind(),
            TransportErrorKind::Connect
        );
        let hello = server.await.unwrap();
        assert_eq!(hello[0], 0x16, "a TLS handshake record");
        assert!(offers(&hello, b"\x02h2"));
    })
    .await;
}

#[tokio::test]
async fn a_client_that_cannot_work_is_not_built() {
    for url in [
        "ftp://example.com",
        "example.com",
        "http://u:p@example.com",
        "http://example.com/?a=b",
        "http://",
    ] {
        let error = builder(url.to_owned()).build().unwrap_err();
        assert!(error.configuration().is_some(), "{url}: {error:?}");
        assert!(!error.is_retryable() && error.status().is_none());
    }
    let mut no_agent = builder("http://127.0.0.1".to_owned());
    no_agent.user_agent("two\nlines");
    assert!(no_agent.build().unwrap_err().configuration().is_some());
}
