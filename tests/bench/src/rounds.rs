//! Time: the ways of walking take turns, a hundred pages each.

use std::{fmt::Write as _, time::Duration};

use crate::{
    Failure,
    lists::List,
    server::Child,
    turns::{Taken, Turn, Walk, take},
    walker::{Walker, runtime},
    way::Way,
};

/// The most that the pager may cost over the loop by hand.
const BOUND: f64 = 1.05;

/// How many pages a turn has.
const PAGES: u64 = 100;

/// How much is walked.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Plan {
    /// The items of the list.
    pub(crate) items: u64,
    /// The items on a page.
    pub(crate) page: u64,
    /// How often each way walks the whole list.
    pub(crate) rounds: usize,
}

/// What all walks took.
#[derive(Debug)]
pub(crate) struct Rounds {
    plan: Plan,
    requests: u64,
    samples: Vec<(Way, Taken)>,
}

/// Walks each way alone once, to check the number of items and, by what the server has counted, that of the requests;
/// then in turns.
pub(crate) fn run<L: List>(server: &mut Child, plan: Plan) -> Result<Rounds, Failure> {
    let walker = Walker::<L>::new(&server.url)?;
    let runtime = runtime()?;
    let requests = plan.items.div_ceil(plan.page) + L::EMPTY_PAGES;
    let check = |items: u64, sent: u64, walks: u64| {
        if (items, sent) == (plan.items, requests * walks) {
            return Ok(());
        }
        let (items_due, due) = (plan.items, requests * walks);
        Err(format!(
            "{items} items by {sent} requests, not {items_due} by {due}"
        ))
    };
    for way in Way::TIMED {
        eprintln!("{}: counting, {}", L::NAME, way.shown());
        let before = server.requests()?;
        let items = runtime.block_on(walker.walk(way, plan.page, &Turn::alone()))?;
        check(items, server.requests()? - before, 1)?;
    }
    let mut samples = Vec::new();
    for round in 1..=plan.rounds {
        let before = server.requests()?;
        let turns = Way::TIMED.map(|_| Turn::of(PAGES));
        let walks = Way::TIMED.into_iter().zip(&turns).map(|(way, turn)| {
            let walk: Walk<'_> = Box::pin(walker.walk(way, plan.page, turn));
            (turn, walk)
        });
        let taken = runtime.block_on(take(walks.collect()))?;
        let sent = server.requests()? - before;
        let mut line = format!("{}, round {round} of {}:", L::NAME, plan.rounds);
        for (way, taken) in Way::TIMED.into_iter().zip(taken) {
            check(taken.items, sent, Way::TIMED.len() as u64)?;
            // A formatter of strings does not fail.
            let _ = write!(line, " {} {:.3} s,", way.word(), taken.cpu.as_secs_f64());
            samples.push((way, taken));
        }
        eprintln!("{} CPU", line.trim_end_matches(','));
    }
    Ok(Rounds {
        plan,
        requests,
        samples,
    })
}

impl Rounds {
    /// The rows of a Markdown table under a line that says what was walked.
    pub(crate) fn table(&self, list: &str) -> String {
        let Plan {
            items,
            page,
            rounds,
        } = self.plan;
        let mut text = format!(
            "{list}: {items} items in pages of {page}, {} requests, {rounds} rounds\n\n\
             | way | CPU min | CPU median | elapsed min | elapsed median | CPU min against the loop | median |\n\
             |---|---|---|---|---|---|---|\n",
            self.requests
        );
        for way in Way::TIMED {
            let cpu = self.sorted(way, |taken| taken.cpu);
            let elapsed = self.sorted(way, |taken| taken.elapsed);
            let (least, median) = self.ratios(way);
            // A formatter of strings does not fail.
            let _ = writeln!(
                text,
                "| {} | {:.3} s | {:.3} s | {:.3} s | {:.3} s | {least:.3} | {median:.3} |",
                way.shown(),
                minimum(&cpu),
                middle(&cpu),
                minimum(&elapsed),
                middle(&elapsed),
            );
        }
        text
    }

    /// Whether the pager keeps to its bound, by minimum and by median.
    pub(crate) fn are_good(&self) -> bool {
        [Way::Items, Way::Pages].into_iter().all(|way| {
            let (least, median) = self.ratios(way);
            least <= BOUND && median <= BOUND
        })
    }

    /// The CPU time of a way over that of the loop by hand: of the minima, and of the medians.
    fn ratios(&self, way: Way) -> (f64, f64) {
        let own = self.sorted(way, |taken| taken.cpu);
        let by_hand = self.sorted(Way::Loop, |taken| taken.cpu);
        (
            minimum(&own) / minimum(&by_hand),
            middle(&own) / middle(&by_hand),
        )
    }

    fn sorted(&self, way: Way, of: impl Fn(&Taken) -> Duration) -> Vec<f64> {
        let own = self.samples.iter().filter(|(other, _)| *other == way);
        let mut times: Vec<f64> = own.map(|(_, taken)| of(taken).as_secs_f64()).collect();
        times.sort_by(f64::total_cmp);
        times
    }
}

fn minimum(sorted: &[f64]) -> f64 {
    sorted.first().copied().unwrap_or(f64::NAN)
}

/// The median: the mean of the two in the middle if their number is even.
fn middle(sorted: &[f64]) -> f64 {
    let upper = sorted.get(sorted.len() / 2);
    let lower = sorted.get(sorted.len().saturating_sub(1) / 2);
    match (lower, upper) {
        (Some(lower), Some(upper)) => f64::midpoint(*lower, *upper),
        _ => f64::NAN,
    }
}
