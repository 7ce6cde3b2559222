//! What of a request becomes part of an item.
//!
//! A client may send more, less and other things than a response may hold. What does not fit is left out, so that
//! answers stay valid.

use serde_json::{Map, Value};
use specwright_openapi::{Description, openapiv3::Schema};

use crate::mock::{
    random::Random,
    value::{Choices, Generator, Kind, Presence, Shape, number},
};

/// How deep values nest that are taken.
const DEEPEST: usize = 20;

/// How many variants of a schema are tried.
const VARIANTS: usize = 8;

/// Puts those members of `sent` into an object that its schemas permit in responses, but for `fixed` ones.
pub(crate) fn overlay(
    description: &Description,
    schemas: &[&Schema],
    target: &mut Value,
    sent: &Map<String, Value>,
    fixed: &dyn Fn(&str, &[&Schema]) -> bool,
) {
    let shape = Shape::first(description, schemas);
    let Value::Object(object) = target else {
        return;
    };
    for (name, value) in sent {
        let Some(schemas) = shape.properties.get(name.as_str()) else {
            continue;
        };
        if is_write_only(schemas) || fixed(name, schemas) {
            continue;
        }
        if let Some(value) = fit(description, schemas, value, 0) {
            object.insert(name.clone(), value);
        }
    }
}

/// Whether the property is set by the server alone.
pub(crate) fn is_read_only(schemas: &[&Schema]) -> bool {
    schemas.iter().any(|it| it.schema_data.read_only)
}

pub(super) fn is_write_only(schemas: &[&Schema]) -> bool {
    schemas.iter().any(|it| it.schema_data.write_only)
}

/// The value, or as much of it as the schemas permit; `None` if that is nothing.
pub(super) fn fit(
    description: &Description,
    schemas: &[&Schema],
    value: &Value,
    depth: usize,
) -> Option<Value> {
    let mut best = None;
    for index in 0..VARIANTS {
        let mut chooses = false;
        let shape = Shape::of(description, schemas, &mut |variants| {
            chooses |= variants.len() > index + 1;
            index.min(variants.len().saturating_sub(1))
        });
        let fitting = of_shape(description, &shape, value, depth);
        if fitting.as_ref() == Some(value) {
            return fitting;
        }
        best = best.or(fitting);
        if !chooses {
            break;
        }
    }
    best
}

fn of_shape(
    description: &Description,
    shape: &Shape<'_>,
    value: &Value,
    depth: usize,
) -> Option<Value> {
    if depth > DEEPEST {
        return None;
    }
    if value.is_null() {
        return shape.nullable.then_some(Value::Null);
    }
    if let Some(members) = &shape.members {
        return members.contains(value).then(|| value.clone());
    }
    let fits = match (value, shape.kind) {
        (_, None) => true,
        (Value::String(text), Some(Kind::String)) => fits_text(shape, text),
        (Value::Number(number), Some(kind @ (Kind::Integer | Kind::Number))) => {
            let whole = number.is_i64() || number.is_u64();
            (whole || kind == Kind::Number) && fits_number(shape, value)
        }
        (Value::Bool(_), Some(Kind::Boolean)) => true,
        (Value::Array(elements), Some(Kind::Array)) => {
            return array(description, shape, elements, depth);
        }
        (Value::Object(members), Some(Kind::Object)) => {
            return Some(object(description, shape, members, depth));
        }
        _ => false,
    };
    fits.then(|| value.clone())
}

fn fits_text(shape: &Shape<'_>, text: &str) -> bool {
    let limits = &shape.text;
    let count = text.chars().count();
    let like = |pattern: &str| {
        text.len() >= pattern.len()
            && pattern
                .bytes()
                .zip(text.bytes())
                .all(|(wanted, it)| match wanted {
                    b'0' => it.is_ascii_digit(),
                    b'x' => it.is_ascii_hexdigit(),
                    other => it.eq_ignore_ascii_case(&other),
                })
    };
    let of_format = match limits.format {
        Some("uuid" | "guid") => count == 36 && like("xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx"),
        Some("date") => count == 10 && like("0000-00-00"),
        Some("date-time") => {
            let zone = text.get(19..).unwrap_or_default();
            let offset = zone.len() >= 6
                && zone
                    .get(zone.len() - 3..)
                    .is_some_and(|it| it.starts_with(':'));
            like("0000-00-00T00:00:00") && (zone.to_ascii_lowercase().ends_with('z') || offset)
        }
        Some("email") => text.contains('@') && !text.contains(' '),
        Some("uri" | "url") => text.contains(':') && !text.contains(' '),
        Some("ipv4") => text.parse::<std::net::Ipv4Addr>().is_ok(),
        Some("ipv6") => text.parse::<std::net::Ipv6Addr>().is_ok(),
        _ => true,
    };
    count >= limits.least && limits.most.is_none_or(|most| count <= most) && of_format
}

