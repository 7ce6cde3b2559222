//! From the facts about an API to Rust source text.

mod emit;
mod model;

pub(crate) use emit::emit;
pub(crate) use model::model;
