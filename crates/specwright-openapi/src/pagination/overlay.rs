//! Plans as an OpenAPI Overlay, for review and editing.

use serde_json::{Value, json};

use super::{Confidence, EXTENSION, find};
use crate::Description;

/// An [OpenAPI Overlay](https://spec.openapis.org/overlay/v1.0.0.html) that declares every plan that is not declared with
/// `x-specwright-pagination` yet and is as sure as `least`.
///
/// Each action names one operation by its path and method and adds the extension to it.
#[must_use]
pub fn overlay(description: &Description, title: &str, least: Confidence) -> Value {
    let actions: Vec<Value> = description
        .operations()
        .filter_map(|operation| {
            let found = find(description, &operation)?;
            if found.declared_by == Some(EXTENSION) {
                return None;
            }
            let confidence = found.confidence;
            let plan = found.plan_from(least)?;
            Some(json!({
                "target": target(operation.path, operation.method),
                "description": format!("{} ({confidence})", operation.id()),
                "update": { EXTENSION: plan.to_declaration() },
            }))
        })
        .collect();
    json!({
        "overlay": "1.0.0",
        "info": { "title": title, "version": "1" },
        "actions": actions,
    })
}

/// A JSONPath (RFC 9535) to an operation.
fn target(path: &str, method: &str) -> String {
    let name = |text: &str| text.replace('\\', "\\\\").replace('\'', "\\'");
    format!(
        "$.paths['{}']['{}']",
        name(path),
        name(&method.to_ascii_lowercase())
    )
}
