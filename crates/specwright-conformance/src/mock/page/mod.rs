//! From a query to a part of a list. Nothing here knows items, JSON or HTTP.

mod ask;
mod cursor;
mod cut;
#[cfg(test)]
mod tests;

pub(crate) use ask::{Ask, Query, Refusal};
pub(crate) use cursor::Cursor;
pub(crate) use cut::{Page, Place};
