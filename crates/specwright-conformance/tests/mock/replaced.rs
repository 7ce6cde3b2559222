//! A mock that is exchanged while it serves.

use std::time::Duration;

use specwright_conformance::{Fault, Mock, MockError};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::{
    client::get,
    documents::{description, start},
};

fn document(base: &str, path: &str) -> Mock {
    let text = format!(
        "{{openapi: 3.0.3, info: {{title: T, version: '1'}}, servers: [{{url: {base}}}], paths: {{{path}: {{get: {{responses: {{'200': {{description: D., content: {{application/json: {{example: {path}}}}}}}}}}}}}}}}}"
    );
    Mock::new(description(&text))
}

#[tokio::test]
async fn further_requests_are_answered_by_the_new_one() {
    let mut server = start(document("/a", "/old").latency(Duration::from_millis(300))).await;
    let address = server.address();
    let ask = |path: &str| format!("GET {path} HTTP/1.1\r\nhost: a\r\n\r\n");
    let mut open = TcpStream::connect(address).await.unwrap();
    open.write_all(ask("/a/old").as_bytes()).await.unwrap();
    // The request arrives; its answer is held back.
    while server.request_count() == 0 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    server.replace(document("/b", "/new")).unwrap();
    assert_eq!(server.url(), format!("http://{address}/b"));
    assert_eq!(get(&server, "/b/new").await.json(), "/new");
    assert_eq!(get(&server, "/a/old").await.status, 404);
    open.write_all(ask("/b/new").as_bytes()).await.unwrap();
    let mut answers = String::new();
    while !answers.contains("\"/new\"") {
        let mut buffer = [0; 1024];
        let count = open.read(&mut buffer).await.unwrap();
        assert!(count > 0, "{answers}");
        answers.push_str(&String::from_utf8_lossy(&buffer[..count]));
    }
    assert!(answers.contains("\"/old\""), "{answers}");
    assert_eq!(server.request_count(), 4);
}

#[tokio::test]
async fn one_that_cannot_serve_changes_nothing() {
    let mut server = start(document("/a", "/old")).await;
    let error = server.replace(document("/a", "/new").fault(Fault::EmptyPage));
    assert!(matches!(
        error,
        Err(MockError::FaultNotApplicable(Fault::EmptyPage))
    ));
    assert_eq!(get(&server, "/a/old").await.status, 200);
}
