//! Values held against schemas of every version.

mod dialects;
mod directions;
mod reasons;
mod whole;

use serde_json::Value;
use specwright_conformance::schema::{Checked, Checker, Direction, Schemas};
use specwright_openapi::{MemoryLoader, diagnostics::Pointer, load_with_document};

/// The schemas of a document that consists of its version and its schemas.
#[expect(clippy::expect_used, reason = "documents of tests can be read")]
pub(crate) fn schemas(version: &str, schemas: &str) -> Schemas {
    let text = match version {
        "2.0" => format!(
            "swagger: '2.0'\ninfo: {{title: T, version: '1'}}\npaths: {{}}\ndefinitions:\n{schemas}"
        ),
        _ => format!(
            "openapi: {version}\ninfo: {{title: T, version: '1'}}\npaths: {{}}\ncomponents:\n  schemas:\n{schemas}"
        ),
    };
    let loader = MemoryLoader::default().with("api.yaml", text);
    let loaded = load_with_document("api.yaml", &loader).expect("a document");
    Schemas::new(loaded.document.expect("a document"))
}

/// The checker of the schema of this name.
#[expect(clippy::expect_used, reason = "tests ask for schemas that are there")]
pub(crate) fn checker(schemas: &Schemas, name: &str, direction: Direction) -> Checker {
    let section = match schemas.document().at(&Pointer::root().join("definitions")) {
        Some(_) => "/definitions",
        None => "/components/schemas",
    };
    let pointer = Pointer::parse(section).expect("a pointer").join(name);
    schemas.checker(&pointer, direction).expect("a schema")
}

/// What is known about a value.
pub(crate) fn check(all: &Schemas, name: &str, value: &Value) -> Checked {
    checker(all, name, Direction::Either).check(value)
}

/// Holds that each value is valid or not, by all three ways of asking.
#[expect(clippy::expect_used, reason = "tests are written in JSON")]
pub(crate) fn assert_all(all: &Schemas, cases: &[(&str, &str, bool)]) {
    for (name, text, expected) in cases {
        let value: Value = serde_json::from_str(text).expect("JSON");
        let checker = checker(all, name, Direction::Either);
        let checked = checker.check(&value);
        assert!(checked.undecided.is_empty(), "{name} {text}: {checked:?}");
        assert_eq!(checked.is_valid(), *expected, "{name} {text}: {checked:?}");
        assert_eq!(checker.is_valid(&value), *expected, "{name} {text}");
    }
}
