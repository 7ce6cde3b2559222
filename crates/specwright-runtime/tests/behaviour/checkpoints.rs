//! Walks that go on in another process.

use serde_json::json;
use specwright_runtime::{Checkpoint, Items, Paginated, Position};

use crate::lists::{ByBody, ByKey, ByLink, ByOffset, ByPage, all};
use crate::server::{Received, Reply, Server, in_time};

/// `total` items in pages of three, whatever the style of the position.
fn paged(total: u64) -> impl Fn(&Received) -> Reply {
    move |request| {
        let from = match (
            request.number("offset"),
            request.number("page"),
            request.number("after"),
        ) {
            (Some(offset), _, _) => offset,
            (_, Some(page), _) => (page - 1) * 3,
            (_, _, Some(after)) => after + 1,
            _ => 0,
        };
        let items: Vec<u64> = (from..total).take(3).collect();
        let (page, more) = (from / 3 + 1, from + 3 < total);
        let reply = Reply::json(format!("{{\"items\": {items:?}, \"has_more\": {more}}}"));
        if more {
            reply.with_header("link", format!("<?page={}>; rel=next", page + 1))
        } else {
            reply
        }
    }
}

/// Walks with a new walk for every `step` items.
async fn in_steps<L: Paginated<Item = i64>>(list: impl Fn() -> Items<L>, step: usize) -> Vec<i64> {
    let mut taken = Vec::new();
    let mut stored: Option<String> = None;
    loop {
        let mut items = match &stored {
            None => list(),
            Some(text) => list().resume(text.parse().unwrap()),
        };
        let before = taken.len();
        while taken.len() < before + step
            && let Some(item) = items.try_next().await.unwrap()
        {
            taken.push(item);
        }
        if taken.len() == before {
            return taken;
        }
        stored = Some(items.checkpoint().to_string());
    }
}

