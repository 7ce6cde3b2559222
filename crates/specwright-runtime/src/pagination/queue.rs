//! Requests in flight: the one that is waited for, and those for the pages behind it.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Wake, Waker};

use super::position::Position;
use crate::error::Error;
use crate::response::RawResponse;
use crate::transport::BoxFuture;

/// What a request is about to give.
pub(super) type Answer = BoxFuture<'static, Result<RawResponse, Error>>;

/// Requests by position, in the order of the list. Those made ahead are polled when they are new, and
/// from then on only when one of them has woken the queue: asking it in between costs one atomic load.
pub(super) struct Queue {
    entries: VecDeque<Entry>,
    alarm: Arc<Alarm>,
    waker: Waker,
}

struct Entry {
    position: Position,
    /// The page size that was asked for, if it is known.
    asked: Option<u64>,
    state: State,
}

impl Entry {
    fn poll(&mut self, cx: &mut Context<'_>) {
        if let State::Running(answer) = &mut self.state
            && let Poll::Ready(answer) = answer.as_mut().poll(cx)
        {
            self.state = State::Done(answer);
        }
    }
}

enum State {
    Running(Answer),
    Done(Result<RawResponse, Error>),
    /// The answer was an error that may pass, and was handed out: the page is to be asked for again.
    Failed,
}

impl Queue {
    pub(super) fn new() -> Self {
        let alarm = Arc::new(Alarm::default());
        let waker = Waker::from(Arc::clone(&alarm));
        Self {
            entries: VecDeque::new(),
            alarm,
            waker,
        }
    }

    /// Whether the page at `position` is the first of the queue and asked for.
    pub(super) fn leads_with(&self, position: &Position) -> bool {
        let front = self.entries.front();
        front.is_some_and(|entry| {
            entry.position == *position && !matches!(entry.state, State::Failed)
        })
    }

    /// Puts a request at the front, in place of the one there if that has failed for the same page,
    /// else of all others: they are for pages that are no longer next.
    pub(super) fn lead_with(&mut self, position: Position, asked: Option<u64>, answer: Answer) {
        match self.entries.front_mut() {
            Some(entry) if entry.position == position => {
                entry.asked = asked;
                entry.state = State::Running(answer);
            }
            _ => {
                self.entries.clear();
                self.push(position, asked, answer);
            }
        }
        self.alarm.ring();
    }

    /// Puts a request behind all others.
    pub(super) fn push(&mut self, position: Position, asked: Option<u64>, answer: Answer) {
        self.entries.push_back(Entry {
            position,
            asked,
            state: State::Running(answer),
        });
        self.alarm.ring();
    }

    /// Gives up what is not at one of `positions`, in this order, and tells how many are left.
    pub(super) fn keep(&mut self, positions: &[Position]) -> usize {
        let pairs = self.entries.iter().zip(positions);
        let same = pairs.take_while(|(entry, position)| entry.position == **position);
        let kept = same.count();
        self.entries.truncate(kept);
        kept
    }

    /// Gives up everything.
    pub(super) fn clear(&mut self) {
        self.entries.clear();
    }

    /// Goes on with the requests if there is a reason to.
    pub(super) fn progress(&mut self, cx: &mut Context<'_>) {
        if !self.alarm.rings() {
            return;
        }
        self.alarm.report_to(cx.waker());
        self.alarm.quiet();
        let mut inner = Context::from_waker(&self.waker);
        for entry in &mut self.entries {
            entry.poll(&mut inner);
        }
    }

    /// Whether nothing has happened since the last poll.
    #[cfg(feature = "blocking")]
    pub(super) fn is_quiet(&self) -> bool {
        !self.alarm.rings()
    }

    /// The answer at the front, with the page size that was asked for.
    pub(super) fn poll_front(
        &mut self,
        cx: &mut Context<'_>,
    ) -> Poll<(Result<RawResponse, Error>, Option<u64>)> {
        if self.entries.len() == 1 {
            // A request that is alone wakes its task without a detour.
            self.entries.iter_mut().for_each(|entry| entry.poll(cx));
        } else {
            // Before the alarm is looked at: one that rings in between finds the right task.
            self.alarm.report_to(cx.waker());
            self.progress(cx);
        }
        let Some(entry) = self.entries.front_mut() else {
            return Poll::Pending;
        };
        match std::mem::replace(&mut entry.state, State::Failed) {
            State::Done(answer) => {
                let asked = entry.asked;
                // A page that failed for now keeps its place before those that were prefetched.
                if !answer.as_ref().is_err_and(Error::is_retryable) {
                    self.entries.pop_front();
                }
                Poll::Ready((answer, asked))
            }
            other => {
                entry.state = other;
                Poll::Pending
            }
        }
    }
}

/// The waker of the requests: it remembers that it was woken and wakes the task that waits.
#[derive(Default)]
struct Alarm {
    rings: AtomicBool,
    task: Mutex<Option<Waker>>,
}

impl Alarm {
    fn ring(&self) {
        self.rings.store(true, Ordering::Release);
    }

    fn rings(&self) -> bool {
        self.rings.load(Ordering::Acquire)
    }

    fn quiet(&self) {
        self.rings.store(false, Ordering::Release);
    }

    fn report_to(&self, waker: &Waker) {
        let mut task = self.task.lock().unwrap_or_else(PoisonError::into_inner);
        match &mut *task {
            Some(known) if known.will_wake(waker) => {}
            other => *other = Some(waker.clone()),
        }
    }
}

impl Wake for Alarm {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.ring();
        let task = self.task.lock().unwrap_or_else(PoisonError::into_inner);
        let task = task.clone();
        if let Some(task) = task {
            task.wake();
        }
    }
}

#[cfg(test)]
mod tests;
