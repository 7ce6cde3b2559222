//! Schema Objects.

use indexmap::IndexMap;
use openapiv3::{
    AdditionalProperties, AnySchema, ArrayType, BooleanType, IntegerType, NumberType, ObjectType,
    ReferenceOr, Schema, SchemaData, SchemaKind, StringType, Type, VariantOrUnknownOrEmpty,
};

use super::{extensions, flag, json, list, map, or_reference, plain, text};
use crate::tree::{Node, Number, Object};

/// Keywords of which one alone, or beside annotations, makes a schema of a simple kind.
const CONSTRAINTS: &[(&str, Group)] = &[
    ("pattern", Group::String),
    ("minLength", Group::String),
    ("maxLength", Group::String),
    ("multipleOf", Group::Number),
    ("minimum", Group::Number),
    ("maximum", Group::Number),
    ("exclusiveMinimum", Group::Number),
    ("exclusiveMaximum", Group::Number),
    ("items", Group::Array),
    ("minItems", Group::Array),
    ("maxItems", Group::Array),
    ("uniqueItems", Group::Array),
    ("properties", Group::Object),
    ("required", Group::Object),
    ("additionalProperties", Group::Object),
    ("minProperties", Group::Object),
    ("maxProperties", Group::Object),
    ("allOf", Group::Composition),
    ("oneOf", Group::Composition),
    ("anyOf", Group::Composition),
    ("not", Group::Composition),
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Group {
    String,
    Number,
    Array,
    Object,
    Composition,
}

/// The schema that permits everything.
pub(super) fn unconstrained() -> Schema {
    Schema {
        schema_data: SchemaData::default(),
        schema_kind: SchemaKind::Any(AnySchema::default()),
    }
}

pub(super) fn schema(object: &Object) -> Option<Schema> {
    Some(Schema {
        schema_data: SchemaData {
            nullable: flag(object, "nullable"),
            read_only: flag(object, "readOnly"),
            write_only: flag(object, "writeOnly"),
            deprecated: flag(object, "deprecated"),
            external_docs: plain(object, "externalDocs"),
            example: json(object, "example"),
            title: text(object, "title"),
            description: text(object, "description"),
            discriminator: plain(object, "discriminator"),
            default: json(object, "default"),
            extensions: with_xml(object),
        },
        schema_kind: simple(object)
            .or_else(|| composition(object))
            .unwrap_or_else(|| SchemaKind::Any(any(object))),
    })
}

/// The extensions, and the XML Object, for which `openapiv3` has no field, as `x-specwright-xml`.
fn with_xml(object: &Object) -> IndexMap<String, serde_json::Value> {
    let mut all = extensions(object);
    if let Some(xml) = json(object, "xml") {
        all.insert(super::XML.to_owned(), xml);
    }
    all
}

/// A composition without any other constraint.
fn composition(object: &Object) -> Option<SchemaKind> {
    let mut present = CONSTRAINTS
        .iter()
        .map(|(keyword, _)| *keyword)
        .chain(["type", "enum", "format"])
        .filter(|keyword| object.contains(keyword));
    let (only, None) = (present.next()?, present.next()) else {
        return None;
    };
    let members = |keyword: &str| list(object, keyword, |node| or_reference(node, schema));
    Some(match only {
        "allOf" => SchemaKind::AllOf {
            all_of: members("allOf"),
        },
        "oneOf" => SchemaKind::OneOf {
            one_of: members("oneOf"),
        },
        "anyOf" => SchemaKind::AnyOf {
            any_of: members("anyOf"),
        },
        "not" => SchemaKind::Not {
            not: Box::new(or_reference(object.get("not")?, schema)?),
        },
        _ => return None,
    })
}

/// The schema as one of the simple kinds, if its keywords are all of that kind.
fn simple(object: &Object) -> Option<SchemaKind> {
    let only = |group: Option<Group>| {
        let mut others = CONSTRAINTS.iter().filter(|(_, of)| Some(*of) != group);
        others.all(|(keyword, _)| !object.contains(keyword))
    };
    let bare = |keyword: &str| !object.contains(keyword);
    let kind = match object.get("type").and_then(Node::as_str) {
        Some("string") if only(Some(Group::String)) => Type::String(StringType {
            format: format(object),
            pattern: text(object, "pattern"),
            enumeration: members(object, |node| node.as_str().map(str::to_owned))?,
            min_length: size(object, "minLength"),
            max_length: size(object, "maxLength"),
        }),
        Some("number") if only(Some(Group::Number)) => Type::Number(NumberType {
            format: format(object),
            multiple_of: number(object, "multipleOf").map(Number::as_f64),
            exclusive_minimum: flag(object, "exclusiveMinimum"),
            exclusive_maximum: flag(object, "exclusiveMaximum"),
            minimum: number(object, "minimum").map(Number::as_f64),
            maximum: number(object, "maximum").map(Number::as_f64),
            enumeration: members(object, |node| as_number(node).map(Number::as_f64))?,
        }),
        Some("integer") if only(Some(Group::Number)) => Type::Integer(IntegerType {
            format: format(object),
            multiple_of: exact(object, "multipleOf")?,
            exclusive_minimum: flag(object, "exclusiveMinimum"),
            exclusive_maximum: flag(object, "exclusiveMaximum"),
            minimum: exact(object, "minimum")?,
            maximum: exact(object, "maximum")?,
            enumeration: members(object, |node| as_number(node).and_then(Number::as_i64))?,
        }),
        Some("boolean") if only(None) && bare("format") => Type::Boolean(BooleanType {
            enumeration: members(object, Node::as_bool)?,
        }),
        Some("array") if only(Some(Group::Array)) && bare("enum") && bare("format") => {
            Type::Array(ArrayType {
                items: child(object, "items"),
                min_items: size(object, "minItems"),
                max_items: size(object, "maxItems"),
                unique_items: flag(object, "uniqueItems"),
            })
        }
        Some("object") if only(Some(Group::Object)) && bare("enum") && bare("format") => {
            Type::Object(ObjectType {
                properties: map(object, "properties", boxed),
                required: required(object),
                additional_properties: additional(object),
                min_properties: size(object, "minProperties"),
                max_properties: size(object, "maxProperties"),
            })
        }
        _ => return None,
    };
    Some(SchemaKind::Type(kind))
}

fn any(object: &Object) -> AnySchema {
    AnySchema {
        typ: text(object, "type"),
        pattern: text(object, "pattern"),
        multiple_of: number(object, "multipleOf").map(Number::as_f64),
        exclusive_minimum: object.get("exclusiveMinimum").and_then(Node::as_bool),
        exclusive_maximum: object.get("exclusiveMaximum").and_then(Node::as_bool),
        minimum: number(object, "minimum").map(Number::as_f64),
        maximum: number(object, "maximum").map(Number::as_f64),
        properties: map(object, "properties", boxed),
        required: required(object),
        additional_properties: additional(object),
        min_properties: size(object, "minProperties"),
        max_properties: size(object, "maxProperties"),
        items: child(object, "items"),
        min_items: size(object, "minItems"),
        max_items: size(object, "maxItems"),
        unique_items: object.get("uniqueItems").and_then(Node::as_bool),
        enumeration: list(object, "enum", |node| Some(node.to_json())),
        format: text(object, "format"),
        min_length: size(object, "minLength"),
        max_length: size(object, "maxLength"),
        one_of: list(object, "oneOf", |node| or_reference(node, schema)),
        all_of: list(object, "allOf", |node| or_reference(node, schema)),
        any_of: list(object, "anyOf", |node| or_reference(node, schema)),
        not: object
            .get("not")
            .and_then(|node| or_reference(node, schema))
            .map(Box::new),
    }
}

/// The members of `enum`; `None` if one is of another type, which needs the general kind. `null` is a member too.
fn members<T>(object: &Object, read: impl Fn(&Node) -> Option<T>) -> Option<Vec<Option<T>>> {
    let nodes = object
        .get("enum")
        .and_then(Node::as_array)
        .unwrap_or_default();
    nodes
        .iter()
        .map(|node| match node {
            Node::Null => Some(None),
            node => read(node).map(Some),
        })
        .collect()
}

/// A bound of an integer: `Some(None)` if there is none, `None` if it needs the general kind.
#[expect(
    clippy::option_option,
    reason = "absent and unfit are different answers"
)]
fn exact(object: &Object, key: &str) -> Option<Option<i64>> {
    match number(object, key) {
        None => Some(None),
        Some(number) => number.as_i64().map(Some),
    }
}

