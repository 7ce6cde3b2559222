//! Generated clients against the descriptions that they were generated from.
//!
//! The build script reads the generated code and writes a [`Call`] of each operation: it makes a value for each argument,
//! notes it with the [`Wire`], which answers what the test tells it to, and notes what came back. What is right is told
//! by the description alone.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::missing_panics_doc,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod document;
mod instances;
mod request;
mod schemas;
mod wire;

pub use document::{Document, Operation, folder};
pub use instances::{Amount, Instances};
pub use request::problems_of_request;
pub use schemas::{Violation, same, validator, violations};
pub use wire::{Answer, Argument, Received, Wire};

use std::{future::Future, pin::Pin};

use serde_json::Value;
use specwright_runtime::{ApiError, Bytes, DecodeError, Error, ToJson};

/// Where all clients send their requests.
const BASE: &str = "https://contract.example/base";

/// How much the arguments of a call hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// Only what they must.
    Least,
    /// Everything.
    Most,
    /// Null wherever that is more than nothing.
    Null,
}

/// How to call an operation.
#[derive(Debug)]
pub struct Call {
    /// The document, from the root of the workspace.
    pub document: &'static str,
    /// Method and path.
    pub operation: &'static str,
    /// Which of several bodies or answers.
    pub variant: &'static str,
    /// The method of the runtime that sends it.
    pub sends: &'static str,
    /// Whether documented errors have a type.
    pub typed_errors: bool,
    /// Calls it.
    pub run: fn(Wire, Level) -> Running,
}

/// A call under way.
pub type Running = Pin<Box<dyn Future<Output = Called>>>;

/// What came of a call.
#[derive(Debug)]
pub enum Called {
    /// A success with what it brought, as JSON: text as a string, bytes as their text, a stream as a list.
    Success(Option<Value>),
    /// An error, and the documented body of an [`Error::Api`].
    Failure(Box<(Error, Option<Result<Value, DecodeError>>)>),
}

impl Called {
    fn ok(value: Option<Value>) -> Self {
        Self::Success(value)
    }

    fn bytes(bytes: Result<Bytes, Error>) -> Self {
        match bytes {
            Ok(bytes) => Self::Success(Some(String::from_utf8_lossy(&bytes).into())),
            Err(error) => Self::failed(error, |_| None),
        }
    }

    fn failed(
        error: Error,
        typed: impl Fn(&ApiError) -> Option<Result<Value, DecodeError>>,
    ) -> Self {
        let body = error.api().and_then(typed);
        Self::Failure(Box::new((error, body)))
    }
}

/// A value as JSON.
fn json<T: ToJson + ?Sized>(value: &T) -> Value {
    let text = specwright_runtime::to_vec(value).expect("finite numbers");
    serde_json::from_slice(&text).expect("what is written is JSON")
}

/// The generated code of the cases.
#[allow(missing_docs, unreachable_pub, reason = "generated code")]
pub mod goldens {
    include!(concat!(env!("OUT_DIR"), "/goldens.rs"));
}

/// The list that the build script writes.
#[allow(
    deprecated,
    unused,
    clippy::all,
    clippy::pedantic,
    reason = "generated code"
)]
#[rustfmt::skip]
mod list {
    use super::{BASE, Call, Called, Level, json};

    include!(concat!(env!("OUT_DIR"), "/calls.rs"));
}

pub use list::calls;
