//! A lock that is waited for without blocking a thread, whatever the runtime.

use std::future::poll_fn;
use std::mem;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::{Poll, Waker};

/// Lets one through at a time. Dropping the future of [`pass`](Self::pass) or the [`Passage`] is
/// always safe.
#[derive(Default)]
pub(super) struct Gate {
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    taken: bool,
    waiting: Vec<Waker>,
}

/// The right to be in; leaving drops it.
pub(super) struct Passage<'a>(&'a Gate);

impl Gate {
    /// Waits until nobody else is in. In no particular order.
    pub(super) async fn pass(&self) -> Passage<'_> {
        poll_fn(|cx| {
            let mut state = self.state();
            if !state.taken {
                state.taken = true;
                return Poll::Ready(Passage(self));
            }
            if !state
                .waiting
                .iter()
                .any(|waker| waker.will_wake(cx.waker()))
            {
                state.waiting.push(cx.waker().clone());
            }
            Poll::Pending
        })
        .await
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Passage<'_> {
    fn drop(&mut self) {
        let waiting = {
            let mut state = self.0.state();
            state.taken = false;
            mem::take(&mut state.waiting)
        };
        // All of them: one alone might have been dropped in the meantime.
        waiting.into_iter().for_each(Waker::wake);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    use super::*;

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn one_is_in_at_a_time_and_all_get_in() {
        let gate = Arc::new(Gate::default());
        let (inside, passed) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let tasks: Vec<_> = (0..20)
            .map(|_| {
                let (gate, inside) = (Arc::clone(&gate), Arc::clone(&inside));
                let passed = Arc::clone(&passed);
                tokio::spawn(async move {
                    let _passage = gate.pass().await;
                    assert_eq!(inside.fetch_add(1, Ordering::SeqCst), 0);
                    tokio::time::sleep(Duration::from_millis(1)).await;
                    inside.fetch_sub(1, Ordering::SeqCst);
                    passed.fetch_add(1, Ordering::SeqCst);
                })
            })
            .collect();
        let all = async {
            for task in tasks {
                task.await.unwrap();
            }
        };
        tokio::time::timeout(Duration::from_secs(10), all)
            .await
            .unwrap();
        assert_eq!(passed.load(Ordering::SeqCst), 20);
    }

    #[tokio::test]
    async fn those_who_give_up_do_not_keep_others_out() {
        let gate = Gate::default();
        let passage = gate.pass().await;
        let waited = tokio::time::timeout(Duration::from_millis(10), gate.pass()).await;
        assert!(waited.is_err());
        drop(passage);
        let entered = tokio::time::timeout(Duration::from_secs(10), gate.pass()).await;
        assert!(entered.is_ok());
    }
}
