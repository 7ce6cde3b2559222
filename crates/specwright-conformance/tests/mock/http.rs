//! What the mock makes of requests, good and bad, and operations that are no lists.

use serde_json::{Value, json};
use specwright_conformance::{Mock, MockError};
use tokio::{
    io::AsyncReadExt,
    net::{TcpListener, TcpStream},
    task::JoinSet,
};

use crate::{
    client::{Answer, get, parse, request, send, send_all},
    documents::{FAMULOR, MINDHUNTERS, TALKTOHUMANS, description, start},
    schema,
};

const SHOP: &str = "
openapi: 3.0.3
info: {title: Shop, version: '1'}
servers: [{url: 'https://shop.example.com/v2'}]
paths:
  /orders/{id}:
    get:
      operationId: order
      responses:
        '404': {description: None.}
        '200': {description: One., content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}}
    delete: {operationId: remove, responses: {'204': {description: Gone.}}}
    put: {operationId: replace, responses: {'2XX': {description: Done.}}}
  /orders:
    post:
      operationId: create
      requestBody: {content: {application/json: {schema: {}}}}
      responses: {'201': {description: Made., content: {application/vnd.order+json: {schema: {$ref: '#/components/schemas/Order'}}}}}
  /manual: {get: {operationId: manual, responses: {'200': {description: Text., content: {text/plain: {schema: {type: string}}}}}}}
  /example: {get: {operationId: example, responses: {'200': {description: An example., content: {application/json: {example: {a: 1}}}}}}}
  /default: {get: {operationId: default, responses: {default: {description: Any., content: {application/json: {schema: {type: integer}}}}}}}
  /moved: {get: {operationId: moved, responses: {'302': {description: Elsewhere.}}}}
components:
  schemas:
    Order:
      type: object
      required: [id, lines, payment, code]
      properties:
        id: {type: integer, minimum: 1}
        code: {type: string, pattern: '^[A-Z]{3}-[0-9]{4}$'}
        lines: {type: array, minItems: 1, maxItems: 3, items: {$ref: '#/components/schemas/Line'}}
        payment: {$ref: '#/components/schemas/Payment'}
        parent: {$ref: '#/components/schemas/Order'}
        notes: {type: object, additionalProperties: {type: string, maxLength: 9}}
        secret: {type: string, writeOnly: true}
        state: {type: string, nullable: true, enum: [open, closed, null]}
    Line:
      type: object
      additionalProperties: false
      required: [price, amount]
      properties:
        price: {type: number, minimum: 0, exclusiveMinimum: true, maximum: 10}
        amount: {type: integer, multipleOf: 5, minimum: 5, maximum: 50}
        tags: {type: array, uniqueItems: true, minItems: 2, items: {type: string, enum: [a, b, c]}}
    Payment:
      oneOf: [{$ref: '#/components/schemas/Card'}, {$ref: '#/components/schemas/Invoice'}]
      discriminator: {propertyName: kind, mapping: {card: '#/components/schemas/Card', bill: '#/components/schemas/Invoice'}}
    Card:
      allOf: [{$ref: '#/components/schemas/Paid'}, {type: object, required: [number], properties: {number: {type: string, minLength: 12, maxLength: 12}}}]
    Invoice:
      allOf: [{$ref: '#/components/schemas/Paid'}, {type: object, required: [due], properties: {due: {type: string, format: date}}}]
    Paid: {type: object, required: [kind], properties: {kind: {type: string}}}
";

#[tokio::test]
async fn operations_that_are_no_lists_answer_as_documented() {
    let shop = description(SHOP);
    let validator = schema::of_component(&shop, "Order");
    let server = start(Mock::new(shop)).await;
    let mut kinds = std::collections::BTreeSet::new();
    for id in 0..100 {
        let answer = get(&server, &format!("/v2/orders/{id}")).await;
        assert_eq!(
            (answer.status, answer.header("content-type")),
            (200, Some("application/json"))
        );
        schema::assert_valid(&validator, &answer.json());
        assert!(answer.json().get("secret").is_none());
        kinds.insert(
            answer.json()["payment"]["kind"]
                .as_str()
                .unwrap()
                .to_owned(),
        );
    }
    assert_eq!(kinds.into_iter().collect::<Vec<_>>(), ["bill", "card"]);
    assert_eq!(
        get(&server, "/v2/orders/7").await.body,
        get(&server, "/v2/orders/7").await.body
    );
    assert_ne!(
        get(&server, "/v2/orders/7").await.body,
        get(&server, "/v2/orders/8").await.body
    );
    let made = request(&server, "POST", "/v2/orders").await;
    assert_eq!(
        (made.status, made.header("content-type")),
        (201, Some("application/vnd.order+json"))
    );
    schema::assert_valid(&validator, &made.json());
}

