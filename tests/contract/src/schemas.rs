//! What schemas allow, and what they forbid.

use jsonschema::{Draft, Validator};
use serde_json::{Map, Value, json};

use crate::{Document, instances::list};

/// A validator that shares no code with the generator.
#[must_use]
pub fn validator(document: &Document, schema: &Value) -> Validator {
    let root = json!({ "allOf": [schema], "components": document.components });
    jsonschema::options()
        .with_draft(Draft::Draft4)
        .build(&with_null(root))
        .expect("a valid schema")
}

/// JSON Schema says `{"anyOf": [{"type": "null"}, …]}` where OpenAPI 3.0 says `nullable: true`.
fn with_null(value: Value) -> Value {
    match value {
        Value::Array(elements) => elements.into_iter().map(with_null).collect(),
        Value::Object(mut object) => {
            let nullable = object.remove("nullable") == Some(Value::Bool(true));
            // Members of a union may overlap; the discriminator, which JSON Schema does not know, tells them apart.
            if let Some(members) = object.remove("oneOf") {
                object.insert("anyOf".to_owned(), members);
            }
            one_sided(&mut object);
            let rest: Map<_, _> = object
                .into_iter()
                .map(|(key, value)| (key, with_null(value)))
                .collect();
            if nullable {
                json!({ "anyOf": [{ "type": "null" }, rest] })
            } else {
                rest.into()
            }
        }
        other => other,
    }
}

/// What only requests or only responses hold is not required where one type serves both.
fn one_sided(schema: &mut Map<String, Value>) {
    let Some(properties) = schema.get("properties").cloned() else {
        return;
    };
    if let Some(Value::Array(required)) = schema.get_mut("required") {
        let one = |name: &Value| {
            let property = name.as_str().and_then(|it| properties.get(it));
            property.is_some_and(|it| it.get("readOnly").is_some() || it.get("writeOnly").is_some())
        };
        required.retain(|it| !one(it));
        if required.is_empty() {
            schema.remove("required");
        }
    }
}

/// Whether two values are the same for those who only read: an optional, nullable property that is null is absent.
#[must_use]
pub fn same(document: &Document, schema: &Value, left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => left.as_f64() == right.as_f64(),
        (Value::Array(left), Value::Array(right)) => {
            let any = json!({});
            let items = document.resolve(schema).get("items").unwrap_or(&any);
            left.len() == right.len()
                && left
                    .iter()
                    .zip(right)
                    .all(|(left, right)| same(document, items, left, right))
        }
        (Value::Object(left), Value::Object(right)) => {
            let keys = left.keys().chain(right.keys());
            let mut keys: Vec<&String> = keys.collect();
            keys.sort();
            keys.dedup();
            keys.into_iter().all(|key| {
                let (schema, may_be_absent) = property(document, schema, key);
                match (left.get(key), right.get(key)) {
                    (Some(left), Some(right)) => same(document, &schema, left, right),
                    (Some(Value::Null), None) | (None, Some(Value::Null)) => may_be_absent,
                    _ => false,
                }
            })
        }
        (left, right) => left == right,
    }
}

/// The schema of a property wherever it is composed of, and whether it is known and not required.
fn property(document: &Document, schema: &Value, key: &str) -> (Value, bool) {
    let schema = document.resolve(schema);
    let required = list(schema, "required").iter().any(|it| it == key);
    let mut found = schema.get("properties").and_then(|it| it.get(key)).cloned();
    let mut optional = found.is_some() && !required;
    for part in ["allOf", "oneOf", "anyOf"]
        .iter()
        .flat_map(|it| list(schema, it))
    {
        let (inner, absent) = property(document, part, key);
        if inner != json!({}) {
            found.get_or_insert(inner);
            optional |= absent && !required;
        }
    }
    (found.unwrap_or_else(|| json!({})), optional)
}

/// An instance that a schema forbids.
#[derive(Debug)]
pub struct Violation {
    /// The instance.
    pub value: Value,
    /// Where the error is to be seen.
    pub path: String,
    /// What is wrong.
    pub what: String,
}

/// One violation for each place of an instance where a schema is plain: properties that must be there, and types.
#[must_use]
pub fn violations(document: &Document, schema: &Value, instance: &Value) -> Vec<Violation> {
    let mut found = Vec::new();
    walk(
        document,
        schema,
        instance,
        "",
        "$",
        &mut |pointer, replacement, path, what| {
            let mut value = instance.clone();
            let (parent, key) = pointer.rsplit_once('/').unwrap_or_default();
            match replacement {
                None => drop(
                    value
                        .pointer_mut(parent)
                        .and_then(Value::as_object_mut)
                        .and_then(|it| it.remove(key)),
                ),
                Some(wrong) => *value.pointer_mut(pointer).expect("a place") = wrong,
            }
            found.push(Violation {
                value,
                path: path.to_owned(),
                what,
            });
        },
    );
    found
}

type Report<'r> = &'r mut dyn FnMut(&str, Option<Value>, &str, String);

fn walk(
    document: &Document,
    schema: &Value,
    instance: &Value,
    pointer: &str,
    path: &str,
    report: Report<'_>,
) {
    let schema = document.resolve(schema);
    let composed = [
        "allOf",
        "oneOf",
        "anyOf",
        "enum",
        "discriminator",
        "x-specwright-tuple",
    ];
    if composed.iter().any(|it| schema.get(*it).is_some()) || instance.is_null() {
        return;
    }
    let kind = schema
        .get("type")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let wrong = match kind {
        "string" => json!(12),
        "integer" | "number" | "boolean" | "array" | "object" => json!("wrong"),
        _ => return,
    };
    let bytes = matches!(
        schema.get("format").and_then(Value::as_str),
        Some("decimal" | "binary")
    );
    if !bytes {
        report(pointer, Some(wrong), path, format!("not {kind}"));
    }
    if let (Some(elements), Some(items)) = (instance.as_array(), schema.get("items")) {
        for (index, element) in elements.iter().enumerate() {
            walk(
                document,
                items,
                element,
                &format!("{pointer}/{index}"),
                &format!("{path}[{index}]"),
                report,
            );
        }
    }
    let properties = schema.get("properties").and_then(Value::as_object);
    for (name, property) in properties.into_iter().flatten() {
        let resolved = document.resolve(property);
        let one_sided = ["readOnly", "writeOnly"]
            .iter()
            .any(|it| resolved.get(*it) == Some(&json!(true)));
        let (Some(value), true) = (
            instance.get(name),
            !name.is_empty() && name.chars().all(|it| it.is_ascii_alphabetic() || it == '_'),
        ) else {
            continue;
        };
        let at = format!("{pointer}/{name}");
        let nullable = accepts_null(document, property);
        if list(schema, "required").iter().any(|it| it == name) && !one_sided && !nullable {
            report(&at, None, path, format!("without {name}"));
        }
        walk(
            document,
            property,
            value,
            &at,
            &format!("{path}.{name}"),
            report,
        );
    }
}

/// Whether null, or anything, fits: then absence cannot be told from it.
fn accepts_null(document: &Document, schema: &Value) -> bool {
    let schema = document.resolve(schema);
    let any = |keyword: &str| {
        list(schema, keyword)
            .iter()
            .any(|it| accepts_null(document, it))
    };
    let plain = ["type", "enum", "allOf", "oneOf", "anyOf", "properties"];
    schema.get("nullable") == Some(&Value::Bool(true))
        || plain.iter().all(|it| schema.get(*it).is_none())
        || list(schema, "enum").contains(&Value::Null)
        || ["allOf", "oneOf", "anyOf"].into_iter().any(any)
}
