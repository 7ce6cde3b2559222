//! What pagers of other generators get wrong at run time, as reported in public: one test for each.

use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::{Value, json};
use specwright_runtime::{Checkpoint, PaginationErrorKind};

use crate::lists::{ByBody, ByCursor, ByNextOffset, ByOffset, ByPage, ByUrl, all};
use crate::server::{Received, Reply, Server, in_time};

fn kind(error: Option<specwright_runtime::Error>) -> PaginationErrorKind {
    error.unwrap().pagination().unwrap().kind().clone()
}

/// openai-python#3915: an empty page with a flag and a cursor is taken for the end, and the rest of
/// the list is lost.
#[tokio::test]
async fn an_empty_page_with_more_behind_it_is_not_the_end() {
    in_time(async {
        let server = Server::start(|request| {
            Reply::json(match request.query("cursor") {
                None => r#"{"items": [1], "has_more": true, "next": "a"}"#,
                Some("a") => r#"{"items": [], "has_more": true, "next": "b"}"#,
                Some(_) => r#"{"items": [2], "has_more": false, "next": null}"#,
            })
        })
        .await;
        assert_eq!(all(&mut ByCursor::at(&server).items()).await.0, [1, 2]);
    })
    .await;
}

/// kernel-node-sdk#127: the offset that the server gives for the next page has the number of items
/// added to it, so that every second page is left out.
#[tokio::test]
async fn the_offset_that_the_server_gives_is_the_next_one() {
    in_time(async {
        let server = Server::start(|request| {
            let offset = request.number("offset").unwrap_or(0);
            let items: Vec<u64> = (offset..250).take(100).collect();
            let (next, more) = (offset + 100, offset + 100 < 250);
            Reply::json(format!("{{\"items\": {items:?}}}"))
                .with_header("x-next-offset", next.to_string())
                .with_header("x-has-more", more.to_string())
        })
        .await;
        let taken = all(&mut ByNextOffset::at(&server).items()).await.0;
        assert_eq!(taken, (0..250).collect::<Vec<_>>());
        assert_eq!(server.count(), 3);
    })
    .await;
}

