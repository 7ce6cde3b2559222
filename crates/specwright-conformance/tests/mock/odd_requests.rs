//! Thousands of requests with bytes changed, cut out and repeated: the mock answers in HTTP/1.1 or closes the connection,
//! and goes on serving.

use std::time::Duration;

use specwright_conformance::{Mock, MockService};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt, duplex},
    time::timeout,
};

use crate::documents::description;

const API: &str = "
openapi: 3.0.3
info: {title: Odd, version: '1'}
paths:
  /a/{id}:
    get:
      security: [{basic: []}]
      responses: {'200': {description: A., headers: {X-A: {schema: {type: string}}}, content: {application/json: {schema: {type: object}}, application/xml: {schema: {type: object}}}}, default: {description: B.}}
    post: {responses: {'201': {description: Made.}}}
  /b/{x}-{y}.json: {get: {responses: {'200': {description: B., content: {'*/*': {schema: {type: string}}}}}}}
components: {securitySchemes: {basic: {type: http, scheme: basic}}}
";

const REQUESTS: [&str; 4] = [
    "GET /a/1?x=%41&y HTTP/1.1\r\nHost: a\r\nAccept: application/xml;q=0.5, */*\r\nPrefer: code=200, example=\"a\"; b=c\r\nAuthorization: Basic YTpi\r\n\r\n",
    "POST /a/1 HTTP/1.1\r\nHost: a\r\nContent-Length: 7\r\nOrigin: https://a\r\n\r\n{\"a\":1}GET /b/1-2.json HTTP/1.1\r\nHost: a\r\nSpecwright-Fault: html@1, cut-body@1..\r\n\r\n",
    "OPTIONS /a/1 HTTP/1.1\r\nHost: a\r\nOrigin: https://a\r\nAccess-Control-Request-Method: PUT\r\nAccess-Control-Request-Headers: x-a\r\n\r\n",
    "POST /a/1 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nExpect: 100-continue\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
];

/// SplitMix64, so that each run changes the same bytes.
struct Changes(u64);

impl Changes {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) as usize % bound.max(1)
    }

    fn change(&mut self, bytes: &mut Vec<u8>) {
        for _ in 0..=self.below(4) {
            let at = self.below(bytes.len());
            let end = (at + self.below(20)).min(bytes.len());
            match self.below(5) {
                0 if !bytes.is_empty() => bytes[at] = self.below(256) as u8,
                1 => drop(bytes.drain(at..end)),
                2 => bytes.extend_from_within(at..end),
                3 => bytes.insert(at, b"\r\n\0 %:;,\"=/"[self.below(11)]),
                _ => bytes.truncate(bytes.len() - self.below(bytes.len()) / 4),
            }
        }
    }
}

async fn answer(service: &MockService, bytes: &[u8]) -> Vec<u8> {
    let (mut client, server) = duplex(1 << 16);
    let exchange = async {
        client.write_all(bytes).await.unwrap();
        client.shutdown().await.unwrap();
        service.serve(server).await;
        let mut answer = Vec::new();
        client.read_to_end(&mut answer).await.unwrap();
        answer
    };
    timeout(Duration::from_secs(20), exchange)
        .await
        .expect("an end")
}

#[tokio::test]
async fn changed_requests_do_no_harm() {
    let service = Mock::new(description(API)).service().unwrap();
    let mut changes = Changes(7);
    let mut statuses = std::collections::BTreeSet::new();
    for round in 0..4_000 {
        let mut bytes = REQUESTS[round % REQUESTS.len()].as_bytes().to_vec();
        changes.change(&mut bytes);
        let answer = answer(&service, &bytes).await;
        let shown = String::from_utf8_lossy(&bytes);
        assert!(
            answer.is_empty() || answer.starts_with(b"HTTP/1.1 "),
            "{shown}"
        );
        if let Some(status) = answer.get(9..12) {
            statuses.insert(String::from_utf8_lossy(status).into_owned());
        }
    }
    for status in ["200", "201", "204", "400", "401", "404", "405"] {
        assert!(statuses.contains(status), "{statuses:?} lack {status}");
    }
    assert!(!statuses.contains("500"), "{statuses:?}");
}
