//! Where nodes stand and stood, and what there is to tell about them.

use std::collections::BTreeSet;

use specwright_diagnostics::{Pointer, Rule, Severity};

use crate::{
    normalise::{Lost, Moves},
    tree::{Node, Object},
};

pub(super) static TOO_LARGE: Rule = Rule {
    name: "structure/too-large",
    severity: Severity::Error,
    summary: "What Swagger 2.0 says once for many operations stays of bearable size when it is said for each.",
    explanation: "Since 3.0 a request body or response says its schema for each media type, and parameters of a path \
        that form a body belong to its operations. What is shared is copied for that, and a short document can ask \
        for any number of copies, so there is a limit. Put large schemas into `definitions` and refer to them.",
};

/// How many nodes may be copied.
const MOST_COPIED: usize = 1_000_000;

/// What a copy costs besides the nodes in it.
const COPY: usize = 4;

/// Where a node stands in the normal form, and where it stood in the source.
#[derive(Debug, Clone, Default)]
pub(super) struct Place {
    pub(super) normal: Pointer,
    pub(super) source: Pointer,
}

impl Place {
    pub(super) fn new(normal: Pointer, source: Pointer) -> Self {
        Self { normal, source }
    }

    /// The place of the member `key`, which both have.
    pub(super) fn join(&self, key: &str) -> Self {
        Self::new(self.normal.join(key), self.source.join(key))
    }

    /// Goes down to the member `key`; [`Place::pop`] undoes it.
    pub(super) fn push(&mut self, key: &str) {
        self.normal.push(key);
        self.source.push(key);
    }

    pub(super) fn pop(&mut self) {
        self.normal.pop();
        self.source.pop();
    }
}

/// Takes down moves and losses.
#[derive(Debug)]
pub(super) struct Record<'a> {
    moves: &'a mut Moves,
    lost: &'a mut Vec<Lost>,
    told: BTreeSet<(Pointer, String)>,
    copied: usize,
}

impl<'a> Record<'a> {
    pub(super) fn new(moves: &'a mut Moves, lost: &'a mut Vec<Lost>) -> Self {
        Self {
            moves,
            lost,
            told: BTreeSet::new(),
            copied: 0,
        }
    }

    pub(super) fn moved(&mut self, place: &Place) {
        self.moves.add(place.normal.clone(), place.source.clone());
    }

    /// Reports a loss, once even if what it is about is used in several places.
    pub(super) fn lose(
        &mut self,
        rule: &'static Rule,
        source: &Pointer,
        message: impl Into<String>,
    ) {
        let message = message.into();
        if self.told.insert((source.clone(), message.clone())) {
            let pointer = source.clone();
            self.lost.push(Lost {
                rule,
                pointer,
                message,
            });
        }
    }

    /// Whether `object`, which stood at `source`, may be copied `count` times; if not, that is reported.
    pub(super) fn may_copy(&mut self, object: &Object, count: usize, source: &Pointer) -> bool {
        if count == 0 {
            return true;
        }
        if self.copied <= MOST_COPIED {
            let members = object.iter().map(|(_, node)| nodes(node));
            let size = members.fold(COPY, usize::saturating_add);
            self.copied = self.copied.saturating_add(size.saturating_mul(count));
        }
        let affordable = self.copied <= MOST_COPIED;
        if !affordable {
            let message = "this is used for so many operations or media types that it is left out for some of them";
            self.lose(&TOO_LARGE, source, message);
        }
        affordable
    }
}

/// The number of nodes of a tree.
fn nodes(node: &Node) -> usize {
    match node {
        Node::Array(items) => items.iter().map(nodes).fold(1, usize::saturating_add),
        Node::Object(object) => object
            .iter()
            .map(|(_, node)| nodes(node))
            .fold(1, usize::saturating_add),
        _ => 1,
    }
}
