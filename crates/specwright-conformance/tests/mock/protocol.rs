//! Bytes that are no request, or a broken one.

use specwright_conformance::{Mock, MockServer};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::{
    client::{Answer, parse, send, send_all},
    documents::{description, start},
};

const API: &str = "
openapi: 3.0.3
info: {title: Echo, version: '1'}
paths:
  /: {get: {responses: {'204': {description: Nothing.}}}, post: {responses: {'204': {description: Nothing.}}}}
";

async fn server() -> MockServer {
    start(Mock::new(description(API))).await
}

async fn sending(server: &MockServer, bytes: &[u8]) -> Answer {
    parse(&send(server.address(), bytes).await)
}

#[tokio::test]
async fn what_cannot_be_answered_is_told_why() {
    let server = server().await;
    let long = format!(
        "GET /{} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n",
        "a".repeat(16_000)
    );
    let endless = "GET /".to_owned() + &"a".repeat(200_000);
    let heavy = format!(
        "GET / HTTP/1.1\r\nhost: a\r\nx: {}\r\n\r\n",
        "a".repeat(40_000)
    );
    let cases: [(&[u8], u16); 14] = [
        (b"GET / HTTP/2.0\r\n\r\n", 505),
        (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505),
        (b"\r\nGET / HTTP/0.9\r\n\r\n", 505),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc", 400),
        (b"GET / HTTP/1.1\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nhost: a\r\nhost: b\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nhost: a\r\nbad\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nhost: a\r\nx\x00: 1\r\n\r\n", 400),
        (b"G\x00T / HTTP/1.1\r\nhost: a\r\n\r\n", 400),
        (
            b"POST / HTTP/1.1\r\nhost: a\r\ncontent-length: x\r\n\r\n",
            400,
        ),
        (
            b"POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 99999999999\r\n\r\n",
            413,
        ),
        (long.as_bytes(), 414),
        (endless.as_bytes(), 414),
        (heavy.as_bytes(), 431),
    ];
    for (bytes, status) in cases {
        let shown = String::from_utf8_lossy(&bytes[..bytes.len().min(60)]).into_owned();
        let answer = parse(&send_all(server.address(), bytes).await);
        assert_eq!(answer.status, status, "{shown}");
        if answer.header("content-type").is_some() {
            assert_eq!(
                answer.json()["status"].as_u64(),
                Some(u64::from(status)),
                "{shown}"
            );
        }
    }
    let fine = b"GET / HTTP/1.0\r\n\r\n";
    assert_eq!(sending(&server, fine).await.status, 204);
}

#[tokio::test]
async fn requests_may_come_in_pieces_and_one_after_the_other() {
    let server = server().await;
    let mut stream = TcpStream::connect(server.address()).await.unwrap();
    let requests = b"\r\nGET / HTTP/1.1\r\nhost: a\r\n\r\nPOST / HTTP/1.1\r\nhost: a\r\nconnection: close\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n";
    for byte in requests {
        stream.write_all(&[*byte]).await.unwrap();
        stream.flush().await.unwrap();
    }
    let mut answers = Vec::new();
    stream.read_to_end(&mut answers).await.unwrap();
    let answers = String::from_utf8(answers).unwrap();
    assert_eq!(answers.matches("HTTP/1.1 204").count(), 2, "{answers}");
    let methods: Vec<String> = server.requests().into_iter().map(|it| it.method).collect();
    assert_eq!(methods, ["GET", "POST"]);
}

#[tokio::test]
async fn long_bodies_at_once_are_bounded_together() {
    let server = server().await;
    let head =
        b"POST / HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncontent-length: 16000000\r\n\r\n";
    let most = vec![b'a'; 15_999_999];
    let mut waiting = Vec::new();
    for _ in 0..4 {
        let mut stream = TcpStream::connect(server.address()).await.unwrap();
        stream.write_all(head).await.unwrap();
        stream.write_all(&most).await.unwrap();
        waiting.push(stream);
    }
    // What has been written may still be on its way.
    tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    let mut stream = TcpStream::connect(server.address()).await.unwrap();
    stream.write_all(head).await.unwrap();
    let _ = stream.write_all(&most).await;
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    let answer = String::from_utf8_lossy(&answer).into_owned();
    assert!(
        answer.is_empty() || answer.starts_with("HTTP/1.1 503"),
        "{answer}"
    );
    for mut stream in waiting {
        stream.write_all(b"a").await.unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await.unwrap();
        assert_eq!(parse(&answer).status, 204);
    }
    assert!(server.requests().iter().any(|it| it.status == 503));
}
