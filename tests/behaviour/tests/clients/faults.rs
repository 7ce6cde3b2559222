//! Servers that go wrong: the table of expectations, held against every client.

use specwright_behaviour::{Api, Famulor, Mindhunters, Parrot, TalkToHumans};
use specwright_conformance::{Fault, MockError};
use specwright_runtime::{
    Error, Items, JsonErrorKind, JsonKind, Notice, PaginationErrorKind, Position,
    TransportErrorKind,
};
use tokio::task::LocalSet;

use crate::expectations::{Ending, Failure, Outcome, TABLE};
use crate::support::{Stage, collect, collect_all, in_time, position_of, requests_for};

/// How many items the lists have: no multiple of a page's size.
const ITEMS: usize = 205;

/// The size of the pages.
const PAGE_SIZE: usize = 20;

#[tokio::test]
async fn talktohumans_keeps_to_the_table() {
    keeps_to_the_table::<TalkToHumans>(0).await;
}

#[tokio::test]
async fn parrot_keeps_to_the_table() {
    keeps_to_the_table::<Parrot>(1).await;
}

#[tokio::test]
async fn famulor_keeps_to_the_table() {
    keeps_to_the_table::<Famulor>(2).await;
}

#[tokio::test]
async fn mindhunters_keeps_to_the_table() {
    keeps_to_the_table::<Mindhunters>(3).await;
}

each_api!(a_walk_gets_over_several_faults);

async fn a_walk_gets_over_several_faults<A: Api>() {
    let faults = [
        Fault::RateLimitedOnce.at(1),
        Fault::ServerErrorOnce.at(3),
        Fault::RateLimitedOnce.at(4),
        Fault::ServerErrorOnce.from_page(9),
    ];
    let stage = Stage::<A>::with(|mock| {
        let mock = mock.items(ITEMS);
        faults
            .into_iter()
            .fold(mock, |mock, fault| mock.fault(fault))
    })
    .await;
    let mut items = A::items(A::page_size(stage.plain_list(), PAGE_SIZE as i64));
    let (mut ids, mut errors) = (Vec::new(), 0);
    loop {
        let (more, error) = collect::<A>(&mut items).await;
        ids.extend(more);
        match error {
            Some(error) => assert!(error.is_retryable(), "{error}"),
            None => break,
        }
        errors += 1;
    }
    assert_eq!(ids, stage.ids);
    assert!(errors >= 4, "{errors}");
    assert_eq!(stage.count(), requests_for::<A>(ITEMS, PAGE_SIZE) + errors);
}

#[test]
fn the_table_has_every_fault() {
    let mut faults = TABLE.map(|(fault, _)| fault);
    faults.sort();
    let mut all = Fault::ALL;
    all.sort();
    assert_eq!(faults, all);
}

/// Walks once for each fault, also after one of the walks has failed.
async fn keeps_to_the_table<A: Api>(column: usize) {
    let tasks = LocalSet::new();
    let walks = TABLE.map(|(fault, outcomes)| {
        (
            fault,
            tasks.spawn_local(in_time(keeps_to::<A>(fault, outcomes[column]))),
        )
    });
    tasks.await;
    let mut failed = Vec::new();
    for (fault, walk) in walks {
        if let Err(error) = walk.await {
            failed.push(format!("{fault}: {error}"));
        }
    }
    assert!(failed.is_empty(), "{}:\n{}", A::NAME, failed.join("\n"));
}

