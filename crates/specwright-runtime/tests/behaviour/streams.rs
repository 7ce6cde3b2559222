//! Responses that are read while they arrive.

use std::time::{Duration, Instant};

use specwright_runtime::{
    ClientBuilder, Error, Event, EventStream, Map, Operation, Request, TransportErrorKind,
};

use crate::server::{End, Reply, Server, in_time};

static NOWHERE: specwright_runtime::Server = specwright_runtime::Server {
    url: "http://127.0.0.1:1",
    variables: &[],
};

static GET: Operation = Operation::new("watchThings", "GET", "/things");

const EVENTS: &str = "text/event-stream; charset=utf-8";
const LIMIT: u64 = 1000;

async fn answering(reply: Reply) -> (Request, Server) {
    let server = Server::start(move |_| reply.clone()).await;
    let mut builder = ClientBuilder::new(&NOWHERE);
    builder.base_url(server.url());
    builder.timeout(Duration::from_millis(500));
    builder.maximum_body(LIMIT);
    (builder.build().unwrap().request(&GET), server)
}

fn kind(error: &Error) -> TransportErrorKind {
    error
        .transport()
        .unwrap_or_else(|| panic!("{error:?}"))
        .kind()
}

#[tokio::test]
async fn chunks_are_there_before_the_end() {
    in_time(async {
        let reply = Reply::Chunks {
            content_type: "application/octet-stream",
            chunks: vec!["first".to_owned()],
            pause: Duration::ZERO,
            end: End::Stall,
        };
        let (request, _server) = answering(reply).await;
        let mut stream = request.send_stream().await.unwrap();
        assert_eq!(stream.status(), 200);
        assert_eq!(stream.content_type(), Some("application/octet-stream"));
        assert_eq!(stream.next().await.unwrap().unwrap(), "first");
        // Nothing more comes, and that is found out.
        let begun = Instant::now();
        let error = stream.next().await.unwrap().unwrap_err();
        assert_eq!(kind(&error), TransportErrorKind::Timeout);
        assert!(error.to_string().starts_with("watchThings: "), "{error}");
        assert!(begun.elapsed() < Duration::from_secs(10));
        assert!(stream.next().await.is_none());
    })
    .await;
}

#[tokio::test]
async fn a_stream_may_take_longer_than_the_timeout_as_long_as_it_goes_on() {
    in_time(async {
        let reply = Reply::Chunks {
            content_type: "text/plain",
            chunks: vec!["x".to_owned(); 8],
            pause: Duration::from_millis(150),
            end: End::Complete,
        };
        let (request, _server) = answering(reply.clone()).await;
        let begun = Instant::now();
        let stream = request.send_stream().await.unwrap();
        assert_eq!(stream.bytes().await.unwrap(), "xxxxxxxx");
        assert!(begun.elapsed() > Duration::from_millis(1000));
        // Read as a whole the same response takes too long.
        let (request, _server) = answering(reply).await;
        let error = request.send_text().await.unwrap_err();
        assert_eq!(kind(&error), TransportErrorKind::Timeout);
    })
    .await;
}

#[tokio::test]
async fn time_that_the_reader_takes_is_not_the_servers() {
    in_time(async {
        let reply = Reply::Chunks {
            content_type: "text/plain",
            chunks: vec!["a".to_owned(), "b".to_owned()],
            pause: Duration::from_millis(700),
            end: End::Complete,
        };
        let (request, _server) = answering(reply).await;
        let mut stream = request.send_stream().await.unwrap();
        for chunk in ["a", "b"] {
            tokio::time::sleep(Duration::from_millis(400)).await;
            assert_eq!(stream.next().await.unwrap().unwrap(), chunk);
        }
        assert!(stream.next().await.is_none());
    })
    .await;
}

#[tokio::test]
async fn the_head_of_a_stream_has_the_timeout() {
    in_time(async {
        let late = Reply::Late(Duration::from_secs(30), String::new());
        let (request, _server) = answering(late).await;
        let error = request.send_stream().await.unwrap_err();
        assert_eq!(kind(&error), TransportErrorKind::Timeout);
        assert!(error.is_retryable());
    })
    .await;
}

