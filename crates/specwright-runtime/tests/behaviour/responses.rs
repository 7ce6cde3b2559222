//! Whole responses: by status, with headers, as text, or with nothing in them.

use specwright_runtime::{
    Client, ClientBuilder, DecodeError, ErrorResponse, HeaderReader, Operation, RawResponse,
    ResponseHeaders, SuccessResponse, Value,
};

use crate::server::{Reply, Server, in_time};

static NOWHERE: specwright_runtime::Server = specwright_runtime::Server {
    url: "http://127.0.0.1:1",
    variables: &[],
};

static GET: Operation = Operation::new("getThing", "GET", "/thing").accept("application/json");

async fn answering(reply: Reply) -> (Client, Server) {
    let server = Server::start(move |_| reply.clone()).await;
    let mut builder = ClientBuilder::new(&NOWHERE);
    builder.base_url(server.url());
    (builder.build().unwrap(), server)
}

#[tokio::test]
async fn nothing_is_none_where_nothing_may_come() {
    in_time(async {
        for reply in [
            Reply::status(204, ""),
            Reply::status(205, "{"),
            Reply::status(200, ""),
        ] {
            let (client, _server) = answering(reply).await;
            assert_eq!(
                client.request(&GET).send_optional::<i32>().await.unwrap(),
                None
            );
        }
        let (client, _server) = answering(Reply::json("7")).await;
        assert_eq!(
            client.request(&GET).send_optional::<i32>().await.unwrap(),
            Some(7)
        );
        let (client, _server) = answering(Reply::status(404, "")).await;
        let error = client
            .request(&GET)
            .send_optional::<i32>()
            .await
            .unwrap_err();
        assert_eq!(error.status().unwrap(), 404);
        let (client, _server) = answering(Reply::json("{")).await;
        assert!(
            client
                .request(&GET)
                .send_optional::<i32>()
                .await
                .unwrap_err()
                .decode()
                .is_some()
        );
    })
    .await;
}

#[tokio::test]
async fn text_is_utf8_without_its_mark() {
    in_time(async {
        let reply = Reply::json("\u{feff}grüße").with_header("content-type", "text/plain");
        let (client, _server) = answering(reply).await;
        assert_eq!(client.request(&GET).send_text().await.unwrap(), "grüße");
    })
    .await;
}

#[tokio::test]
async fn bytes_that_are_no_text_are_a_decoding_error() {
    use specwright_runtime::{BoxFuture, HeaderMap, StatusCode, Transport, TransportError};
    use specwright_runtime::{TransportRequest, TransportResponse};

    struct Latin1;
    impl Transport for Latin1 {
        fn send(
            &self,
            _: TransportRequest,
        ) -> BoxFuture<'_, Result<TransportResponse, TransportError>> {
            let body = &b"gr\xfc\xdfe"[..];
            Box::pin(async move {
                Ok(TransportResponse::full(
                    StatusCode::OK,
                    HeaderMap::new(),
                    body,
                ))
            })
        }
    }
    let mut builder = ClientBuilder::new(&NOWHERE);
    builder.transport(Latin1);
    let error = builder
        .build()
        .unwrap()
        .request(&GET)
        .send_text()
        .await
        .unwrap_err();
    let decode = error.decode().unwrap();
    assert_eq!(decode.message(), "the body is not UTF-8 text");
    assert_eq!(
        (decode.operation(), decode.status().unwrap().as_u16()),
        (Some("getThing"), 200)
    );
    assert_eq!(&decode.body()[..], b"gr\xfc\xdfe");
}

#[derive(Debug, PartialEq)]
enum Created {
    Now(String),
    Later,
}

impl SuccessResponse for Created {
    fn from_response(response: &RawResponse) -> Result<Self, DecodeError> {
        match response.status().as_u16() {
            201 => response.json().map(Self::Now),
            202 => Ok(Self::Later),
            _ => Err(response.undocumented_status()),
        }
    }
}

#[tokio::test]
async fn results_can_differ_by_status() {
    in_time(async {
        for (status, result) in [(201, Created::Now("x".to_owned())), (202, Created::Later)] {
            let (client, _server) = answering(Reply::status(status, "\"x\"")).await;
            assert_eq!(
                client
                    .request(&GET)
                    .send_response::<Created>()
                    .await
                    .unwrap(),
                result
            );
        }
        let (client, _server) = answering(Reply::status(200, "\"x\"")).await;
        let error = client
            .request(&GET)
            .send_response::<Created>()
            .await
            .unwrap_err();
        assert_eq!(
            error.to_string(),
            "getThing: the document says nothing about this status (status 200)"
        );
        let (client, _server) = answering(Reply::status(500, "\"x\"")).await;
        let error = client
            .request(&GET)
            .send_response::<Created>()
            .await
            .unwrap_err();
        assert!(error.api().is_some());
    })
    .await;
}