async fn keeps_to<A: Api>(fault: Fault, outcome: Outcome) {
    if let Outcome::NotInThisStyle = outcome {
        return refused::<A>(fault).await;
    }
    let stage = Stage::<A>::with(|mock| mock.items(ITEMS).fault(fault)).await;
    let mut items = A::items(A::page_size(stage.plain_list(), PAGE_SIZE as i64));
    let (mut ids, error) = collect::<A>(&mut items).await;
    match outcome {
        Outcome::NotInThisStyle => {}
        Outcome::Ends(ending) => {
            assert!(error.is_none(), "{error:?}");
            ends(&stage, &items, &ids, ending);
        }
        Outcome::Fails(pages, failure) => {
            fails(&stage, &items, &error.expect("an error"), pages, failure);
            assert_eq!(ids, stage.ids[..pages * PAGE_SIZE]);
        }
        Outcome::NeverEnds => {
            let allowed = 100;
            let error = error.expect("an error");
            assert_eq!(
                kind(&error),
                PaginationErrorKind::TooManyEmptyPages { allowed }
            );
            assert_eq!(ids, stage.ids);
            let pages = ITEMS.div_ceil(PAGE_SIZE);
            assert_eq!(stage.count(), pages + allowed as usize + 1);
        }
        Outcome::FailsAgain(pages, failure) => {
            passes(&stage, &items, &error.expect("an error"), pages, failure);
            assert_eq!(ids, stage.ids[..pages * PAGE_SIZE]);
            let (more, again) = collect::<A>(&mut items).await;
            assert_eq!(more, [""; 0]);
            passes(
                &stage,
                &items,
                &again.expect("the error again"),
                pages,
                failure,
            );
            // Not the end: a walk that may go on is asked a third time.
            assert!(matches!(items.next().await, Some(Err(_))));
            assert_eq!(stage.count(), pages + 3);
            return;
        }
        Outcome::Resumes(pages, failure) => {
            passes(&stage, &items, &error.expect("an error"), pages, failure);
            assert_eq!(ids.len(), pages * PAGE_SIZE);
            ids.extend(collect_all::<A>(&mut items).await);
            assert_eq!(ids, stage.ids);
            let requests = stage.requests();
            assert_eq!(
                position_of::<A>(&requests[pages]),
                position_of::<A>(&requests[pages + 1])
            );
            assert_eq!(requests.len(), requests_for::<A>(ITEMS, PAGE_SIZE) + 1);
        }
    }
    let count = stage.count();
    for _ in 0..3 {
        assert!(items.next().await.is_none());
    }
    assert_eq!(stage.count(), count, "nothing is sent after the end");
}

async fn refused<A: Api>(fault: Fault) {
    let mock = specwright_behaviour::mock::<A>().unwrap().fault(fault);
    let error = mock
        .start(specwright_behaviour::LOOPBACK)
        .await
        .expect_err("a fault of another style");
    assert!(
        matches!(error, MockError::FaultNotApplicable(it) if it == fault),
        "{error:?}"
    );
}

/// The walk has given what it should, in the fewest requests.
fn ends<A: Api>(stage: &Stage<A>, items: &Items<A::List>, ids: &[String], ending: Ending) {
    let mut expected = stage.ids.clone();
    let at = 2 * PAGE_SIZE;
    match ending {
        Ending::AllThatHaveCome => assert_eq!(expected.len(), ITEMS + ITEMS / 2),
        Ending::AllThatAreLeft => expected.truncate(ITEMS - ITEMS / 3),
        Ending::OneTwice => expected.insert(at, expected[at - 1].clone()),
        Ending::OneNever => drop(expected.remove(at)),
        Ending::ThreePages | Ending::ThreePagesByTheServer => expected.truncate(3 * PAGE_SIZE),
        Ending::TwoPages => expected.truncate(at),
        Ending::FirstPageAgain => {
            let first = expected[..PAGE_SIZE].to_vec();
            expected.splice(at..at + PAGE_SIZE, first);
        }
        Ending::PageLost => drop(expected.drain(at..at + PAGE_SIZE)),
        Ending::PageReversed => expected[at..at + PAGE_SIZE].reverse(),
        Ending::OneTwiceLater => {
            let next = at + PAGE_SIZE;
            expected.insert(next, expected[next].clone());
        }
        Ending::AllInItsOwnSize
        | Ending::All
        | Ending::AllInSevens
        | Ending::AllBeyondTheEmptyPage => {}
    }
    assert_eq!(ids, expected);
    let requests = match ending {
        Ending::AllInSevens => requests_for::<A>(expected.len(), 7),
        Ending::AllBeyondTheEmptyPage => requests_for::<A>(expected.len(), PAGE_SIZE) + 1,
        Ending::AllInItsOwnSize => requests_for::<A>(expected.len(), own_size::<A>()),
        // The third one has no content, or is the last by what the server says.
        Ending::TwoPages | Ending::ThreePagesByTheServer => 3,
        Ending::PageLost => requests_for::<A>(ITEMS, PAGE_SIZE),
        _ => requests_for::<A>(expected.len(), PAGE_SIZE),
    };
    assert_eq!(stage.count(), requests);
    let noted = matches!(items.notices(), [Notice::EmptyCursor { at }] if at == items.position());
    let expected = ending == Ending::ThreePages;
    assert_eq!(noted, expected, "{:?}", items.notices());
    assert_eq!(items.notices().is_empty(), !expected);
}

