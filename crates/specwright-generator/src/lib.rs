//! Typed Rust client crates from OpenAPI descriptions.
//!
//! [`generate`] is a pure function from a [`Description`] and a [`Recipe`] to [`Files`]: no I/O, no clock, no
//! randomness, so the same input gives the same bytes everywhere. Three steps lie between:
//!
//! 1. `lower`: description → [`ir::Api`], the facts about the API in the terms of OpenAPI, without a Rust name;
//! 2. `rust::model`: `Api` → modules and items with their final identifiers;
//! 3. `rust::emit`: model → source text. It only prints and cannot fail.
//!
//! Nothing is dropped silently: the [`Ledger`] lists every operation as supported, degraded (what is lost) or refused
//! (why).

mod files;
pub mod ir;
mod ledger;
mod lower;
mod recipe;
mod rust;

pub use files::Files;
pub use ledger::{Entry, Ledger, Status};
pub use recipe::{Recipe, RecipeError};
pub use specwright_openapi::{Description, diagnostics::Diagnostic};

/// Every rule that generating can report, by name.
#[must_use]
pub fn rules() -> Vec<&'static specwright_openapi::diagnostics::Rule> {
    vec![&lower::DEGRADED, &lower::REFUSED, &recipe::UNUSED_KNOB]
}

/// What generating gives.
#[derive(Debug)]
pub struct Generated {
    /// The crate.
    pub files: Files,
    /// What could not be carried over, and knobs of the recipe that match nothing; not yet located.
    pub diagnostics: Vec<Diagnostic>,
    /// What became of each operation.
    pub ledger: Ledger,
}

/// Generates a client crate for `description` as `recipe` wishes.
#[must_use]
pub fn generate(description: &Description, recipe: &Recipe) -> Generated {
    let lowered = lower::lower(description, recipe);
    let model = rust::model(&lowered.api, recipe);
    let mut diagnostics = lowered.diagnostics;
    diagnostics.extend(recipe.check(&lowered.api));
    let mut files = rust::emit(&model);
    files.insert("ledger.json", lowered.ledger.to_json());
    Generated {
        files,
        diagnostics,
        ledger: lowered.ledger,
    }
}
