//! What every rewrite is handed: the place of the walk, what it has to tell, and what is known about the components.

use specwright_diagnostics::{Pointer, Rule};

use super::{
    super::{Lost, Moves},
    known::Known,
};
use crate::tree::{Node, Object};

/// The state of the walk.
pub(super) struct Context<'a> {
    /// Where the walk is in the normal form.
    pub(super) at: Pointer,
    /// What is known about the components.
    pub(super) known: Known,
    /// Whether it was told that the document is in another dialect of JSON Schema.
    pub(super) dialect_told: bool,
    /// How many references to media types the walk is inside of.
    pub(super) depth: usize,
    /// How many nodes were copied in place of references to media types.
    pub(super) nodes_copied: usize,
    moves: &'a mut Moves,
    lost: &'a mut Vec<Lost>,
}

impl<'a> Context<'a> {
    pub(super) fn new(root: &mut Object, moves: &'a mut Moves, lost: &'a mut Vec<Lost>) -> Self {
        Self {
            at: Pointer::root(),
            known: Known::gather(root),
            dialect_told: false,
            depth: 0,
            nodes_copied: 0,
            moves,
            lost,
        }
    }

    /// Notes that what stands at `now` stood at `before`; both are places of the normal form.
    pub(super) fn moved(&mut self, now: Pointer, before: &Pointer) {
        let source = self.moves.source(before);
        self.moves.add(now, source);
    }

    /// Notes that what stands here is a copy of what stands at `source` of the source.
    pub(super) fn copied(&mut self, source: Pointer) {
        self.moves.add(self.at.clone(), source);
    }

    /// Gives a field another name.
    pub(super) fn rename(&mut self, object: &mut Object, old: &str, new: &str) {
        if let Some(node) = object.remove(old) {
            set(object, new, node);
            self.moved(self.at.join(new), &self.at.join(old));
        }
    }

    /// Tells that the field `key` of the object at hand is not carried.
    pub(super) fn lose(&mut self, rule: &'static Rule, key: &str, message: impl Into<String>) {
        self.lost.push(Lost {
            rule,
            pointer: self.moves.source(&self.at.join(key)),
            message: message.into(),
        });
    }

    /// Removes the field `key` and tells what that means.
    pub(super) fn remove(
        &mut self,
        object: &mut Object,
        key: &str,
        rule: &'static Rule,
        message: &str,
    ) {
        if object.remove(key).is_some() {
            self.lose(rule, key, message);
        }
    }

    /// Walks into the field `key`, if there is one.
    pub(super) fn node(
        &mut self,
        object: &mut Object,
        key: &str,
        rewrite: impl FnOnce(&mut Self, &mut Node),
    ) {
        if let Some(node) = object.get_mut(key) {
            self.below(key, |cx| rewrite(cx, node));
        }
    }

    /// Walks into the field `key`, if it holds an object.
    pub(super) fn object(
        &mut self,
        object: &mut Object,
        key: &str,
        rewrite: impl FnOnce(&mut Self, &mut Object),
    ) {
        self.node(object, key, |cx, node| {
            if let Node::Object(object) = node {
                rewrite(cx, object);
            }
        });
    }

    /// Walks into the elements of the list in the field `key`.
    pub(super) fn elements(
        &mut self,
        object: &mut Object,
        key: &str,
        mut rewrite: impl FnMut(&mut Self, &mut Node),
    ) {
        self.node(object, key, |cx, node| {
            if let Node::Array(items) = node {
                for (index, item) in items.iter_mut().enumerate() {
                    cx.below(&index.to_string(), |cx| rewrite(cx, item));
                }
            }
        });
    }

    /// Walks into the elements of the list in the field `key` that are objects.
    pub(super) fn objects(
        &mut self,
        object: &mut Object,
        key: &str,
        mut rewrite: impl FnMut(&mut Self, &mut Object),
    ) {
        self.elements(object, key, |cx, node| {
            if let Node::Object(object) = node {
                rewrite(cx, object);
            }
        });
    }

    /// Walks into the members of the map in the field `key`.
    pub(super) fn members(
        &mut self,
        object: &mut Object,
        key: &str,
        rewrite: impl FnMut(&mut Self, &mut Node),
    ) {
        self.object(object, key, |cx, map| cx.members_of(map, rewrite));
    }

    /// Walks into the members of the map in the field `key` that are objects.
    pub(super) fn map(
        &mut self,
        object: &mut Object,
        key: &str,
        rewrite: impl FnMut(&mut Self, &mut Object),
    ) {
        self.object(object, key, |cx, map| cx.objects_of(map, rewrite));
    }

    /// Walks into the members of a map.
    fn members_of(&mut self, map: &mut Object, mut rewrite: impl FnMut(&mut Self, &mut Node)) {
        for (key, node) in map.iter_mut() {
            self.below(key, |cx| rewrite(cx, node));
        }
    }

    /// Walks into the members of a map that are objects.
    pub(super) fn objects_of(
        &mut self,
        map: &mut Object,
        mut rewrite: impl FnMut(&mut Self, &mut Object),
    ) {
        self.members_of(map, |cx, node| {
            if let Node::Object(object) = node {
                rewrite(cx, object);
            }
        });
    }

    /// Walks into the members of a map that are objects and no extensions.
    pub(super) fn fields_of(
        &mut self,
        map: &mut Object,
        mut rewrite: impl FnMut(&mut Self, &mut Object),
    ) {
        for (key, node) in map.iter_mut() {
            if let Node::Object(object) = node
                && !key.starts_with("x-")
            {
                self.below(key, |cx| rewrite(cx, object));
            }
        }
    }

    fn below<T>(&mut self, key: &str, rewrite: impl FnOnce(&mut Self) -> T) -> T {
        self.at.push(key);
        let result = rewrite(self);
        self.at.pop();
        result
    }
}

/// Puts `node` in the field `key`, in place of what it holds.
pub(super) fn set(object: &mut Object, key: &str, node: Node) {
    match object.get_mut(key) {
        Some(slot) => *slot = node,
        None => object.insert(key.to_owned(), node),
    }
}

/// A text as a node.
pub(super) fn text(value: &str) -> Node {
    Node::String(value.to_owned())
}

/// Whether the object is a Reference Object; if so it loses the `summary` and `description` that it may have since
/// 3.1 (OAS 3.1.1, Reference Object) and which have no meaning in 3.0.
pub(super) fn is_reference(object: &mut Object) -> bool {
    let refers = matches!(object.get("$ref"), Some(Node::String(_)));
    if refers {
        object.retain(|key, _| key == "$ref");
    }
    refers
}
