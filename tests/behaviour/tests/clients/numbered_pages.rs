//! Mindhunters' list: numbered pages.

use specwright_behaviour::Mindhunters;
use specwright_conformance::Fault;
use specwright_runtime::{PaginationErrorKind, Position};

use crate::support::{Stage, collect_all, in_time};

#[tokio::test]
async fn an_empty_list_is_page_one_of_one() {
    in_time(async {
        let stage = Stage::<Mindhunters>::with(|mock| mock.items(0)).await;
        let mut pages = stage.list().pages();
        let page = pages.try_next().await.unwrap().unwrap().data;
        assert_eq!(
            (
                page.current_page,
                page.last_page,
                page.total,
                page.data.len()
            ),
            (1, 1, Some(0), 0)
        );
        assert!(pages.next().await.is_none());
        assert_eq!(stage.count(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_page_beyond_the_end_is_empty_and_the_last() {
    in_time(async {
        let stage = Stage::<Mindhunters>::with(|mock| mock.items(50)).await;
        let mut pages = stage.list().per_page(20).page(9).pages();
        let page = pages.try_next().await.unwrap().unwrap().data;
        assert_eq!(
            (page.current_page, page.last_page, page.data.len()),
            (9, 3, 0)
        );
        assert!(pages.next().await.is_none());
        assert!(
            stage
                .list()
                .per_page(20)
                .page(9)
                .items()
                .next()
                .await
                .is_none()
        );
        assert_eq!(stage.count(), 2);
    })
    .await;
}

#[tokio::test]
async fn a_walk_may_start_at_any_page() {
    in_time(async {
        let stage = Stage::<Mindhunters>::with(|mock| mock.items(50)).await;
        for (page, from) in [(1, 0), (2, 20), (3, 40)] {
            let mut items = stage
                .list()
                .per_page(20)
                .items()
                .start_at(Position::Page(page));
            assert_eq!(
                collect_all::<Mindhunters>(&mut items).await,
                stage.ids[from..]
            );
        }
    })
    .await;
}

#[tokio::test]
async fn page_zero_is_refused_by_its_echo() {
    in_time(async {
        let stage = Stage::<Mindhunters>::with(|mock| mock.items(50)).await;
        // The server takes it for page 1, and a walk that believed it would count on from there.
        let mut pages = stage.list().page(0).pages();
        let error = pages.try_next().await.unwrap_err();
        let kind = PaginationErrorKind::PageMismatch {
            requested: 0,
            received: 1,
        };
        assert_eq!(error.pagination().unwrap().kind(), &kind);
        assert!(pages.next().await.is_none());
        assert_eq!(stage.count(), 1);
        // A single request has no position to prove.
        assert_eq!(stage.list().page(0).await.unwrap().data.current_page, 1);
    })
    .await;
}

#[tokio::test]
async fn a_negative_page_is_refused_before_anything_is_sent() {
    in_time(async {
        let stage = Stage::<Mindhunters>::with(|mock| mock.items(50)).await;
        let error = stage.list().page(-3).items().try_next().await.unwrap_err();
        assert!(
            error.configuration().unwrap().message().contains("`page`"),
            "{error}"
        );
        assert_eq!(stage.count(), 0);
    })
    .await;
}

#[tokio::test]
async fn more_than_the_largest_page_is_served_as_the_largest() {
    in_time(async {
        let stage = Stage::<Mindhunters>::new().await;
        let mut items = stage.list().per_page(5_000).items();
        assert_eq!(collect_all::<Mindhunters>(&mut items).await, stage.ids);
        assert_eq!(stage.count(), 11);
        let mut items = stage.list().per_page(5_000).items().stop_on_short_page();
        assert_eq!(collect_all::<Mindhunters>(&mut items).await, stage.ids);
    })
    .await;
}

#[tokio::test]
async fn a_list_that_shrinks_to_before_the_page_ends_with_an_empty_one() {
    in_time(async {
        // Four pages of items are left when page 5 is asked for.
        let stage = Stage::<Mindhunters>::with(|mock| {
            mock.items(60).fault(Fault::ShrinkingLastPage.from_page(5))
        })
        .await;
        let mut pages = stage.list().per_page(10).pages();
        let mut said = Vec::new();
        while let Some(page) = pages.try_next().await.unwrap() {
            said.push((
                page.data.data.len(),
                page.data.current_page,
                page.data.last_page,
            ));
        }
        assert_eq!(
            said,
            [(10, 1, 6), (10, 2, 6), (10, 3, 6), (10, 4, 6), (0, 5, 4)]
        );
        assert_eq!(stage.count(), 5);
    })
    .await;
}

#[tokio::test]
async fn a_list_that_grows_is_walked_to_its_new_end() {
    in_time(async {
        let stage = Stage::<Mindhunters>::with(|mock| {
            mock.items(60).fault(Fault::GrowingLastPage.from_page(6))
        })
        .await;
        let mut pages = stage.list().per_page(10).pages();
        let mut said = Vec::new();
        while let Some(page) = pages.try_next().await.unwrap() {
            said.push((page.data.current_page, page.data.last_page, page.data.total));
        }
        assert_eq!(
            said[4..],
            [
                (5, 6, Some(60)),
                (6, 9, Some(90)),
                (7, 9, Some(90)),
                (8, 9, Some(90)),
                (9, 9, Some(90))
            ]
        );
    })
    .await;
}
