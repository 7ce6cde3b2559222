//! Event streams (`text/event-stream`).

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use futures_core::Stream;
use http::{HeaderMap, StatusCode};

use super::byte_stream::ByteStream;
use super::event_parser::{EventParser, RawEvent};
use super::{exceeds, too_long};
use crate::error::{DecodeError, Error};
use crate::json::{FromJson, from_slice};

/// The data that ends a stream: a convention of many APIs.
const DONE: &str = "[DONE]";

/// An event of an [`EventStream`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Event<T> {
    /// The kind of the event, if the server says one.
    pub event: Option<String>,
    /// The identifier given last, if there is one: where a stream can be taken up again.
    pub id: Option<String>,
    /// How long to wait before the stream is taken up again, if the server has said so since the
    /// event before.
    pub retry: Option<Duration>,
    /// What the event says.
    pub data: T,
}

/// The events of a response, as they arrive (WHATWG HTML, section 9.2). The stream ends with the
/// response, at an event whose data is `[DONE]`, and after an error other than a decoding error.
///
/// ```no_run
/// # use specwright_runtime::{Error, Request, Value};
/// # async fn example(request: Request) -> Result<(), Error> {
/// let mut events = request.send_events::<Value>().await?;
/// while let Some(event) = events.next().await {
///     println!("{}", event?.data);
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "events are not read until they are polled"]
pub struct EventStream<T> {
    events: RawEvents,
    decode: fn(RawEvent) -> Result<Event<T>, DecodeError>,
}

impl<T: FromJson> EventStream<T> {
    /// Events whose data is JSON.
    pub(crate) fn json(stream: ByteStream) -> Result<Self, DecodeError> {
        Ok(Self {
            events: RawEvents::new(stream)?,
            decode: |raw| {
                let data = from_slice(raw.data.as_bytes())?;
                Ok(with_data(raw, data))
            },
        })
    }
}

impl EventStream<String> {
    /// Events whose data is text.
    pub(crate) fn text(stream: ByteStream) -> Result<Self, DecodeError> {
        Ok(Self {
            events: RawEvents::new(stream)?,
            decode: |mut raw| {
                let data = std::mem::take(&mut raw.data);
                Ok(with_data(raw, data))
            },
        })
    }
}

fn with_data<T>(raw: RawEvent, data: T) -> Event<T> {
    Event {
        event: raw.event,
        id: raw.id,
        retry: raw.retry,
        data,
    }
}

impl<T> EventStream<T> {
    /// The status of the response.
    pub fn status(&self) -> StatusCode {
        self.events.stream.status()
    }

    /// The headers of the response.
    pub fn headers(&self) -> &HeaderMap {
        self.events.stream.headers()
    }

    /// The next event; `None` at the end. Dropping the future loses nothing. After data that does
    /// not fit, the next call goes on with the event behind.
    pub async fn next(&mut self) -> Option<Result<Event<T>, Error>> {
        poll_fn(|cx| self.poll_event(cx)).await
    }

    fn poll_event(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Event<T>, Error>>> {
        let raw = ready!(self.events.poll(cx));
        Poll::Ready(raw.map(|raw| {
            (self.decode)(raw?).map_err(|error| {
                let stream = &self.events.stream;
                error.during(stream.operation(), stream.status()).into()
            })
        }))
    }
}

impl<T> Stream for EventStream<T> {
    type Item = Result<Event<T>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_event(cx)
    }
}

impl<T> fmt::Debug for EventStream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("EventStream")
            .field(&self.events.stream)
            .finish()
    }
}

/// The part that does not depend on the type of the data.
struct RawEvents {
    stream: ByteStream,
    parser: EventParser,
}

impl RawEvents {
    /// Refuses a response that says to be something else altogether: it would have no events.
    fn new(stream: ByteStream) -> Result<Self, DecodeError> {
        let content_type = stream.content_type().unwrap_or_default();
        let essence = content_type.split(';').next().unwrap_or_default().trim();
        if ["application/json", "text/html"]
            .iter()
            .any(|other| essence.eq_ignore_ascii_case(other))
        {
            let message = format!("expected text/event-stream, got {essence}");
            return Err(DecodeError::about(
                stream.operation(),
                stream.status(),
                message,
            ));
        }
        Ok(Self {
            stream,
            parser: EventParser::default(),
        })
    }

    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<RawEvent, Error>>> {
        loop {
            if let Some(raw) = self.parser.pop() {
                if raw.data == DONE {
                    self.end();
                    return Poll::Ready(None);
                }
                return Poll::Ready(Some(Ok(raw)));
            }
            let limit = self.stream.limit();
            if exceeds(self.parser.held(), limit) {
                self.end();
                let error = self.stream.failed(too_long("an event", limit));
                return Poll::Ready(Some(Err(error)));
            }
            match ready!(self.stream.poll_chunk(cx)) {
                Some(Ok(chunk)) => self.parser.push(&chunk),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }

    fn end(&mut self) {
        self.stream.end();
        self.parser = EventParser::default();
    }
}
