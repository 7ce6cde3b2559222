//! Bodies of every kind, as the server sees them.

use std::collections::VecDeque;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use specwright_runtime::{
    Body, Bytes, Client, ClientBuilder, Encoding, File, Map, Multipart, Operation, Request,
    TransportErrorKind,
};

use crate::server::{Received, Reply, Server, in_time};

static NOWHERE: specwright_runtime::Server = specwright_runtime::Server {
    url: "http://127.0.0.1:1",
    variables: &[],
};

static CREATE: Operation = Operation::new("createThing", "POST", "/things");

/// A stream of chunks, the last of which may be an error.
struct Chunks(VecDeque<io::Result<Bytes>>);

impl Chunks {
    fn of(chunks: &[&'static str]) -> Self {
        Self(
            chunks
                .iter()
                .map(|chunk| Ok(Bytes::from_static(chunk.as_bytes())))
                .collect(),
        )
    }
}

impl futures_core::Stream for Chunks {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.pop_front())
    }
}

fn client(server: &Server) -> Client {
    let mut builder = ClientBuilder::new(&NOWHERE);
    builder.base_url(server.url());
    builder.build().unwrap()
}

async fn sent(set: impl FnOnce(&mut Request)) -> Received {
    let server = Server::start(|_| Reply::json("null")).await;
    let mut request = client(&server).request(&CREATE);
    set(&mut request);
    request.send_unit().await.unwrap();
    server.only()
}

#[tokio::test]
async fn json_text_and_bytes_have_the_media_type_that_is_said() {
    in_time(async {
        let json = sent(|request| request.json_as("application/merge-patch+json", &vec![1])).await;
        assert_eq!(
            json.header("content-type"),
            Some("application/merge-patch+json")
        );
        assert_eq!(json.body, b"[1]");
        let text = sent(|request| request.text("text/csv", "a,ü".to_owned())).await;
        assert_eq!(text.header("content-type"), Some("text/csv"));
        assert_eq!(
            (text.header("content-length"), &*text.body),
            (Some("4"), "a,ü".as_bytes())
        );
        let bytes = sent(|request| request.body("image/png", vec![0_u8, 255])).await;
        assert_eq!(
            (bytes.header("content-type"), &*bytes.body),
            (Some("image/png"), &[0, 255][..])
        );
        let nothing = Body::from_stream(Chunks::of(&[])).with_length(0);
        for empty in [
            sent(|request| request.body("text/plain", "")).await,
            sent(|request| request.body("text/plain", nothing)).await,
            sent(|_| {}).await,
        ] {
            let length = empty.header("content-length");
            assert_eq!((length, &*empty.body), (Some("0"), &[][..]));
            assert_eq!(empty.header("transfer-encoding"), None);
        }
    })
    .await;
}

#[tokio::test]
async fn a_stream_is_sent_with_its_length_or_in_chunks() {
    in_time(async {
        let known = sent(|request| {
            let body = Body::from_stream(Chunks::of(&["ab", "", "c"])).with_length(3);
            request.body("text/plain", body);
        })
        .await;
        assert_eq!(
            (known.header("content-length"), &*known.body),
            (Some("3"), &b"abc"[..])
        );
        assert_eq!(known.header("transfer-encoding"), None);
        let unknown = sent(|request| {
            request.body("text/plain", Body::from_stream(Chunks::of(&["ab", "c"])));
        })
        .await;
        assert_eq!(unknown.header("transfer-encoding"), Some("chunked"));
        assert_eq!(
            (unknown.header("content-length"), &*unknown.body),
            (None, &b"abc"[..])
        );
    })
    .await;
}

