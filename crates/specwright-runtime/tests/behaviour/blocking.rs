//! Walks and calls without an async runtime.

use specwright_runtime::{Position, block_on};
use tokio::runtime::Runtime;

use crate::generated::Client;
use crate::lists::{ByCursor, ByOffset, ByPage};
use crate::server::{Received, Reply, Server};

/// A server with a runtime of its own.
fn serve(answer: impl Fn(&Received) -> Reply + Send + Sync + 'static) -> (Runtime, Server) {
    let runtime = Runtime::new().unwrap();
    let server = runtime.block_on(Server::start(answer));
    (runtime, server)
}

/// Five items, two on a page.
fn five(request: &Received) -> Reply {
    let offset = request.number("offset").unwrap_or(0);
    let items: Vec<u64> = (offset..5).take(2).collect();
    Reply::json(format!("{{\"items\": {items:?}, \"total\": 5}}"))
}

#[test]
fn items_are_an_iterator() {
    let (_runtime, server) = serve(five);
    for prefetch in [0, 2] {
        let before = server.count();
        let mut items = ByOffset::at(&server).items().prefetch(prefetch).blocking();
        assert_eq!(server.count(), before);
        assert_eq!(items.next().unwrap().unwrap(), 0);
        assert_eq!(items.size_hint(), (1, Some(4)));
        assert_eq!(items.position(), &Position::Start);
        assert_eq!(items.checkpoint().index(), 1);
        let rest: Result<Vec<_>, _> = items.by_ref().collect();
        assert_eq!(rest.unwrap(), [1, 2, 3, 4]);
        assert!(items.next().is_none() && items.notices().is_empty());
        assert_eq!(server.count(), before + 3);
    }
}

#[test]
fn pages_are_an_iterator_that_can_turn_round() {
    let (_runtime, server) = serve(|request| {
        let page = request.number("page").unwrap_or(1);
        Reply::json(format!(
            "{{\"items\": [{page}], \"current\": {page}, \"last\": 2}}"
        ))
    });
    let mut pages = ByPage::at(&server).pages().blocking();
    assert_eq!(pages.next().unwrap().unwrap().items, [1]);
    assert_eq!(pages.size_hint(), (0, Some(1)));
    assert_eq!(pages.next().unwrap().unwrap().items, [2]);
    assert!(pages.next().is_none());
    assert_eq!(pages.previous().unwrap().unwrap().items, [1]);
    assert_eq!(pages.status().unwrap(), 200);
    assert_eq!(pages.next_position(), Some(&Position::Page(2)));
}

#[test]
fn an_error_that_passes_leaves_the_iterator_at_its_page() {
    let failed = std::sync::atomic::AtomicBool::new(false);
    let (_runtime, server) = serve(move |request| {
        let second = request.number("offset") == Some(2);
        if second && !failed.swap(true, std::sync::atomic::Ordering::SeqCst) {
            return Reply::status(503, "busy");
        }
        five(request)
    });
    let results: Vec<_> = ByOffset::at(&server).items().blocking().collect();
    let shown: Vec<_> = results
        .into_iter()
        .map(|result| result.map_err(|error| error.status().unwrap().as_u16()))
        .collect();
    assert_eq!(shown, [Ok(0), Ok(1), Err(503), Ok(2), Ok(3), Ok(4)]);
}

#[test]
fn empty_pages_in_the_middle_do_not_end_the_iterator() {
    let (_runtime, server) = serve(|request| {
        Reply::json(match request.query("cursor") {
            None => r#"{"items": [], "next": "a", "has_more": true}"#,
            Some("a") => r#"{"items": [], "next": "b", "has_more": true}"#,
            Some(_) => r#"{"items": [7], "has_more": false}"#,
        })
    });
    let items: Result<Vec<_>, _> = ByCursor::at(&server).items().blocking().collect();
    assert_eq!(items.unwrap(), [7]);
}

#[test]
fn single_calls_block_and_connections_survive_the_call() {
    let (_runtime, server) =
        serve(|_| Reply::json(r#"{"data": {"conversations": [], "pagination": {}}}"#));
    let client = Client::builder().base_url(server.url()).build().unwrap();
    for _ in 0..3 {
        let page = block_on(client.conversations().list("me")).unwrap();
        assert!(page.data.conversations.is_empty());
    }
    assert_eq!(server.count(), 3);
}

#[tokio::test]
async fn within_an_async_runtime_nothing_blocks_and_nothing_panics() {
    let server = Server::start(five).await;
    let error = block_on(ByOffset::at(&server).pages().try_next()).unwrap_err();
    assert_eq!(
        error.configuration().unwrap().message(),
        "a blocking call was made within an async runtime; await the call there instead"
    );
    let mut items = ByOffset::at(&server).items().blocking();
    assert!(items.next().unwrap().unwrap_err().configuration().is_some());
    assert_eq!(server.count(), 0);
}
