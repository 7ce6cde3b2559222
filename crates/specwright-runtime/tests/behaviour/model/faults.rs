//! Lists with a fault: the items before it, then the error that says what it is, and no request more
//! than that takes.

use specwright_runtime::{Error, PaginationErrorKind};

use super::walks::{Outcome, Stage, Wishes, walk};
use super::{Fault, List, Random, Style};
use crate::server::in_time;

/// What is to come of a walk: how many items, how many requests, and which error.
#[derive(Debug, PartialEq)]
struct Expected {
    items: usize,
    requests: usize,
    error: Option<Kind>,
}

#[derive(Debug, Clone, PartialEq)]
enum Kind {
    Pagination(PaginationErrorKind),
    Status(u16),
    Decode,
}

fn kind(error: &Error) -> Kind {
    match error {
        Error::Pagination(error) => Kind::Pagination(error.kind().clone()),
        Error::Api(error) => Kind::Status(error.status().as_u16()),
        Error::Decode(_) => Kind::Decode,
        other => panic!("{other:?}"),
    }
}

/// A fault that the style can have, at a page that is not the last; `None` if there is none.
fn fault(random: &mut Random, list: &List) -> Option<Fault> {
    let style = list.style;
    let middle = list.pages() - 1;
    let somewhere = random.below(list.pages());
    let candidates = [
        (middle > 1 && style.is_opaque()).then(|| {
            let at = 1 + random.below(middle - 1);
            Fault::Cycle(at, 1 + random.below(at))
        }),
        Some(Fault::Deaf),
        (middle > 0 && style == Style::Flagged).then(|| Fault::NoCursor(random.below(middle))),
        style.is_opaque().then_some(Fault::EmptyForEver(somewhere)),
        matches!(style, Style::OffsetTotal | Style::PageTotal)
            .then(|| Fault::Total(random.below(60))),
        (middle > 0 && style.is_by_url()).then(|| Fault::Foreign(random.below(middle))),
        Some(Fault::Busy(
            somewhere,
            random.pick(&[429, 500, 503]),
            1 + random.below(3),
        )),
        Some(Fault::Refused(somewhere)),
        Some(Fault::Malformed(somewhere)),
    ];
    candidates[random.below(candidates.len())].clone()
}

fn expected(list: &List, asked: usize) -> Expected {
    let (count, size, style) = (list.lasting.len(), list.size, list.style);
    let up_to = |pages: usize| (pages * size).min(count);
    let fails = |pages: usize, requests: usize, error: PaginationErrorKind| Expected {
        items: up_to(pages),
        requests,
        error: Some(Kind::Pagination(error)),
    };
    let sound = || {
        let in_doubt = matches!(style, Style::OffsetTotal | Style::PageTotal)
            && count >= asked
            && count <= size;
        let ends_empty = style.ends_with_an_empty_page() || in_doubt;
        Expected {
            items: count,
            requests: list.pages() + usize::from(ends_empty && count > 0),
            error: None,
        }
    };
    match list.fault {
        Fault::None => sound(),
        Fault::Cycle(at, _) => fails(at, at + 1, PaginationErrorKind::RepeatedPosition),
        Fault::Deaf => {
            // Where the first page says that it is the last, there is nothing to be found out.
            if sound().requests == 1 {
                sound()
            } else if style.is_numbered() && style != Style::NextOffset {
                fails(1, 2, PaginationErrorKind::RepeatedPage)
            } else {
                fails(1, 2, PaginationErrorKind::RepeatedPosition)
            }
        }
        Fault::NoCursor(at) => fails(at + 1, at + 1, PaginationErrorKind::MissingCursor),
        Fault::EmptyForEver(at) => {
            let allowed = 5;
            fails(
                at,
                at + 6,
                PaginationErrorKind::TooManyEmptyPages { allowed },
            )
        }
        Fault::Total(total) => {
            let mut pages = 1;
            loop {
                let in_doubt = pages == 1 && total == up_to(1) && total >= asked;
                let is_empty = up_to(pages) == up_to(pages - 1);
                if is_empty || (up_to(pages) >= total && !in_doubt) {
                    break Expected {
                        items: up_to(pages),
                        requests: pages,
                        error: None,
                    };
                }
                pages += 1;
            }
        }
        Fault::Foreign(at) => {
            let url = "http://127.0.0.1:1/numbers".to_owned();
            fails(at + 1, at + 1, PaginationErrorKind::ForeignOrigin { url })
        }
        Fault::Busy(_, _, times) => Expected {
            requests: sound().requests + times,
            ..sound()
        },
        Fault::Refused(at) => Expected {
            items: up_to(at),
            requests: at + 1,
            error: Some(Kind::Status(400)),
        },
        Fault::Malformed(at) => Expected {
            items: up_to(at),
            requests: at + 1,
            error: Some(Kind::Decode),
        },
    }
}

