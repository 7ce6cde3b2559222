//! Schemas of the normal form as JSON Schema 2020-12.

use serde_json::{Map, Value, json};
use specwright_conformance::schema::Direction;

/// Keywords whose value is one schema.
const ONE: [&str; 2] = ["items", "not"];

/// Keywords whose value is a list of schemas.
const LISTS: [&str; 3] = ["allOf", "anyOf", "oneOf"];

/// Keywords that mean the same.
const SAME: [&str; 13] = [
    "type",
    "enum",
    "pattern",
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minProperties",
    "maxProperties",
    "multipleOf",
    "required",
    "format",
];

/// The schema for values that are sent in this direction; `hidden` tells whether a property is never in them.
pub(crate) fn schema(
    node: &Value,
    direction: Direction,
    hidden: &dyn Fn(&Value, Direction) -> bool,
) -> Value {
    let Some(object) = node.as_object() else {
        return node.clone();
    };
    if let Some(reference) = object.get("$ref") {
        let reference = reference.as_str().unwrap_or_default();
        return json!({ "$ref": format!("{}{reference}", super::judge::BASE) });
    }
    let below = |node: &Value| schema(node, direction, hidden);
    let mut new = Map::new();
    for (key, value) in object {
        let value = match key.as_str() {
            "properties" => members(value, &below),
            "additionalProperties" => below(value),
            key if ONE.contains(&key) => below(value),
            key if LISTS.contains(&key) => {
                value.as_array().into_iter().flatten().map(below).collect()
            }
            key if SAME.contains(&key) && !value.is_null() => value.clone(),
            _ => continue,
        };
        new.insert(key.clone(), value);
    }
    bounds(object, &mut new);
    widths(object, &mut new);
    tuple(object, &mut new);
    patterns(object, &mut new);
    if let Some(Value::Array(required)) = new.get_mut("required") {
        // The validator expects a name that is listed twice to be there twice.
        let mut seen = std::collections::BTreeSet::new();
        required.retain(|name| seen.insert(name.to_string()));
        required.retain(|name| {
            let property = name
                .as_str()
                .and_then(|name| object.get("properties")?.get(name));
            !property.is_some_and(|it| hidden(it, direction))
        });
    }
    if object.get("nullable") == Some(&Value::Bool(true)) {
        return json!({ "anyOf": [{ "type": "null" }, new] });
    }
    Value::Object(new)
}

fn members(value: &Value, below: &dyn Fn(&Value) -> Value) -> Value {
    let members = value.as_object().into_iter().flatten();
    Value::Object(
        members
            .map(|(name, node)| (name.clone(), below(node)))
            .collect(),
    )
}

/// Bounds whose exclusion is a flag (OAS 3.0.3, Schema Object).
fn bounds(object: &Map<String, Value>, new: &mut Map<String, Value>) {
    for (bound, exclusive) in [
        ("minimum", "exclusiveMinimum"),
        ("maximum", "exclusiveMaximum"),
    ] {
        if let Some(value) = object.get(bound) {
            let excluded = object.get(exclusive) == Some(&Value::Bool(true));
            let keyword = if excluded { exclusive } else { bound };
            new.insert(keyword.to_owned(), value.clone());
        }
    }
}

/// The range of formats of integers (OpenAPI Format Registry).
fn widths(object: &Map<String, Value>, new: &mut Map<String, Value>) {
    let range = match object.get("format").and_then(Value::as_str) {
        Some("int32") => json!([{ "minimum": i32::MIN, "maximum": i32::MAX }]),
        Some("int64") => json!([{ "minimum": i64::MIN, "maximum": i64::MAX }]),
        _ => return,
    };
    let all = new.entry("allOf").or_insert_with(|| json!([]));
    if let (Value::Array(all), Value::Array(mut range)) = (all, range) {
        all.append(&mut range);
    }
}

/// `prefixItems`, which stand in `items.anyOf`.
fn tuple(object: &Map<String, Value>, new: &mut Map<String, Value>) {
    let Some(length) = object.get("x-specwright-tuple").and_then(Value::as_u64) else {
        return;
    };
    let members = new
        .get("items")
        .and_then(|it| it.get("anyOf"))
        .and_then(Value::as_array)
        .cloned()
        .unwrap_or_default();
    let (first, rest) = members.split_at(members.len().min(length as usize));
    new.insert(
        "items".to_owned(),
        rest.first().cloned().unwrap_or(json!(false)),
    );
    new.insert("prefixItems".to_owned(), first.to_vec().into());
}

/// `patternProperties`, which stand in `additionalProperties`.
fn patterns(object: &Map<String, Value>, new: &mut Map<String, Value>) {
    let Some(Value::Array(patterns)) = object.get("x-specwright-pattern-properties") else {
        return;
    };
    let Some(all) = new.remove("additionalProperties") else {
        return;
    };
    let of_union = all.get("anyOf").and_then(Value::as_array).cloned();
    let schemas = match of_union {
        Some(members) if patterns.len() > 1 || members.len() == patterns.len() + 1 => members,
        _ => vec![all],
    };
    let named = patterns
        .iter()
        .zip(&schemas)
        .filter_map(|(pattern, schema)| Some((pattern.as_str()?.to_owned(), schema.clone())));
    new.insert(
        "patternProperties".to_owned(),
        Value::Object(named.collect()),
    );
    if let Some(rest) = schemas.get(patterns.len()) {
        new.insert("additionalProperties".to_owned(), rest.clone());
    }
}
