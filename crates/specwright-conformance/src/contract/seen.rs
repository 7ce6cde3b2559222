//! What a call gave, as far as it can be compared with what was answered.

use serde_json::Value;
use specwright_runtime::{ByteStream, Error, EventStream, FromJson, JsonLines, ToJson};

/// What a call gave.
#[derive(Debug, Clone, PartialEq)]
pub enum Seen {
    /// Nothing, whatever was answered.
    Nothing,
    /// Something that the test does not know.
    Unknown,
    /// A value: its JSON, or why it has none.
    Json(Result<Value, String>),
    /// A text.
    Text(String),
    /// Octets.
    Bytes(Vec<u8>),
    /// The values of a sequence.
    Items(Vec<Result<Value, String>>),
}

/// A call that gives a value: it is encoded again.
pub fn json<T: ToJson + ?Sized>(value: &T) -> Seen {
    Seen::Json(encoded(value))
}

/// A call that gives a text.
#[must_use]
pub fn text(text: impl Into<String>) -> Seen {
    Seen::Text(text.into())
}

/// A call that gives octets as they arrive.
///
/// # Errors
/// If they do not all arrive.
pub async fn bytes(stream: ByteStream) -> Result<Seen, Error> {
    Ok(Seen::Bytes(stream.bytes().await?.to_vec()))
}

/// A call that gives server-sent events.
///
/// # Errors
/// If one cannot be read.
pub async fn events<T: FromJson + ToJson>(mut stream: EventStream<T>) -> Result<Seen, Error> {
    let mut items = Vec::new();
    while let Some(event) = stream.next().await {
        items.push(encoded(&event?.data));
    }
    Ok(Seen::Items(items))
}

/// A call that gives lines of JSON.
///
/// # Errors
/// If one cannot be read.
pub async fn json_lines<T: FromJson + ToJson>(mut stream: JsonLines<T>) -> Result<Seen, Error> {
    let mut items = Vec::new();
    while let Some(line) = stream.next().await {
        items.push(encoded(&line?));
    }
    Ok(Seen::Items(items))
}

/// A value as JSON.
pub(crate) fn encoded<T: ToJson + ?Sized>(value: &T) -> Result<Value, String> {
    let text = specwright_runtime::to_vec(value).map_err(|error| error.to_string())?;
    serde_json::from_slice(&text).map_err(|error| error.to_string())
}
