//! Diagnostics as SARIF 2.1.0 (OASIS), the format of code scanning services.

use serde_json::{Value, json};

use super::Findings;
use crate::{Diagnostic, Rule, Severity};

/// Renders a log with one run, whose tool lists the rules that have findings. Ends with a line feed.
#[must_use]
pub fn sarif(documents: &[Findings<'_>]) -> String {
    let mut rules: Vec<&'static Rule> = Vec::new();
    for diagnostic in documents.iter().flat_map(|it| it.diagnostics) {
        if !rules.contains(&diagnostic.rule) {
            rules.push(diagnostic.rule);
        }
    }
    rules.sort_by_key(|rule| rule.name);
    let results: Vec<Value> = documents
        .iter()
        .flat_map(|document| {
            document
                .diagnostics
                .iter()
                .map(|it| result(it, document, &rules))
        })
        .collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "specwright",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules.iter().map(|it| rule(it)).collect::<Vec<_>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    format!("{log:#}\n")
}

fn rule(rule: &Rule) -> Value {
    json!({
        "id": rule.name,
        "shortDescription": { "text": rule.summary },
        "fullDescription": { "text": rule.explanation },
        "defaultConfiguration": { "level": level(rule.severity) },
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

fn result(diagnostic: &Diagnostic, document: &Findings<'_>, rules: &[&'static Rule]) -> Value {
    let text = match &diagnostic.help {
        Some(help) => format!("{}. Help: {help}", diagnostic.message),
        None => diagnostic.message.clone(),
    };
    let mut location = json!({
        "logicalLocations": [{ "fullyQualifiedName": diagnostic.pointer.as_str(), "kind": "object" }],
    });
    if let Some(physical) = physical_location(diagnostic, document)
        && let Some(location) = location.as_object_mut()
    {
        location.insert("physicalLocation".to_owned(), physical);
    }
    json!({
        "ruleId": diagnostic.rule.name,
        "ruleIndex": rules.iter().position(|rule| *rule == diagnostic.rule),
        "level": level(diagnostic.severity),
        "message": { "text": text },
        "locations": [location],
    })
}

fn physical_location(diagnostic: &Diagnostic, document: &Findings<'_>) -> Option<Value> {
    let place = document.place(diagnostic)?;
    let artifact = json!({ "uri": uri(place.file) });
    let (Some(start), Some(end)) = (place.start, place.end) else {
        return Some(json!({ "artifactLocation": artifact }));
    };
    Some(json!({
        "artifactLocation": artifact,
        "region": {
            "startLine": start.line,
            "startColumn": start.column,
            "endLine": end.line,
            "endColumn": end.column,
        },
    }))
}

/// A path as a URI reference (RFC 3986 §3.3): what a path cannot hold is percent-encoded.
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.replace('\\', "/").bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'.' | b'_' | b'~' => {
                uri.push(char::from(byte))
            }
            other => uri.push_str(&format!("%{other:02X}")),
        }
    }
    uri
}
