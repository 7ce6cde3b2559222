//! Any bytes as a connection to the mock, and requests that are nearly right: answers in HTTP/1.1, never a panic or a hang.
//!
//! The first byte chooses a document and how the rest is read. There is no socket, and the clock is tokio's own, which
//! stands still while there is anything to do, so that no time is spent waiting.

#![no_main]

use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;
use specwright_conformance::{Mock, MockService};
use specwright_openapi::{MemoryLoader, load};
use tokio::io::{AsyncReadExt, AsyncWriteExt, duplex};

/// Documents with lists, all kinds of parameters and bodies, all security schemes, and odd paths.
const DOCUMENTS: [&str; 3] = [
    include_str!("../documents/shop.yaml"),
    include_str!("../documents/doors.yaml"),
    include_str!("../documents/shapes.yaml"),
];

const METHODS: [&str; 12] =
    ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "QUERY", "get", "BREW"];

const PATHS: [&str; 20] = [
    "/v2/orders", "/v2/orders/", "/v2/orders/1", "/v2/orders/1/lines", "/v2/files/a.json", "/open", "/basic", "/keys",
    "/tokens", "/", "*", "/any", "/tree", "/forms", "/texts", "/%2f%zz", "//", "http://a/open", "/v2/numbers", "/../..",
];

const NAMES: [&str; 22] = [
    "cursor", "limit", "page", "offset", "sort", "state", "q", "Accept", "Prefer", "Origin",
    "Access-Control-Request-Method", "Access-Control-Request-Headers", "Authorization", "Cookie", "Specwright-Fault",
    "Content-Type", "Content-Length", "Transfer-Encoding", "Expect", "Connection", "X-Key", "If-None-Match",
];

const VALUES: [&str; 32] = [
    "", "1", "0", "-1", "99999999999999999999", "true", "*/*", "application/xml", "text/*;q=0.5, */*;q=0.1",
    "image/png;q=0", "code=404", "code=5XX, dynamic=true", "example=\"a b\"", "dynamic=false;a=b", "https://a.example",
    "PUT", "x-key, content-type", "Bearer abc", "Basic YTpi", "Digest a=\"b\"", "session=1; a=\"", "html", "slow@1..",
    "cut-body@1", "server-error-once@2", "repeated-cursor@1..", "nonsense", "application/json", "chunked", "100-continue",
    "close", "multipart/form-data; boundary=a",
];

const BODIES: [&str; 8] = [
    "", "{}", "{\"name\":\"a\",\"id\":7,\"cursor\":\"\"}", "[1,2", "a=b&c[]=%zz&&=", "3\r\nabc\r\n0\r\n\r\n",
    "--a\r\ncontent-disposition: form-data; name=\"a\"\r\n\r\n1\r\n--a--\r\n", "<a/>",
];

static SERVICES: OnceLock<Vec<MockService>> = OnceLock::new();

fn services() -> &'static [MockService] {
    SERVICES.get_or_init(|| {
        let service = |text: &str| {
            let loaded = load("api.yaml", &MemoryLoader::default().with("api.yaml", text)).expect("it is there");
            assert!(!loaded.has_errors(), "{:?}", loaded.diagnostics);
            let mock = Mock::new(loaded.description.expect("it is a document"));
            mock.items(20).token("abc").service().expect("there are no faults")
        };
        DOCUMENTS.into_iter().map(service).collect()
    })
}

/// Takes bytes one after the other; 0 when there are none left.
struct Bytes<'d>(&'d [u8]);

impl Bytes<'_> {
    fn next(&mut self) -> usize {
        let Some((first, rest)) = self.0.split_first() else { return 0 };
        self.0 = rest;
        usize::from(*first)
    }

    fn pick<'t>(&mut self, from: &[&'t str]) -> &'t str {
        from[self.next() % from.len()]
    }

    /// Some raw bytes.
    fn raw(&mut self) -> Vec<u8> {
        let count = (self.next() % 16).min(self.0.len());
        let (taken, rest) = self.0.split_at(count);
        self.0 = rest;
        taken.to_vec()
    }

    /// One of the texts, at times raw bytes instead.
    fn text(&mut self, from: &[&str]) -> Vec<u8> {
        match self.next() {
            0..=31 => self.raw(),
            other => from[other % from.len()].as_bytes().to_vec(),
        }
    }
}

/// Requests that are nearly right.
fn requests(data: &[u8]) -> Vec<u8> {
    let mut from = Bytes(data);
    let mut out = Vec::new();
    for _ in 0..1 + from.next() % 4 {
        out.extend(from.text(&METHODS));
        out.push(b' ');
        out.extend(from.text(&PATHS));
        for index in 0..from.next() % 4 {
            out.push(if index == 0 { b'?' } else { b'&' });
            out.extend(from.text(&NAMES));
            out.push(b'=');
            let value = from.text(&VALUES);
            out.extend(value.into_iter().map(|it| if it == b' ' { b'+' } else { it }));
        }
        let version: &[u8] = if from.next() % 16 == 0 { b" HTTP/1.0\r\n" } else { b" HTTP/1.1\r\nHost: a\r\n" };
        out.extend_from_slice(version);
        for _ in 0..from.next() % 6 {
            out.extend(from.text(&NAMES));
            out.extend_from_slice(b": ");
            out.extend(from.text(&VALUES));
            out.extend_from_slice(b"\r\n");
        }
        let body = from.pick(&BODIES);
        if from.next() % 4 > 0 && !body.is_empty() {
            out.extend(format!("Content-Length: {}\r\n", body.len()).into_bytes());
        }
        out.extend_from_slice(b"\r\n");
        out.extend_from_slice(body.as_bytes());
    }
    out
}

fuzz_target!(|data: &[u8]| {
    let Some((choice, rest)) = data.split_first() else { return };
    let choice = usize::from(*choice);
    let service = &services()[choice % DOCUMENTS.len()];
    let sent = if choice / DOCUMENTS.len() % 4 == 0 { rest.to_vec() } else { requests(rest) };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build();
    let received = runtime.expect("a runtime").block_on(async {
        let (client, server) = duplex(1 << 12);
        let serving = tokio::spawn({
            let service = service.clone();
            async move { service.serve(server).await }
        });
        let (mut reader, mut writer) = tokio::io::split(client);
        let writing = tokio::spawn(async move {
            // The server may be gone before it has read everything.
            let _ = writer.write_all(&sent).await;
            let _ = writer.shutdown().await;
        });
        let mut received = Vec::new();
        let _ = reader.read_to_end(&mut received).await;
        writing.await.expect("no panic");
        serving.await.expect("no panic");
        received
    });
    assert!(received.is_empty() || received.starts_with(b"HTTP/1."), "{:?}", String::from_utf8_lossy(&received));
});
