//! The claims of the evidence: documented facts, row by row.

use serde::Deserialize as _;
use serde_json::{Map, Value, json};
use specwright_specs::Provenance;

use crate::claims::{Documented, EXISTS, FactClaims};

type Row = Map<String, Value>;

/// Tables and arrays of tables a file may have.
const SECTIONS: [&str; 10] = [
    "source",
    "operation",
    "server_variable",
    "parameter",
    "response",
    "header",
    "field",
    "error_field",
    "pagination",
    "note",
];

/// Attributes of the pagination that name a place in the body.
const PLACES: [&str; 8] = [
    "items",
    "next",
    "previous",
    "has_more",
    "current",
    "last",
    "total",
    "served_size",
];

/// Reads the text of a facts file as a plain value.
pub(crate) fn parse(text: &str) -> Result<Value, String> {
    toml::from_str(text).map_err(|error| error.to_string())
}

/// Returns the claims of a facts file. Notes hold facts that a document cannot, and losses are left to `deviations`.
pub(crate) fn claims(facts: &Value) -> Result<FactClaims, String> {
    for section in facts
        .as_object()
        .into_iter()
        .flat_map(|sections| sections.keys())
    {
        if !SECTIONS.contains(&section.as_str()) {
            return Err(format!("unknown section {section}"));
        }
    }
    let mut claims = FactClaims::new();
    for row in rows(facts, "operation") {
        attributes(&mut claims, "operation", row, &[])?;
    }
    for row in rows(facts, "server_variable") {
        existing(
            &mut claims,
            &format!("server variable {}", text(row, "name")?),
            row,
            &["name"],
        )?;
    }
    for row in rows(facts, "parameter")
        .into_iter()
        .filter(|row| !is_lost(row))
    {
        let subject = format!("{} parameter {}", text(row, "in")?, text(row, "name")?);
        existing(&mut claims, &subject, row, &["name", "in"])?;
    }
    for row in rows(facts, "response") {
        let subject = format!("response {}", text(row, "status")?);
        add(
            &mut claims,
            &subject,
            "status",
            json!(true),
            provenance(row, "status")?,
        )?;
    }
    for row in rows(facts, "header") {
        existing(
            &mut claims,
            &format!("header {}", text(row, "name")?),
            row,
            &["name"],
        )?;
    }
    for (section, family) in [("field", "field"), ("error_field", "error field")] {
        for row in rows(facts, section) {
            let at = text(row, "at")?;
            let subject = format!("{family} {at}");
            match at.ends_with("[]") {
                true => attributes(&mut claims, &subject, row, &["at"])?,
                false => existing(&mut claims, &subject, row, &["at"])?,
            }
        }
    }
    for row in rows(facts, "pagination") {
        let row = with_pointers(row);
        attributes(&mut claims, "pagination", &row, &[])?;
    }
    for row in rows(facts, "note") {
        text(row, "text")?;
        provenance(row, "text")?;
    }
    Ok(claims)
}

/// Whether the name of a parameter is lost, so that no document can have it.
pub(crate) fn is_lost(row: &Row) -> bool {
    row.get("unrecoverable") == Some(&Value::Bool(true))
}

/// The rows of a section; a table counts as one row.
pub(crate) fn rows<'a>(facts: &'a Value, section: &str) -> Vec<&'a Row> {
    match facts.get(section) {
        Some(Value::Array(rows)) => rows.iter().filter_map(Value::as_object).collect(),
        Some(Value::Object(row)) => vec![row],
        _ => Vec::new(),
    }
}

/// The text under a key of a row.
pub(crate) fn text<'a>(row: &'a Row, key: &str) -> Result<&'a str, String> {
    match row.get(key).and_then(Value::as_str) {
        Some(text) if !text.is_empty() => Ok(text),
        _ => Err(format!("a row has no {key}: {}", json!(row))),
    }
}

/// Claims that a part exists, which is documented unless the row has an exception for its identity, the first skipped
/// key; then its attributes.
fn existing(
    claims: &mut FactClaims,
    subject: &str,
    row: &Row,
    skip: &[&str],
) -> Result<(), String> {
    let identity = skip.first().copied().unwrap_or_default();
    let exception = row
        .get("provenance_of")
        .and_then(|exceptions| exceptions.get(identity));
    let provenance = exception.map_or(Ok(Provenance::Stated), |_| provenance(row, identity))?;
    add(claims, subject, EXISTS, json!(true), provenance)?;
    attributes(claims, subject, row, skip)
}

fn attributes(
    claims: &mut FactClaims,
    subject: &str,
    row: &Row,
    skip: &[&str],
) -> Result<(), String> {
    for (key, value) in row {
        if skip.contains(&key.as_str()) || key == "provenance" || key == "provenance_of" {
            continue;
        }
        let attribute = if key == "additional_properties" {
            "additionalProperties"
        } else {
            key
        };
        add(
            claims,
            subject,
            attribute,
            value.clone(),
            provenance(row, key)?,
        )?;
    }
    let exceptions = row.get("provenance_of").and_then(Value::as_object);
    match exceptions
        .into_iter()
        .flat_map(|exceptions| exceptions.keys())
        .find(|key| !row.contains_key(*key))
    {
        Some(key) => Err(format!(
            "{subject}: provenance_of names {key}, which the row does not have"
        )),
        None => Ok(()),
    }
}

fn add(
    claims: &mut FactClaims,
    subject: &str,
    attribute: &str,
    value: Value,
    provenance: Provenance,
) -> Result<(), String> {
    if provenance == Provenance::Assumed {
        return Err(format!(
            "{subject}: {attribute} is assumed, which is no fact"
        ));
    }
    let key = (subject.to_owned(), attribute.to_owned());
    match claims.insert(key, Documented { value, provenance }) {
        Some(_) => Err(format!("{subject}: {attribute} is documented twice")),
        None => Ok(()),
    }
}

fn provenance(row: &Row, attribute: &str) -> Result<Provenance, String> {
    let exception = row
        .get("provenance_of")
        .and_then(|exceptions| exceptions.get(attribute));
    let Some(value) = exception.or_else(|| row.get("provenance")) else {
        return Err(format!("a row has no provenance: {}", json!(row)));
    };
    Provenance::deserialize(value).map_err(|error| error.to_string())
}

fn with_pointers(row: &Row) -> Row {
    let pointer = |(key, value): (&String, &Value)| match value.as_str() {
        Some(path) if PLACES.contains(&key.as_str()) => {
            (key.clone(), json!(format!("/{}", path.replace('.', "/"))))
        }
        _ => (key.clone(), value.clone()),
    };
    row.iter().map(pointer).collect()
}
