//! What goes over the wire, and what comes back typed.

use std::sync::Arc;
use std::time::Duration;

use specwright_runtime::{
    BoxFuture, ClientBuilder, HeaderMap, Operation, StatusCode, Transport, TransportError,
    TransportRequest, TransportResponse, from_slice, to_vec,
};

use crate::generated::Client;
use crate::generated::types::{Conversation, ConversationStatus, SortDirection};
use crate::server::{Reply, Server, in_time};

const PAGE: &str = r#"{"data": {"conversations": [
    {"id": "c1", "title": null, "status": "Active", "variables": [], "created_at": "2025-01-25 14:30:00",
     "steps": [{"position": 1.0, "sort": "asc", "unknown": {"a": [1, 2]}}], "extra": {"deep": [true]}},
    {"id": "c2", "status": "Snoozed"}
], "pagination": {"limit": 10, "has_more": false, "next_cursor": null}}}"#;

fn client(server: &Server) -> Client {
    Client::builder()
        .base_url(server.url())
        .bearer_token("s3cr3t")
        .build()
        .unwrap()
}

#[tokio::test]
async fn a_request_is_awaited_and_its_response_is_typed() {
    in_time(async {
        let server = Server::start(|_| Reply::json(PAGE)).await;
        let page = client(&server).conversations().list("me").await.unwrap();
        let [first, second] = &page.data.conversations[..] else {
            panic!("{page:?}")
        };
        assert_eq!((&*first.id, &first.title), ("c1", &None));
        assert_eq!(first.status, Some(ConversationStatus::Active));
        assert_eq!(
            first.created_at.as_ref().unwrap().as_str(),
            "2025-01-25 14:30:00"
        );
        assert_eq!(first.variables.as_ref().unwrap().len(), 0);
        let step = &first.steps.as_ref().unwrap()[0];
        assert_eq!((step.position, step.sort), (1, Some(SortDirection::Asc)));
        assert_eq!(first.additional["extra"]["deep"][0], true);
        assert_eq!(
            second.status,
            Some(ConversationStatus::Other("Snoozed".to_owned()))
        );
    })
    .await;
}

