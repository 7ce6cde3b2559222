//! Walks by offset and by page number.

use specwright_runtime::{Notice, PaginationErrorKind, Position};

use crate::lists::{ByOffset, ByPage};
use crate::server::{Received, Reply, Server, in_time};

/// `total` items by offset, at most `cap` on a page.
fn by_offset(total: u64, cap: u64) -> impl Fn(&Received) -> Reply {
    move |request| {
        let offset = request.number("offset").unwrap_or(0);
        let limit = match request.number("limit").unwrap_or(10) {
            0 => u64::MAX,
            limit => limit.min(cap),
        };
        let items: Vec<u64> = (offset..total)
            .take(usize::try_from(limit).unwrap())
            .collect();
        Reply::json(format!("{{\"items\": {items:?}}}"))
    }
}

/// `total` items in pages of `size`, in Laravel's manner.
fn by_page(total: u64, size: u64) -> impl Fn(&Received) -> Reply {
    move |request| {
        let page = request.number("page").unwrap_or(1).max(1);
        let items: Vec<u64> = ((page - 1) * size..total)
            .take(usize::try_from(size).unwrap())
            .collect();
        let last = total.div_ceil(size).max(1);
        Reply::json(format!(
            "{{\"items\": {items:?}, \"current\": {page}, \"last\": {last}, \"total\": {total}}}"
        ))
    }
}

macro_rules! all {
    ($items:expr) => {{
        let mut items = $items;
        let mut taken = Vec::new();
        while let Some(item) = items.try_next().await.unwrap() {
            taken.push(item);
        }
        taken
    }};
}

#[tokio::test]
async fn every_item_comes_once_whatever_the_page_size_and_a_hidden_cap() {
    in_time(async {
        for (total, limit, cap, requests) in [
            (0, 5, 100, 1),
            (5, 5, 100, 2),
            (12, 5, 100, 4),
            (12, 100, 5, 4),
            (1, 1, 1, 2),
        ] {
            let server = Server::start(by_offset(total, cap)).await;
            let items = all!(ByOffset::at(&server).set("limit", limit).items());
            assert_eq!(
                items,
                (0..i64::try_from(total).unwrap()).collect::<Vec<_>>()
            );
            assert_eq!(
                server.count(),
                requests,
                "{total} items by {limit}, at most {cap}"
            );
        }
    })
    .await;
}

#[tokio::test]
async fn a_server_that_ignores_the_position_ends_the_walk() {
    in_time(async {
        let server = Server::start(|_: &Received| Reply::json("{\"items\": [1, 2, 3]}")).await;
        let mut items = ByOffset::at(&server).items();
        for expected in 1..=3 {
            assert_eq!(items.try_next().await.unwrap(), Some(expected));
        }
        let error = items.try_next().await.unwrap_err();
        let error = error.pagination().unwrap();
        assert_eq!(*error.kind(), PaginationErrorKind::RepeatedPage);
        assert_eq!((error.position(), error.pages()), (&Position::Offset(3), 1));
        assert_eq!(items.try_next().await.unwrap(), None);
        assert_eq!(server.count(), 2);
    })
    .await;
}

#[tokio::test]
async fn the_limit_that_means_everything_needs_one_request() {
    in_time(async {
        let server = Server::start(by_offset(120, 50)).await;
        assert_eq!(
            all!(ByOffset::at(&server).set("limit", 0).items()).len(),
            120
        );
        assert_eq!(server.only().target, "/numbers?limit=0");
    })
    .await;
}

#[tokio::test]
async fn stopping_on_a_short_page_is_opt_in() {
    in_time(async {
        let server = Server::start(by_offset(12, 100)).await;
        assert_eq!(
            all!(
                ByOffset::at(&server)
                    .set("limit", 5)
                    .items()
                    .stop_on_short_page()
            )
            .len(),
            12
        );
        assert_eq!(server.count(), 3);
        // Without a size on the request the documented default counts: 10.
        let server = Server::start(by_offset(12, 100)).await;
        assert_eq!(
            all!(ByOffset::at(&server).items().stop_on_short_page()).len(),
            12
        );
        assert_eq!(server.count(), 2);
    })
    .await;
}

#[tokio::test]
async fn a_set_offset_is_the_start() {
    in_time(async {
        let server = Server::start(by_offset(12, 100)).await;
        let items = all!(
            ByOffset::at(&server)
                .set("offset", 7)
                .set("limit", 3)
                .items()
        );
        assert_eq!(items, [7, 8, 9, 10, 11]);
        let offsets: Vec<_> = server
            .received()
            .iter()
            .map(|request| request.number("offset"))
            .collect();
        assert_eq!(offsets, [Some(7), Some(10), Some(12)]);
    })
    .await;
}

