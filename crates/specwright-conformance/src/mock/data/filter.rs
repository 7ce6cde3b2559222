//! Which query parameters filter the items of a list, and how.
//!
//! A description does not say what a parameter does, so names decide: [`place`] is the whole of it.

use serde_json::Value;
use specwright_openapi::{Description, openapiv3::Schema};

use crate::mock::value::{Kind, Shape};

/// How deep the properties of an item are looked at.
const DEEPEST: usize = 6;

/// How many properties of an item are looked at.
const MOST_FIELDS: usize = 2_000;

/// A property of an item, and what lies below it; elements of arrays count as their array.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Field {
    /// The name of the property.
    pub(crate) name: String,
    /// The type; `None` if any is permitted.
    pub(crate) kind: Option<Kind>,
    /// The properties of the property.
    pub(crate) fields: Vec<Field>,
}

/// The properties of values that the schemas permit.
pub(crate) fn fields<'a>(description: &'a Description, schemas: &[&'a Schema]) -> Vec<Field> {
    let mut left = MOST_FIELDS;
    root(description, schemas, 0, &mut left).fields
}

fn root<'a>(
    description: &'a Description,
    schemas: &[&'a Schema],
    depth: usize,
    left: &mut usize,
) -> Field {
    let shape = Shape::first(description, schemas);
    if shape.kind == Some(Kind::Array) && depth < DEEPEST {
        return root(description, &shape.items, depth + 1, left);
    }
    let mut field = Field {
        kind: shape.kind,
        ..Field::default()
    };
    for (name, schemas) in shape.properties.iter().filter(|_| depth < DEEPEST) {
        let Some(fewer) = left.checked_sub(1) else {
            break;
        };
        *left = fewer;
        field.fields.push(Field {
            name: (*name).to_owned(),
            ..root(description, schemas, depth + 1, left)
        });
    }
    field
}

/// The place in an item that the query parameter `name` filters by: names of properties from the item on.
///
/// It is the first of: a property of this name; one anywhere below; for `a_b` the property `b` (or `bs`, or `b_…`) of
/// a property `a` (or `as`); the property `name` with an `s`. A parameter whose type differs from that of the place
/// does not filter, and neither does one without a place.
pub(crate) fn place(fields: &[Field], name: &str, kind: Option<Kind>) -> Option<Vec<String>> {
    let found = anywhere(fields, name)
        .or_else(|| in_two_parts(fields, name))
        .or_else(|| {
            let plural = find(fields, &[&format!("{name}s")])?;
            Some(vec![plural])
        })?;
    let last = found.last()?;
    let fits = last.fields.is_empty() && comparable(kind, last.kind);
    fits.then(|| found.iter().map(|field| field.name.clone()).collect())
}

/// The shallowest field of this name.
fn anywhere<'f>(fields: &'f [Field], name: &str) -> Option<Vec<&'f Field>> {
    let mut level: Vec<Vec<&Field>> = fields.iter().map(|field| vec![field]).collect();
    while !level.is_empty() {
        let found = level
            .iter()
            .find(|path| path.last().is_some_and(|it| it.name == name));
        if let Some(path) = found {
            return Some(path.clone());
        }
        level = level.iter().flat_map(|path| deeper(path)).collect();
    }
    None
}

fn deeper<'f>(path: &[&'f Field]) -> Vec<Vec<&'f Field>> {
    let below = path.last().map_or(&[][..], |it| it.fields.as_slice());
    below
        .iter()
        .map(|field| [path, &[field]].concat())
        .collect()
}

fn in_two_parts<'f>(fields: &'f [Field], name: &str) -> Option<Vec<&'f Field>> {
    name.match_indices('_').find_map(|(at, _)| {
        let (owner, rest) = (name.get(..at)?, name.get(at + 1..)?);
        let owner = find(fields, &[owner, &format!("{owner}s")])?;
        let longer = format!("{rest}_");
        let field = find(&owner.fields, &[rest, &format!("{rest}s")]).or_else(|| {
            owner
                .fields
                .iter()
                .find(|field| field.name.starts_with(&longer))
        })?;
        Some(vec![owner, field])
    })
}

fn find<'f>(fields: &'f [Field], names: &[&str]) -> Option<&'f Field> {
    names
        .iter()
        .find_map(|name| fields.iter().find(|field| field.name == *name))
}

