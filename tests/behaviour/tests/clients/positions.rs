//! Positions, single pages, and what pages say of themselves.

use specwright_behaviour::{Api, Famulor, Mindhunters, Parrot, TalkToHumans};
use specwright_runtime::{Paginated, Position};

use crate::support::{Stage, collect_all, in_time, position_of};

each_api!(
    a_page_comes_by_awaiting_the_request,
    items_resume_with_the_page_in_hand,
    pages_resume_behind_the_one_delivered,
    the_start_is_a_position,
    a_position_of_another_style_is_refused,
);

fn ids_of<A: Api>(page: &A::Page) -> Vec<String> {
    A::List::items(page)
        .iter()
        .map(|item| A::id(item).to_owned())
        .collect()
}

async fn a_page_comes_by_awaiting_the_request<A: Api>() {
    let stage = Stage::<A>::with(|mock| mock.items(410)).await;
    let page = stage.list().await.unwrap();
    assert_eq!(ids_of::<A>(&page), stage.ids[..usize::from(A::PAGE_SIZE)]);
    assert_eq!(stage.count(), 1);
}

async fn items_resume_with_the_page_in_hand<A: Api>() {
    let stage = Stage::<A>::with(|mock| mock.items(410)).await;
    let size = usize::from(A::PAGE_SIZE);
    let mut items = A::items(stage.list());
    // In the middle of page 2, and at its end.
    for (take, from) in [(size + size / 2, size), (size.div_ceil(2), 2 * size)] {
        for _ in 0..take {
            items.try_next().await.unwrap();
        }
        let mut resumed = A::items(stage.list()).start_at(items.position().clone());
        assert_eq!(collect_all::<A>(&mut resumed).await, stage.ids[from..]);
    }
}

async fn pages_resume_behind_the_one_delivered<A: Api>() {
    let stage = Stage::<A>::with(|mock| mock.items(410)).await;
    let size = usize::from(A::PAGE_SIZE);
    let mut pages = A::pages(stage.list());
    assert_eq!(
        (pages.position(), pages.next_position()),
        (&Position::Start, Some(&Position::Start))
    );
    for number in 1..=3 {
        let page = pages.try_next().await.unwrap().unwrap();
        assert_eq!(
            ids_of::<A>(&page),
            stage.ids[(number - 1) * size..number * size]
        );
        let last = stage.requests().last().map(position_of::<A>);
        assert_eq!(last.as_ref(), Some(pages.position()));
    }
    let next = pages.next_position().expect("there are more").clone();
    let mut again = A::pages(stage.list()).start_at(pages.position().clone());
    assert_eq!(
        ids_of::<A>(&again.try_next().await.unwrap().unwrap()),
        stage.ids[2 * size..3 * size]
    );
    let mut resumed = A::items(stage.list()).start_at(next.clone());
    assert_eq!(collect_all::<A>(&mut resumed).await, stage.ids[3 * size..]);
    // Words for people, the number or cursor among them.
    assert!(!next.to_string().is_empty() && next.to_string() != Position::Start.to_string());
}

async fn the_start_is_a_position<A: Api>() {
    let stage = Stage::<A>::with(|mock| mock.items(40)).await;
    let mut items = A::items(stage.list()).start_at(Position::Start);
    assert_eq!(collect_all::<A>(&mut items).await, stage.ids);
}

async fn a_position_of_another_style_is_refused<A: Api>() {
    let stage = Stage::<A>::with(|mock| mock.items(40)).await;
    let own = position_of::<A>(&{
        let _ = collect_all::<A>(&mut A::items(stage.plain_list())).await;
        stage.requests().pop().unwrap()
    });
    let count = stage.count();
    let positions = [
        Position::Cursor("c".to_owned()),
        Position::Offset(10),
        Position::Page(2),
    ];
    for position in positions {
        if std::mem::discriminant(&position) == std::mem::discriminant(&own) {
            continue;
        }
        let mut items = A::items(stage.list()).start_at(position);
        let error = items.try_next().await.expect_err("it does not fit");
        assert!(error.configuration().is_some(), "{error:?}");
        assert!(items.next().await.is_none());
    }
    assert_eq!(stage.count(), count);
}

