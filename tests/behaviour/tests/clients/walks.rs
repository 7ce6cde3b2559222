//! Whole lists: every item once and in order, with all that it holds.

use std::collections::BTreeSet;

use specwright_behaviour::{Api, Difference, forward};
use specwright_runtime::{PageStyle, Paginated};

use crate::support::{Stage, collect_all, json, requests_for, without_nulls};

each_api!(
    items_arrive_once_and_in_order,
    pages_hold_the_same_items,
    the_default_page_size_is_the_servers,
    any_page_size_gives_the_same_items,
    nothing_of_an_item_is_lost,
    an_empty_list_is_one_request,
    a_list_of_whole_pages_ends_as_well,
    walks_do_not_disturb_each_other,
);

async fn items_arrive_once_and_in_order<A: Api>() {
    let stage = Stage::<A>::new().await;
    assert!(stage.ids.len() >= 1_000);
    assert!(stage.ids.iter().all(|id| !id.is_empty()));
    let different: BTreeSet<_> = stage.ids.iter().collect();
    assert_eq!(different.len(), stage.ids.len());
    let received = collect_all::<A>(&mut A::items(stage.list())).await;
    assert_eq!(
        Difference::between(&stage.ids, &received),
        Difference::default()
    );
    assert_eq!(
        stage.count(),
        requests_for::<A>(stage.ids.len(), A::PAGE_SIZE.into())
    );
}

async fn pages_hold_the_same_items<A: Api>() {
    let stage = Stage::<A>::new().await;
    let mut told = 0;
    let walk = forward::<A>(stage.list(), |pages| told = pages)
        .await
        .unwrap();
    assert_eq!(walk.ids, stage.ids);
    assert_eq!(walk.pages, stage.count() as u64);
    assert_eq!(told, walk.pages);
}

async fn the_default_page_size_is_the_servers<A: Api>() {
    let stage = Stage::<A>::with(|mock| mock.items(101)).await;
    assert_eq!(
        collect_all::<A>(&mut A::items(stage.plain_list())).await,
        stage.ids
    );
    assert_eq!(stage.count(), requests_for::<A>(101, A::DEFAULT_SIZE));
}

async fn any_page_size_gives_the_same_items<A: Api>() {
    let stage = Stage::<A>::with(|mock| mock.items(23)).await;
    for size in [1, 2, 7, 22, 23, 24] {
        let before = stage.count();
        let list = A::page_size(stage.plain_list(), i64::try_from(size).unwrap());
        assert_eq!(
            collect_all::<A>(&mut A::items(list)).await,
            stage.ids,
            "pages of {size}"
        );
        assert_eq!(
            stage.count() - before,
            requests_for::<A>(23, size),
            "pages of {size}"
        );
    }
}

async fn nothing_of_an_item_is_lost<A: Api>() {
    let stage = Stage::<A>::new().await;
    let mut items = A::items(stage.list());
    for sent in stage.data() {
        let item = items
            .try_next()
            .await
            .unwrap()
            .expect("as many items as the server has");
        assert_eq!(without_nulls(&json(&item)), without_nulls(sent));
    }
    assert!(items.next().await.is_none());
}

async fn an_empty_list_is_one_request<A: Api>() {
    let stage = Stage::<A>::with(|mock| mock.items(0)).await;
    let walk = forward::<A>(stage.list(), |_| ()).await.unwrap();
    assert_eq!((walk.ids.len(), walk.pages, stage.count()), (0, 1, 1));
}

async fn a_list_of_whole_pages_ends_as_well<A: Api>() {
    let items = usize::from(A::PAGE_SIZE) * 3;
    let stage = Stage::<A>::with(|mock| mock.items(items)).await;
    assert_eq!(
        collect_all::<A>(&mut A::items(stage.list())).await,
        stage.ids
    );
    let last_is_empty = A::List::PLAN.style() == PageStyle::Offset;
    assert_eq!(stage.count(), if last_is_empty { 4 } else { 3 });
}

async fn walks_do_not_disturb_each_other<A: Api>() {
    let stage = Stage::<A>::with(|mock| mock.items(200)).await;
    let (mut one, mut other) = (A::items(stage.list()), A::items(stage.list().clone()));
    let (one, other) = tokio::join!(collect_all::<A>(&mut one), collect_all::<A>(&mut other));
    assert_eq!((&one, &other), (&stage.ids, &stage.ids));
    assert_eq!(
        stage.count(),
        2 * requests_for::<A>(200, A::PAGE_SIZE.into())
    );
}