fn format<T>(object: &Object) -> VariantOrUnknownOrEmpty<T>
where
    VariantOrUnknownOrEmpty<T>: From<Option<String>>,
{
    text(object, "format").into()
}

fn number(object: &Object, key: &str) -> Option<Number> {
    object.get(key).and_then(as_number)
}

fn as_number(node: &Node) -> Option<Number> {
    match node {
        Node::Number(number) => Some(*number),
        _ => None,
    }
}

fn size(object: &Object, key: &str) -> Option<usize> {
    number(object, key)?
        .as_i64()
        .and_then(|value| usize::try_from(value).ok())
}

fn required(object: &Object) -> Vec<String> {
    list(object, "required", |node| node.as_str().map(str::to_owned))
}

fn child(object: &Object, key: &str) -> Option<ReferenceOr<Box<Schema>>> {
    object.get(key).and_then(boxed)
}

fn boxed(node: &Node) -> Option<ReferenceOr<Box<Schema>>> {
    or_reference(node, schema).map(|read| match read {
        ReferenceOr::Item(schema) => ReferenceOr::Item(Box::new(schema)),
        ReferenceOr::Reference { reference } => ReferenceOr::Reference { reference },
    })
}

fn additional(object: &Object) -> Option<AdditionalProperties> {
    Some(match object.get("additionalProperties")? {
        Node::Bool(any) => AdditionalProperties::Any(*any),
        node => AdditionalProperties::Schema(Box::new(or_reference(node, schema)?)),
    })
}