/// The page size of an API where none is asked for.
fn own_size<A: Api>() -> usize {
    match A::NAME {
        "talktohumans" => 10,
        "parrot" => 50,
        _ => 15,
    }
}

/// The error is the right one and final.
fn fails<A: Api>(
    stage: &Stage<A>,
    items: &Items<A::List>,
    error: &Error,
    pages: usize,
    failure: Failure,
) {
    is(error, failure);
    assert!(!error.is_retryable(), "{error}");
    let last = position_of::<A>(stage.requests().last().unwrap());
    assert_eq!(*items.position(), last);
    // Without a cursor the page itself is good, only the way on is not there.
    let delivered_last = matches!(failure, Failure::NoCursor);
    assert_eq!(
        stage.count(),
        if delivered_last { pages } else { pages + 1 }
    );
    if let Some(pagination) = error.pagination() {
        assert_eq!(pagination.operation(), A::OPERATION);
        assert_eq!(pagination.pages(), pages as u64);
        assert_eq!(*pagination.position(), last);
    }
    if let Some(api) = error.api() {
        assert_eq!(api.operation(), A::OPERATION);
        assert!(
            matches!(api.body_as::<A::Failure>(), Some(Ok(_))),
            "{api:?}"
        );
    }
}

/// The error is the right one and may pass; the walk waits at the page.
fn passes<A: Api>(
    stage: &Stage<A>,
    items: &Items<A::List>,
    error: &Error,
    pages: usize,
    failure: Failure,
) {
    is(error, failure);
    assert!(error.is_retryable(), "{error}");
    let requests = stage.requests();
    assert_eq!(*items.position(), position_of::<A>(&requests[pages]));
    assert_eq!(
        requests.last().map(position_of::<A>),
        Some(items.position().clone())
    );
    assert_ne!(*items.position(), Position::Start);
}

fn is(error: &Error, failure: Failure) {
    match failure {
        Failure::Loop => assert_eq!(kind(error), PaginationErrorKind::RepeatedPosition),
        Failure::NoCursor => assert_eq!(kind(error), PaginationErrorKind::MissingCursor),
        Failure::OtherPage => {
            assert_eq!(
                kind(error),
                PaginationErrorKind::PageMismatch {
                    requested: 3,
                    received: 1
                }
            );
        }
        Failure::NoText(path) => {
            let decode = error.decode().unwrap_or_else(|| panic!("{error:?}"));
            let mismatch = JsonErrorKind::Mismatch {
                expected: "a string",
                found: JsonKind::Object,
            };
            assert_eq!((decode.path(), decode.kind()), (path, &mismatch));
            assert_eq!(decode.status().map(|it| it.as_u16()), Some(200));
        }
        Failure::NoJson => {
            let decode = error.decode().unwrap_or_else(|| panic!("{error:?}"));
            assert_eq!(decode.message(), "expected JSON, got text/html");
            assert!(decode.excerpt().starts_with('<'), "{decode}");
        }
        Failure::Cut => {
            let transport = error.transport().unwrap_or_else(|| panic!("{error:?}"));
            assert_eq!(transport.kind(), TransportErrorKind::Interrupted);
        }
        Failure::Status(status) => {
            let api = error.api().unwrap_or_else(|| panic!("{error:?}"));
            assert_eq!(api.status().as_u16(), status);
            let wait = api.retry_after().map(|it| it.as_secs());
            assert_eq!(wait, (status == 429).then_some(0));
        }
    }
}

fn kind(error: &Error) -> PaginationErrorKind {
    error
        .pagination()
        .unwrap_or_else(|| panic!("{error:?}"))
        .kind()
        .clone()
}