#[tokio::test]
async fn errors_are_read_whole_and_bodies_have_bounds() {
    in_time(async {
        let (request, _server) = answering(Reply::status(404, "\"gone\"")).await;
        let error = request.send_stream().await.unwrap_err();
        assert_eq!(error.api().unwrap().text(), Some("\"gone\""));
        let (request, _server) = answering(Reply::Endless).await;
        let error = request
            .send_stream()
            .await
            .unwrap()
            .bytes()
            .await
            .unwrap_err();
        assert_eq!(kind(&error), TransportErrorKind::TooLarge { limit: LIMIT });
        let cut = Reply::Cut {
            body: "abc",
            promised: 10,
        };
        let (request, _server) = answering(cut).await;
        let mut stream = request.send_stream().await.unwrap();
        assert_eq!(stream.next().await.unwrap().unwrap(), "abc");
        let error = stream.next().await.unwrap().unwrap_err();
        assert_eq!(kind(&error), TransportErrorKind::Interrupted);
        assert!(stream.next().await.is_none());
    })
    .await;
}

async fn all<T>(mut events: EventStream<T>) -> Vec<Event<T>> {
    let mut all = Vec::new();
    while let Some(event) = events.next().await {
        all.push(event.unwrap());
    }
    all
}

#[tokio::test]
async fn events_are_json_and_end_with_done() {
    in_time(async {
        let chunks = [
            "\u{feff}: hello\r\n\r\nevent: del",
            "ta\r\nid: 1\r\ndata: {\"n\":\r\ndata: 1}\r\n\r",
            "\nretry: 250\ndata: {\"n\": 2}\n\ndata: [DONE]\n\ndata: {\"n\": 3}\n\n",
        ];
        let (mut request, server) = answering(Reply::chunks(EVENTS, &chunks)).await;
        request.accept("text/event-stream");
        let events = request.send_events::<Map<String, i32>>().await.unwrap();
        assert_eq!(events.status(), 200);
        assert_eq!(events.headers()["content-type"], EVENTS);
        let events = all(events).await;
        assert_eq!(server.only().header("accept"), Some("text/event-stream"));
        assert_eq!(events.len(), 2);
        assert_eq!(events[0].event.as_deref(), Some("delta"));
        assert_eq!(
            (events[0].id.as_deref(), events[0].data["n"]),
            (Some("1"), 1)
        );
        assert_eq!((events[1].event.as_deref(), events[1].data["n"]), (None, 2));
        assert_eq!(events[1].retry, Some(Duration::from_millis(250)));
        assert_eq!(events[1].id.as_deref(), Some("1"));
    })
    .await;
}

#[tokio::test]
async fn done_ends_a_stream_that_the_server_leaves_open() {
    in_time(async {
        let reply = Reply::Chunks {
            content_type: EVENTS,
            chunks: vec!["data: 1\n\n".to_owned(), "data: [DONE]\n\n".to_owned()],
            pause: Duration::ZERO,
            end: End::Stall,
        };
        let (request, _server) = answering(reply).await;
        assert_eq!(
            all(request.send_events::<i32>().await.unwrap()).await.len(),
            1
        );
    })
    .await;
}

#[tokio::test]
async fn text_events_are_not_decoded() {
    in_time(async {
        let reply = Reply::chunks(EVENTS, &["data: {not json\ndata\n\ndata: \"x\"\n\n"]);
        let (request, _server) = answering(reply).await;
        let events = all(request.send_text_events().await.unwrap()).await;
        let data: Vec<_> = events.iter().map(|event| event.data.as_str()).collect();
        assert_eq!(data, ["{not json\n", "\"x\""]);
    })
    .await;
}

