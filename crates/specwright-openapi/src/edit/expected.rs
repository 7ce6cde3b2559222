//! The same edits, done on the tree.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use specwright_diagnostics::Pointer;

use super::Edit;
use crate::{
    Json,
    tree::{Node, Object},
};

/// The tree after edits; `source` tells the text that stands at a pointer.
pub(super) fn expected<'t>(
    tree: &Node,
    edits: &[&Edit],
    source: impl Fn(&Pointer) -> Option<&'t str>,
) -> Option<Node> {
    let mut changes = Changes {
        at: BTreeMap::new(),
        above: BTreeSet::new(),
        source: &source,
    };
    for edit in edits {
        let at = edit.pointer().clone();
        let mut next = at.parent();
        while let Some(above) = next.take_if(|it| !changes.above.contains(it)) {
            next = above.parent();
            changes.above.insert(above);
        }
        changes.at.entry(at).or_default().push(edit);
    }
    changes.node(tree, &mut Pointer::root())
}

struct Changes<'a, 't> {
    at: BTreeMap<Pointer, Vec<&'a Edit>>,
    /// Every pointer below which something changes.
    above: BTreeSet<Pointer>,
    source: &'a dyn Fn(&Pointer) -> Option<&'t str>,
}

impl Changes<'_, '_> {
    fn node(&self, node: &Node, at: &mut Pointer) -> Option<Node> {
        let edits = self.at.get(at).map(Vec::as_slice).unwrap_or_default();
        if edits.is_empty() && !self.above.contains(at) {
            return Some(node.clone());
        }
        let mut changed = match node {
            Node::Object(object) => self.object(object, at)?,
            Node::Array(items) => self.array(items, at)?,
            other => other.clone(),
        };
        for edit in edits {
            match (edit, &mut changed) {
                (Edit::Replace(_, value), node) => *node = from_json(value)?,
                (Edit::Quote(at), node @ (Node::Number(_) | Node::Bool(_))) => {
                    *node = Node::String((self.source)(at)?.to_owned());
                }
                (Edit::Append(_, value), Node::Array(items)) => items.push(from_json(value)?),
                (Edit::Insert(_, key, value), Node::Object(object)) if !object.contains(key) => {
                    object.insert(key.clone(), from_json(value)?);
                }
                (Edit::Remove(_) | Edit::Rename(..), _) => {}
                _ => return None,
            }
        }
        Some(changed)
    }

    fn object(&self, object: &Object, at: &mut Pointer) -> Option<Node> {
        let mut changed = Object::default();
        for (key, node) in object.iter() {
            at.push(key);
            let node = self.node(node, at);
            let (removed, name) = self.of_member(at);
            at.pop();
            if removed {
                continue;
            }
            let name = name.unwrap_or(key);
            if changed.contains(name) {
                return None;
            }
            changed.insert(name.to_owned(), node?);
        }
        Some(Node::Object(changed))
    }

    fn array(&self, items: &[Node], at: &mut Pointer) -> Option<Node> {
        let mut changed = Vec::new();
        for (index, node) in items.iter().enumerate() {
            at.push(&index.to_string());
            let node = self.node(node, at);
            let (removed, _) = self.of_member(at);
            at.pop();
            if !removed {
                changed.push(node?);
            }
        }
        Some(Node::Array(changed))
    }

    /// Whether the node goes away, and its new key.
    fn of_member(&self, at: &Pointer) -> (bool, Option<&str>) {
        let edits = self.at.get(at).map(Vec::as_slice).unwrap_or_default();
        let removed = edits.iter().any(|edit| matches!(edit, Edit::Remove(_)));
        let name = edits.iter().find_map(|edit| match edit {
            Edit::Rename(_, name) => Some(name.as_str()),
            _ => None,
        });
        (removed, name)
    }
}

fn from_json(value: &Json) -> Option<Node> {
    Node::deserialize(value).ok()
}

/// Whether two trees are equal, the order of members included.
pub(super) fn is_same(one: &Node, other: &Node) -> bool {
    match (one, other) {
        (Node::Object(one), Node::Object(other)) => {
            let mut members = one.iter().zip(other.iter());
            one.iter().count() == other.iter().count()
                && members.all(|(one, other)| one.0 == other.0 && is_same(one.1, other.1))
        }
        (Node::Array(one), Node::Array(other)) => {
            let mut items = one.iter().zip(other);
            one.len() == other.len() && items.all(|(one, other)| is_same(one, other))
        }
        (one, other) => one == other,
    }
}
