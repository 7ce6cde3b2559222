//! The deviations by themselves.

use std::collections::BTreeSet;

use serde_json::Value;
use specwright_specs::{Deviation, Kind};

use crate::facts::{is_lost, rows};

/// Deviations whose location does not exist in the document.
pub(crate) fn misplaced(document: &Value, deviations: &[Deviation]) -> Vec<String> {
    let misplaced = deviations
        .iter()
        .filter(|deviation| document.pointer(&deviation.location).is_none());
    misplaced
        .map(|deviation| format!("{}: there is no {}", deviation.id, deviation.location))
        .collect()
}

/// Ids that are used more than once.
pub(crate) fn duplicates(deviations: &[Deviation]) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let again = deviations
        .iter()
        .filter(|deviation| !seen.insert(&deviation.id));
    again
        .map(|deviation| format!("{}: the id is used twice", deviation.id))
        .collect()
}

/// Parameters whose name is lost, without a deviation that records the omission.
pub(crate) fn unanswered_losses(facts: &Value, deviations: &[Deviation]) -> Vec<String> {
    let is_recorded = |id: &str| {
        deviations
            .iter()
            .any(|entry| entry.id == id && entry.kind == Kind::Omission)
    };
    let named = |row: &serde_json::Map<String, Value>| {
        row.get("deviation")
            .and_then(Value::as_str)
            .map(str::to_owned)
    };
    let losses = rows(facts, "parameter")
        .into_iter()
        .filter(|row| is_lost(row));
    losses
        .filter(|row| !named(row).is_some_and(|id| is_recorded(&id)))
        .map(|_| "a parameter without a name has no deviation that records it".to_owned())
        .collect()
}
