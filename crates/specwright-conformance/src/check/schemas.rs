//! Questions about schemas in the words of their version.

use std::collections::{BTreeMap, BTreeSet};

use specwright_openapi::{Document, Node, Object, Version};

/// How many schemas a search goes through.
const MOST: usize = 512;

/// The names of the types that a schema says itself, `null` included; `None` if it says nothing about types.
pub(crate) fn types(object: &Object, version: Version) -> Option<Vec<&str>> {
    let mut types: Vec<&str> = match object.get("type")? {
        Node::String(one) => vec![one],
        Node::Array(several) => several.iter().filter_map(Node::as_str).collect(),
        _ => return None,
    };
    if is_nullable(object, version) && !types.contains(&"null") {
        types.push("null");
    }
    Some(types)
}

/// Whether a schema has `nullable: true` (3.0) or `x-nullable: true` (2.0).
pub(crate) fn is_nullable(object: &Object, version: Version) -> bool {
    let keyword = match version {
        Version::V2_0 => "x-nullable",
        Version::V3_0 => "nullable",
        Version::V3_1 | Version::V3_2 => return false,
    };
    object.get(keyword).and_then(Node::as_bool) == Some(true)
}

/// The type that a value has in JSON: `integer` for whole numbers.
pub(crate) fn type_of(value: &Node) -> &'static str {
    match value {
        Node::Null => "null",
        Node::Bool(_) => "boolean",
        Node::Number(number) if number.as_f64().fract() == 0.0 => "integer",
        Node::Number(_) => "number",
        Node::String(_) => "string",
        Node::Array(_) => "array",
        Node::Object(_) => "object",
    }
}

/// Whether a value is of one of the types.
pub(crate) fn is_of(value: &Node, types: &[&str]) -> bool {
    let own = type_of(value);
    types.contains(&own) || (own == "integer" && types.contains(&"number"))
}

/// The elements of a list of texts.
pub(crate) fn texts<'d>(object: &'d Object, field: &str) -> Vec<&'d str> {
    let list = object.get(field).and_then(Node::as_array);
    list.into_iter()
        .flatten()
        .filter_map(Node::as_str)
        .collect()
}

/// A number that a schema holds.
pub(crate) fn number(object: &Object, field: &str) -> Option<f64> {
    match object.get(field)? {
        Node::Number(number) => Some(number.as_f64()),
        _ => None,
    }
}

/// The subschemas in a list such as `allOf`, those that are no objects left out.
pub(crate) fn members<'d>(object: &'d Object, field: &str) -> Vec<(usize, &'d Object)> {
    let list = object.get(field).and_then(Node::as_array);
    list.into_iter()
        .flatten()
        .enumerate()
        .filter_map(|(index, node)| Some((index, node.as_object()?)))
        .collect()
}

/// Every property that instances may have by name, with its schemas: through references and all kinds of composition.
///
/// `None` if that cannot be said: a reference leads nowhere, or names follow a pattern.
pub(crate) fn properties<'d>(
    document: &'d Document,
    object: &'d Object,
) -> Option<BTreeMap<&'d str, Vec<&'d Node>>> {
    let mut found = BTreeMap::new();
    let mut seen = BTreeSet::new();
    collect(document, object, &mut seen, &mut found)?;
    Some(found)
}

fn collect<'d>(
    document: &'d Document,
    object: &'d Object,
    seen: &mut BTreeSet<*const Object>,
    found: &mut BTreeMap<&'d str, Vec<&'d Node>>,
) -> Option<()> {
    if !seen.insert(std::ptr::from_ref(object)) {
        return Some(());
    }
    (seen.len() < MOST).then_some(())?;
    if let Some(reference) = object.get("$ref").and_then(Node::as_str) {
        let target = document.target(reference)?.as_object()?;
        collect(document, target, seen, found)?;
    }
    for refusing in ["patternProperties", "$dynamicRef"] {
        if object.contains(refusing) {
            return None;
        }
    }
    let own = object.get("properties").and_then(Node::as_object);
    for (name, node) in own.into_iter().flat_map(Object::iter) {
        found.entry(name).or_default().push(node);
    }
    for keyword in ["allOf", "oneOf", "anyOf"] {
        for (_, member) in members(object, keyword) {
            collect(document, member, seen, found)?;
        }
    }
    for keyword in ["then", "else", "if"] {
        if let Some(Node::Object(member)) = object.get(keyword) {
            collect(document, member, seen, found)?;
        }
    }
    let dependent = object.get("dependentSchemas").and_then(Node::as_object);
    for (_, member) in dependent.into_iter().flat_map(Object::iter) {
        if let Some(member) = member.as_object() {
            collect(document, member, seen, found)?;
        }
    }
    Some(())
}

/// Whether every instance of the schema has the property: `required` itself, in a part of `allOf`, or in every variant.
pub(crate) fn requires(document: &Document, object: &Object, property: &str) -> bool {
    requires_below(document, object, property, &mut Vec::new())
}

fn requires_below(
    document: &Document,
    object: &Object,
    property: &str,
    trail: &mut Vec<*const Object>,
) -> bool {
    let this = std::ptr::from_ref(object);
    if trail.contains(&this) || trail.len() > 64 {
        return false;
    }
    trail.push(this);
    let mut below = |member: &Object| requires_below(document, member, property, trail);
    let reference = object.get("$ref").and_then(Node::as_str);
    let target = reference.and_then(|it| document.target(it)?.as_object());
    let every = |keyword: &str, below: &mut dyn FnMut(&Object) -> bool| {
        let members = members(object, keyword);
        !members.is_empty() && members.into_iter().all(|(_, member)| below(member))
    };
    let required = texts(object, "required").contains(&property)
        || target.is_some_and(&mut below)
        || members(object, "allOf")
            .into_iter()
            .any(|(_, member)| below(member))
        || every("oneOf", &mut below)
        || every("anyOf", &mut below);
    trail.pop();
    required
}
