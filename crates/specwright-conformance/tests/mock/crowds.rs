//! Many connections at once.

use std::time::Duration;

use specwright_conformance::Mock;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};

use crate::documents::{description, start};

const API: &str = "
openapi: 3.0.3
info: {title: Crowd, version: '1'}
paths: {/: {get: {responses: {'200': {description: A., content: {application/json: {example: {a: 1}}}}}}}}
";

const CROWD: usize = 1_000;

/// Reads one answer, whose body is `{"a":1}`.
async fn answer(stream: &mut TcpStream) {
    let mut answer = Vec::new();
    while !answer.ends_with(b"{\"a\":1}") {
        let mut buffer = [0; 512];
        let count = stream.read(&mut buffer).await.unwrap();
        assert!(count > 0, "{}", String::from_utf8_lossy(&answer));
        answer.extend_from_slice(&buffer[..count]);
    }
    assert!(answer.starts_with(b"HTTP/1.1 200"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_connections_are_open_and_answered_at_once() {
    let server = start(Mock::new(description(API))).await;
    let mut streams = Vec::new();
    for _ in 0..CROWD {
        streams.push(
            TcpStream::connect(server.address())
                .await
                .expect("descriptors for 2,000 sockets"),
        );
    }
    let all = async {
        for _ in 0..2 {
            for stream in &mut streams {
                stream
                    .write_all(b"GET / HTTP/1.1\r\nhost: a\r\n\r\n")
                    .await
                    .unwrap();
            }
            for stream in &mut streams {
                answer(stream).await;
            }
        }
    };
    timeout(Duration::from_secs(60), all)
        .await
        .expect("answers in time");
    assert_eq!(server.request_count(), 2 * CROWD as u64);
}
