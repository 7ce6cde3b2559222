//! The queue polls what is new or was woken, and keeps what is still wanted.

use std::future::poll_fn;
use std::sync::atomic::AtomicUsize;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::*;
use crate::error::ApiError;

/// The far end of a request: how often it was polled, its waker, and its answer.
#[derive(Default)]
struct Remote {
    polls: AtomicUsize,
    waker: Mutex<Option<Waker>>,
    status: Mutex<Option<u16>>,
}

impl Remote {
    fn request(self: &Arc<Self>) -> Answer {
        let remote = Arc::clone(self);
        Box::pin(poll_fn(move |cx| {
            remote.polls.fetch_add(1, Ordering::SeqCst);
            *remote.waker.lock().unwrap() = Some(cx.waker().clone());
            match *remote.status.lock().unwrap() {
                None => Poll::Pending,
                Some(status) => Poll::Ready(response(status)),
            }
        }))
    }

    /// The answer arrives.
    fn answer(&self, status: u16) {
        *self.status.lock().unwrap() = Some(status);
        self.wake();
    }

    fn wake(&self) {
        let waker = self.waker.lock().unwrap().take();
        waker.unwrap().wake();
    }

    fn polls(&self) -> usize {
        self.polls.load(Ordering::SeqCst)
    }
}

fn response(status: u16) -> Result<RawResponse, Error> {
    let status = StatusCode::from_u16(status).unwrap();
    let response = RawResponse::new("list", status, HeaderMap::new(), Bytes::new());
    if status.is_success() {
        Ok(response)
    } else {
        Err(ApiError::new(response).into())
    }
}

/// A task that counts how often it is woken.
#[derive(Default)]
struct Task(AtomicUsize);

impl Wake for Task {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

fn remotes<const N: usize>() -> [Arc<Remote>; N] {
    std::array::from_fn(|_| Arc::default())
}

fn status(poll: Poll<(Result<RawResponse, Error>, Option<u64>)>) -> Option<u16> {
    match poll {
        Poll::Pending => None,
        Poll::Ready((Ok(response), _)) => Some(response.status().as_u16()),
        Poll::Ready((Err(error), _)) => Some(error.status().unwrap().as_u16()),
    }
}

fn at(number: u64) -> Position {
    Position::Page(number)
}

#[test]
fn requests_are_polled_when_new_and_then_only_when_one_was_woken() {
    let task = Arc::new(Task::default());
    let waker = Waker::from(Arc::clone(&task));
    let mut cx = Context::from_waker(&waker);
    let [first, second] = remotes();
    let mut queue = Queue::new();
    queue.lead_with(at(1), None, first.request());
    queue.push(at(2), None, second.request());
    for _ in 0..5 {
        queue.progress(&mut cx);
        assert!(queue.poll_front(&mut cx).is_pending());
    }
    assert_eq!((first.polls(), second.polls()), (1, 1));

    second.wake();
    assert_eq!(task.0.load(Ordering::SeqCst), 1, "the task hears of it");
    assert!(queue.poll_front(&mut cx).is_pending());
    assert_eq!((first.polls(), second.polls()), (2, 2));

    second.answer(200);
    queue.progress(&mut cx);
    assert!(queue.poll_front(&mut cx).is_pending(), "the order stays");
    first.answer(201);
    assert_eq!(status(queue.poll_front(&mut cx)), Some(201));
    assert!(queue.leads_with(&at(2)));
    let polls = second.polls();
    assert_eq!(status(queue.poll_front(&mut cx)), Some(200));
    assert_eq!(second.polls(), polls, "what is done is not polled again");
    assert!(queue.poll_front(&mut cx).is_pending(), "nothing is left");
}

#[test]
fn the_task_that_polled_last_is_the_one_that_is_woken() {
    let tasks = [Arc::new(Task::default()), Arc::new(Task::default())];
    let [remote] = remotes();
    let mut queue = Queue::new();
    queue.lead_with(at(1), None, remote.request());
    queue.push(at(2), None, Box::pin(std::future::pending()));
    for task in &tasks {
        let waker = Waker::from(Arc::clone(task));
        assert!(
            queue
                .poll_front(&mut Context::from_waker(&waker))
                .is_pending()
        );
    }
    remote.answer(200);
    let woken = tasks.map(|task| task.0.load(Ordering::SeqCst));
    assert_eq!(woken, [0, 1]);
}

#[test]
fn what_is_no_longer_next_is_given_up_and_a_failed_page_keeps_its_place() {
    let mut cx = Context::from_waker(Waker::noop());
    let [first, second, third, again] = remotes();
    let mut queue = Queue::new();
    queue.lead_with(at(1), None, first.request());
    queue.push(at(2), None, second.request());
    queue.push(at(3), None, third.request());
    assert_eq!(queue.keep(&[at(1), at(2), at(9)]), 2);
    assert_eq!(Arc::strong_count(&third), 1, "its request is dropped");

    queue.progress(&mut cx);
    first.answer(503);
    assert_eq!(status(queue.poll_front(&mut cx)), Some(503));
    assert!(!queue.leads_with(&at(1)), "it is to be asked for again");
    queue.lead_with(at(1), Some(5), again.request());
    assert_eq!(Arc::strong_count(&second), 2, "the one behind it is kept");
    queue.progress(&mut cx);
    again.answer(200);
    match queue.poll_front(&mut cx) {
        Poll::Ready((Ok(_), asked)) => assert_eq!(asked, Some(5)),
        other => panic!("{:?}", status(other)),
    }
    assert!(queue.leads_with(&at(2)));

    queue.lead_with(at(7), None, third.request());
    assert_eq!(Arc::strong_count(&second), 1, "another page is wanted");
    queue.clear();
    assert_eq!(Arc::strong_count(&third), 1);
    assert!(!queue.leads_with(&at(7)));
}

#[test]
fn an_error_that_does_not_pass_leaves_no_page_behind() {
    let mut cx = Context::from_waker(Waker::noop());
    let [remote] = remotes();
    let mut queue = Queue::new();
    queue.lead_with(at(1), None, remote.request());
    queue.progress(&mut cx);
    remote.answer(400);
    assert_eq!(status(queue.poll_front(&mut cx)), Some(400));
    assert_eq!(queue.keep(&[at(1)]), 0);
}
