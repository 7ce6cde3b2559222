//! Lists without faults: every item that lasts comes once, in order, by no request too many.

use super::walks::{Outcome, Stage, Wishes, walk};
use super::{Fault, List, Random, Style};
use crate::server::in_time;

/// Whether the server's word leaves a doubt at the end that only another request removes: a full
/// first page whose total is its own size.
fn is_in_doubt(list: &List, asked: u64) -> bool {
    let count = list.lasting.len();
    let counts = matches!(list.style, Style::OffsetTotal | Style::PageTotal);
    counts && count > 0 && count as u64 >= asked && count <= list.size
}

fn check(case: &str, list: &List, asked: u64, wishes: Wishes, outcome: &Outcome) {
    assert!(outcome.error.is_none(), "{case}: {:?}", outcome.error);
    let limit = usize::try_from(wishes.limit.unwrap_or(u64::MAX)).unwrap_or(usize::MAX);
    assert!(outcome.items.len() <= limit, "{case}");
    assert!(
        outcome.items.is_sorted_by(|a, b| a < b),
        "{case}: {:?}",
        outcome.items
    );
    let lasting: Vec<i64> = outcome
        .items
        .iter()
        .copied()
        .filter(|item| item % 1000 == 0)
        .collect();
    let is_cut = outcome.items.len() == limit;
    let expected = if is_cut {
        &list.lasting[..lasting.len()]
    } else {
        &list.lasting
    };
    assert_eq!(lasting, expected, "{case}");
    if wishes.step.is_some() {
        return;
    }
    let doubt = usize::from(is_in_doubt(list, asked) && !is_cut);
    // Requests that are under way at once may overtake each other.
    if wishes.prefetch < 2 || !list.style.is_numbered() {
        assert_eq!(list.late, doubt, "{case}: requests after the end");
    }
    if list.growing == 0 && list.empty == 0 && !is_cut {
        let count = list.lasting.len();
        let end = usize::from(list.style.ends_with_an_empty_page() && count > 0);
        assert_eq!(
            list.answered,
            list.pages() + end + doubt,
            "{case}: requests"
        );
    }
}

fn wishes(random: &mut Random, list: &mut List) -> Wishes {
    let mut wishes = Wishes {
        prefetch: random.pick(&[0, 0, 1, 3]),
        ..Wishes::default()
    };
    if random.one_in(3) {
        wishes.limit = Some(random.below(45) as u64);
    } else if random.one_in(4) {
        // A page that another walk asks for again must be the same.
        wishes.step = Some(1 + random.below(9));
        (list.growing, list.empty) = (0, 0);
    }
    wishes
}

/// The list of a case, the page size that is asked for, and the wishes.
fn case(seed: u64, style: Style) -> (List, u64, Wishes) {
    let mut random = Random::new(seed);
    let mut list = List::new(&mut random, style, Fault::None);
    // Sometimes more than the server gives.
    let asked = (list.size + random.pick(&[0, 0, 3])) as u64;
    let wishes = wishes(&mut random, &mut list);
    (list, asked, wishes)
}

#[tokio::test]
async fn walks_give_every_item_once_in_order_by_the_least_of_requests() {
    in_time(async {
        for style in Style::ALL {
            for seed in 1..=15 {
                // What a walk asked for ahead may still be on its way to its server when the next one begins.
                let stage = Stage::new().await;
                let (list, asked, wishes) = case(seed * 100 + style as u64, style);
                let case = format!("seed {seed}, {list:?}, asked for {asked}, {wishes:?}");
                stage.play(list);
                let outcome = walk(&stage, style, asked, wishes).await;
                check(&case, &stage.after(), asked, wishes, &outcome);
                assert!(stage.awake.pauses().is_empty());
            }
        }
    })
    .await;
}

#[cfg(feature = "blocking")]
#[test]
fn iterators_that_block_give_the_same() {
    use super::walks::walk_blocking;

    let runtime = tokio::runtime::Runtime::new().unwrap();
    for style in Style::ALL {
        for seed in 1..=4 {
            let stage = runtime.block_on(Stage::new());
            let (list, asked, mut wishes) = case(seed * 100 + style as u64, style);
            wishes.step = None;
            let case = format!("seed {seed}, {list:?}, asked for {asked}, {wishes:?}");
            stage.play(list);
            let outcome = walk_blocking(&stage, style, asked, wishes);
            check(&case, &stage.after(), asked, wishes, &outcome);
        }
    }
}