#[tokio::test]
async fn other_answers_have_their_status_and_type() {
    let server = start(Mock::new(description(SHOP))).await;
    let of = async |method: &str, path: &str| -> (u16, Option<String>, usize) {
        let answer = request(&server, method, path).await;
        (
            answer.status,
            answer.header("content-type").map(str::to_owned),
            answer.body.len(),
        )
    };
    assert_eq!(of("DELETE", "/v2/orders/1").await, (204, None, 0));
    assert_eq!(of("PUT", "/v2/orders/1").await, (200, None, 0));
    assert_eq!(of("GET", "/v2/moved").await, (302, None, 0));
    assert_eq!(
        of("GET", "/v2/manual").await.1.as_deref(),
        Some("text/plain")
    );
    assert_eq!(get(&server, "/v2/example").await.json(), json!({ "a": 1 }));
    assert!(get(&server, "/v2/default").await.json().is_i64());
}

#[tokio::test]
async fn unknown_paths_and_methods_are_problems() {
    let server = start(Mock::new(description(SHOP))).await;
    let problem = |answer: &Answer| {
        (
            answer.status,
            answer.json()["status"].as_u64(),
            answer.header("content-type") == Some("application/problem+json"),
        )
    };
    for path in [
        "/orders/1",
        "/v2",
        "/v2/orders/1/",
        "/v2/nothing",
        "/",
        "/%",
    ] {
        assert_eq!(
            problem(&get(&server, path).await),
            (404, Some(404), true),
            "{path}"
        );
    }
    let other = request(&server, "PATCH", "/v2/orders/1").await;
    assert_eq!(problem(&other), (405, Some(405), true));
    assert_eq!(
        other.header("allow"),
        Some("GET, HEAD, PUT, DELETE, OPTIONS")
    );
}

#[tokio::test]
async fn head_is_get_without_a_body() {
    let server = start(TALKTOHUMANS.mock()).await;
    let (head, full) = (
        request(&server, "HEAD", TALKTOHUMANS.path).await,
        get(&server, TALKTOHUMANS.path).await,
    );
    assert_eq!((head.status, head.body.len()), (200, 0));
    assert_eq!(head.header("content-length"), full.header("content-length"));
}

#[tokio::test]
async fn a_bearer_token_is_required() {
    let server = start(MINDHUNTERS.mock().token("secret")).await;
    let status = async |field: &str| {
        let head = format!(
            "GET {} HTTP/1.1\r\nhost: mock\r\n{field}connection: close\r\n\r\n",
            MINDHUNTERS.path
        );
        parse(&send(server.address(), head.as_bytes()).await)
    };
    assert_eq!(status("authorization: Bearer secret\r\n").await.status, 200);
    let (none, wrong) = (
        "Bearer realm=\"mock\"",
        "Bearer realm=\"mock\", error=\"invalid_token\"",
    );
    for (field, challenge) in [
        ("", none),
        ("authorization: Bearer wrong\r\n", wrong),
        ("authorization: secret\r\n", none),
        ("authorization: \u{ff}\r\n", none),
    ] {
        let answer = status(field).await;
        assert_eq!(
            (answer.status, answer.header("www-authenticate")),
            (401, Some(challenge)),
            "{field}"
        );
        schema::assert_valid(
            &schema::of_component(&MINDHUNTERS.description(), "Error"),
            &answer.json(),
        );
        assert_eq!(answer.json()["success"], false);
        assert_eq!(answer.json()["error"]["code"], "unauthorized");
    }
    assert!(!format!("{server:?}").contains("secret"));
}

