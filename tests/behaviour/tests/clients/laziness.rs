//! No request that is not needed.

use std::time::Duration;

use specwright_behaviour::Api;
use specwright_conformance::Fault;
use tokio::time::{sleep, timeout};

use crate::support::{Stage, collect_all, requests_for};

each_api!(
    nothing_is_sent_before_the_first_poll,
    pages_are_asked_for_when_they_are_needed,
    nothing_is_sent_after_a_drop,
    nothing_is_sent_after_the_end,
    a_limit_is_kept,
    a_number_of_pages_is_kept,
    a_dropped_future_loses_nothing,
    a_server_that_goes_away_is_an_error,
);

async fn nothing_is_sent_before_the_first_poll<A: Api>() {
    let stage = Stage::<A>::with(|mock| mock.items(30)).await;
    let list = stage.list();
    drop(A::items(list.clone()));
    drop(A::pages(list.clone()));
    let mut items = A::items(list.clone());
    drop(items.next());
    drop(list.into_future());
    sleep(Duration::from_millis(20)).await;
    assert_eq!(stage.count(), 0);
}

async fn pages_are_asked_for_when_they_are_needed<A: Api>() {
    let stage = Stage::<A>::with(|mock| mock.items(400)).await;
    let size = usize::from(A::PAGE_SIZE);
    let mut items = A::items(stage.list());
    for taken in 1..=2 * size + 1 {
        assert!(items.try_next().await.unwrap().is_some());
        assert_eq!(stage.count(), taken.div_ceil(size), "after {taken} items");
    }
}

async fn nothing_is_sent_after_a_drop<A: Api>() {
    let size = usize::from(A::PAGE_SIZE);
    for take in [1, size, size + 1, 3 * size] {
        let stage = Stage::<A>::with(|mock| mock.items(410)).await;
        let mut items = A::items(stage.list());
        for id in &stage.ids[..take] {
            assert_eq!(A::id(&items.try_next().await.unwrap().unwrap()), id);
        }
        drop(items);
        sleep(Duration::from_millis(20)).await;
        assert_eq!(stage.count(), take.div_ceil(size), "{take} items");
    }
}

async fn nothing_is_sent_after_the_end<A: Api>() {
    let stage = Stage::<A>::with(|mock| mock.items(130)).await;
    let mut items = A::items(stage.list());
    assert_eq!(collect_all::<A>(&mut items).await, stage.ids);
    let mut pages = A::pages(stage.list());
    while pages.try_next().await.unwrap().is_some() {}
    let count = stage.count();
    assert_eq!(count, 2 * requests_for::<A>(130, A::PAGE_SIZE.into()));
    for _ in 0..3 {
        assert!(items.next().await.is_none() && pages.next().await.is_none());
    }
    assert_eq!(stage.count(), count);
}

async fn a_limit_is_kept<A: Api>() {
    let stage = Stage::<A>::with(|mock| mock.items(250)).await;
    let size = usize::from(A::PAGE_SIZE);
    for limit in [0, 1, size, size + 1, 249, 250] {
        let before = stage.count();
        let mut items = A::items(stage.list()).limit(limit as u64);
        assert_eq!(
            collect_all::<A>(&mut items).await,
            stage.ids[..limit],
            "limit {limit}"
        );
        assert_eq!(
            stage.count() - before,
            limit.div_ceil(size),
            "limit {limit}"
        );
    }
    let mut all = A::items(stage.list()).limit(251);
    assert_eq!(collect_all::<A>(&mut all).await, stage.ids);
}

async fn a_number_of_pages_is_kept<A: Api>() {
    let stage = Stage::<A>::with(|mock| mock.items(400)).await;
    let size = usize::from(A::PAGE_SIZE);
    for most in [0, 1, 2, 3] {
        let before = stage.count();
        let mut items = A::items(stage.list()).max_pages(most as u64);
        assert_eq!(
            collect_all::<A>(&mut items).await,
            stage.ids[..most * size],
            "{most} pages"
        );
        let mut pages = A::pages(stage.list()).max_pages(most as u64);
        let mut received = 0;
        while pages.try_next().await.unwrap().is_some() {
            received += 1;
        }
        assert_eq!((received, stage.count() - before), (most, 2 * most));
    }
}

async fn a_dropped_future_loses_nothing<A: Api>() {
    let stage = Stage::<A>::with(|mock| mock.items(60).fault(Fault::Slow)).await;
    let mut items = A::items(stage.list());
    let mut received = Vec::new();
    let mut dropped = 0;
    loop {
        // The answers take longer than this.
        match timeout(Duration::from_millis(15), items.try_next()).await {
            Err(_) => dropped += 1,
            Ok(Ok(Some(item))) => received.push(A::id(&item).to_owned()),
            Ok(Ok(None)) => break,
            Ok(Err(error)) => panic!("{error}"),
        }
    }
    assert_eq!(received, stage.ids);
    assert!(dropped > 0);
    assert_eq!(
        stage.count(),
        requests_for::<A>(60, A::PAGE_SIZE.into()),
        "no request is sent twice"
    );
}

async fn a_server_that_goes_away_is_an_error<A: Api>() {
    let stage = Stage::<A>::with(|mock| mock.items(410)).await;
    let mut items = A::items(stage.list());
    for _ in 0..A::PAGE_SIZE {
        items.try_next().await.unwrap();
    }
    let at = items.position().clone();
    let Stage { server, .. } = stage;
    server.shutdown().await;
    for _ in 0..2 {
        let error = items.try_next().await.expect_err("nobody is there");
        assert!(
            error.transport().is_some() && error.is_retryable(),
            "{error:?}"
        );
        assert_eq!(*items.position(), at);
    }
}