#[derive(Debug, PartialEq)]
struct Limits {
    remaining: u32,
    scopes: Option<Vec<String>>,
    reset: Option<String>,
}

impl ResponseHeaders for Limits {
    fn from_headers(headers: &HeaderReader<'_>) -> Result<Self, DecodeError> {
        Ok(Self {
            remaining: headers.required("X-Remaining")?,
            scopes: headers.list("X-Scopes")?,
            reset: headers.optional("X-Reset")?,
        })
    }
}

#[tokio::test]
async fn headers_have_their_documented_types_wherever_the_response_is() {
    in_time(async {
        let limits = Limits {
            remaining: 7,
            scopes: Some(vec!["a".to_owned(), "b".to_owned()]),
            reset: None,
        };
        let reply = |status| {
            Reply::status(status, "[1]")
                .with_header("x-remaining", "7")
                .with_header("x-scopes", "a, b")
        };
        let (client, _server) = answering(reply(200)).await;
        let response = client
            .request(&GET)
            .send_with_head::<Vec<i32>>()
            .await
            .unwrap();
        assert_eq!(
            (response.status.as_u16(), &response.body[..]),
            (200, &[1][..])
        );
        assert_eq!(response.headers["x-remaining"], "7");
        assert_eq!(response.headers_as::<Limits>().unwrap(), limits);
        let raw = client.request(&GET).send_raw().await.unwrap();
        assert_eq!(raw.headers_as::<Limits>().unwrap(), limits);
        let (client, _server) = answering(reply(429)).await;
        let error = client.request(&GET).send_unit().await.unwrap_err();
        assert_eq!(error.api().unwrap().headers_as::<Limits>().unwrap(), limits);
        let (client, _server) = answering(Reply::json("[1]")).await;
        let response = client
            .request(&GET)
            .send_with_head::<Vec<i32>>()
            .await
            .unwrap();
        assert_eq!(
            response.headers_as::<Limits>().unwrap_err().to_string(),
            "getThing: the header `X-Remaining` is absent (status 200)"
        );
    })
    .await;
}

#[derive(Debug, PartialEq)]
enum Problem {
    NotFound(i32),
    NotAcceptable(String),
}

impl ErrorResponse for Problem {
    fn from_response(response: &RawResponse) -> Option<Result<Self, DecodeError>> {
        match response.status().as_u16() {
            404 => Some(response.json().map(Self::NotFound)),
            406 => Some(response.text().map(Self::NotAcceptable)),
            _ => None,
        }
    }
}

#[tokio::test]
async fn error_bodies_are_json_or_text_or_anything() {
    in_time(async {
        let failed = async |status, body: &'static str| {
            let (client, _server) = answering(Reply::status(status, body)).await;
            client.request(&GET).send_unit().await.unwrap_err()
        };
        let error = failed(404, "7").await;
        let api = error.api().unwrap();
        assert_eq!(
            api.body_as::<Problem>().unwrap().unwrap(),
            Problem::NotFound(7)
        );
        assert_eq!(api.body::<Value>().unwrap(), 7);
        assert_eq!((api.text(), &api.bytes()[..]), (Some("7"), &b"7"[..]));
        assert_eq!(api.response().status(), 404);
        let error = failed(406, "speak English").await;
        let api = error.api().unwrap();
        let text = Problem::NotAcceptable("speak English".to_owned());
        assert_eq!(api.body_as::<Problem>().unwrap().unwrap(), text);
        assert!(api.body::<Value>().is_err());
        assert!(
            failed(500, "7")
                .await
                .api()
                .unwrap()
                .body_as::<Problem>()
                .is_none()
        );
        let error = failed(404, "\"x\"").await;
        let decode = error
            .api()
            .unwrap()
            .body_as::<Problem>()
            .unwrap()
            .unwrap_err();
        assert_eq!(
            decode.to_string(),
            "getThing: $: expected an integer, found a string (line 1, column 1): \"x\""
        );
    })
    .await;
}
