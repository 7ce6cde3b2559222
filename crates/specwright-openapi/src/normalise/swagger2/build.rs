//! Shorthands for making and reading nodes.

use specwright_diagnostics::Pointer;

use crate::tree::{Node, Object};

pub(super) fn text(value: impl Into<String>) -> Node {
    Node::String(value.into())
}

pub(super) fn object<const N: usize>(members: [(&str, Node); N]) -> Object {
    members
        .map(|(key, node)| (key.to_owned(), node))
        .into_iter()
        .collect()
}

/// The text in the field `key`.
pub(super) fn string<'o>(object: &'o Object, key: &str) -> Option<&'o str> {
    object.get(key).and_then(Node::as_str)
}

pub(super) fn is_true(object: &Object, key: &str) -> bool {
    object.get(key).and_then(Node::as_bool) == Some(true)
}

pub(super) fn is_extension(key: &str) -> bool {
    key.starts_with("x-")
}

/// The object in the field `key`, taken out; an empty one if there is none.
pub(super) fn take_object(object: &mut Object, key: &str) -> Object {
    match object.remove(key) {
        Some(Node::Object(taken)) => taken,
        _ => Object::default(),
    }
}

/// A pointer to a component of the normal form.
pub(super) fn component(section: &str, name: &str) -> Pointer {
    Pointer::root().join("components").join(section).join(name)
}

/// A Reference Object.
pub(super) fn reference(target: impl Into<String>) -> Node {
    Node::Object(object([("$ref", text(target))]))
}

/// Where a reference into `section` of 2.0 leads in the normal form; others stay as they are.
pub(super) fn redirected(target: &str, section: &str, components: &str) -> String {
    let name = target
        .strip_prefix("#/")
        .and_then(|it| it.strip_prefix(section));
    match name.and_then(|it| it.strip_prefix('/')) {
        Some(name) => format!("#/components/{components}/{name}"),
        None => target.to_owned(),
    }
}
