//! Schemas as they are meant: references resolved, `allOf` and `anyOf` seen through.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

/// Keywords that are no attributes: structure and annotation.
const STRUCTURE: [&str; 9] = [
    "$ref",
    "allOf",
    "anyOf",
    "oneOf",
    "properties",
    "required",
    "items",
    "description",
    "title",
];

/// A schema seen as one.
#[derive(Debug, Default)]
pub(crate) struct View<'a> {
    /// Attribute → value, under the names of the keywords. A type that differs between branches is an array.
    pub(crate) attributes: BTreeMap<&'a str, Value>,
    /// Whether a branch takes any string, so that `enum` lists known values only.
    pub(crate) open: bool,
    pub(crate) properties: Vec<Property<'a>>,
    pub(crate) items: Option<Node<'a>>,
    /// JSON pointers of all schemas that are part of this one.
    pub(crate) places: Vec<String>,
}

/// A schema and its place in the document.
#[derive(Debug, Clone)]
pub(crate) struct Node<'a> {
    pub(crate) schema: &'a Value,
    pub(crate) place: String,
}

/// A property of an object.
#[derive(Debug)]
pub(crate) struct Property<'a> {
    pub(crate) name: &'a str,
    pub(crate) node: Node<'a>,
    /// Where the object lists it as required.
    pub(crate) required: Option<String>,
}

impl<'a> Node<'a> {
    /// The node at a JSON pointer; `None` if there is none.
    pub(crate) fn at(document: &'a Value, place: &str) -> Option<Self> {
        Some(Self {
            schema: document.pointer(place)?,
            place: place.to_owned(),
        })
    }

    /// Follows a reference; a node without one is returned as it is.
    pub(crate) fn resolved(self, document: &'a Value) -> Self {
        let target = self
            .schema
            .get("$ref")
            .and_then(Value::as_str)
            .and_then(|reference| reference.strip_prefix('#'));
        target
            .and_then(|place| Self::at(document, place))
            .unwrap_or(self)
    }

    /// The node below this one, by a key that needs no escape.
    pub(crate) fn child(&self, key: &str) -> Option<Self> {
        Some(Self {
            schema: self.schema.get(key)?,
            place: format!("{}/{}", self.place, escape(key)),
        })
    }

    /// The elements of the array below this one.
    pub(crate) fn children(&self, key: &str) -> Vec<Self> {
        let elements = self
            .schema
            .get(key)
            .and_then(Value::as_array)
            .map(Vec::as_slice)
            .unwrap_or_default();
        let place = |index| format!("{}/{}/{index}", self.place, escape(key));
        elements
            .iter()
            .enumerate()
            .map(|(index, schema)| Self {
                schema,
                place: place(index),
            })
            .collect()
    }
}

/// Escapes a key for use in a JSON pointer (RFC 6901, section 3).
pub(crate) fn escape(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

/// Looks at a schema as one.
pub(crate) fn view<'a>(document: &'a Value, node: &Node<'a>) -> View<'a> {
    let mut view = View::default();
    merge(document, node, &mut view);
    view
}

fn merge<'a>(document: &'a Value, node: &Node<'a>, view: &mut View<'a>) {
    view.places.push(node.place.clone());
    let target = node.clone().resolved(document);
    if target.place != node.place {
        return merge(document, &target, view);
    }
    let Some(schema) = node.schema.as_object() else {
        return;
    };

    for (keyword, value) in schema {
        let off =
            matches!(keyword.as_str(), "nullable" | "deprecated") && *value == Value::Bool(false);
        if !off && !keyword.starts_with("x-") && !STRUCTURE.contains(&keyword.as_str()) {
            attribute(view, keyword, value);
        }
    }
    properties(node, schema, view);
    if let Some(items) = node.child("items") {
        view.items = Some(items);
    }
    for part in node.children("allOf") {
        merge(document, &part, view);
    }
    for branch in node
        .children("anyOf")
        .into_iter()
        .chain(node.children("oneOf"))
    {
        view.open |= branch
            .schema
            .get("type")
            .is_some_and(|kind| kind == "string")
            && branch.schema.get("enum").is_none();
        merge(document, &branch, view);
    }
}

fn attribute<'a>(view: &mut View<'a>, keyword: &'a str, value: &Value) {
    match view.attributes.get_mut(keyword) {
        None => {
            view.attributes.insert(keyword, value.clone());
        }
        Some(present) if present == value => {}
        Some(present) => *present = Value::Array(vec![present.take(), value.clone()]),
    }
}

fn properties<'a>(node: &Node<'a>, schema: &'a Map<String, Value>, view: &mut View<'a>) {
    let required = schema
        .get("required")
        .and_then(Value::as_array)
        .map(Vec::as_slice)
        .unwrap_or_default();
    let Some(properties) = schema.get("properties").and_then(Value::as_object) else {
        return;
    };
    for (name, schema) in properties {
        let place = format!("{}/properties/{}", node.place, escape(name));
        let listed = required
            .iter()
            .position(|required| required == name.as_str());
        let required = listed.map(|index| format!("{}/required/{index}", node.place));
        view.properties.push(Property {
            name,
            node: Node { schema, place },
            required,
        });
    }
}
