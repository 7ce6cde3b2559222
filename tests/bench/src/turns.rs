//! Walks that take turns, so that a moment in which the machine is slow is slow for all of them.

use std::{
    cell::Cell,
    collections::VecDeque,
    future::poll_fn,
    pin::Pin,
    task::Poll,
    time::{Duration, Instant},
};

use crate::{Failure, meter};

/// A walk; gives the number of items.
pub(crate) type Walk<'a> = Pin<Box<dyn Future<Output = Result<u64, Failure>> + 'a>>;

/// How far a walk goes before it is the next one's turn.
#[derive(Debug)]
pub(crate) struct Turn {
    pages: Cell<u64>,
    most: u64,
    is_over: Cell<bool>,
}

impl Turn {
    /// Turns of so many pages.
    pub(crate) fn of(most: u64) -> Self {
        Self {
            pages: Cell::new(0),
            most,
            is_over: Cell::new(false),
        }
    }

    /// One turn for the whole walk.
    pub(crate) fn alone() -> Self {
        Self::of(u64::MAX)
    }

    /// Called when a page is used up and the next one is not asked for yet: waits for the next turn if this one is over.
    pub(crate) async fn page(&self) {
        self.pages.set(self.pages.get() + 1);
        if self.pages.get() < self.most {
            return;
        }
        self.pages.set(0);
        self.is_over.set(true);
        // `take` polls again when it is this walk's turn, and not before.
        poll_fn(|_| {
            if self.is_over.get() {
                Poll::Pending
            } else {
                Poll::Ready(())
            }
        })
        .await;
    }
}

/// What a walk gave, and what its turns took together.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Taken {
    /// The number of its items.
    pub(crate) items: u64,
    /// The time of the processors.
    pub(crate) cpu: Duration,
    /// The time by the clock.
    pub(crate) elapsed: Duration,
}

struct Runner<'a> {
    place: usize,
    turn: &'a Turn,
    walk: Walk<'a>,
    taken: Taken,
}

/// Walks to the ends of all, in turns; what they took, in the same order.
pub(crate) async fn take<'a>(walks: Vec<(&'a Turn, Walk<'a>)>) -> Result<Vec<Taken>, Failure> {
    let mut results = vec![Taken::default(); walks.len()];
    let runner = |(place, (turn, walk))| Runner {
        place,
        turn,
        walk,
        taken: Taken::default(),
    };
    let mut runners: VecDeque<Runner<'_>> = walks.into_iter().enumerate().map(runner).collect();
    let mut since = (meter::cpu(), Instant::now());
    poll_fn(|cx| {
        while let Some(runner) = runners.front_mut() {
            let polled = runner.walk.as_mut().poll(cx);
            if polled.is_pending() && !runner.turn.is_over.take() {
                return Poll::Pending;
            }
            let now = (meter::cpu(), Instant::now());
            runner.taken.cpu += now.0.saturating_sub(since.0);
            runner.taken.elapsed += now.1 - since.1;
            since = now;
            match polled {
                Poll::Pending => runners.rotate_left(1),
                Poll::Ready(Err(failure)) => return Poll::Ready(Err(failure)),
                Poll::Ready(Ok(items)) => {
                    runner.taken.items = items;
                    if let Some(result) = results.get_mut(runner.place) {
                        *result = runner.taken;
                    }
                    runners.pop_front();
                }
            }
        }
        Poll::Ready(Ok(()))
    })
    .await?;
    Ok(results)
}
