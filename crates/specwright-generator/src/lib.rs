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
//!
//! [`generate`] gives a crate and [`generate_module`] one file to take into a crate of one's own. [`Builder`] does the
//! latter from a build script; it is the only part of this crate that reads or writes files:
//!
//! ```no_run
//! // in `main` of build.rs
//! specwright_generator::Builder::new("api/openapi.yaml").run();
//! ```
//!
//! ```ignore
//! // src/lib.rs
//! pub mod api {
//!     include!(concat!(env!("OUT_DIR"), "/openapi.rs"));
//! }
//! ```

mod builder;
mod files;
pub mod ir;
mod ledger;
mod lower;
mod recipe;
mod rust;

use rust::Form;

pub use builder::{BuildError, Builder};
pub use files::Files;
pub use ledger::{Entry, Ledger, Status};
pub use recipe::{Recipe, RecipeError};
pub use specwright_openapi::{self as openapi, Description, Document, diagnostics::Diagnostic};

/// The stack of working threads: room for schemas that nest as deep as they may, whatever the stack of the caller.
const STACK: usize = 64 << 20;

/// Every rule that generating can report, by name.
#[must_use]
pub fn rules() -> Vec<&'static specwright_openapi::diagnostics::Rule> {
    vec![
        &lower::DEGRADED,
        &lower::REFUSED,
        &recipe::INVALID_PLAN,
        &recipe::UNUSED_KNOB,
    ]
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

/// What generating a module gives.
#[derive(Debug)]
pub struct GeneratedModule {
    /// The text of the module: for `include!`, or a file of a crate's own sources.
    pub source: String,
    /// What could not be carried over, and knobs of the recipe that match nothing; not yet located.
    pub diagnostics: Vec<Diagnostic>,
    /// What became of each operation.
    pub ledger: Ledger,
}

/// Generates a client crate for `description` as `recipe` wishes.
#[must_use]
pub fn generate(description: &Description, recipe: &Recipe) -> Generated {
    crate_of(description, None, recipe)
}

/// Like [`generate`], for recipes that ask for contract tests (`tests.contract`): the crate then has `tests/contract.rs` and
/// `tests/document.json`, the `document` as it was written in its own version, all files in one, with the page plans of the
/// recipe.
#[must_use]
pub fn generate_with_document(
    description: &Description,
    document: &Document,
    recipe: &Recipe,
) -> Generated {
    crate_of(description, Some(document), recipe)
}

fn crate_of(description: &Description, document: Option<&Document>, recipe: &Recipe) -> Generated {
    let (model, mut diagnostics, ledger) = model(description, recipe, Form::Crate);
    let mut files = rust::emit(&model);
    match (model.contract, document) {
        (false, _) => {}
        (true, Some(document)) => {
            let tests = rust::contract(&model, description, &ledger);
            files.insert(
                "tests/contract.rs",
                format!("{}{tests}", rust::header(&model)),
            );
            let document = recipe.with_plans(description, document.root().to_json());
            files.insert("tests/document.json", format!("{document:#}\n"));
        }
        (true, None) => {
            let message = "the recipe's `tests.contract` needs the document as it was written, which is not at hand";
            diagnostics.push(recipe::finding(&recipe::UNUSED_KNOB, message.to_owned()));
        }
    }
    files.insert("ledger.json", ledger.to_json());
    Generated {
        files,
        diagnostics,
        ledger,
    }
}

/// Generates a client as one file for `description` as `recipe` wishes.
///
/// The file needs nothing but `specwright-runtime` as a dependency and edition 2024. It works as
/// `mod api;` and inside `mod api { include!(…); }`: it begins with no inner attribute, and its modules find each other
/// wherever it stands. It uses no Cargo features, its examples are not compiled, and lints are allowed in it.
#[must_use]
pub fn generate_module(description: &Description, recipe: &Recipe) -> GeneratedModule {
    let form = Form::Module {
        serde: recipe.module.serde,
    };
    let (model, diagnostics, ledger) = model(description, recipe, form);
    GeneratedModule {
        source: rust::module(&model),
        diagnostics,
        ledger,
    }
}

/// What would become of each operation, without generating anything; and the findings, not yet located.
#[must_use]
pub fn ledger(description: &Description, recipe: &Recipe) -> (Ledger, Vec<Diagnostic>) {
    let lowered = lower::lower(description, recipe);
    let mut diagnostics = lowered.diagnostics;
    diagnostics.extend(recipe.check(&lowered.api));
    diagnostics.extend(recipe.check_plans(description));
    (lowered.ledger, diagnostics)
}

fn model(
    description: &Description,
    recipe: &Recipe,
    form: Form,
) -> (rust::Model, Vec<Diagnostic>, Ledger) {
    let lowered = lower::lower(description, recipe);
    let mut diagnostics = lowered.diagnostics;
    diagnostics.extend(recipe.check(&lowered.api));
    diagnostics.extend(recipe.check_plans(description));
    let model = rust::model(&lowered.api, recipe, form);
    (model, diagnostics, lowered.ledger)
}
