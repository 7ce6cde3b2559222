//! Reading the bodies of requests, within bounds.

use std::{
    future::poll_fn,
    pin::Pin,
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};

use hyper::body::{Body as _, Incoming};
use tokio::time::timeout;

/// The largest body that is read: 16 MiB.
const BODY_SIZE: usize = 16 << 20;

/// How much all bodies that are being read or answered take together: 64 MiB.
const BODIES_SIZE: usize = 64 << 20;

/// How long a request may take for its body.
const BODY_TIME: Duration = Duration::from_secs(10);

/// How many bytes of bodies are held at the moment.
#[derive(Debug, Default)]
pub(crate) struct Intake {
    held: AtomicUsize,
}

/// A body that counts as long as it is held.
#[derive(Debug)]
pub(crate) struct Held<'i> {
    intake: &'i Intake,
    pub(crate) bytes: Vec<u8>,
}

/// Why a body is not read: a status and what to say.
pub(crate) type Unread = (u16, &'static str);

const TOO_LONG: Unread = (413, "the body is longer than 16 MiB");
const TOO_MANY: Unread = (503, "too many long bodies at once");
const LATE: Unread = (408, "the body did not arrive in time");
const BROKEN: Unread = (400, "the body breaks off or is not framed as HTTP/1.1");

impl Intake {
    /// Reads a body to its end.
    pub(crate) async fn read(&self, body: Incoming) -> Result<Held<'_>, Unread> {
        let mut held = Held {
            intake: self,
            bytes: Vec::new(),
        };
        if body.is_end_stream() {
            return Ok(held);
        }
        if body.size_hint().lower() > BODY_SIZE as u64 {
            return Err(TOO_LONG);
        }
        match timeout(BODY_TIME, held.fill(body)).await {
            Ok(filled) => filled.map(|()| held),
            Err(_) => Err(LATE),
        }
    }
}

impl Held<'_> {
    async fn fill(&mut self, mut body: Incoming) -> Result<(), Unread> {
        while let Some(frame) = poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
            let data = frame.map_err(|_| BROKEN)?.into_data().unwrap_or_default();
            if self.bytes.len() + data.len() > BODY_SIZE {
                return Err(TOO_LONG);
            }
            let before = self.intake.held.fetch_add(data.len(), Ordering::Relaxed);
            self.bytes.extend_from_slice(&data);
            if before + data.len() > BODIES_SIZE {
                return Err(TOO_MANY);
            }
        }
        Ok(())
    }
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        self.intake
            .held
            .fetch_sub(self.bytes.len(), Ordering::Relaxed);
    }
}