#[tokio::test]
async fn a_signalled_total_saves_the_last_request() {
    in_time(async {
        let server = Server::start(|request| {
            let offset = request.number("offset").unwrap_or(0);
            Reply::json(format!("{{\"items\": [{offset}], \"total\": 3}}"))
        })
        .await;
        assert_eq!(all!(ByOffset::at(&server).items()), [0, 1, 2]);
        assert_eq!(server.count(), 3);
    })
    .await;
}

#[tokio::test]
async fn pages_are_counted_to_the_last_one() {
    in_time(async {
        for (total, size, requests) in [(0, 4, 1), (4, 4, 1), (5, 4, 2), (12, 4, 3)] {
            let server = Server::start(by_page(total, size)).await;
            let items = all!(ByPage::at(&server).items());
            assert_eq!(
                items,
                (0..i64::try_from(total).unwrap()).collect::<Vec<_>>()
            );
            assert_eq!(server.count(), requests, "{total} items by {size}");
        }
    })
    .await;
}

#[tokio::test]
async fn the_last_page_may_move_during_the_walk() {
    in_time(async {
        let server = Server::start(|request| {
            let page = request.number("page").unwrap_or(1);
            let last = [2, 4, 3][usize::try_from(page - 1).unwrap()];
            Reply::json(format!(
                "{{\"items\": [{page}], \"current\": {page}, \"last\": {last}}}"
            ))
        })
        .await;
        assert_eq!(all!(ByPage::at(&server).items()), [1, 2, 3]);
    })
    .await;
}

#[tokio::test]
async fn a_page_beyond_the_end_is_the_end() {
    in_time(async {
        let server = Server::start(by_page(5, 2)).await;
        assert!(all!(ByPage::at(&server).set("page", 9).items()).is_empty());
        assert_eq!(server.count(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_page_that_vanishes_ends_the_walk_with_a_notice() {
    in_time(async {
        let server = Server::start(|request| match request.number("page") {
            None => Reply::json(r#"{"items": [1], "current": 1, "last": 3}"#),
            Some(page) => Reply::json(format!(
                "{{\"items\": [], \"current\": {page}, \"last\": 3}}"
            )),
        })
        .await;
        let mut pages = ByPage::at(&server).pages();
        pages.try_next().await.unwrap();
        pages.try_next().await.unwrap();
        assert!(pages.next().await.is_none());
        assert_eq!(
            pages.notices(),
            [Notice::EmptyBeforeEnd {
                at: Position::Page(2)
            }]
        );
    })
    .await;
}

#[tokio::test]
async fn a_coerced_page_is_refused() {
    in_time(async {
        // The server gives its last page whatever is asked for beyond it.
        let server = Server::start(|request| {
            let page = request.number("page").unwrap_or(1).min(2);
            Reply::json(format!("{{\"items\": [{page}], \"current\": {page}}}"))
        })
        .await;
        let mut items = ByPage::at(&server).items();
        assert_eq!(items.try_next().await.unwrap(), Some(1));
        assert_eq!(items.try_next().await.unwrap(), Some(2));
        let error = items.try_next().await.unwrap_err();
        let kind = PaginationErrorKind::PageMismatch {
            requested: 3,
            received: 2,
        };
        assert_eq!(error.pagination().unwrap().kind(), &kind);
        assert_eq!(
            error.to_string(),
            "listNumbers: page 3 was asked for and page 2 was sent (at page 3; pages delivered: 2)"
        );
        assert!(items.next().await.is_none());
        assert_eq!((items.position(), server.count()), (&Position::Page(3), 3));
    })
    .await;
}

#[tokio::test]
async fn page_zero_is_sent_as_given_and_a_coerced_answer_is_found_out() {
    in_time(async {
        let server = Server::start(by_page(5, 2)).await;
        let error = ByPage::at(&server)
            .set("page", 0)
            .items()
            .try_next()
            .await
            .unwrap_err();
        let kind = PaginationErrorKind::PageMismatch {
            requested: 0,
            received: 1,
        };
        assert_eq!(error.pagination().unwrap().kind(), &kind);
        assert_eq!(server.only().target, "/numbers?page=0");
    })
    .await;
}

#[tokio::test]
async fn pages_by_number_can_be_walked_back() {
    in_time(async {
        let server = Server::start(by_page(6, 2)).await;
        let mut pages = ByPage::at(&server).pages().start_at(Position::Page(3));
        assert_eq!(pages.try_next().await.unwrap().unwrap().items, [4, 5]);
        assert!(pages.next().await.is_none());
        assert_eq!(pages.try_previous().await.unwrap().unwrap().items, [2, 3]);
        assert_eq!(pages.try_previous().await.unwrap().unwrap().items, [0, 1]);
        assert!(pages.previous().await.is_none());
        assert_eq!(pages.try_next().await.unwrap().unwrap().items, [2, 3]);
    })
    .await;
}
