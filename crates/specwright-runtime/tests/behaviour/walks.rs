//! What every walk promises, whatever the style: laziness, resuming, errors, cancellation.

use std::pin::pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use specwright_runtime::Position;

use crate::lists::{ByCursor, ByOffset, NumberPage};
use crate::server::{Received, Reply, Server, in_time};

/// Five items, two on a page, by offset; the end is an empty page.
fn five(request: &Received) -> Reply {
    let offset = request.number("offset").unwrap_or(0);
    let items: Vec<u64> = (offset..5).take(2).collect();
    Reply::json(format!("{{\"items\": {items:?}}}"))
}

fn is_stream<T: futures_core::Stream + Unpin + Send + 'static>(stream: T) -> T {
    stream
}

#[tokio::test]
async fn nothing_is_sent_before_the_first_poll_nor_ahead_of_the_items() {
    in_time(async {
        let server = Server::start(five).await;
        let mut items = is_stream(ByOffset::at(&server).items());
        let _pages = is_stream(ByOffset::at(&server).pages());
        tokio::time::sleep(Duration::from_millis(20)).await;
        assert_eq!(server.count(), 0);
        for (item, requests) in [(0, 1), (1, 1), (2, 2), (3, 2), (4, 3)] {
            assert_eq!(items.try_next().await.unwrap(), Some(item));
            assert_eq!(server.count(), requests);
        }
        assert_eq!(items.try_next().await.unwrap(), None);
        assert_eq!(server.count(), 4);
        assert!(items.next().await.is_none());
        assert_eq!(server.count(), 4);
    })
    .await;
}

#[tokio::test]
async fn all_parameters_are_repeated_on_every_page() {
    in_time(async {
        let server = Server::start(five).await;
        let list = ByOffset::at(&server)
            .set("filter", "+1 & 2")
            .set("limit", 2)
            .set("order", "asc");
        let mut items = list.items();
        while items.try_next().await.unwrap().is_some() {}
        let targets: Vec<String> = server
            .received()
            .into_iter()
            .map(|request| request.target)
            .collect();
        let filters = "/numbers?filter=%2B1%20%26%202&limit=2&order=asc";
        assert_eq!(targets[0], filters);
        for (target, offset) in targets[1..].iter().zip([2, 4, 5]) {
            assert_eq!(*target, format!("{filters}&offset={offset}"));
        }
    })
    .await;
}

#[tokio::test]
async fn a_limit_on_items_asks_for_no_page_too_many() {
    in_time(async {
        for (limit, expected, requests) in [
            (0, vec![], 0),
            (1, vec![0], 1),
            (2, vec![0, 1], 1),
            (3, vec![0, 1, 2], 2),
            (9, vec![0, 1, 2, 3, 4], 4),
        ] {
            let server = Server::start(five).await;
            let mut items = ByOffset::at(&server).items().limit(limit);
            let mut taken = Vec::new();
            while let Some(item) = items.try_next().await.unwrap() {
                taken.push(item);
            }
            assert_eq!(
                (taken, server.count()),
                (expected, requests),
                "limit {limit}"
            );
        }
    })
    .await;
}

#[tokio::test]
async fn a_bound_on_pages_holds_for_items_and_pages() {
    in_time(async {
        let server = Server::start(five).await;
        let mut pages = ByOffset::at(&server).pages().max_pages(2);
        let mut count = 0;
        while pages.try_next().await.unwrap().is_some() {
            count += 1;
        }
        assert_eq!((count, server.count()), (2, 2));
        assert_eq!(pages.next_position(), Some(&Position::Offset(4)));
        let mut items = ByOffset::at(&server).items().max_pages(1);
        assert_eq!(items.try_next().await.unwrap(), Some(0));
        assert_eq!(items.try_next().await.unwrap(), Some(1));
        assert_eq!(items.try_next().await.unwrap(), None);
        assert_eq!(server.count(), 3);
    })
    .await;
}

#[tokio::test]
async fn a_walk_can_be_resumed_where_another_one_stopped() {
    in_time(async {
        let server = Server::start(five).await;
        let mut pages = ByOffset::at(&server).set("limit", 2).pages();
        assert_eq!(pages.next_position(), Some(&Position::Start));
        pages.try_next().await.unwrap();
        assert_eq!(pages.position(), &Position::Start);
        let next = pages.next_position().unwrap().clone();
        assert_eq!(next, Position::Offset(2));

        let mut rest = ByOffset::at(&server).set("limit", 2).items().start_at(next);
        assert_eq!(rest.position(), &Position::Offset(2));
        assert_eq!(rest.try_next().await.unwrap(), Some(2));
        assert_eq!(
            rest.position(),
            &Position::Offset(2),
            "an item of that page is left"
        );
        assert_eq!(rest.try_next().await.unwrap(), Some(3));
        assert_eq!(
            rest.position(),
            &Position::Offset(4),
            "the next page is to be fetched"
        );
        assert_eq!(rest.try_next().await.unwrap(), Some(4));
        assert_eq!(rest.try_next().await.unwrap(), None);
        assert_eq!(rest.position(), &Position::Offset(5));
    })
    .await;
}

#[tokio::test]
async fn resuming_at_the_start_drops_a_position_that_was_set() {
    in_time(async {
        let server = Server::start(five).await;
        let mut items = ByOffset::at(&server)
            .set("offset", 3)
            .items()
            .start_at(Position::Start);
        assert_eq!(items.try_next().await.unwrap(), Some(0));
        assert_eq!(server.only().target, "/numbers");
    })
    .await;
}

