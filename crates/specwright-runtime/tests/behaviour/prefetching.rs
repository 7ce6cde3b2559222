//! Pages that are asked for before they are wanted: in order, within bounds, and never in the way.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use crate::lists::{Awake, BothWays, ByCursor, ByOffset, ByPage, all, client};
use crate::server::{Received, Reply, Server, in_time};

/// `total` items by offset, two on a page, with the total.
fn by_offset(total: u64) -> impl Fn(&Received) -> Reply {
    move |request| {
        let offset = request.number("offset").unwrap_or(0);
        let items: Vec<u64> = (offset..total).take(2).collect();
        Reply::json(format!("{{\"items\": {items:?}, \"total\": {total}}}"))
    }
}

fn offsets(server: &Server) -> Vec<Option<u64>> {
    let mut offsets: Vec<_> = server
        .received()
        .iter()
        .map(|request| request.number("offset"))
        .collect();
    offsets.sort_unstable();
    offsets
}

#[tokio::test]
async fn items_come_in_order_and_nothing_is_asked_for_beyond_the_total() {
    in_time(async {
        for prefetch in [1, 2, 3, 100] {
            for total in [0, 1, 2, 7, 12] {
                let server = Server::start(by_offset(total)).await;
                let mut items = ByOffset::at(&server).items().prefetch(prefetch);
                let (taken, error) = all(&mut items).await;
                assert!(error.is_none(), "{error:?}");
                assert_eq!(taken.len() as u64, total);
                assert!(taken.is_sorted());
                let pages = total.div_ceil(2).max(1);
                assert_eq!(server.count() as u64, pages, "{total} by {prefetch}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn several_requests_are_under_way_at_once_and_no_more_than_allowed() {
    in_time(async {
        for prefetch in [1, 2, 3] {
            // The second page is not answered before those that are asked for ahead have come, and
            // the server notes how many have come by then.
            let server = Server::start(move |request| match by_offset(20)(request) {
                Reply::Full { body, .. } if request.number("offset") == Some(2) => {
                    Reply::AfterRequests(1 + prefetch, body)
                }
                other => other,
            })
            .await;
            let mut pages = ByOffset::at(&server).pages().prefetch(prefetch);
            pages.try_next().await.unwrap();
            let second = pages.try_next().await.unwrap().unwrap();
            assert_eq!(second.items, [2, 3]);
            let count = server.count();
            assert!(
                (1 + prefetch..=2 + prefetch).contains(&count),
                "{count} requests with {prefetch} ahead"
            );
            let expected: Vec<_> = [None, Some(2), Some(4), Some(6), Some(8)]
                .into_iter()
                .take(count)
                .collect();
            assert_eq!(offsets(&server), expected);
            while pages.try_next().await.unwrap().is_some() {}
            assert_eq!(server.count(), 10);
        }
    })
    .await;
}

#[tokio::test]
async fn limits_and_bounds_on_pages_hold_for_what_is_asked_for_ahead() {
    in_time(async {
        for (limit, pages) in [(1, 1), (2, 1), (3, 2), (5, 3)] {
            let server = Server::start(by_offset(20)).await;
            let list = ByOffset::at(&server).set("limit", 2);
            let mut items = list.items().prefetch(5).limit(limit);
            assert_eq!(all(&mut items).await.0.len() as u64, limit);
            assert_eq!(server.count(), pages, "limit {limit}");
        }
        let server = Server::start(by_offset(20)).await;
        let mut items = ByOffset::at(&server).items().prefetch(5).max_pages(3);
        assert_eq!(all(&mut items).await.0, [0, 1, 2, 3, 4, 5]);
        assert_eq!(server.count(), 3);
    })
    .await;
}

#[tokio::test]
async fn behind_a_cursor_one_page_is_asked_for_while_the_one_in_hand_is_used() {
    in_time(async {
        let server = Server::start(|request| {
            let at = request.number("cursor").unwrap_or(0);
            let items: Vec<u64> = (at..at + 1000).collect();
            let (next, more) = (at + 1000, at < 3000);
            Reply::json(format!(
                "{{\"items\": {items:?}, \"next\": \"{next}\", \"has_more\": {more}}}"
            ))
        })
        .await;
        let mut items = ByCursor::at(&server).items().prefetch(4);
        let mut taken = 0;
        while server.count() < 2 {
            assert_eq!(items.try_next().await.unwrap(), Some(taken));
            taken += 1;
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        assert!(taken < 1000, "asked for only when the page was used up");
        assert_eq!(all(&mut items).await.0, (taken..4000).collect::<Vec<_>>());
        assert_eq!(server.count(), 4);
    })
    .await;
}

#[tokio::test]
async fn a_page_that_turns_out_short_costs_requests_and_no_items() {
    in_time(async {
        // The second page has one item less than the others.
        let server = Server::start(|request| {
            let offset = request.number("offset").unwrap_or(0);
            let size = if offset == 2 { 1 } else { 2 };
            let items: Vec<u64> = (offset..9).take(size).collect();
            Reply::json(format!("{{\"items\": {items:?}, \"total\": 9}}"))
        })
        .await;
        let mut items = ByOffset::at(&server).items().prefetch(3);
        assert_eq!(all(&mut items).await.0, (0..9).collect::<Vec<_>>());
        // The first three that were asked for ahead, two of them in vain, and the three in place.
        let offsets = offsets(&server);
        assert!(offsets.is_sorted_by(|a, b| a < b), "{offsets:?}");
        assert!(offsets.len() <= 7, "{offsets:?}");
    })
    .await;
}

#[tokio::test]
async fn an_error_ahead_is_yielded_when_its_page_is_wanted_and_only_then() {
    in_time(async {
        let failures = AtomicUsize::new(0);
        let server = Server::start(move |request| {
            let page = request.number("page").unwrap_or(1);
            if page == 3 && failures.fetch_add(1, Ordering::SeqCst) == 0 {
                return Reply::status(503, "busy");
            }
            Reply::json(format!(
                "{{\"items\": [{page}], \"current\": {page}, \"last\": 5}}"
            ))
        })
        .await;
        let mut items = ByPage::at(&server).items().prefetch(9);
        assert_eq!(items.try_next().await.unwrap(), Some(1));
        assert_eq!(items.try_next().await.unwrap(), Some(2));
        let error = items.try_next().await.unwrap_err();
        assert_eq!(error.status().unwrap(), 503);
        // The failed page alone is asked for again; those behind it are kept.
        assert_eq!(all(&mut items).await.0, [3, 4, 5]);
        assert_eq!(server.count(), 6);
    })
    .await;
}

#[tokio::test]
async fn pages_that_vanished_by_then_are_no_error() {
    in_time(async {
        let server = Server::start(|request| {
            let page = request.number("page").unwrap_or(1);
            // The list has shrunk after its first page was sent.
            let last = if page == 1 { 4 } else { 2 };
            if page > 2 {
                return Reply::status(404, "no such page");
            }
            Reply::json(format!(
                "{{\"items\": [{page}], \"current\": {page}, \"last\": {last}}}"
            ))
        })
        .await;
        let mut items = ByPage::at(&server).items().prefetch(9);
        let (taken, error) = all(&mut items).await;
        assert!(error.is_none(), "{error:?}");
        assert_eq!(taken, [1, 2]);
    })
    .await;
}

#[tokio::test]
async fn turning_round_gives_up_what_was_asked_for_ahead() {
    in_time(async {
        let server = Server::start(|request| {
            Reply::json(match request.query("cursor") {
                None => r#"{"items": [1], "next": "n2", "previous": null}"#,
                Some("n2") => r#"{"items": [2], "next": "n3", "previous": "p1"}"#,
                Some("p1") => r#"{"items": [1], "next": "n2", "previous": null}"#,
                Some("n3") => return Reply::Stall,
                Some(other) => return Reply::status(400, other),
            })
        })
        .await;
        let mut pages = BothWays::at(&server).pages().prefetch(2);
        assert_eq!(pages.try_next().await.unwrap().unwrap().items, [1]);
        assert_eq!(pages.try_next().await.unwrap().unwrap().items, [2]);
        assert_eq!(pages.try_previous().await.unwrap().unwrap().items, [1]);
        assert_eq!(pages.try_next().await.unwrap().unwrap().items, [2]);
    })
    .await;
}

#[tokio::test]
async fn dropped_futures_lose_nothing_and_send_nothing_twice() {
    in_time(async {
        let failures = AtomicUsize::new(0);
        let server = Server::start(move |request| {
            if request.number("offset") == Some(4) && failures.fetch_add(1, Ordering::SeqCst) == 0 {
                return Reply::status(503, "busy");
            }
            match by_offset(9)(request) {
                Reply::Full { body, .. } => Reply::Late(Duration::from_millis(30), body),
                other => other,
            }
        })
        .await;
        let awake = client(&server, |builder| builder.transport(Awake::new()));
        let mut items = ByOffset::of(&awake).items().prefetch(2).retries(1);
        let (mut taken, mut given_up) = (Vec::new(), 0);
        loop {
            match tokio::time::timeout(Duration::from_millis(5), items.try_next()).await {
                Ok(item) => match item.unwrap() {
                    Some(item) => taken.push(item),
                    None => break,
                },
                Err(_) => given_up += 1,
            }
        }
        assert_eq!(taken, (0..9).collect::<Vec<_>>());
        assert!(given_up > 0);
        let expected = [None, Some(2), Some(4), Some(4), Some(6), Some(8)];
        assert_eq!(offsets(&server), expected);
    })
    .await;
}

#[tokio::test]
async fn a_walk_can_move_to_another_task_while_pages_are_under_way() {
    in_time(async {
        let server = Server::start(|request| match by_offset(8)(request) {
            Reply::Full { body, .. } => Reply::Late(Duration::from_millis(20), body),
            other => other,
        })
        .await;
        let mut items = ByOffset::at(&server).items().prefetch(2);
        for expected in 0..8 {
            let next = tokio::spawn(async move {
                let item = items.try_next().await.unwrap();
                (items, item)
            });
            let item;
            (items, item) = next.await.unwrap();
            assert_eq!(item, Some(expected));
        }
        assert_eq!(items.try_next().await.unwrap(), None);
    })
    .await;
}
