//! Whole texts: from bytes to a value and back.

use bytes::Bytes;

use super::error::{EncodeError, JsonError};
use super::from_json::FromJson;
use super::reader::JsonReader;
use super::to_json::ToJson;
use super::writer::JsonWriter;
use crate::error::DecodeError;

/// Reads a JSON text.
///
/// ```
/// use specwright_runtime::{Map, from_slice};
///
/// let counts: Map<String, u32> = from_slice(br#"{"open": 3, "closed": 1e1}"#)?;
/// assert_eq!(counts["closed"], 10);
///
/// let error = from_slice::<Map<String, u32>>(b"{\"open\":\n -3}").unwrap_err();
/// assert_eq!(error.to_string(), "$.open: the number -3 does not fit u32 (line 2, column 2): {\"open\":\\n -3}");
/// # Ok::<(), specwright_runtime::DecodeError>(())
/// ```
///
/// # Errors
/// The text is not JSON, or does not fit `T`; the error has the JSON path, the place and an
/// excerpt.
pub fn from_slice<T: FromJson>(text: &[u8]) -> Result<T, DecodeError> {
    parse(text).map_err(|error| DecodeError::new(&error, Bytes::copy_from_slice(text)))
}

/// Reads a JSON text, without describing an error.
pub(crate) fn parse<T: FromJson>(text: &[u8]) -> Result<T, JsonError> {
    let mut json = JsonReader::new(text);
    let value = json.read()?;
    json.finish()?;
    Ok(value)
}

/// Writes a value as compact JSON.
///
/// # Errors
/// A number is not finite.
pub fn to_vec<T: ToJson + ?Sized>(value: &T) -> Result<Vec<u8>, EncodeError> {
    let mut json = JsonWriter::new();
    value.to_json(&mut json);
    json.finish()
}
