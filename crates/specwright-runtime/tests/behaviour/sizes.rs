//! Page sizes, limits that shrink the last page, and what can be said about the length of a walk.

use futures_core::Stream;

use crate::lists::{ByCursor, ByHeader, ByOffset, ByPage, ByUrl, all};
use crate::server::{Received, Reply, Server, in_time};

/// `total` items by cursor, as many on a page as asked for, 10 by default.
fn by_cursor(total: u64) -> impl Fn(&Received) -> Reply {
    move |request| {
        let from = request.number("cursor").unwrap_or(0);
        let size = request.number("limit").unwrap_or(10);
        let to = (from + size).min(total);
        let items: Vec<u64> = (from..to).collect();
        let more = to < total;
        Reply::json(format!(
            "{{\"items\": {items:?}, \"has_more\": {more}, \"next\": \"{to}\"}}"
        ))
    }
}

fn sizes(server: &Server) -> Vec<Option<u64>> {
    let received = server.received();
    received.iter().map(|got| got.number("limit")).collect()
}

#[tokio::test]
async fn a_limit_shrinks_the_last_page_where_the_size_is_known() {
    in_time(async {
        for (size, limit, asked) in [
            (None, 25, vec![None, None, Some(5)]),
            (None, 10, vec![None]),
            (None, 3, vec![Some(3)]),
            (Some(4), 6, vec![Some(4), Some(2)]),
            (Some(4), 100, vec![Some(4); 8]),
            (Some(100), 8, vec![Some(8)]),
        ] {
            let server = Server::start(by_cursor(30)).await;
            let mut items = ByCursor::at(&server).items().limit(limit);
            if let Some(size) = size {
                items = items.page_size(size);
            }
            let taken = all(&mut items).await.0;
            assert_eq!(taken.len() as u64, limit.min(30));
            assert_eq!(sizes(&server), asked, "{limit} by {size:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn counted_pages_and_given_urls_keep_their_size() {
    in_time(async {
        let server = Server::start(|_| Reply::json("{\"items\": [1, 2, 3]}")).await;
        let mut items = ByPage::at(&server).items().page_size(3).limit(2);
        assert_eq!(all(&mut items).await.0, [1, 2]);
        let mut items = ByUrl::at(&server).items().limit(2);
        assert_eq!(all(&mut items).await.0, [1, 2]);
        assert_eq!(sizes(&server), [Some(3), None]);
        // Nor is a size invented that nobody knows.
        let mut items = ByHeader::at(&server).items().limit(2);
        assert_eq!(all(&mut items).await.0, [1, 2]);
        assert_eq!(server.received()[2].header("x-size"), None);
    })
    .await;
}

#[tokio::test]
async fn a_size_that_leads_nowhere_is_refused_and_the_one_for_everything_is_not() {
    in_time(async {
        let server = Server::start(by_cursor(30)).await;
        let mut refused = ByCursor::at(&server).items().page_size(0);
        let error = refused.try_next().await.unwrap_err();
        assert_eq!(
            error.configuration().unwrap().message(),
            "listNumbers: a page of no items leads nowhere"
        );
        assert!(refused.next().await.is_none());
        assert_eq!(server.count(), 0);

        let server = Server::start(|_| Reply::json("{\"items\": [1, 2, 3]}")).await;
        let mut everything = ByOffset::at(&server).items().page_size(0).limit(2);
        assert_eq!(all(&mut everything).await.0, [1, 2]);
        assert_eq!(server.only().target, "/numbers?limit=0");
    })
    .await;
}

#[tokio::test]
async fn the_hint_holds_what_is_in_hand_the_limit_and_the_total() {
    in_time(async {
        let server = Server::start(|request| {
            let offset = request.number("offset").unwrap_or(0);
            let items: Vec<u64> = (offset..5).take(2).collect();
            Reply::json(format!("{{\"items\": {items:?}, \"total\": 5}}"))
        })
        .await;
        let mut items = ByOffset::at(&server).items();
        assert_eq!(items.size_hint(), (0, None));
        for hint in [
            (1, Some(4)),
            (0, Some(3)),
            (1, Some(2)),
            (0, Some(1)),
            (0, Some(0)),
        ] {
            items.try_next().await.unwrap();
            assert_eq!(items.size_hint(), hint);
        }
        let mut few = ByOffset::at(&server).items().limit(3);
        assert_eq!(few.size_hint(), (0, Some(3)));
        few.try_next().await.unwrap();
        assert_eq!(few.size_hint(), (1, Some(2)));
        let mut one = ByOffset::at(&server).items().limit(1);
        one.try_next().await.unwrap();
        assert_eq!(one.size_hint(), (0, Some(0)));

        let mut pages = ByOffset::at(&server).pages().max_pages(2);
        assert_eq!(pages.size_hint(), (0, Some(2)));
        pages.try_next().await.unwrap();
        assert_eq!((pages.size_hint(), pages.total()), ((0, Some(1)), Some(5)));
    })
    .await;
}
