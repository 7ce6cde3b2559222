//! Values held against the schemas of a document, each in the words of its own version.
//!
//! [`Schemas`] knows the schemas of a [`Document`]. [`Schemas::checker`] gives the [`Checker`] of one of them, for values
//! that go one way ([`Direction`]). The answer has three values: a value fits, or does not for the reasons of
//! [`Checked::violations`], or the document does not say ([`Checked::undecided`]): a pattern that is no regular expression,
//! a reference to what was not read.
//!
//! Plain cases are decided by a look at the tree (`quick`); all else, and all reasons, come from the `jsonschema` crate,
//! for which schemas are rewritten (`rewrite`) and made ready when they are needed (`compile`).
//!
//! ```
//! use specwright_conformance::schema::{Direction, Schemas};
//! use specwright_openapi::{MemoryLoader, diagnostics::Pointer, load_with_document};
//!
//! let text = "
//! openapi: 3.0.3
//! info: {title: Cats, version: '1'}
//! paths: {}
//! components:
//!   schemas:
//!     Cat: {type: object, required: [id, name], properties: {id: {type: integer, readOnly: true}, name: {type: string}}}
//! ";
//! let loaded = load_with_document("api.yaml", &MemoryLoader::default().with("api.yaml", text))?;
//! let schemas = Schemas::new(loaded.document.ok_or("no document")?);
//! let cat = Pointer::parse("/components/schemas/Cat").ok_or("no pointer")?;
//! let checker = schemas.checker(&cat, Direction::Request).map_err(|it| it.reason)?;
//! let violations = checker.violations(&serde_json::json!({ "name": 1 }));
//! assert_eq!(violations.len(), 1);
//! assert_eq!(violations[0].message, "expected a string, found the number 1");
//! assert_eq!(violations[0].schema.as_str(), "/components/schemas/Cat/properties/name/type");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod compile;
mod dialect;
mod direction;
mod explain;
pub(crate) mod formats;
mod instance;
mod patterns;
mod quick;
mod rewrite;
mod words;

use std::sync::Arc;

use serde_json::Value;
use specwright_diagnostics::Pointer;
use specwright_openapi::{Document, Node};

pub use direction::Direction;

use compile::{Key, Shared};
use quick::{Answer, Quick};

/// The schemas of a document. Cheap to clone; the clones share what has been made ready.
#[derive(Debug, Clone)]
pub struct Schemas(Arc<Shared>);

/// Holds values against one schema.
#[derive(Debug, Clone)]
pub struct Checker {
    shared: Arc<Shared>,
    key: Key,
}

/// What is wrong with a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// Where in the value.
    pub instance: Pointer,
    /// Where in the document the keyword stands that is violated.
    pub schema: Pointer,
    /// The keyword, for example `required`.
    pub keyword: String,
    /// What was expected and what was found.
    pub message: String,
}

/// What cannot be told about a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undecidable {
    /// Where in the value.
    pub instance: Pointer,
    /// The schema in the document that does not say it.
    pub schema: Pointer,
    /// Why not.
    pub reason: String,
}

/// What is known about a value.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Checked {
    /// What is wrong with it.
    pub violations: Vec<Violation>,
    /// What cannot be told.
    pub undecided: Vec<Undecidable>,
}

impl Checked {
    /// Whether the value surely fits.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        self.violations.is_empty() && self.undecided.is_empty()
    }
}

impl Schemas {
    /// The schemas of this document. Nothing is made ready yet.
    #[must_use]
    pub fn new(document: Arc<Document>) -> Self {
        Self(Arc::new(Shared::new(document)))
    }

    /// The document.
    #[must_use]
    pub fn document(&self) -> &Arc<Document> {
        &self.0.document
    }

    /// The checker of the schema (or reference to one) at `pointer` of the document.
    ///
    /// # Errors
    /// If there is nothing at the pointer that could be a schema.
    pub fn checker(&self, pointer: &Pointer, direction: Direction) -> Result<Checker, Undecidable> {
        match self.0.document.at(pointer) {
            Some(Node::Object(_) | Node::Bool(_)) => Ok(Checker {
                shared: Arc::clone(&self.0),
                key: Key {
                    pointer: pointer.clone(),
                    direction,
                    as_it_is: false,
                },
            }),
            _ => Err(Undecidable {
                instance: Pointer::root(),
                schema: pointer.clone(),
                reason: "there is no schema here".to_owned(),
            }),
        }
    }

    /// Whether a `pattern` is a regular expression (ECMA-262) that is understood.
    #[must_use]
    pub fn knows_pattern(&self, pattern: &str) -> bool {
        self.0.patterns.knows(pattern)
    }

    /// Whether a value of the document's tree fits a schema of the tree, if a look at both tells it.
    ///
    /// Makes nothing ready and copies nothing: for documents with thousands of examples, most of which are right. `None`
    /// if it takes more; a [`Checker`] then knows.
    #[must_use]
    pub fn glance(&self, schema: &Node, value: &Node, direction: Direction) -> Option<bool> {
        known(self.0.quick(direction).judge(schema, value, false))
    }
}

impl Checker {
    /// Whether the value surely fits.
    #[must_use]
    pub fn is_valid(&self, value: &Value) -> bool {
        let quick = self.shared.quick(self.key.direction);
        self.glance(&quick, value).unwrap_or_else(|| {
            if quick.is_exhausted() {
                return false;
            }
            let ready = self.shared.ready(&self.key);
            let ready = ready.as_ref().as_ref();
            ready.is_ok_and(|ready| ready.validator.is_valid(value))
        })
    }

    /// What is known about the value.
    #[must_use]
    pub fn check(&self, value: &Value) -> Checked {
        let quick = self.shared.quick(self.key.direction);
        if self.glance(&quick, value) == Some(true) {
            return Checked::default();
        }
        explain::explain(&self.shared, &self.key, value)
    }

    /// What is wrong with the value; nothing where it cannot be told.
    #[must_use]
    pub fn violations(&self, value: &Value) -> Vec<Violation> {
        self.check(value).violations
    }

    fn glance(&self, quick: &Quick<'_>, value: &Value) -> Option<bool> {
        let node = self.shared.document.at(&self.key.pointer)?;
        known(quick.judge(node, value, self.key.as_it_is))
    }
}

fn known(answer: Answer) -> Option<bool> {
    match answer {
        Answer::Valid => Some(true),
        Answer::Invalid => Some(false),
        Answer::Unknown => None,
    }
}
