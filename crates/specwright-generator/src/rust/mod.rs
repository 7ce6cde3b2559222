//! From the facts about an API to Rust source text.

mod contract;
mod emit;
mod model;

pub(crate) use contract::file as contract;
pub(crate) use emit::{emit, header, module};
pub(crate) use model::{Form, Model, model};