/// litellm#36324 and openai-node#940: a server that knows nothing of cursors sends its first page
/// for ever, and the pager asks for ever.
#[tokio::test]
async fn the_same_page_for_ever_is_an_error_at_its_second_coming() {
    in_time(async {
        let server =
            Server::start(|_| Reply::json(r#"{"items": [1, 2], "has_more": true, "next": "2"}"#))
                .await;
        let (taken, error) = all(&mut ByCursor::at(&server).items()).await;
        assert_eq!(kind(error), PaginationErrorKind::RepeatedPosition);
        assert_eq!((taken, server.count()), (vec![1, 2], 2));
    })
    .await;
}

/// node-auth0#1259: the pager compares the page with its own idea of the page size, which is not the
/// server's, and never sees the end.
#[tokio::test]
async fn the_end_does_not_depend_on_the_size_that_the_document_names() {
    in_time(async {
        // The document says 10; the server's default is 50.
        let server = Server::start(|request| {
            let page = request.number("page").unwrap_or(1);
            let items: Vec<u64> = ((page - 1) * 50..120).take(50).collect();
            Reply::json(format!("{{\"items\": {items:?}}}"))
        })
        .await;
        let taken = all(&mut ByPage::at(&server).items()).await.0;
        assert_eq!(taken, (0..120).collect::<Vec<_>>());
        assert_eq!(server.count(), 4);
    })
    .await;
}

/// sailpoint typescript-sdk#59: when the list is an exact multiple of the page size another page is
/// asked for, which the server refuses.
#[tokio::test]
async fn an_exact_multiple_of_the_page_size_needs_no_request_more() {
    in_time(async {
        let server = Server::start(|request| {
            let offset = request.number("offset").unwrap_or(0);
            if offset >= 20 {
                return Reply::status(400, "offset out of range");
            }
            let items: Vec<u64> = (offset..offset + 10).collect();
            Reply::json(format!("{{\"items\": {items:?}, \"total\": 20}}"))
        })
        .await;
        let (taken, error) = all(&mut ByOffset::at(&server).items()).await;
        assert!(error.is_none(), "{error:?}");
        assert_eq!((taken.len(), server.count()), (20, 2));
    })
    .await;
}

/// polar#12949: the end is the page whose number equals the last one's, which never comes when the
/// walk begins behind it.
#[tokio::test]
async fn a_start_behind_the_last_page_is_the_end() {
    in_time(async {
        let server = Server::start(|request| {
            let page = request.number("page").unwrap();
            Reply::json(format!(
                "{{\"items\": [], \"current\": {page}, \"last\": 3}}"
            ))
        })
        .await;
        let list = ByPage::at(&server).set("page", 7);
        assert!(all(&mut list.items()).await.0.is_empty());
        assert_eq!(server.count(), 1);
    })
    .await;
}

/// modelcontextprotocol csharp-sdk#1072: an empty text is taken for a cursor, and sending it gives
/// the first page again.
#[tokio::test]
async fn an_empty_cursor_is_the_end() {
    in_time(async {
        let server = Server::start(|_| Reply::json(r#"{"items": [1], "next": ""}"#)).await;
        assert_eq!(all(&mut ByCursor::at(&server).items()).await.0, [1]);
        assert_eq!(server.count(), 1);
    })
    .await;
}

/// civitai#1241: seven cursors lead in a circle, which a comparison with the last one alone does not
/// find.
#[tokio::test]
async fn a_circle_of_seven_cursors_is_found() {
    in_time(async {
        let server = Server::start(|request| {
            let at = request.number("cursor").unwrap_or(0);
            let next = if at == 7 { 1 } else { at + 1 };
            Reply::json(format!("{{\"items\": [{at}], \"next\": \"{next}\"}}"))
        })
        .await;
        let (taken, error) = all(&mut ByCursor::at(&server).items()).await;
        assert_eq!(kind(error), PaginationErrorKind::RepeatedPosition);
        assert_eq!((taken, server.count()), ((0..7).collect(), 8));
    })
    .await;
}

fn body(request: &Received) -> Value {
    serde_json::from_slice(&request.body).unwrap()
}

/// Fern for Rust: a cursor that belongs into the request's body goes into the query, and one that is
/// a number is dropped, so that the walk ends after its first page.
#[tokio::test]
async fn a_numeric_cursor_goes_into_the_body_as_a_number() {
    in_time(async {
        let server = Server::start(|request| {
            Reply::json(match body(request).pointer("/page/cursor") {
                None => r#"{"items": [1], "meta": {"next": 41}}"#,
                Some(_) => r#"{"items": [2], "meta": {"next": null}}"#,
            })
        })
        .await;
        let list = ByBody::at(&server).json(&json!({"query": "x"}));
        assert_eq!(all(&mut list.items()).await.0, [1, 2]);
        let second = &server.received()[1];
        assert_eq!(body(second), json!({"query": "x", "page": {"cursor": 41}}));
        assert_eq!(second.target, "/numbers/search");
    })
    .await;
}

/// Fern for Rust: the iterator that blocks ends at an empty page in the middle of the list.
#[cfg(feature = "blocking")]
#[test]
fn an_empty_page_does_not_end_an_iterator_that_blocks() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let server = runtime.block_on(Server::start(|request| {
        Reply::json(match request.query("cursor") {
            None => r#"{"items": [1], "next": "a"}"#,
            Some("a") => r#"{"items": [], "next": "b"}"#,
            Some(_) => r#"{"items": [2]}"#,
        })
    }));
    let items: Result<Vec<_>, _> = ByCursor::at(&server).items().blocking().collect();
    assert_eq!(items.unwrap(), [1, 2]);
}

/// msgraph-sdk-dotnet#1918: the link to the next page cannot be had, so that no later request of
/// another process can go on with it.
#[tokio::test]
async fn a_walk_by_links_goes_on_in_another_process() {
    in_time(async {
        let server = Server::start(|request| {
            Reply::json(match request.query("$skiptoken") {
                None => r#"{"items": [1, 2], "next": "/numbers?$skiptoken=x"}"#,
                Some(_) => r#"{"items": [3]}"#,
            })
        })
        .await;
        let mut taken = Vec::new();
        let mut stored: Option<String> = None;
        loop {
            let mut items = ByUrl::at(&server).items();
            if let Some(text) = &stored {
                items = items.resume(text.parse::<Checkpoint>().unwrap());
            }
            let Some(item) = items.try_next().await.unwrap() else {
                break;
            };
            taken.push(item);
            stored = Some(items.checkpoint().to_string());
        }
        assert_eq!(taken, [1, 2, 3]);
    })
    .await;
}

/// Stainless pagers follow a next URL to any host, credentials included; redocly#2885 does not.
/// Seen here from the server's side: the other host hears nothing.
#[tokio::test]
async fn credentials_do_not_follow_a_link_to_another_host() {
    in_time(async {
        let heard = std::sync::Arc::new(AtomicUsize::new(0));
        let ears = std::sync::Arc::clone(&heard);
        let other = Server::start(move |_| {
            ears.fetch_add(1, Ordering::SeqCst);
            Reply::json(r#"{"items": [666]}"#)
        })
        .await;
        let url = format!("{}/numbers", other.url());
        let foreign = url.clone();
        let server = Server::start(move |_| {
            Reply::json(format!("{{\"items\": [1], \"next\": \"{foreign}\"}}"))
        })
        .await;
        let (taken, error) = all(&mut ByUrl::at(&server).items()).await;
        assert_eq!(kind(error), PaginationErrorKind::ForeignOrigin { url });
        assert_eq!((taken, heard.load(Ordering::SeqCst)), (vec![1], 0));
    })
    .await;
}