#[tokio::test]
async fn parameters_are_encoded_and_headers_are_sent() {
    in_time(async {
        let server = Server::start(|_| Reply::json(PAGE)).await;
        let list = client(&server).conversations().list("a/b?c%d");
        list.tag("first").tag("+49 170&x=y#z%é").limit(26).await.unwrap();
        let request = server.only();
        assert_eq!(request.method, "GET");
        assert_eq!(
            request.target,
            "/api/v2/accounts/a%2Fb%3Fc%25d/conversations?tag=%2B49%20170%26x%3Dy%23z%25%C3%A9&limit=26"
        );
        assert_eq!(request.header("accept"), Some("application/json"));
        assert_eq!(request.header("authorization"), Some("Bearer s3cr3t"));
        assert!(request.header("user-agent").unwrap().starts_with("specwright-runtime/"));
        assert_eq!(request.headers.iter().filter(|(name, _)| name.eq_ignore_ascii_case("accept")).count(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_path_parameter_cannot_leave_its_segment() {
    in_time(async {
        let server = Server::start(|_| Reply::json(PAGE)).await;
        for value in ["..", ".", ""] {
            let error = client(&server)
                .conversations()
                .list(value)
                .await
                .unwrap_err();
            assert!(error.configuration().is_some(), "{value:?}: {error}");
            assert!(
                error.to_string().starts_with("listConversations: the path"),
                "{error}"
            );
        }
        for (value, path) in [
            ("../x", "..%2Fx"),
            ("%2e%2e", "%252e%252e"),
            ("...", "..."),
            ("a\\..", "a%5C.."),
        ] {
            client(&server).conversations().list(value).await.unwrap();
            assert_eq!(
                server.received().last().unwrap().path(),
                format!("/api/v2/accounts/{path}/conversations")
            );
        }
        assert_eq!(server.count(), 4);
    })
    .await;
}

#[tokio::test]
async fn a_path_prefix_of_the_base_url_is_kept() {
    in_time(async {
        let server = Server::start(|_| Reply::json(PAGE)).await;
        let client = Client::builder()
            .base_url(format!("{}/proxy/", server.url()))
            .build()
            .unwrap();
        client.conversations().list("me").await.unwrap();
        assert_eq!(
            server.only().target,
            "/proxy/api/v2/accounts/me/conversations"
        );
    })
    .await;
}

/// Answers every request with its own URL and timeout.
struct Mirror;

impl Transport for Mirror {
    fn send(
        &self,
        request: TransportRequest,
    ) -> BoxFuture<'_, Result<TransportResponse, TransportError>> {
        let body = format!("{} {:?}", request.url, request.timeout);
        Box::pin(async {
            Ok(TransportResponse::full(
                StatusCode::OK,
                HeaderMap::new(),
                body,
            ))
        })
    }
}

#[tokio::test]
async fn a_transport_of_ones_own_gets_the_requests_for_the_documents_server() {
    let tenant = Client::builder().subdomain("acme").transport(Mirror);
    let client = tenant.timeout(Duration::from_secs(7)).build().unwrap();
    let raw = client.conversations().list("me").send_raw().await.unwrap();
    let url = "https://acme.mindhunters.ai/api/v2/accounts/me/conversations";
    assert_eq!(raw.body(), &format!("{url} Some(7s)"));
    let client = Client::builder()
        .transport(Arc::new(Mirror))
        .build()
        .unwrap();
    let raw = client.conversations().list("me").send_raw().await.unwrap();
    assert!(raw.body().starts_with(b"https://demo.mindhunters.ai/"));
    let error = Client::builder()
        .subdomain("evil.com/")
        .transport(Mirror)
        .build()
        .unwrap_err();
    assert!(error.configuration().is_some(), "{error:?}");
}

#[tokio::test]
async fn a_raw_response_has_any_status() {
    in_time(async {
        let server =
            Server::start(|_| Reply::status(418, "short and stout").with_header("x-spout", "1"))
                .await;
        let raw = client(&server)
            .conversations()
            .list("me")
            .send_raw()
            .await
            .unwrap();
        assert_eq!(
            (raw.status().as_u16(), &raw.body()[..]),
            (418, &b"short and stout"[..])
        );
        assert_eq!(raw.headers()["x-spout"], "1");
    })
    .await;
}

static CREATE: Operation =
    Operation::new("createThing", "POST", "/things").accept("application/json");

static NOWHERE: specwright_runtime::Server = specwright_runtime::Server {
    url: "http://127.0.0.1:1",
    variables: &[],
};

#[tokio::test]
async fn bodies_headers_and_repeated_parameters_are_sent() {
    in_time(async {
        let server = Server::start(|_| Reply::status(201, "null")).await;
        let mut builder = ClientBuilder::new(&NOWHERE);
        builder.base_url(server.url());
        builder.user_agent("tests/1.0");
        let mut request = builder.build().unwrap().request(&CREATE);
        request.query_each("tag", ["old"]);
        request.query_each("tag", ["a b", "c"]);
        request.header("idempotency-key", 7);
        request.json(&vec![1, 2]);
        request.send::<()>().await.unwrap();
        let received = server.only();
        assert_eq!(
            (&*received.method, &*received.target),
            ("POST", "/things?tag=a%20b&tag=c")
        );
        assert_eq!(received.header("content-type"), Some("application/json"));
        assert_eq!(received.header("idempotency-key"), Some("7"));
        assert_eq!(received.header("user-agent"), Some("tests/1.0"));
        assert_eq!(received.body, b"[1,2]");
    })
    .await;
}

#[tokio::test]
async fn a_value_that_cannot_be_sent_is_reported_when_sending() {
    let client = ClientBuilder::new(&NOWHERE).build().unwrap();
    let mut not_finite = client.request(&CREATE);
    not_finite.json(&vec![1.0, f64::NAN]);
    let error = not_finite.send::<()>().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "createThing: the request's body: $[1]: the number is not finite"
    );
    let mut line_break = client.request(&CREATE);
    line_break.header("x-note", "two\nlines");
    let error = line_break.send_raw().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "createThing: the header `x-note` cannot carry its value"
    );
}

#[tokio::test]
async fn an_answer_without_a_body_is_fine_where_none_is_expected() {
    in_time(async {
        let server = Server::start(|_| Reply::status(204, "")).await;
        let mut builder = ClientBuilder::new(&NOWHERE);
        builder.base_url(server.url());
        let client = builder.build().unwrap();
        client.request(&CREATE).send_unit().await.unwrap();
        let error = client
            .request(&CREATE)
            .send::<Vec<i64>>()
            .await
            .unwrap_err();
        assert_eq!(
            error.to_string(),
            "createThing: expected JSON, got an empty body (status 204)"
        );
    })
    .await;
}

#[test]
fn models_are_written_as_they_were_read() {
    let text = br#"{"id":"c","title":"t","steps":[{"position":1,"sort":"desc"}],"variables":{"b":1,"a":[]},"x":null}"#;
    let conversation: Conversation = from_slice(text).unwrap();
    assert_eq!(to_vec(&conversation).unwrap(), text);
}

#[test]
fn errors_in_models_say_where_and_what() {
    let message = |text: &str| {
        from_slice::<Conversation>(text.as_bytes())
            .unwrap_err()
            .to_string()
    };
    assert_eq!(
        message(r#"{"title": "no id"}"#),
        "$: missing field `id` (line 1, column 18): {\"title\": \"no id\"}"
    );
    let sort = message(r#"{"id": "c", "steps": [{"position": 1, "sort": "up"}]}"#);
    assert!(
        sort.starts_with("$.steps[0].sort: unknown value `up` of SortDirection"),
        "{sort}"
    );
    let position = message(r#"{"id": "c", "steps": [{"position": 1}, {"position": "1"}]}"#);
    assert!(
        position.starts_with("$.steps[1].position: expected an integer, found a string"),
        "{position}"
    );
    let missing = message(r#"{"id": "c", "steps": [{"position": 1}, {"sort": "asc"}]}"#);
    assert!(
        missing.starts_with("$.steps[1]: missing field `position`"),
        "{missing}"
    );
}

#[cfg(feature = "serde")]
#[test]
fn models_have_serde_with_the_same_json() {
    let text = r#"{"id":"c","created_at":"now","x":{"y":[1,2.5]}}"#;
    let conversation: Conversation = serde_json::from_str(text).unwrap();
    assert_eq!(conversation, from_slice(text.as_bytes()).unwrap());
    assert_eq!(serde_json::to_string(&conversation).unwrap(), text);
    let error = serde_json::from_str::<Conversation>(r#"{"id": 7}"#).unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("$.id: expected a string, found a number"),
        "{error}"
    );
}

#[cfg(feature = "serde")]
#[test]
fn the_types_of_strings_and_numbers_have_serde() {
    use specwright_runtime::{Base64, Date, Decimal, Uuid};

    type All = (Base64, Date, Uuid, Decimal);
    let text = r#"["aGk=","2025-01-25","not checked",19.5]"#;
    let all: All = serde_json::from_str(text).unwrap();
    assert_eq!(all.0.decode().unwrap(), b"hi");
    assert_eq!(all.3.as_str(), "19.5");
    assert_eq!(serde_json::to_string(&all).unwrap(), text);
    assert!(serde_json::from_str::<Decimal>("\"1\"").is_err());
}
