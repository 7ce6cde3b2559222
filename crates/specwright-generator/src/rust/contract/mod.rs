//! `tests/contract.rs`: every operation of a crate called, as code.
//!
//! The text is written line by line instead of being printed from tokens, because it is mostly calls with literals.

mod arguments;
mod call;
mod choose;
mod expression;
mod file;
mod pattern;
mod texts;

pub(crate) use file::file;
