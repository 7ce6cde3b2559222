//! Servers, clients and bounds for the tests.

use std::time::Duration;

use serde_json::Value;
use specwright_behaviour::{Api, LOOPBACK, ids, mock};
use specwright_conformance::{Mock, MockServer, Recorded};
use specwright_runtime::{Error, Items, PageStyle, Paginated, Position, ToJson, to_vec};

/// How many items the lists of the tests have; no page size divides it.
pub(crate) const ITEMS: usize = 1_003;

/// The token of the tests' clients.
pub(crate) const TOKEN: &str = "t0k3n-of-the-tests";

/// Names the functions as tests of all four APIs: `name::famulor` and so on.
macro_rules! each_api {
    ($($check:ident),+ $(,)?) => {$(
        mod $check {
            use specwright_behaviour::{Famulor, Mindhunters, Parrot, TalkToHumans};

            use crate::support::in_time;

            #[tokio::test]
            async fn talktohumans() {
                in_time(super::$check::<TalkToHumans>()).await;
            }

            #[tokio::test]
            async fn parrot() {
                in_time(super::$check::<Parrot>()).await;
            }

            #[tokio::test]
            async fn famulor() {
                in_time(super::$check::<Famulor>()).await;
            }

            #[tokio::test]
            async fn mindhunters() {
                in_time(super::$check::<Mindhunters>()).await;
            }
        }
    )+};
}

/// Fails instead of hanging.
pub(crate) async fn in_time<T>(test: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_secs(30), test)
        .await
        .expect("the test ends within 30 seconds")
}

/// A server, a client of it, and the ids that it serves.
pub(crate) struct Stage<A: Api> {
    pub(crate) server: MockServer,
    pub(crate) client: A::Client,
    pub(crate) ids: Vec<String>,
}

impl<A: Api> Stage<A> {
    /// With [`ITEMS`] items and no fault.
    pub(crate) async fn new() -> Self {
        Self::with(|mock| mock).await
    }

    /// With another setting of the mock.
    pub(crate) async fn with(set: impl FnOnce(Mock) -> Mock) -> Self {
        let mock = mock::<A>().expect("a document").items(ITEMS).token(TOKEN);
        let server = set(mock).start(LOOPBACK).await.expect("a free port");
        let client = A::client(server.url(), TOKEN).expect("a client");
        let ids = ids::<A>(&server);
        Self {
            server,
            client,
            ids,
        }
    }

    /// A request for the list in pages of the largest size.
    pub(crate) fn list(&self) -> A::List {
        A::page_size(A::list(&self.client), A::PAGE_SIZE.into())
    }

    /// A request for the list without a parameter.
    pub(crate) fn plain_list(&self) -> A::List {
        A::list(&self.client)
    }

    /// The items of the data set.
    pub(crate) fn data(&self) -> &[Value] {
        self.server.data(A::OPERATION)
    }

    pub(crate) fn requests(&self) -> Vec<Recorded> {
        self.server.requests()
    }

    pub(crate) fn count(&self) -> usize {
        usize::try_from(self.server.request_count()).unwrap()
    }
}

/// Everything that a walk yields until its end or first error.
pub(crate) async fn collect<A: Api>(items: &mut Items<A::List>) -> (Vec<String>, Option<Error>) {
    let mut ids = Vec::new();
    loop {
        match items.try_next().await {
            Ok(Some(item)) => ids.push(A::id(&item).to_owned()),
            Ok(None) => return (ids, None),
            Err(error) => return (ids, Some(error)),
        }
    }
}

/// The ids of a walk that must not fail.
pub(crate) async fn collect_all<A: Api>(items: &mut Items<A::List>) -> Vec<String> {
    let (ids, error) = collect::<A>(items).await;
    assert!(error.is_none(), "{error:?}");
    ids
}

/// How many requests a walk over so many items takes: an offset walk ends with an empty page.
pub(crate) fn requests_for<A: Api>(items: usize, page_size: usize) -> usize {
    let pages = items.div_ceil(page_size).max(1);
    match A::List::PLAN.style() {
        PageStyle::Offset if items > 0 => pages + 1,
        _ => pages,
    }
}

/// The position that a request asked for.
pub(crate) fn position_of<A: Api>(request: &Recorded) -> Position {
    match (request.query_value(A::POSITION), A::List::PLAN.style()) {
        (None, _) => Position::Start,
        (Some(text), PageStyle::Offset) => Position::Offset(text.parse().unwrap()),
        (Some(text), PageStyle::Page) => Position::Page(text.parse().unwrap()),
        (Some(text), _) => Position::Cursor(text.to_owned()),
    }
}

/// What the value is as JSON.
pub(crate) fn json<T: ToJson>(value: &T) -> Value {
    serde_json::from_slice(&to_vec(value).unwrap()).unwrap()
}

/// The value without members that are null: models do not tell those from absent ones.
pub(crate) fn without_nulls(value: &Value) -> Value {
    match value {
        Value::Object(object) => {
            let kept = object.iter().filter(|(_, value)| !value.is_null());
            Value::Object(
                kept.map(|(name, value)| (name.clone(), without_nulls(value)))
                    .collect(),
            )
        }
        Value::Array(elements) => elements.iter().map(without_nulls).collect(),
        other => other.clone(),
    }
}
