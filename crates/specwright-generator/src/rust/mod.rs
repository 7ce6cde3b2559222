//! From the facts about an API to Rust source text.

mod emit;
mod model;

pub(crate) use emit::{emit, module};
pub(crate) use model::{Form, Model, model};
