//! From a request's position to a part of a list. Nothing here knows JSON or HTTP.

mod ask;
mod codec;
mod cursor;
mod cut;
mod selection;
#[cfg(test)]
mod tests;

pub(crate) use ask::{Ask, At, Given, Refusal};
pub(crate) use codec::Codec;
pub(crate) use cursor::Cursor;
pub(crate) use cut::{Located, Page, Place};
pub(crate) use selection::Selection;
