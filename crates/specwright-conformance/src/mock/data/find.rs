//! Which property of an item a parameter names.
//!
//! A description does not say what a parameter does, so names decide.

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
    /// The type; `None` if any is permitted. That of an array is the type of its elements.
    pub(crate) kind: Option<Kind>,
    /// Whether there are only a few values.
    pub(crate) is_closed: bool,
    /// Whether it is a text of the format `date` or `date-time`.
    pub(crate) is_date: bool,
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
        is_closed: shape.members.is_some() || shape.kind == Some(Kind::Boolean),
        is_date: matches!(
            shape.text.format,
            Some("date" | "date-time" | "local-date-time")
        ),
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

/// The field at a place.
pub(crate) fn field<'f>(fields: &'f [Field], place: &[String]) -> Option<&'f Field> {
    let (name, rest) = place.split_first()?;
    let found = fields.iter().find(|field| field.name == *name)?;
    if rest.is_empty() {
        Some(found)
    } else {
        field(&found.fields, rest)
    }
}

/// The words of a name in small letters: `created_at`, `createdAt`, `created[at]` and `Created-At` are the same.
pub(crate) fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut was_small = false;
    for letter in name.chars() {
        if !letter.is_alphanumeric() {
            words.push(String::new());
            was_small = false;
            continue;
        }
        if letter.is_uppercase() && was_small {
            words.push(String::new());
        }
        was_small = !letter.is_uppercase();
        if let Some(word) = words.last_mut() {
            word.extend(letter.to_lowercase());
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// The property of the item itself that these words name: `created` is also `created_at` and `date_created`.
pub(crate) fn named<'f>(
    fields: &'f [Field],
    wanted: &[String],
    fits: impl Fn(&Field) -> bool,
) -> Option<&'f Field> {
    let wanted = wanted.concat();
    let spellings = [
        wanted.clone(),
        format!("{wanted}at"),
        format!("{wanted}on"),
        format!("{wanted}date"),
        format!("{wanted}time"),
        format!("date{wanted}"),
        format!("time{wanted}"),
    ];
    let own = fields.iter().filter(|field| fits(field));
    let own: Vec<(&Field, String)> = own.map(|it| (it, words(&it.name).concat())).collect();
    let find = |spelling: &String| own.iter().find(|(_, plain)| plain == spelling);
    spellings
        .iter()
        .filter(|_| !wanted.is_empty())
        .find_map(find)
        .map(|(field, _)| *field)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(name: &str, kind: Option<Kind>, fields: Vec<Field>) -> Field {
        Field {
            name: name.to_owned(),
            kind,
            fields,
            ..Field::default()
        }
    }

    fn item() -> Vec<Field> {
        let text = Some(Kind::String);
        let object = Some(Kind::Object);
        vec![
            made("status", text, vec![]),
            made("assistant_id", text, vec![]),
            made("count", Some(Kind::Integer), vec![]),
            made("anything", None, vec![]),
            made("task_uuids", text, vec![]),
            made(
                "customer",
                object,
                vec![made("phone", text, vec![]), made("name", text, vec![])],
            ),
            made("whatsapp_sender", object, vec![made("phone", text, vec![])]),
            made(
                "contact",
                object,
                vec![
                    made("uuid", text, vec![]),
                    made("email_address", text, vec![]),
                ],
            ),
            made(
                "members",
                object,
                vec![
                    made("member_id", text, vec![]),
                    made("status", text, vec![]),
                ],
            ),
            made("free", object, vec![]),
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
    fn words_do_not_depend_on_spelling() {
        for name in [
            "created_at",
            "createdAt",
            "Created-At",
            "created[at]",
            "CreatedAt",
        ] {
            assert_eq!(words(name), ["created", "at"], "{name}");
        }
        assert_eq!(words("ID"), ["id"]);
        let fields = [made("createdAt", Some(Kind::String), vec![])];
        assert!(named(&fields, &words("created"), |_| true).is_some());
        assert!(named(&fields, &words("updated"), |_| true).is_none());
        assert!(named(&fields, &[], |_| true).is_none());
    }
}
