//! `type`: a list of types and `null` (JSON Schema draft 4, Validation §5.5.2), and `file` (OpenAPI 2.0, Response Object).

use super::{children, set_nullable};
use crate::{
    normalise::swagger2::{
        build::{object, text},
        place::{Place, Record},
    },
    tree::{Node, Object},
};

/// Keywords that say nothing about values of other types.
const KEYWORDS: &[(&str, &[&str])] = &[
    ("string", &["pattern", "minLength", "maxLength"]),
    ("number", NUMERIC),
    ("integer", NUMERIC),
    ("array", &["items", "minItems", "maxItems", "uniqueItems"]),
    (
        "object",
        &[
            "properties",
            "required",
            "additionalProperties",
            "minProperties",
            "maxProperties",
        ],
    ),
];

const ALL: &[&str] = &["string", "number", "boolean", "array", "object"];

const NUMERIC: &[&str] = &[
    "multipleOf",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
];

const NUMERIC_FORMATS: &[&str] = &["int32", "int64", "float", "double"];

/// Gives `schema` one type; if it has several, gives a schema for each, to be put under the keyword beside them.
pub(super) fn rewrite(
    schema: &mut Object,
    place: &Place,
    record: &mut Record<'_>,
) -> Option<(&'static str, Vec<Node>)> {
    let mut names = match schema.get("type")? {
        Node::String(name) if !matches!(name.as_str(), "file" | "null") => return None,
        Node::String(name) => vec![name.clone()],
        Node::Array(names) => names
            .iter()
            .filter_map(Node::as_str)
            .map(str::to_owned)
            .collect(),
        _ => return None,
    };
    let given = names.len();
    names.retain(|name| name != "null");
    if names.len() < given {
        set_nullable(schema, place, "type", record);
    }
    // Every integer is a number.
    if names.iter().any(|name| name == "number") {
        names.retain(|name| name != "integer");
    }
    schema.remove("type");
    match names.as_slice() {
        [] if given > 0 => only_null(schema),
        [] => {}
        [name] => one(schema, name),
        names if ALL.iter().all(|name| names.iter().any(|it| it == name)) => {}
        names => return several(schema, names, place, record),
    }
    None
}

/// The schema of `null` alone.
fn only_null(schema: &mut Object) {
    schema.remove("enum");
    schema.insert("enum".to_owned(), Node::Array(vec![Node::Null]));
}

fn one(schema: &mut Object, name: &str) {
    if name == "file" {
        schema.remove("format");
        schema.insert("type".to_owned(), text("string"));
        schema.insert("format".to_owned(), text("binary"));
    } else {
        schema.insert("type".to_owned(), text(name));
    }
}

/// One alternative for each type, with the keywords that are about it. The types exclude each other, so `oneOf` does
/// where `anyOf` is taken.
fn several(
    schema: &mut Object,
    names: &[String],
    place: &Place,
    record: &mut Record<'_>,
) -> Option<(&'static str, Vec<Node>)> {
    let keyword = ["anyOf", "oneOf"]
        .into_iter()
        .find(|keyword| !schema.contains(keyword))?;
    let list = place.normal.join(keyword);
    let mut alternatives = Vec::new();
    for (index, name) in names.iter().enumerate() {
        let mut alternative = object([]);
        one(&mut alternative, name);
        for keyword in keywords_of(schema, name) {
            if let Some(node) = schema.remove(keyword) {
                alternative.insert(keyword.to_owned(), node);
            }
        }
        let mut at = Place::new(list.index(index), place.source.clone());
        record.moved(&at);
        children(&mut alternative, &mut at, record);
        alternatives.push(Node::Object(alternative));
    }
    Some((keyword, alternatives))
}

fn keywords_of(schema: &Object, name: &str) -> Vec<&'static str> {
    let of_type = KEYWORDS.iter().find(|(of, _)| *of == name);
    let mut keywords = of_type.map_or(Vec::new(), |(_, keywords)| keywords.to_vec());
    if let Some(format) = schema.get("format").and_then(Node::as_str) {
        let numeric = NUMERIC_FORMATS.contains(&format);
        if (numeric && keywords == NUMERIC) || (!numeric && name == "string") {
            keywords.push("format");
        }
    }
    keywords
}

#[cfg(test)]
mod tests {
    use crate::normalise::swagger2::testing::normal;

    const A: &str = "/components/schemas/A";

    #[test]
    fn lists_of_types_become_nullable_and_alternatives() {
        let table = [
            ("type: [string, 'null']", "{type: string, nullable: true}"),
            (
                "{type: ['null', integer], minimum: 1}",
                "{type: integer, minimum: 1, nullable: true}",
            ),
            ("type: [boolean]", "type: boolean"),
            ("type: []", "{}"),
            ("type: [string, number, boolean, array, object]", "{}"),
            ("type: 'null'", "{nullable: true, enum: [null]}"),
            (
                "{type: ['null'], title: t}",
                "{nullable: true, enum: [null], title: t}",
            ),
            ("type: [integer, number]", "type: number"),
            (
                "{type: [object, 'null', array], items: {type: file}, title: t, enum: [[1]]}",
                "{title: t, enum: [[1]], nullable: true,
                  anyOf: [{type: object}, {type: array, items: {type: string, format: binary}}]}",
            ),
            (
                "{type: [string, integer], format: int64, maxLength: 1, maximum: 2}",
                "anyOf: [{type: string, maxLength: 1}, {type: integer, maximum: 2, format: int64}]",
            ),
            (
                "{type: [string, boolean], format: date}",
                "anyOf: [{type: string, format: date}, {type: boolean}]",
            ),
            (
                "{type: [string, boolean], anyOf: [{}]}",
                "{anyOf: [{}], oneOf: [{type: string}, {type: boolean}]}",
            ),
        ];
        for (schema, expected) in table {
            normal(&format!("definitions:\n  A:\n    {schema}"))
                .holds(A, expected)
                .lost(&[]);
        }
    }

    #[test]
    fn files_are_bytes() {
        normal("definitions: {A: {type: file, format: x}}")
            .holds(A, "{type: string, format: binary}");
    }

    #[test]
    fn alternatives_stood_in_the_schema_itself() {
        normal("definitions: {A: {type: [array, string], items: {properties: {a: {discriminator: k}}}}}")
            .stood("/components/schemas/A/anyOf/0/items/properties/a", "/definitions/A/items/properties/a")
            .stood(
                "/components/schemas/A/anyOf/0/items/properties/a/discriminator/propertyName",
                "/definitions/A/items/properties/a/discriminator",
            );
    }
}
