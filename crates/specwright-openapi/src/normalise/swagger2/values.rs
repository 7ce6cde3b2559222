//! What parameters and headers say about their values, which 3.0 says in a schema of their own (OpenAPI 2.0, Parameter
//! Object, Items Object and Header Object).

use super::{
    build::is_extension,
    collection_format::{self, Carrier},
    place::{Place, Record},
    schemas,
};
use crate::tree::{Node, Object};

/// Fields that are about the value.
const KEYWORDS: &[&str] = &[
    "type",
    "format",
    "items",
    "default",
    "maximum",
    "exclusiveMaximum",
    "minimum",
    "exclusiveMinimum",
    "maxLength",
    "minLength",
    "pattern",
    "maxItems",
    "minItems",
    "uniqueItems",
    "enum",
    "multipleOf",
];

/// Extensions that are about the value, which readers expect beside `enum`.
const EXTENSIONS: &[&str] = &[
    "x-nullable",
    "x-isnullable",
    "x-ms-enum",
    "x-enum-varnames",
    "x-enumNames",
    "x-enum-descriptions",
];

/// A parameter, header or form field, taken apart.
#[derive(Debug)]
pub(super) struct Value {
    /// The rewritten schema.
    pub(super) schema: Node,
    /// How the elements of an array are put together.
    pub(super) style: Option<collection_format::Style>,
    /// What is not about the value.
    pub(super) rest: Object,
}

impl Value {
    /// Takes `object`, whose schema will stand at `schema.normal`, apart.
    pub(super) fn read(
        object: Object,
        carrier: Carrier,
        mut schema: Place,
        record: &mut Record<'_>,
    ) -> Self {
        let style = collection_format::style(&object, carrier, &schema.source, record);
        let mut keywords = Object::default();
        let mut rest = Object::default();
        for (key, node) in object.into_members() {
            let about_value =
                KEYWORDS.contains(&key.as_str()) || EXTENSIONS.contains(&key.as_str());
            let half = if about_value {
                &mut keywords
            } else {
                &mut rest
            };
            half.insert(key, node);
        }
        rest.remove("collectionFormat");
        // Not in the specification for anything but bodies, but it says what the value is where nothing else does.
        let own = rest.remove("schema").filter(|_| !keywords.contains("type"));
        let mut node = match own {
            Some(own) => {
                schema.source.push("schema");
                own
            }
            None => {
                plain_items(&mut keywords);
                Node::Object(keywords)
            }
        };
        record.moved(&schema);
        schemas::rewrite(&mut node, &mut schema, record);
        let schema = node;
        Self {
            schema,
            style,
            rest,
        }
    }
}

/// Items Objects are schemas but for `collectionFormat`.
fn plain_items(schema: &mut Object) {
    if let Some(Node::Object(items)) = schema.get_mut("items") {
        items.remove("collectionFormat");
        plain_items(items);
    }
}

/// The Header Object at `place`.
pub(super) fn header(node: Node, place: &Place, record: &mut Record<'_>) -> Node {
    let Node::Object(object) = node else {
        return node;
    };
    let schema = Place::new(place.normal.join("schema"), place.source.clone());
    let value = Value::read(object, Carrier::Header, schema, record);
    let mut header = value.rest;
    header.retain(|key, _| key == "description" || is_extension(key));
    header.insert("schema".to_owned(), value.schema);
    Node::Object(header)
}