#[tokio::test]
async fn a_start_that_does_not_fit_is_reported_by_the_first_poll_and_sends_nothing() {
    in_time(async {
        let server = Server::start(five).await;
        let mut negative = ByOffset::at(&server).set("offset", -1).items();
        let error = negative.next().await.unwrap().unwrap_err();
        assert!(error.configuration().is_some(), "{error:?}");
        assert!(negative.next().await.is_none());
        let mut other = ByOffset::at(&server)
            .pages()
            .start_at(Position::Cursor("a".to_owned()));
        let error = other.try_next().await.unwrap_err();
        assert_eq!(
            error.to_string(),
            "the parameter `offset` cannot hold cursor \"a\""
        );
        assert!(other.next().await.is_none());
        assert_eq!(server.count(), 0);
    })
    .await;
}

#[tokio::test]
async fn an_error_that_may_pass_leaves_the_walk_at_the_failed_page() {
    in_time(async {
        let failures = AtomicUsize::new(0);
        let server = Server::start(move |request| {
            let second = request.query("offset") == Some("2");
            if !second {
                return five(request);
            }
            match failures.fetch_add(1, Ordering::SeqCst) {
                0 => Reply::status(503, "busy"),
                1 => Reply::Cut {
                    body: "{\"items\": [2",
                    promised: 50,
                },
                2 => Reply::Close,
                _ => five(request),
            }
        })
        .await;
        let mut items = ByOffset::at(&server).items();
        let mut taken = Vec::new();
        let mut errors = 0;
        while let Some(item) = items.next().await {
            match item {
                Ok(item) => taken.push(item),
                Err(error) => {
                    assert!(error.is_retryable(), "{error:?}");
                    assert_eq!(items.position(), &Position::Offset(2));
                    errors += 1;
                }
            }
        }
        assert_eq!((taken, errors), (vec![0, 1, 2, 3, 4], 3));
    })
    .await;
}

#[tokio::test]
async fn any_other_error_ends_the_walk_and_the_position_stays() {
    in_time(async {
        for reply in [
            Reply::status(404, "gone"),
            Reply::json("{\"items\": 7}"),
            Reply::json("<html>"),
        ] {
            let server = Server::start(move |request| match request.query("offset") {
                Some(_) => reply.clone(),
                None => five(request),
            })
            .await;
            let mut pages = ByOffset::at(&server).pages();
            pages.try_next().await.unwrap();
            assert!(pages.try_next().await.is_err());
            assert!(pages.next().await.is_none());
            assert!(pages.next().await.is_none());
            assert_eq!(
                (pages.position(), server.count()),
                (&Position::Offset(2), 2)
            );
        }
    })
    .await;
}

#[tokio::test]
async fn a_dropped_future_loses_nothing_and_asks_for_nothing_twice() {
    in_time(async {
        let server = Server::start(|request| match five(request) {
            Reply::Full { body, .. } => Reply::Late(Duration::from_millis(60), body),
            other => other,
        })
        .await;
        let mut items = ByOffset::at(&server).items();
        let mut taken = Vec::new();
        let mut given_up = 0;
        loop {
            match tokio::time::timeout(Duration::from_millis(10), items.try_next()).await {
                Ok(item) => match item.unwrap() {
                    Some(item) => taken.push(item),
                    None => break,
                },
                Err(_) => given_up += 1,
            }
        }
        assert_eq!(taken, [0, 1, 2, 3, 4]);
        assert!(given_up > 0);
        assert_eq!(server.count(), 4);
    })
    .await;
}

#[tokio::test]
async fn a_dropped_stream_sends_nothing_more() {
    in_time(async {
        let server = Server::start(five).await;
        let mut items = ByOffset::at(&server).items();
        items.try_next().await.unwrap();
        drop(items);
        tokio::time::sleep(Duration::from_millis(30)).await;
        assert_eq!(server.count(), 1);
    })
    .await;
}

#[tokio::test]
async fn pages_are_delivered_as_they_are_empty_ones_included() {
    in_time(async {
        let server = Server::start(five).await;
        let mut pages = ByOffset::at(&server).pages();
        let mut sizes = Vec::new();
        while let Some(NumberPage { items, .. }) = pages.try_next().await.unwrap() {
            sizes.push(items.len());
        }
        assert_eq!(sizes, [2, 2, 1, 0]);
    })
    .await;
}

#[tokio::test]
async fn the_stream_and_the_methods_are_one_walk() {
    in_time(async {
        let server = Server::start(five).await;
        let mut items = ByOffset::at(&server).items();
        assert_eq!(items.try_next().await.unwrap(), Some(0));
        let mut stream = pin!(&mut items);
        let second =
            std::future::poll_fn(|cx| futures_core::Stream::poll_next(stream.as_mut(), cx)).await;
        assert_eq!(second.unwrap().unwrap(), 1);
        assert_eq!(items.try_next().await.unwrap(), Some(2));
    })
    .await;
}

#[tokio::test]
async fn a_list_that_cannot_go_back_says_so() {
    in_time(async {
        let server = Server::start(five).await;
        let mut pages = ByOffset::at(&server).pages();
        pages.try_next().await.unwrap();
        let error = pages.try_previous().await.unwrap_err();
        assert_eq!(
            error.to_string(),
            "listNumbers: the list cannot be walked backwards"
        );
        assert_eq!(pages.try_next().await.unwrap().unwrap().items, [2, 3]);
    })
    .await;
}

#[tokio::test]
async fn the_future_of_a_walk_can_cross_threads() {
    in_time(async {
        let server = Server::start(|_| Reply::json("{\"items\": [7], \"has_more\": false}")).await;
        let mut items = ByCursor::at(&server).items();
        let item = tokio::spawn(async move { items.try_next().await })
            .await
            .unwrap()
            .unwrap();
        assert_eq!(item, Some(7));
    })
    .await;
}
