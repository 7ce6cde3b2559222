//! Diagnostics as one JSON document of a stable, versioned shape.

use serde_json::{Map, Value};

use super::Findings;
use crate::Diagnostic;

/// Renders `{"version":1,"diagnostics":[…]}` with one object per finding, in the order given.
///
/// Each object has `rule`, `severity`, `message` and `pointer`; `file`, `line` and `column` (from 1, in characters)
/// when the place is known; `help` and `link` when there are any. Ends with a line feed.
#[must_use]
pub fn json(documents: &[Findings<'_>]) -> String {
    let findings = documents
        .iter()
        .flat_map(|document| document.diagnostics.iter().map(|it| finding(it, document)))
        .collect();
    let mut document = Map::new();
    document.insert("version".to_owned(), Value::from(1));
    document.insert("diagnostics".to_owned(), Value::Array(findings));
    format!("{:#}\n", Value::Object(document))
}

fn finding(diagnostic: &Diagnostic, document: &Findings<'_>) -> Value {
    let mut object = Map::new();
    let mut put = |key: &str, value: Value| {
        object.insert(key.to_owned(), value);
    };
    put("rule", diagnostic.rule.name.into());
    put("severity", diagnostic.severity.as_str().into());
    put("message", diagnostic.message.as_str().into());
    if let Some(place) = document.place(diagnostic) {
        put("file", place.file.into());
        if let Some(start) = place.start {
            put("line", start.line.into());
            put("column", start.column.into());
        }
    }
    put("pointer", diagnostic.pointer.as_str().into());
    if let Some(help) = &diagnostic.help {
        put("help", help.as_str().into());
    }
    if let Some(link) = &diagnostic.link {
        put("link", link.as_str().into());
    }
    Value::Object(object)
}
