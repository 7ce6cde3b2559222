//! Parrot's list: offsets, a page size that means everything, and an end that only an empty page tells.

use parrot::types::{AccountId, ConversationStatusFilter};
use specwright_behaviour::Parrot;
use specwright_conformance::Fault;
use specwright_runtime::Position;

use crate::support::{ITEMS, Stage, collect_all, in_time};

#[tokio::test]
async fn without_a_limit_one_request_gets_everything() {
    in_time(async {
        let stage = Stage::<Parrot>::new().await;
        assert_eq!(
            collect_all::<Parrot>(&mut stage.list().limit(0).items()).await,
            stage.ids
        );
        assert_eq!(stage.count(), 1);
        assert_eq!(stage.list().limit(0).await.unwrap().data.len(), ITEMS);
        let mut pages = stage.list().limit(0).pages();
        assert_eq!(pages.try_next().await.unwrap().unwrap().data.len(), ITEMS);
        assert!(pages.next().await.is_none());
        assert_eq!(stage.count(), 3);
    })
    .await;
}

#[tokio::test]
async fn without_a_limit_an_offset_gets_the_rest() {
    in_time(async {
        let stage = Stage::<Parrot>::new().await;
        let mut items = stage.list().limit(0).offset(1_000).items();
        assert_eq!(collect_all::<Parrot>(&mut items).await, stage.ids[1_000..]);
        assert_eq!(stage.count(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_short_page_is_the_end_if_that_is_asked_for() {
    in_time(async {
        let stage = Stage::<Parrot>::new().await;
        let mut items = stage.list().items().stop_on_short_page();
        assert_eq!(collect_all::<Parrot>(&mut items).await, stage.ids);
        assert_eq!(stage.count(), 21);
        assert!(items.next().await.is_none());
        // Whole pages only: the empty page is needed.
        let mut items = stage.list().limit(17).items().stop_on_short_page();
        assert_eq!(collect_all::<Parrot>(&mut items).await, stage.ids);
        assert_eq!(stage.count(), 21 + ITEMS / 17 + 1);
        let mut pages = stage.list().pages().stop_on_short_page();
        let mut last = 0;
        while let Some(page) = pages.try_next().await.unwrap() {
            last = page.data.len();
        }
        assert_eq!(last, 3);
    })
    .await;
}

#[tokio::test]
async fn a_hidden_cap_loses_items_only_with_the_short_page_rule() {
    in_time(async {
        let stage = Stage::<Parrot>::with(|mock| mock.fault(Fault::ClampedSize)).await;
        assert_eq!(
            collect_all::<Parrot>(&mut stage.list().items()).await,
            stage.ids
        );
        let mut items = stage.list().items().stop_on_short_page();
        assert_eq!(collect_all::<Parrot>(&mut items).await, stage.ids[..7]);
    })
    .await;
}

#[tokio::test]
async fn an_offset_beyond_the_end_is_an_empty_page() {
    in_time(async {
        let stage = Stage::<Parrot>::with(|mock| mock.items(10)).await;
        for offset in [10, 11, i64::MAX] {
            let before = stage.count();
            assert!(stage.list().offset(offset).items().next().await.is_none());
            assert_eq!(stage.count() - before, 1);
        }
    })
    .await;
}

#[tokio::test]
async fn a_negative_offset_is_refused_before_anything_is_sent() {
    in_time(async {
        let stage = Stage::<Parrot>::with(|mock| mock.items(10)).await;
        let mut items = stage.list().offset(-1).items();
        let error = items.try_next().await.unwrap_err();
        assert!(
            error
                .configuration()
                .unwrap()
                .message()
                .contains("`offset`"),
            "{error}"
        );
        assert!(items.next().await.is_none());
        assert_eq!(stage.count(), 0);
        // A single request is sent as it is, and the server decides.
        let error = stage.list().offset(-1).await.unwrap_err();
        assert_eq!(error.status().map(|it| it.as_u16()), Some(422));
    })
    .await;
}

#[tokio::test]
async fn a_resumed_walk_counts_on_from_its_offset() {
    in_time(async {
        let stage = Stage::<Parrot>::new().await;
        let mut items = stage.list().items().start_at(Position::Offset(990));
        assert_eq!(collect_all::<Parrot>(&mut items).await, stage.ids[990..]);
        let sent: Vec<_> = stage
            .requests()
            .iter()
            .map(|it| it.query_value("offset").map(str::to_owned))
            .collect();
        assert_eq!(sent, [Some("990".to_owned()), Some("1003".to_owned())]);
    })
    .await;
}

#[tokio::test]
async fn the_account_is_part_of_the_path() {
    in_time(async {
        let stage = Stage::<Parrot>::with(|mock| mock.items(60)).await;
        let conversations = stage.client.conversations();
        let cases = [
            (AccountId::Me, "/api/v2/accounts/me/conversations"),
            (AccountId::from("me"), "/api/v2/accounts/me/conversations"),
            (
                AccountId::from("5fbeb6aa-29c3"),
                "/api/v2/accounts/5fbeb6aa-29c3/conversations",
            ),
            (
                AccountId::from("a/b?c#d%"),
                "/api/v2/accounts/a%2Fb%3Fc%23d%25/conversations",
            ),
        ];
        for (account, path) in cases {
            let before = stage.count();
            let ids = collect_all::<Parrot>(&mut conversations.list(account).items()).await;
            // Every account has conversations of its own.
            let is_own = path == "/api/v2/accounts/me/conversations";
            assert_eq!((ids.len(), ids == stage.ids), (60, is_own));
            for request in &stage.requests()[before..] {
                assert_eq!((request.path.as_str(), request.status), (path, 200));
            }
        }
        for account in ["", ".", ".."] {
            let before = stage.count();
            let error = conversations.list(account).await.unwrap_err();
            assert!(error.configuration().is_some(), "{error:?}");
            assert_eq!(stage.count(), before);
        }
    })
    .await;
}

#[tokio::test]
async fn a_filter_has_a_word_that_no_item_has() {
    in_time(async {
        let stage = Stage::<Parrot>::with(|mock| mock.items(10)).await;
        stage
            .list()
            .status(ConversationStatusFilter::AnyTerminal)
            .await
            .unwrap();
        assert_eq!(
            stage.requests()[0].query_value("status"),
            Some("any_terminal")
        );
    })
    .await;
}
