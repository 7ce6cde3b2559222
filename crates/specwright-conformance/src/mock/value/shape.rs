//! What several schemas permit together.
//!
//! Values are generated from a [`Shape`]: references followed, `allOf` merged, and one variant of every `oneOf` and
//! `anyOf` chosen.

use indexmap::{IndexMap, IndexSet};
use serde_json::Value;
use specwright_openapi::{
    Description,
    openapiv3::{ReferenceOr, Schema},
};

use super::limits::{Limits, Range};

/// The types of JSON, with integers apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    String,
    Integer,
    Number,
    Boolean,
    Array,
    Object,
}

/// The members of an object that are not declared by name.
#[derive(Debug, Default)]
pub(crate) enum Additional<'a> {
    /// Nothing is said: any are permitted.
    #[default]
    Unsaid,
    /// There are none.
    Forbidden,
    /// Their values follow these schemas; any value if there are none.
    Declared(Vec<&'a Schema>),
}

/// What several schemas permit together.
#[derive(Debug, Default)]
pub(crate) struct Shape<'a> {
    /// The type; `None` if any is permitted.
    pub(crate) kind: Option<Kind>,
    /// Whether `null` is permitted beside the type.
    pub(crate) nullable: bool,
    /// The only values that are permitted, without `null`.
    pub(crate) members: Option<Vec<Value>>,
    /// What is said of texts.
    pub(crate) text: Limits<'a>,
    /// What is said of numbers.
    pub(crate) range: Range,
    /// The declared properties, each with everything that is said of it.
    pub(crate) properties: IndexMap<&'a str, Vec<&'a Schema>>,
    /// The names of properties that must be present.
    pub(crate) required: IndexSet<&'a str>,
    /// The properties that are not declared.
    pub(crate) additional: Additional<'a>,
    /// The least number of properties or elements.
    pub(crate) least: usize,
    /// The greatest number of properties or elements.
    pub(crate) most: Option<usize>,
    /// What is said of every element.
    pub(crate) items: Vec<&'a Schema>,
    /// Whether no two elements are equal.
    pub(crate) unique: bool,
    /// The property that tells the chosen variant, and its value.
    pub(crate) tag: Option<(&'a str, String)>,
    /// The schemas that have been added.
    pub(super) seen: Vec<*const Schema>,
    /// The type that keywords imply where none is named.
    pub(super) implied: Option<Kind>,
}

/// Chooses one of the variants of a `oneOf` or `anyOf` by its index.
pub(crate) type Choose<'a, 'c> = &'c mut dyn FnMut(&'a [ReferenceOr<Schema>]) -> usize;

impl<'a> Shape<'a> {
    /// What all of `schemas` permit.
    pub(crate) fn of(
        description: &'a Description,
        schemas: &[&'a Schema],
        choose: Choose<'a, '_>,
    ) -> Self {
        let mut shape = Self::default();
        let mut nullable = !schemas.is_empty();
        for schema in schemas {
            nullable &= shape.absorb(description, schema, choose, 0);
        }
        shape.nullable = nullable;
        shape.kind = shape.kind.or(shape.implied);
        shape
    }

    /// The shape with the first variant of everything.
    pub(crate) fn first(description: &'a Description, schemas: &[&'a Schema]) -> Self {
        Self::of(description, schemas, &mut |_| 0)
    }

    /// The names of properties that must be present but are not declared.
    pub(crate) fn required_undeclared(&self) -> Vec<&'a str> {
        self.required
            .iter()
            .copied()
            .filter(|name| !self.properties.contains_key(name))
            .collect()
    }
}
