//! Merge patches.

use serde_json::{Map, Value};
use specwright_openapi::{Description, openapiv3::Schema};

use super::fit::{fit, is_write_only};
use crate::mock::value::Shape;

/// How deep patches nest.
const DEEPEST: usize = 20;

/// Applies a JSON merge patch (RFC 7386) to an object; what would not fit stays as it is.
pub(crate) fn merge(
    description: &Description,
    schemas: &[&Schema],
    target: &mut Value,
    patch: &Map<String, Value>,
    fixed: &dyn Fn(&str, &[&Schema]) -> bool,
) {
    let shape = Shape::first(description, schemas);
    let Value::Object(object) = target else {
        return;
    };
    for (name, change) in patch {
        let Some(schemas) = shape.properties.get(name.as_str()) else {
            continue;
        };
        if is_write_only(schemas) || fixed(name, schemas) {
            continue;
        }
        let nullable = Shape::first(description, schemas).nullable;
        if change.is_null() && !nullable {
            if !shape.required.contains(name.as_str()) {
                object.shift_remove(name);
            }
            continue;
        }
        let merged = merged(object.get(name).cloned(), change, 0);
        if let Some(value) = fit(description, schemas, &merged, 0) {
            object.insert(name.clone(), value);
        }
    }
}

/// A value with a merge patch applied (RFC 7386 §2).
pub(crate) fn merged(target: Option<Value>, patch: &Value, depth: usize) -> Value {
    let Value::Object(changes) = patch else {
        return patch.clone();
    };
    let mut object = match target {
        Some(Value::Object(object)) => object,
        _ => Map::new(),
    };
    for (name, change) in changes {
        if change.is_null() {
            object.shift_remove(name);
        } else if depth < DEEPEST {
            let value = merged(object.get(name).cloned(), change, depth + 1);
            object.insert(name.clone(), value);
        }
    }
    Value::Object(object)
}

#[cfg(test)]
mod tests {
    use super::{
        super::{
            fit::is_read_only,
            testing::{map, with_schema},
        },
        *,
    };
    use serde_json::json;

    #[test]
    fn a_merge_patch_takes_away_what_it_names_with_null() {
        with_schema(|description, schema| {
            let mut target = json!({ "id": "i", "size": 3, "color": "red", "note": "n", "box": { "w": 1, "h": 2 } });
            let patch = map(
                json!({ "id": "j", "size": null, "color": null, "note": null, "box": { "h": null } }),
            );
            let fixed = |_: &str, schemas: &[&Schema]| is_read_only(schemas);
            merge(description, &[schema], &mut target, &patch, &fixed);
            assert_eq!(
                target,
                json!({ "id": "i", "size": 3, "note": null, "box": { "w": 1 } })
            );
        });
    }

    #[test]
    fn merge_patches_are_those_of_the_specification() {
        // Rows of RFC 7386, appendix A.
        let cases = [
            (
                json!({ "a": "b" }),
                json!({ "a": "c" }),
                json!({ "a": "c" }),
            ),
            (
                json!({ "a": "b" }),
                json!({ "b": "c" }),
                json!({ "a": "b", "b": "c" }),
            ),
            (json!({ "a": "b" }), json!({ "a": null }), json!({})),
            (
                json!({ "a": ["b"] }),
                json!({ "a": "c" }),
                json!({ "a": "c" }),
            ),
            (
                json!({ "a": { "b": "c" } }),
                json!({ "a": { "b": "d", "c": null } }),
                json!({ "a": { "b": "d" } }),
            ),
            (json!(["a", "b"]), json!(["c", "d"]), json!(["c", "d"])),
            (
                json!({ "e": null }),
                json!({ "a": 1 }),
                json!({ "e": null, "a": 1 }),
            ),
            (
                json!({}),
                json!({ "a": { "bb": { "ccc": null } } }),
                json!({ "a": { "bb": {} } }),
            ),
        ];
        for (target, patch, expected) in cases {
            assert_eq!(
                merged(Some(target.clone()), &patch, 0),
                expected,
                "{target} {patch}"
            );
        }
    }
}
