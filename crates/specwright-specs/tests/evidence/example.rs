//! A small schema check for the example bodies: types, required and unknown members, closed enums.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::facts::rows;
use crate::schema::{Node, View, view};
use crate::spec::success_body;

/// What the check of a body found.
#[derive(Debug, Default)]
pub(crate) struct Report {
    pub(crate) complaints: Vec<String>,
    /// Paths of the members that were met, in the notation of the facts.
    pub(crate) seen: BTreeSet<String>,
}

/// Checks a body against the schema of the success response.
pub(crate) fn check(document: &Value, value: &Value) -> Report {
    let mut report = Report::default();
    match success_body(document) {
        Some(node) => visit(document, &node, value, "", &mut report),
        None => report
            .complaints
            .push("the document has no success body".to_owned()),
    }
    report
}

/// Documented fields that the body does not show.
pub(crate) fn unseen(facts: &Value, report: &Report) -> Vec<String> {
    let paths = rows(facts, "field")
        .into_iter()
        .filter_map(|row| row.get("at")?.as_str());
    paths
        .filter(|path| !report.seen.contains(*path))
        .map(str::to_owned)
        .collect()
}

fn visit<'a>(document: &'a Value, node: &Node<'a>, value: &Value, path: &str, report: &mut Report) {
    report.seen.insert(path.to_owned());
    let view = view(document, node);
    if value.is_null() {
        if view.attributes.get("nullable") != Some(&Value::Bool(true)) {
            report.complaints.push(format!("{path}: is null"));
        }
        return;
    }
    if let Some(kind) = view
        .attributes
        .get("type")
        .filter(|kind| !is_a(value, kind))
    {
        report
            .complaints
            .push(format!("{path}: {value} is not of type {kind}"));
        return;
    }
    let allowed = view.attributes.get("enum").and_then(Value::as_array);
    if allowed.is_some_and(|allowed| !view.open && !allowed.contains(value)) {
        report
            .complaints
            .push(format!("{path}: {value} is not allowed"));
    }
    if let Some(members) = value.as_object() {
        object(document, &view, members, path, report);
    }
    for element in value.as_array().into_iter().flatten() {
        if let Some(items) = &view.items {
            visit(document, items, element, &format!("{path}[]"), report);
        }
    }
}

fn object<'a>(
    document: &'a Value,
    view: &View<'a>,
    members: &Map<String, Value>,
    path: &str,
    report: &mut Report,
) {
    let below = |name: &str| {
        if path.is_empty() {
            name.to_owned()
        } else {
            format!("{path}.{name}")
        }
    };
    for property in &view.properties {
        match members.get(property.name) {
            Some(value) => visit(
                document,
                &property.node,
                value,
                &below(property.name),
                report,
            ),
            None if property.required.is_some() => report
                .complaints
                .push(format!("{}: missing", below(property.name))),
            None => {}
        }
    }
    let is_open = view.attributes.get("additionalProperties") == Some(&Value::Bool(true));
    let is_known = |name: &str| view.properties.iter().any(|property| property.name == name);
    let unknown = members.keys().filter(|name| !is_open && !is_known(name));
    report
        .complaints
        .extend(unknown.map(|name| format!("{}: not declared", below(name))));
}

fn is_a(value: &Value, kind: &Value) -> bool {
    match kind.as_str() {
        Some("object") => value.is_object(),
        Some("array") => value.is_array(),
        Some("string") => value.is_string(),
        Some("boolean") => value.is_boolean(),
        Some("integer") => value.is_i64() || value.is_u64(),
        Some("number") => value.is_number(),
        _ => false,
    }
}
