//! The JSON codec of generated models (RFC 8259).
//!
//! A model implements two small traits, [`FromJson`] and [`ToJson`], by plain code over one
//! concrete reader and one concrete writer. Nothing is generic over a format, so a crate with
//! thousands of models stays quick to compile, and decoding borrows what it can from the response
//! body.
//!
//! ```
//! use specwright_runtime::{FromJson, JsonError, JsonReader, JsonWriter, ToJson, from_slice, to_vec};
//!
//! #[derive(Debug, PartialEq)]
//! struct Contact {
//!     name: String,
//!     phone: Option<String>,
//! }
//!
//! impl FromJson for Contact {
//!     fn from_json(json: &mut JsonReader<'_>) -> Result<Self, JsonError> {
//!         let mut name = None;
//!         let mut phone = None;
//!         json.begin_object()?;
//!         while let Some(key) = json.next_key()? {
//!             match &*key {
//!                 "name" => name = Some(json.read()?),
//!                 "phone" => phone = json.read()?,
//!                 _ => json.skip()?,
//!             }
//!         }
//!         Ok(Self { name: json.required("name", name)?, phone })
//!     }
//! }
//!
//! impl ToJson for Contact {
//!     fn to_json(&self, json: &mut JsonWriter) {
//!         json.begin_object();
//!         json.field("name", &self.name);
//!         json.optional("phone", &self.phone);
//!         json.end_object();
//!     }
//! }
//!
//! let contact: Contact = from_slice(br#"{"name": "Ada", "phone": null, "age": 36}"#)?;
//! assert_eq!(contact, Contact { name: "Ada".to_owned(), phone: None });
//! assert_eq!(to_vec(&contact)?, br#"{"name":"Ada"}"#);
//!
//! let error = from_slice::<Vec<Contact>>(br#"[{"name": "Ada"}, {"name": 7}]"#).unwrap_err();
//! assert_eq!(error.path(), "$[1].name");
//! assert_eq!(error.message(), "expected a string, found a number");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod byte_string;
mod date_time;
mod decimal;
mod document;
mod enums;
mod error;
mod from_end;
mod from_json;
mod location;
mod lookahead;
pub(crate) mod model;
mod number;
mod object;
mod patch;
mod pointer;
mod reader;
mod scan;
#[cfg(feature = "serde")]
pub(crate) mod serde_interop;
mod skip;
mod slots;
mod string;
mod tagged;
mod text;
mod to_json;
mod token;
mod tree;
mod tuple;
mod value;
mod writer;

pub use byte_string::{Base64, Base64Error};
pub use date_time::{Date, DateTime, Duration8601, Time};
pub use decimal::{Decimal, DecimalError};
pub use document::{from_slice, to_vec};
pub use error::{EncodeError, JsonError, JsonErrorKind, JsonKind};
pub use from_json::FromJson;
pub use object::{LenientMap, Slot};
pub use patch::Patch;
pub use reader::JsonReader;
pub use text::{Uri, Uuid};
pub use to_json::ToJson;
pub use writer::JsonWriter;

pub(crate) use document::parse;
pub(crate) use location::{excerpt_at, line_column, path_at};
pub(crate) use pointer::{Found, find_all};
pub(crate) use tree::Tree;

/// Any JSON value: `serde_json`'s, so that it can be handed to other libraries.
///
/// Integers beyond 64 bits are held as `f64`, as `serde_json` does.
pub use serde_json::Value;

/// An insertion-ordered map: the type of JSON objects with free keys.
///
/// Equality ignores the order, as JSON does.
pub use indexmap::IndexMap as Map;