#[tokio::test]
async fn pages_of_talktohumans_say_their_size_and_whether_more_follow() {
    in_time(async {
        let stage = Stage::<TalkToHumans>::with(|mock| mock.items(60)).await;
        let mut pages = stage.list().limit(1_000).pages();
        let mut said = Vec::new();
        while let Some(page) = pages.try_next().await.unwrap() {
            let pagination = &page.data.pagination;
            said.push((
                page.data.conversations.len(),
                pagination.limit,
                pagination.has_more,
            ));
            assert_eq!(pagination.next_cursor.is_some(), pagination.has_more);
        }
        // More than 25 is served as 25.
        assert_eq!(
            said,
            [
                (25, Some(25), true),
                (25, Some(25), true),
                (10, Some(25), false)
            ]
        );
    })
    .await;
}

#[tokio::test]
async fn pages_of_famulor_say_their_size_and_neighbours() {
    in_time(async {
        let stage = Stage::<Famulor>::with(|mock| mock.items(50)).await;
        let mut pages = stage.list().per_page(20).pages();
        let mut said = Vec::new();
        while let Some(page) = pages.try_next().await.unwrap() {
            assert!(
                page.path
                    .is_some_and(|path| path.ends_with("/user/conversations"))
            );
            said.push((
                page.data.len(),
                page.per_page,
                page.prev_cursor.is_some(),
                page.next_cursor.is_some(),
            ));
        }
        assert_eq!(
            said,
            [
                (20, Some(20), false, true),
                (20, Some(20), true, true),
                (10, Some(20), true, false)
            ]
        );
    })
    .await;
}

#[tokio::test]
async fn pages_of_mindhunters_say_their_number_and_the_total() {
    in_time(async {
        let stage = Stage::<Mindhunters>::with(|mock| mock.items(50)).await;
        let mut pages = stage.list().per_page(20).pages();
        let mut said = Vec::new();
        while let Some(page) = pages.try_next().await.unwrap() {
            assert_eq!(page.success, Some(true));
            let data = &page.data;
            said.push((
                data.data.len(),
                data.current_page,
                data.last_page,
                data.total,
            ));
        }
        assert_eq!(
            said,
            [
                (20, 1, 3, Some(50)),
                (20, 2, 3, Some(50)),
                (10, 3, 3, Some(50))
            ]
        );
    })
    .await;
}

#[tokio::test]
async fn a_position_set_on_the_request_is_the_start() {
    in_time(async {
        let stage = Stage::<Parrot>::with(|mock| mock.items(130)).await;
        assert_eq!(
            collect_all::<Parrot>(&mut stage.list().offset(33).items()).await,
            stage.ids[33..]
        );
        let stage = Stage::<Mindhunters>::with(|mock| mock.items(130)).await;
        assert_eq!(
            collect_all::<Mindhunters>(&mut stage.list().per_page(20).page(3).items()).await,
            stage.ids[40..]
        );
        let stage = Stage::<TalkToHumans>::with(|mock| mock.items(130)).await;
        let cursor = stage
            .list()
            .await
            .unwrap()
            .data
            .pagination
            .next_cursor
            .unwrap();
        assert_eq!(
            collect_all::<TalkToHumans>(&mut stage.list().cursor(cursor).items()).await,
            stage.ids[25..]
        );
        let stage = Stage::<Famulor>::with(|mock| mock.items(130)).await;
        let cursor = stage.list().await.unwrap().next_cursor.unwrap();
        assert_eq!(
            collect_all::<Famulor>(&mut stage.list().cursor(cursor).items()).await,
            stage.ids[100..]
        );
    })
    .await;
}