#[tokio::test]
async fn every_request_is_recorded() {
    let server = start(FAMULOR.mock().token("any")).await;
    get(&server, &FAMULOR.target(3, "&customer_phone=%2B49&x=a+b")).await;
    get(&server, "/nothing").await;
    request(&server, "POST", FAMULOR.path).await;
    get(&server, &FAMULOR.target(0, "")).await;
    let requests = server.requests();
    let statuses: Vec<u16> = requests.iter().map(|it| it.status).collect();
    assert_eq!(
        (statuses, server.request_count()),
        (vec![200, 404, 405, 422], 4)
    );
    let first = &requests[0];
    assert_eq!(
        (first.operation.as_deref(), first.method.as_str()),
        (Some("listConversations"), "GET")
    );
    assert_eq!(first.path, "/api/user/conversations");
    assert_eq!(first.query_value("customer_phone"), Some("+49"));
    assert_eq!(first.query_value("x"), Some("a b"));
    assert_eq!(first.header("authorization"), Some("Bearer any"));
    assert_eq!(requests[1].operation, None);
}

#[tokio::test]
async fn the_url_is_a_base_url_for_clients() {
    for (mock, base) in [
        (FAMULOR.mock(), "/api"),
        (MINDHUNTERS.mock(), ""),
        (Mock::new(description(SHOP)), "/v2"),
    ] {
        let server = start(mock).await;
        assert_eq!(server.url(), format!("http://{}{base}", server.address()));
    }
}

#[tokio::test]
async fn malformed_requests_do_no_harm() {
    let server = start(TALKTOHUMANS.mock().items(10)).await;
    let long = format!("GET /{} HTTP/1.1\r\nhost: a\r\n\r\n", "a".repeat(100_000));
    let large = format!(
        "POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 20000000\r\n\r\n{}",
        "a".repeat(20_000_000)
    );
    let odd: [(&[u8], Option<u16>); 9] = [
        (b"\r\n\r\n\r\n\r\n", None),
        (b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n", Some(400)),
        (b"GET\r\n\r\n", Some(400)),
        (b"GET / HTTP/9.9\r\n\r\n", Some(505)),
        (
            b"GET /v1/conversations?%ff=%zz&=&&& HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n",
            Some(401),
        ),
        (
            b"OPTIONS * HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n",
            Some(204),
        ),
        (
            b"POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n",
            Some(400),
        ),
        (long.as_bytes(), Some(414)),
        (large.as_bytes(), Some(413)),
    ];
    for (bytes, expected) in odd {
        let answer = send_all(server.address(), bytes).await;
        let status = (!answer.is_empty()).then(|| parse(&answer).status);
        let shown = String::from_utf8_lossy(&bytes[..bytes.len().min(60)]);
        // An answer may be lost where the client is still sending when the connection is closed.
        assert!(
            status == expected || (status.is_none() && bytes.len() > 60),
            "{status:?} for {shown}"
        );
        assert_eq!(get(&server, TALKTOHUMANS.path).await.status, 200);
    }
}

#[tokio::test]
async fn requests_are_served_side_by_side() {
    let server = std::sync::Arc::new(start(MINDHUNTERS.mock()).await);
    let mut tasks = JoinSet::new();
    for page in 1..=40 {
        let server = std::sync::Arc::clone(&server);
        tasks.spawn(async move {
            let body = get(&server, &MINDHUNTERS.target(25, &format!("&page={page}")))
                .await
                .json();
            assert_eq!(
                body["data"]["data"],
                Value::from(&server.data("listConversations")[(page - 1) * 25..page * 25])
            );
        });
    }
    while let Some(done) = tasks.join_next().await {
        done.unwrap();
    }
    assert_eq!(server.request_count(), 40);
}

#[tokio::test]
async fn a_server_ends_with_its_handle() {
    for drops in [true, false] {
        let server = start(TALKTOHUMANS.mock()).await;
        let address = server.address();
        let mut open = TcpStream::connect(address).await.unwrap();
        get(&server, TALKTOHUMANS.path).await;
        if drops {
            drop(server)
        } else {
            server.shutdown().await
        }
        let mut rest = Vec::new();
        let _ = open.read_to_end(&mut rest).await;
        assert!(rest.is_empty());
        let free = tokio::time::timeout(std::time::Duration::from_secs(5), async {
            while TcpStream::connect(address).await.is_ok() {
                tokio::task::yield_now().await;
            }
        });
        free.await.expect("nobody listens any more");
    }
}

#[tokio::test]
async fn an_address_in_use_is_an_error() {
    let taken = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let error = TALKTOHUMANS
        .mock()
        .start(taken.local_addr().unwrap())
        .await
        .expect_err("no server");
    assert!(
        matches!(error, MockError::Bind(ref it) if it.kind() == std::io::ErrorKind::AddrInUse),
        "{error}"
    );
}
