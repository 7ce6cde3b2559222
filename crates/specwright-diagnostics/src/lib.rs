//! Located diagnostics for API documents.
//!
//! A [`Diagnostic`] names the [`Rule`] that was broken, the place in the document as a JSON [`Pointer`] and, once it
//! has been located, a [`Span`] in the text. [`Sources`] own the texts; the functions in [`render`] turn a list of
//! diagnostics into text for people or JSON for programs.
//!
//! Every other crate of Specwright reports through these types; nothing here reads files or knows OpenAPI.

mod diagnostic;
mod pointer;
pub mod render;
mod rule;
mod sources;

pub use diagnostic::{Diagnostic, Part, Severity, sort};
pub use pointer::Pointer;
pub use rule::Rule;
pub use sources::{FileId, LineColumn, Source, Sources, Span};
