//! A small HTTP/1.1 client: one connection per request.

use std::{net::SocketAddr, time::Duration};

use serde_json::Value;
use specwright_conformance::MockServer;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};

const PATIENCE: Duration = Duration::from_secs(20);

/// What the server sent.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&self.body)))
    }

    /// Whether the body is as long as its head says.
    pub(crate) fn is_complete(&self) -> bool {
        self.header("content-length")
            .is_none_or(|it| it.parse() == Ok(self.body.len()))
    }
}

/// Sends bytes and reads until the server closes the connection.
pub(crate) async fn send(address: SocketAddr, bytes: &[u8]) -> Vec<u8> {
    exchange(address, bytes, false).await
}

/// Sends bytes and nothing after them, and reads until the server closes the connection.
pub(crate) async fn send_all(address: SocketAddr, bytes: &[u8]) -> Vec<u8> {
    exchange(address, bytes, true).await
}

async fn exchange(address: SocketAddr, bytes: &[u8], closes: bool) -> Vec<u8> {
    let exchange = async {
        let mut stream = TcpStream::connect(address)
            .await
            .expect("a listening server");
        // The server may refuse before it has read everything.
        let _ = stream.write_all(bytes).await;
        if closes {
            let _ = stream.shutdown().await;
        }
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer).await;
        answer
    };
    timeout(PATIENCE, exchange)
        .await
        .expect("an answer in time")
}

pub(crate) fn parse(bytes: &[u8]) -> Answer {
    let end = bytes
        .windows(4)
        .position(|it| it == b"\r\n\r\n")
        .unwrap_or_else(|| panic!("{:?}", String::from_utf8_lossy(bytes)));
    let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
    let mut lines = head.split("\r\n");
    let status = lines
        .next()
        .and_then(|it| it.split(' ').nth(1))
        .and_then(|it| it.parse().ok())
        .unwrap();
    let headers = lines
        .filter_map(|it| it.split_once(": "))
        .map(|(name, value)| (name.to_lowercase(), value.to_owned()));
    Answer {
        status,
        headers: headers.collect(),
        body: bytes[end + 4..].to_vec(),
    }
}

/// Sends a request with a token to `target`, which starts with the path.
pub(crate) async fn request(server: &MockServer, method: &str, target: &str) -> Answer {
    let head = format!(
        "{method} {target} HTTP/1.1\r\nhost: mock\r\nauthorization: Bearer any\r\nconnection: close\r\n\r\n"
    );
    parse(&send(server.address(), head.as_bytes()).await)
}

pub(crate) async fn get(server: &MockServer, target: &str) -> Answer {
    request(server, "GET", target).await
}

/// Sends a request with these header fields beside `Host`, and nothing of its own.
pub(crate) async fn ask(
    server: &MockServer,
    method: &str,
    target: &str,
    fields: &[(&str, &str)],
) -> Answer {
    let mut head = format!("{method} {target} HTTP/1.1\r\nhost: mock\r\nconnection: close\r\n");
    for (name, value) in fields {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str("\r\n");
    parse(&send(server.address(), head.as_bytes()).await)
}
