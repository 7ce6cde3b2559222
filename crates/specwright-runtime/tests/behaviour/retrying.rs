//! Pages that are asked for again after an error that may pass.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use specwright_runtime::Position;

use crate::lists::{Awake, ByOffset, all, client};
use crate::server::{Received, Reply, Server, in_time};

/// Five items, two on a page.
fn five(request: &Received) -> Reply {
    let offset = request.number("offset").unwrap_or(0);
    let items: Vec<u64> = (offset..5).take(2).collect();
    Reply::json(format!("{{\"items\": {items:?}, \"total\": 5}}"))
}

/// Answers the page at offset 2 with these first.
async fn failing(first: Vec<Reply>) -> Server {
    let failures = AtomicUsize::new(0);
    Server::start(move |request| {
        if request.number("offset") != Some(2) {
            return five(request);
        }
        let failure = first.get(failures.fetch_add(1, Ordering::SeqCst));
        failure.cloned().unwrap_or_else(|| five(request))
    })
    .await
}

fn busy() -> Reply {
    Reply::status(503, "busy")
}

#[tokio::test]
async fn errors_that_pass_are_not_seen_and_the_pauses_grow() {
    in_time(async {
        let cut = Reply::Cut {
            body: "{\"items\": [2",
            promised: 50,
        };
        let server = failing(vec![busy(), cut, Reply::Close]).await;
        let awake = Awake::new();
        let client = client(&server, |builder| builder.transport(awake.clone()));
        let mut items = ByOffset::of(&client).items().retries(3);
        let (taken, error) = all(&mut items).await;
        assert!(error.is_none(), "{error:?}");
        assert_eq!((taken, server.count()), (vec![0, 1, 2, 3, 4], 6));
        let pauses = awake.pauses();
        assert_eq!(pauses.len(), 3);
        for (pause, longest) in pauses.iter().zip([250, 500, 1000]) {
            let range = Duration::from_millis(longest / 2)..=Duration::from_millis(longest);
            assert!(range.contains(pause), "{pauses:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn the_server_says_how_long_to_wait() {
    in_time(async {
        let after = |value: &str| busy().with_header("retry-after", value);
        let server = failing(vec![after("7"), after("0"), after("86400")]).await;
        let awake = Awake::new();
        let client = client(&server, |builder| builder.transport(awake.clone()));
        let mut items = ByOffset::of(&client).items().retries(3);
        assert!(all(&mut items).await.1.is_none());
        assert_eq!(awake.pauses(), [7, 0, 60].map(Duration::from_secs));
    })
    .await;
}

#[tokio::test]
async fn what_does_not_pass_is_yielded_and_the_count_begins_anew() {
    in_time(async {
        let server = failing(vec![busy(); 5]).await;
        let awake = Awake::new();
        let client = client(&server, |builder| builder.transport(awake.clone()));
        let mut items = ByOffset::of(&client).items().retries(1);
        let mut errors = 0;
        let mut taken = Vec::new();
        while let Some(item) = items.next().await {
            match item {
                Ok(item) => taken.push(item),
                Err(error) => {
                    assert_eq!(error.status().unwrap(), 503);
                    assert_eq!(items.position(), &Position::Offset(2));
                    errors += 1;
                }
            }
        }
        assert_eq!((taken, errors), (vec![0, 1, 2, 3, 4], 2));
        assert_eq!((awake.pauses().len(), server.count()), (3, 8));
    })
    .await;
}

#[tokio::test]
async fn without_retries_nothing_is_slept_and_other_errors_are_final() {
    in_time(async {
        let server = failing(vec![busy(), Reply::status(400, "no")]).await;
        let awake = Awake::new();
        let client = client(&server, |builder| builder.transport(awake.clone()));
        let mut items = ByOffset::of(&client).items();
        assert_eq!(all(&mut items).await.1.unwrap().status().unwrap(), 503);
        let mut items = ByOffset::of(&client).items().retries(9);
        assert_eq!(all(&mut items).await.1.unwrap().status().unwrap(), 400);
        assert!(items.next().await.is_none());
        assert_eq!((awake.pauses().len(), server.count()), (0, 4));
    })
    .await;
}

#[tokio::test]
async fn the_default_transport_really_waits() {
    in_time(async {
        let server = failing(vec![busy()]).await;
        let before = std::time::Instant::now();
        let mut items = ByOffset::at(&server).items().retries(1);
        assert!(all(&mut items).await.1.is_none());
        assert!(before.elapsed() >= Duration::from_millis(125));
    })
    .await;
}