/// Whether values of the two types can be equal as texts and mean the same.
fn comparable(parameter: Option<Kind>, place: Option<Kind>) -> bool {
    match (parameter, place) {
        (_, Some(Kind::Object | Kind::Array)) => false,
        (None, _) | (_, None) => true,
        (Some(Kind::Integer | Kind::Number), Some(Kind::Integer | Kind::Number)) => true,
        (Some(one), Some(other)) => one == other,
    }
}

/// Whether a value at the place in `item` equals one of the wanted texts.
pub(crate) fn matches(item: &Value, place: &[String], wanted: &[&str]) -> bool {
    match (item, place) {
        (Value::Array(elements), _) => elements
            .iter()
            .any(|element| matches(element, place, wanted)),
        (Value::Object(object), [name, rest @ ..]) => {
            object.get(name).is_some_and(|it| matches(it, rest, wanted))
        }
        (_, [_, ..]) | (Value::Null | Value::Object(_), []) => false,
        (Value::String(text), []) => wanted.contains(&text.as_str()),
        (Value::Bool(_) | Value::Number(_), []) => wanted.contains(&item.to_string().as_str()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn field(name: &str, kind: Option<Kind>, fields: Vec<Field>) -> Field {
        Field {
            name: name.to_owned(),
            kind,
            fields,
        }
    }

    fn item() -> Vec<Field> {
        let text = Some(Kind::String);
        let object = Some(Kind::Object);
        vec![
            field("status", text, vec![]),
            field("assistant_id", text, vec![]),
            field("count", Some(Kind::Integer), vec![]),
            field("anything", None, vec![]),
            field("task_uuids", text, vec![]),
            field(
                "customer",
                object,
                vec![field("phone", text, vec![]), field("name", text, vec![])],
            ),
            field(
                "whatsapp_sender",
                object,
                vec![field("phone", text, vec![])],
            ),
            field(
                "contact",
                object,
                vec![
                    field("uuid", text, vec![]),
                    field("email_address", text, vec![]),
                ],
            ),
            field(
                "members",
                object,
                vec![
                    field("member_id", text, vec![]),
                    field("status", text, vec![]),
                ],
            ),
            field("free", object, vec![]),
        ]
    }

    #[test]
    fn names_find_their_place() {
        let cases: &[(&str, Kind, Option<&str>)] = &[
            ("status", Kind::String, Some("status")),
            ("member_id", Kind::String, Some("members.member_id")),
            ("customer_phone", Kind::String, Some("customer.phone")),
            (
                "whatsapp_sender_phone",
                Kind::String,
                Some("whatsapp_sender.phone"),
            ),
            ("contact_uuid", Kind::String, Some("contact.uuid")),
            ("contact_email", Kind::String, Some("contact.email_address")),
            ("task_uuid", Kind::String, Some("task_uuids")),
            ("member_status", Kind::String, Some("members.status")),
            ("anything", Kind::Boolean, Some("anything")),
            ("count", Kind::Number, Some("count")),
            ("count", Kind::String, None),
            ("assistant_id", Kind::Integer, None),
            ("customer", Kind::String, None),
            ("free", Kind::String, None),
            ("tag", Kind::String, None),
            ("sort_by", Kind::String, None),
            ("", Kind::String, None),
            ("_", Kind::String, None),
        ];
        for (name, kind, expected) in cases {
            let found = place(&item(), name, Some(*kind)).map(|path| path.join("."));
            assert_eq!(found.as_deref(), *expected, "{name}");
        }
    }

    #[test]
    fn values_are_compared_as_texts() {
        let item = json!({
            "status": "open", "count": 3, "flag": true, "gone": null,
            "people": [{ "id": "a" }, { "id": "b", "tags": ["x", "y"] }],
        });
        let cases = [
            ("status", "open", true),
            ("status", "Open", false),
            ("count", "3", true),
            ("count", "3.0", false),
            ("flag", "true", true),
            ("gone", "null", false),
            ("absent", "", false),
            ("people.id", "b", true),
            ("people.id", "c", false),
            ("people.tags", "y", true),
            ("people", "a", false),
            ("status.more", "open", false),
        ];
        for (place, wanted, expected) in cases {
            let path: Vec<String> = place.split('.').map(str::to_owned).collect();
            assert_eq!(
                matches(&item, &path, &[wanted]),
                expected,
                "{place} = {wanted}"
            );
        }
        assert!(matches(&item, &["status".to_owned()], &["closed", "open"]));
    }
}
