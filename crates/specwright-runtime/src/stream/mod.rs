//! Responses that are read while they arrive.

mod byte_stream;
mod event_parser;
mod events;
mod json_lines;
mod records;

pub use byte_stream::ByteStream;
pub use events::{Event, EventStream};
pub use json_lines::JsonLines;

use crate::transport::{TransportError, TransportErrorKind};

/// The error for an event or value that does not end within the bound.
fn too_long(what: &str, limit: u64) -> TransportError {
    let message = format!("{what} of the response is larger than {limit} bytes");
    TransportError::new(TransportErrorKind::TooLarge { limit }, message)
}

fn exceeds(length: usize, limit: u64) -> bool {
    u64::try_from(length).is_ok_and(|length| length > limit)
}
