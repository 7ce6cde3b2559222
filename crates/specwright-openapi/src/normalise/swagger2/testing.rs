//! Helps the tests: cases are YAML texts.

use specwright_diagnostics::Pointer;

use super::to_v3_0;
use crate::{
    normalise::{Lost, Moves},
    read::read,
    tree::Node,
};

/// A document in the normal form.
pub(super) struct Normal {
    pub(super) tree: Node,
    pub(super) moves: Moves,
    pub(super) lost: Vec<Lost>,
}

pub(super) fn tree(text: &str) -> Node {
    read("a.yaml", text).unwrap().node
}

pub(super) fn normal(text: &str) -> Normal {
    let (mut moves, mut lost) = (Moves::default(), Vec::new());
    let tree = to_v3_0(tree(text), &mut moves, &mut lost);
    Normal { tree, moves, lost }
}

impl Normal {
    /// The node at `pointer` is what `expected` says.
    pub(super) fn holds(&self, pointer: &str, expected: &str) -> &Self {
        let found = self.tree.at(&Pointer::parse(pointer).unwrap());
        assert_eq!(found, Some(&tree(expected)), "{pointer}");
        self
    }

    pub(super) fn lacks(&self, pointer: &str) -> &Self {
        assert_eq!(
            self.tree.at(&Pointer::parse(pointer).unwrap()),
            None,
            "{pointer}"
        );
        self
    }

    /// What stands at `pointer` now stood at `source`.
    pub(super) fn stood(&self, pointer: &str, source: &str) -> &Self {
        let found = self.moves.source(&Pointer::parse(pointer).unwrap());
        assert_eq!(found.as_str(), source, "{pointer}");
        self
    }

    /// These rules are what was lost, at these places of the source.
    pub(super) fn lost(&self, expected: &[(&str, &str)]) -> &Self {
        let found: Vec<_> = self
            .lost
            .iter()
            .map(|it| (it.rule.name, it.pointer.as_str()))
            .collect();
        assert_eq!(found, expected);
        self
    }
}