#[tokio::test]
async fn every_item_comes_once_however_often_the_walk_is_interrupted() {
    in_time(async {
        for total in [0, 1, 3, 7, 9] {
            let server = Server::start(paged(total)).await;
            let expected: Vec<i64> = (0..i64::try_from(total).unwrap()).collect();
            for step in 1..=4 {
                let server = &server;
                assert_eq!(
                    in_steps(|| ByOffset::at(server).items(), step).await,
                    expected
                );
                assert_eq!(
                    in_steps(|| ByPage::at(server).items(), step).await,
                    expected
                );
                assert_eq!(in_steps(|| ByKey::at(server).items(), step).await, expected);
                assert_eq!(
                    in_steps(|| ByLink::at(server).items(), step).await,
                    expected
                );
                let ahead = || ByOffset::at(server).items().prefetch(2).limit(100);
                assert_eq!(in_steps(ahead, step).await, expected);
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_checkpoint_stands_within_the_page_and_at_the_end_behind_it() {
    in_time(async {
        let server = Server::start(paged(5)).await;
        let mut items = ByOffset::at(&server).items();
        let stands = |items: &Items<ByOffset>| {
            let checkpoint = items.checkpoint();
            (checkpoint.position().clone(), checkpoint.index())
        };
        assert_eq!(stands(&items), (Position::Start, 0));
        items.try_next().await.unwrap();
        assert_eq!(stands(&items), (Position::Start, 1));
        items.try_next().await.unwrap();
        items.try_next().await.unwrap();
        assert_eq!(stands(&items), (Position::Offset(3), 0));
        assert_eq!(all(&mut items).await.0, [3, 4]);
        assert_eq!(stands(&items), (Position::Offset(3), 2));

        // What was added by then is found, and nothing else.
        let grown = Server::start(paged(7)).await;
        let mut later = ByOffset::at(&grown).items().resume(items.checkpoint());
        assert_eq!(stands(&later), (Position::Offset(3), 2));
        assert_eq!(all(&mut later).await.0, [5, 6]);
        // A page that has become shorter than what was taken of it has nothing to give.
        let shrunk = Server::start(paged(4)).await;
        let mut later = ByOffset::at(&shrunk).items().resume(items.checkpoint());
        assert!(all(&mut later).await.0.is_empty());
    })
    .await;
}

#[tokio::test]
async fn an_error_leaves_a_checkpoint_at_the_failed_page() {
    in_time(async {
        let broken = Server::start(|request| match request.number("offset") {
            None => paged(5)(request),
            Some(_) => Reply::status(400, "no"),
        })
        .await;
        let mut items = ByOffset::at(&broken).items();
        assert_eq!(all(&mut items).await.0, [0, 1, 2]);
        let server = Server::start(paged(5)).await;
        let mut rest = ByOffset::at(&server).items().resume(items.checkpoint());
        assert_eq!(all(&mut rest).await.0, [3, 4]);
    })
    .await;
}

#[tokio::test]
async fn another_list_filter_or_page_size_is_refused_and_nothing_is_sent() {
    in_time(async {
        let server = Server::start(paged(9)).await;
        let list = || ByPage::at(&server).set("type", "x").set("tag", 1);
        let mut items = list().items();
        items.try_next().await.unwrap();
        let checkpoint = items.checkpoint();
        let before = server.count();
        let other = "listNumbers: the checkpoint was made by another operation, plan or filter";
        let size = "listNumbers: the checkpoint was made with pages of 10 items, and these have 4";
        for (items, message) in [
            (list().set("type", "y").items(), other),
            (list().set("new", "").items(), other),
            (ByPage::at(&server).items(), other),
            (list().items().page_size(4), size),
        ] {
            let mut refused = items.resume(checkpoint.clone());
            let error = refused.try_next().await.unwrap_err();
            assert_eq!(error.configuration().unwrap().message(), message);
            assert!(refused.next().await.is_none());
        }
        let mut other_style = ByOffset::at(&server).items().resume(checkpoint.clone());
        assert!(
            other_style
                .try_next()
                .await
                .unwrap_err()
                .configuration()
                .is_some()
        );
        assert_eq!(server.count(), before);
        // The order of setting, a position of the request's own and the same size do not matter.
        let same = ByPage::at(&server)
            .set("page", 9)
            .set("tag", 1)
            .set("type", "x");
        let mut same = same.items().resume(checkpoint).page_size(10);
        assert_eq!(same.try_next().await.unwrap(), Some(1));
    })
    .await;
}

#[tokio::test]
async fn the_body_is_a_filter_but_for_what_paging_sets_in_it() {
    in_time(async {
        let server =
            Server::start(|_| Reply::json(r#"{"items": [1, 2], "meta": {"next": "a"}}"#)).await;
        let list = |body| ByBody::at(&server).json(&body).items();
        let mut items = list(json!({"filter": 1}));
        items.try_next().await.unwrap();
        let checkpoint: Checkpoint = items.checkpoint().to_string().parse().unwrap();
        let mut same = list(json!({"filter": 1, "page": {"cursor": "x", "size": 7}}));
        assert_ne!(same.checkpoint(), checkpoint);
        same = list(json!({"filter": 1}))
            .page_size(3)
            .resume(checkpoint.clone());
        assert_eq!(same.try_next().await.unwrap(), Some(2));
        let mut other = list(json!({"filter": 2})).resume(checkpoint);
        assert!(
            other
                .try_next()
                .await
                .unwrap_err()
                .configuration()
                .is_some()
        );
    })
    .await;
}

#[tokio::test]
async fn what_was_stored_by_an_earlier_build_is_still_good() {
    in_time(async {
        let server = Server::start(paged(9)).await;
        let text = r#"{"version":1,"plan":"7b7629969eb772bf","position":{"offset":3},"index":2}"#;
        let list = || ByOffset::at(&server).set("type", "x").items();
        let mut items = list().resume(text.parse().unwrap());
        assert_eq!(items.try_next().await.unwrap(), Some(5));
        let now = list().start_at(Position::Offset(3)).checkpoint();
        assert_eq!(now.to_string(), text.replace("\"index\":2", "\"index\":0"));
    })
    .await;
}

#[tokio::test]
async fn pages_go_on_behind_the_page_delivered_last() {
    in_time(async {
        let server = Server::start(paged(7)).await;
        let mut pages = ByOffset::at(&server).pages();
        let mut sizes = Vec::new();
        while let Some(page) = pages.try_next().await.unwrap() {
            sizes.push(page.items.len());
            let checkpoint = pages.checkpoint();
            pages = ByOffset::at(&server).pages().resume(checkpoint);
        }
        assert_eq!(sizes, [3, 3, 1]);
        // Of a page that was taken in part all is delivered.
        let mut items = ByOffset::at(&server).items();
        items.try_next().await.unwrap();
        let mut pages = ByOffset::at(&server).pages().resume(items.checkpoint());
        assert_eq!(pages.try_next().await.unwrap().unwrap().items, [0, 1, 2]);
    })
    .await;
}

#[cfg(feature = "serde")]
#[test]
fn checkpoints_pass_through_serde() {
    let text = r#"{"version":1,"plan":"00000000000000ff","position":{"cursor":"a"},"index":3}"#;
    let checkpoint: Checkpoint = serde_json::from_str(text).unwrap();
    assert_eq!(serde_json::to_string(&checkpoint).unwrap(), text);
}