#[tokio::test]
async fn data_that_does_not_fit_does_not_end_the_stream_and_a_lost_connection_does() {
    in_time(async {
        let reply = Reply::Chunks {
            content_type: EVENTS,
            chunks: vec!["data: {\"n\": \"x\"}\n\ndata: {\"n\": 2}\n\ndata: {\"n\": 3".to_owned()],
            pause: Duration::ZERO,
            end: End::Cut,
        };
        let (request, _server) = answering(reply).await;
        let mut events = request.send_events::<Map<String, i32>>().await.unwrap();
        let error = events.next().await.unwrap().unwrap_err();
        let decode = error.decode().unwrap();
        assert_eq!(
            (decode.path(), decode.operation()),
            ("$.n", Some("watchThings"))
        );
        assert_eq!(decode.status().unwrap(), 200);
        assert_eq!(events.next().await.unwrap().unwrap().data["n"], 2);
        let error = events.next().await.unwrap().unwrap_err();
        assert_eq!(kind(&error), TransportErrorKind::Interrupted);
        assert!(events.next().await.is_none());
    })
    .await;
}

#[tokio::test]
async fn an_event_or_value_has_the_clients_bound() {
    in_time(async {
        let long = format!("data: {}\n", "x".repeat(600));
        let fits = Reply::chunks(EVENTS, &[&long, "\n", &long, "\n"]);
        let (request, _server) = answering(fits).await;
        assert_eq!(
            all(request.send_text_events().await.unwrap()).await.len(),
            2
        );
        let beyond = Reply::chunks(EVENTS, &[&long, &long, "\n"]);
        let (request, _server) = answering(beyond).await;
        let mut events = request.send_text_events().await.unwrap();
        let error = events.next().await.unwrap().unwrap_err();
        assert_eq!(kind(&error), TransportErrorKind::TooLarge { limit: LIMIT });
        assert!(events.next().await.is_none());
        let (request, _server) = answering(Reply::Endless).await;
        let mut lines = request.send_json_lines::<i32>().await.unwrap();
        let error = lines.next().await.unwrap().unwrap_err();
        assert_eq!(kind(&error), TransportErrorKind::TooLarge { limit: LIMIT });
        assert!(lines.next().await.is_none());
    })
    .await;
}

#[tokio::test]
async fn a_json_answer_is_no_event_stream() {
    in_time(async {
        let (request, _server) = answering(Reply::json("{\"error\": \"no streams today\"}")).await;
        let error = request.send_events::<i32>().await.unwrap_err();
        assert_eq!(
            error.to_string(),
            "watchThings: expected text/event-stream, got application/json (status 200)"
        );
    })
    .await;
}

#[tokio::test]
async fn json_lines_are_values_one_by_one() {
    in_time(async {
        let read = async |reply| {
            let (request, _server) = answering(reply).await;
            let mut lines = request.send_json_lines::<Map<String, i32>>().await.unwrap();
            let mut values = Vec::new();
            while let Some(value) = lines.next().await {
                values.push(value.map(|value| value["n"]));
            }
            values
        };
        let lines = ["{\"n\": 1}\n{\"n\"", ": 2}\r\n\n{\"n\": true}\n{\"n\": 3}"];
        let values = read(Reply::chunks("application/x-ndjson", &lines)).await;
        assert_eq!(
            (
                values.len(),
                values[0].as_ref().ok(),
                values[1].as_ref().ok()
            ),
            (4, Some(&1), Some(&2))
        );
        assert_eq!(
            values[2].as_ref().unwrap_err().decode().unwrap().path(),
            "$.n"
        );
        assert_eq!(values[3].as_ref().unwrap(), &3);
        let sequence = ["\u{1e}{\"n\":\n1}\n\u{1e}{\"n\": 2", "}\n"];
        let values = read(Reply::chunks("application/json-seq", &sequence)).await;
        let values: Vec<_> = values.into_iter().map(Result::unwrap).collect();
        assert_eq!(values, [1, 2]);
        let cut = Reply::Chunks {
            content_type: "application/jsonl",
            chunks: vec!["{\"n\": 1}\n{\"n\": 2}".to_owned()],
            pause: Duration::ZERO,
            end: End::Cut,
        };
        let values = read(cut).await;
        assert_eq!((values.len(), values[0].as_ref().ok()), (2, Some(&1)));
        assert_eq!(
            kind(values[1].as_ref().unwrap_err()),
            TransportErrorKind::Interrupted
        );
    })
    .await;
}
