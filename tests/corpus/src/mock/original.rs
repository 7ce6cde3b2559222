//! Whether values keep to the schemas of the document in its own version.

use std::sync::Arc;

use serde_json::Value;
use specwright_conformance::schema::{Direction, Schemas};
use specwright_openapi::{Description, Document, diagnostics::Pointer, openapiv3::ReferenceOr};

use super::judge::Verdict;

/// Judges values by the document as it is written.
pub(crate) struct Original<'a> {
    description: &'a Description,
    schemas: Schemas,
}

impl<'a> Original<'a> {
    pub(crate) fn new(description: &'a Description, document: Arc<Document>) -> Self {
        Self {
            description,
            schemas: Schemas::new(document),
        }
    }

    /// What is to be said of a value of the schema at this place of the normal form; `None` if it has none in the document.
    pub(crate) fn judge(
        &self,
        place: &Pointer,
        direction: Direction,
        value: &Value,
    ) -> Option<Verdict> {
        let place = self.description.document_pointer(place);
        let checker = self.schemas.checker(&place, direction).ok()?;
        let checked = checker.check(value);
        if let Some(first) = checked.violations.first() {
            let (instance, keyword) = (&first.instance, &first.keyword);
            let reason = format!("{instance} {} ({keyword}): {}", first.schema, first.message);
            return Some(Verdict::Invalid(reason));
        }
        Some(match checked.undecided.first() {
            Some(first) => Verdict::Undecided(format!("{} {}", first.schema, first.reason)),
            None => Verdict::Valid,
        })
    }
}

/// Where something stands in the normal form, given where it or the reference to it does.
pub(crate) fn place<T>(node: &ReferenceOr<T>, here: Pointer) -> Pointer {
    match node {
        ReferenceOr::Item(_) => here,
        ReferenceOr::Reference { reference } => {
            let target = reference.strip_prefix('#').and_then(Pointer::parse);
            target.unwrap_or(here)
        }
    }
}