fn fits_number(shape: &Shape<'_>, value: &Value) -> bool {
    let range = &shape.range;
    let in_whole = value.as_i64().is_none_or(|it| {
        range.least.is_none_or(|least| it >= least) && range.most.is_none_or(|most| it <= most)
    });
    let Some(it) = value.as_f64() else {
        return false;
    };
    let above = range
        .low
        .is_none_or(|(low, out)| it > low || (it == low && !out));
    let below = range
        .high
        .is_none_or(|(high, out)| it < high || (it == high && !out));
    let is_multiple = range
        .multiple
        .is_none_or(|of| number::plain_number(it / of).is_i64());
    in_whole && above && below && is_multiple
}

fn array(
    description: &Description,
    shape: &Shape<'_>,
    elements: &[Value],
    depth: usize,
) -> Option<Value> {
    let mut fitting: Vec<Value> = Vec::new();
    for element in elements {
        let element = fit(description, &shape.items, element, depth + 1)?;
        if !shape.unique || !fitting.contains(&element) {
            fitting.push(element);
        }
    }
    let fits = fitting.len() >= shape.least && shape.most.is_none_or(|most| fitting.len() <= most);
    fits.then_some(Value::Array(fitting))
}

/// The members that are permitted; those that have to be there and are not are generated.
fn object(
    description: &Description,
    shape: &Shape<'_>,
    members: &Map<String, Value>,
    depth: usize,
) -> Value {
    let mut object = Map::new();
    let is_free = shape.properties.is_empty();
    for (name, value) in members {
        match shape.properties.get(name.as_str()) {
            Some(schemas) if !is_write_only(schemas) => {
                let fitting = fit(description, schemas, value, depth + 1);
                object.extend(fitting.map(|it| (name.clone(), it)));
            }
            Some(_) => {}
            None if is_free => {
                object.extend(
                    additional(description, shape, value, depth).map(|it| (name.clone(), it)),
                );
            }
            None => {}
        }
    }
    let none = Choices::new();
    for name in &shape.required {
        if !object.contains_key(*name) {
            let schemas = shape.properties.get(name).map_or(&[][..], Vec::as_slice);
            let random = Random::of(0, name);
            let value = Generator::new(description, &none, Presence::Named(&[]), random)
                .named(name)
                .value(schemas);
            object.insert((*name).to_owned(), value);
        }
    }
    Value::Object(object)
}

fn additional(
    description: &Description,
    shape: &Shape<'_>,
    value: &Value,
    depth: usize,
) -> Option<Value> {
    use crate::mock::value::Additional;
    match &shape.additional {
        Additional::Forbidden => None,
        Additional::Unsaid => Some(value.clone()),
        Additional::Declared(schemas) => fit(description, schemas, value, depth + 1),
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::testing::{map, with_schema},
        *,
    };
    use serde_json::json;

    #[test]
    fn what_fits_is_taken_and_all_else_is_left_out() {
        let cases = [
            (json!({ "size": 3 }), json!({ "size": 3 })),
            (json!({ "size": 0 }), json!({})),
            (json!({ "size": "3" }), json!({})),
            (json!({ "size": null }), json!({})),
            (
                json!({ "note": null, "color": "red" }),
                json!({ "note": null, "color": "red" }),
            ),
            (json!({ "note": "too long", "color": "green" }), json!({})),
            (json!({ "secret": "s", "id": "i", "more": 1 }), json!({})),
            (
                json!({ "at": "2020-01-02T03:04:05Z" }),
                json!({ "at": "2020-01-02T03:04:05Z" }),
            ),
            (json!({ "at": "yesterday" }), json!({})),
            (
                json!({ "tags": ["a", "a", "b"] }),
                json!({ "tags": ["a", "b"] }),
            ),
            (json!({ "tags": ["a", 1] }), json!({})),
            (
                json!({ "any": [1, { "a": null }] }),
                json!({ "any": [1, { "a": null }] }),
            ),
            (json!({ "either": true }), json!({ "either": true })),
            (json!({ "either": "x" }), json!({})),
            (json!({ "free": { "a": 1 } }), json!({ "free": { "a": 1 } })),
            (
                json!({ "box": { "w": 1, "z": 2 } }),
                json!({ "box": { "w": 1 } }),
            ),
        ];
        with_schema(|description, schema| {
            for (sent, expected) in cases {
                let mut target = json!({});
                let fixed = |_: &str, schemas: &[&Schema]| is_read_only(schemas);
                overlay(
                    description,
                    &[schema],
                    &mut target,
                    &map(sent.clone()),
                    &fixed,
                );
                assert_eq!(target, expected, "{sent}");
            }
            let mut target = json!({});
            let sent = map(json!({ "box": { "h": 2 } }));
            overlay(description, &[schema], &mut target, &sent, &|_, _| false);
            assert!(target["box"]["w"].is_i64() && target["box"]["h"] == 2);
        });
    }
}