/// A list with a fault, the page size that is asked for, and the wishes.
fn case(seed: u64, style: Style) -> Option<(List, usize, Wishes)> {
    let mut random = Random::new(seed * 1000 + style as u64);
    // A list that does not change.
    let mut list = List::new(&mut random, style, Fault::Deaf);
    list.fault = fault(&mut random, &list)?;
    let asked = list.size + random.pick(&[0, 0, 3]);
    let wishes = Wishes {
        prefetch: random.pick(&[0, 0, 2]),
        retries: random.pick(&[0, 3]),
        max_empty_pages: Some(5),
        insists: true,
        ..Wishes::default()
    };
    Some((list, asked, wishes))
}

/// The requests and pauses so far.
fn counts(stage: &Stage) -> (usize, usize) {
    (stage.server.count(), stage.awake.pauses().len())
}

fn check(
    stage: &Stage,
    before: (usize, usize),
    (list, asked, wishes): &(List, usize, Wishes),
    outcome: &Outcome,
) {
    let case = format!("{list:?}, asked for {asked}, {wishes:?}");
    let expected = expected(list, *asked);
    let now = counts(stage);
    let (requests, pauses) = (now.0 - before.0, now.1 - before.1);
    let actual = Expected {
        items: outcome.items.len(),
        // What is asked for ahead may be in vain when a fault ends the walk.
        requests: if wishes.prefetch > 0 {
            expected.requests
        } else {
            requests
        },
        error: outcome.error.as_ref().map(kind),
    };
    assert_eq!(actual, expected, "{case}");
    assert_eq!(outcome.items, list.lasting[..outcome.items.len()], "{case}");
    if let (Fault::Busy(_, _, times), 0) = (&list.fault, wishes.prefetch) {
        let passed = if wishes.retries > 0 { 0 } else { *times };
        assert_eq!((outcome.passed, pauses), (passed, times - passed), "{case}");
    }
}

#[tokio::test]
async fn walks_give_what_precedes_a_fault_and_say_what_it_is() {
    in_time(async {
        let mut cases = 0;
        for style in Style::ALL {
            for seed in 1..=30 {
                let Some(case) = case(seed, style) else {
                    continue;
                };
                // What the walk before asked for ahead may still be on its way to its server.
                let stage = Stage::new().await;
                let before = counts(&stage);
                stage.play(case.0.clone());
                let outcome = walk(&stage, style, case.1 as u64, case.2).await;
                check(&stage, before, &case, &outcome);
                cases += 1;
            }
        }
        assert!(cases >= 250, "{cases} cases");
    })
    .await;
}

#[cfg(feature = "blocking")]
#[test]
fn iterators_that_block_meet_faults_in_the_same_way() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    for style in Style::ALL {
        for seed in 1..=8 {
            let Some(case) = case(seed, style) else {
                continue;
            };
            let stage = runtime.block_on(Stage::new());
            let before = counts(&stage);
            stage.play(case.0.clone());
            let outcome = super::walks::walk_blocking(&stage, style, case.1 as u64, case.2);
            check(&stage, before, &case, &outcome);
        }
    }
}