#[tokio::test]
async fn a_stream_can_be_sent_once() {
    in_time(async {
        let server = Server::start(|_| Reply::json("null")).await;
        let mut request = client(&server).request(&CREATE);
        request.body("text/plain", Body::from_stream(Chunks::of(&["once"])));
        let copy = request.clone();
        // A request that is dropped before it is awaited has sent nothing.
        drop(request.clone().send_unit());
        request.send_unit().await.unwrap();
        assert_eq!(server.only().body, b"once");
        let error = copy.send_unit().await.unwrap_err();
        assert_eq!(
            error.to_string(),
            "createThing: the request's body is a stream that was sent already; it can be sent once"
        );
        assert!(error.configuration().is_some());
        assert_eq!(server.count(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_stream_that_fails_or_lies_about_its_length_is_not_the_servers_fault() {
    in_time(async {
        let failing = || {
            let mut chunks = Chunks::of(&["ab"]);
            chunks
                .0
                .push_back(Err(io::Error::other("the disk is on fire")));
            Body::from_stream(chunks)
        };
        for (body, message) in [
            (
                failing(),
                "the request's body cannot be read: the disk is on fire",
            ),
            (
                failing().with_length(5),
                "the request's body cannot be read: the disk is on fire",
            ),
            (
                Body::from_stream(Chunks::of(&["ab"])).with_length(5),
                "the request's body is shorter than its length of 5 bytes",
            ),
            (
                Body::from_stream(Chunks::of(&["ab", "cdef"])).with_length(5),
                "the request's body is longer than its length of 5 bytes",
            ),
        ] {
            let server = Server::start(|_| Reply::json("null")).await;
            let mut request = client(&server).request(&CREATE);
            request.body("text/plain", body);
            let error = request.send_unit().await.unwrap_err();
            assert_eq!(error.to_string(), format!("createThing: {message}"));
            assert_eq!(error.transport().unwrap().kind(), TransportErrorKind::Other);
            assert!(!error.is_retryable());
        }
    })
    .await;
}

#[tokio::test]
async fn files_are_sent_from_the_file_system() {
    in_time(async {
        let path =
            std::env::temp_dir().join(format!("specwright-runtime-{}.txt", std::process::id()));
        let content = "0123456789abcdef".repeat(20_000);
        std::fs::write(&path, &content).unwrap();
        let body = Body::open(&path).await.unwrap();
        let file = File::open(&path).await.unwrap().content_type("text/plain");
        std::fs::remove_file(&path).unwrap();
        let received = sent(|request| request.body("text/plain", body)).await;
        assert_eq!(received.header("content-length"), Some("320000"));
        assert!(received.body == content.as_bytes());
        let received = sent(|request| request.multipart(Multipart::new().file("f", file))).await;
        let text = String::from_utf8(received.body).unwrap();
        let name = path.file_name().unwrap().to_str().unwrap();
        assert!(
            text.contains(&format!("filename=\"{name}\"")),
            "{}",
            &text[..300]
        );
        assert!(text.contains(&content));
        let missing = Body::open(&path).await.unwrap_err();
        assert_eq!(missing.kind(), io::ErrorKind::NotFound);
    })
    .await;
}

#[tokio::test]
async fn a_form_is_made_from_the_fields_of_an_object() {
    static ENCODINGS: &[Encoding] = &[Encoding::new("csv").explode(false)];
    in_time(async {
        let value: Map<String, Vec<&str>> = Map::from([
            ("tag".to_owned(), vec!["a b", "c&d"]),
            ("csv".to_owned(), vec!["1", "2"]),
        ]);
        let received = sent(|request| request.form(&value, ENCODINGS)).await;
        assert_eq!(
            received.header("content-type"),
            Some("application/x-www-form-urlencoded")
        );
        assert_eq!(
            String::from_utf8(received.body).unwrap(),
            "tag=a+b&tag=c%26d&csv=1,2"
        );
        let mut request = ClientBuilder::new(&NOWHERE)
            .build()
            .unwrap()
            .request(&CREATE);
        request.form(&7, &[]);
        let error = request.send_unit().await.unwrap_err();
        assert_eq!(
            error.to_string(),
            "createThing: the request's form is not made from an object"
        );
    })
    .await;
}

#[tokio::test]
async fn a_multipart_body_has_its_boundary_in_the_header() {
    in_time(async {
        let form = |body: Body| {
            Multipart::new()
                .value("purpose", &"avatar")
                .file("image", File::new(body).file_name("a.png").content_type("image/png"))
                .header("X-Rate", 1)
        };
        for (body, is_chunked) in [
            (Body::from("PNG"), false),
            (Body::from_stream(Chunks::of(&["P", "NG"])).with_length(3), false),
            (Body::from_stream(Chunks::of(&["P", "NG"])), true),
        ] {
            let received = sent(|request| request.multipart(form(body))).await;
            assert_eq!(received.header("transfer-encoding").is_some(), is_chunked);
            assert_eq!(received.header("content-length").is_none(), is_chunked);
            let boundary = received.header("content-type").unwrap();
            let boundary = boundary.strip_prefix("multipart/form-data; boundary=").unwrap();
            assert_eq!(
                String::from_utf8(received.body.clone()).unwrap(),
                format!(
                    "--{boundary}\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\navatar\r\n\
                     --{boundary}\r\nContent-Disposition: form-data; name=\"image\"; filename=\"a.png\"\r\n\
                     Content-Type: image/png\r\nX-Rate: 1\r\n\r\nPNG\r\n--{boundary}--\r\n"
                )
            );
        }
        let related = sent(|request| request.multipart_as("multipart/related", form("x".into()))).await;
        assert!(related.header("content-type").unwrap().starts_with("multipart/related; boundary="));
        let mut request = ClientBuilder::new(&NOWHERE).build().unwrap().request(&CREATE);
        request.multipart(Multipart::new().value("a", &f64::INFINITY));
        let error = request.send_unit().await.unwrap_err();
        assert!(error.configuration().is_some(), "{error:?}");
    })
    .await;
}
