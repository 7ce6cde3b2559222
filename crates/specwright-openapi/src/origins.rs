//! Where the parts of the normal form came from.

use std::collections::BTreeMap;

use specwright_diagnostics::{FileId, Pointer};

/// Where the parts of the bundled tree came from.
#[derive(Debug, Clone)]
pub(crate) struct Origins {
    pub(crate) entry: FileId,
    pub(crate) moved: BTreeMap<Pointer, (FileId, Pointer)>,
    /// Where parts of the normal form stood in the bundled tree.
    moves: Moves,
}

impl Origins {
    /// Of a tree that is all from one file.
    pub(crate) fn new(entry: FileId) -> Self {
        Self {
            entry,
            moved: BTreeMap::new(),
            moves: Moves::default(),
        }
    }

    /// The same, seen from a normal form of the bundled tree.
    pub(crate) fn normalised(self, moves: Moves) -> Self {
        Self { moves, ..self }
    }

    /// Where what now stands at `pointer` stood in the bundled tree.
    pub(crate) fn before(&self, pointer: &Pointer) -> Pointer {
        self.moves.source(pointer)
    }

    /// The file and pointer of what now stands at `pointer`.
    pub(crate) fn of(&self, pointer: &Pointer) -> (FileId, Pointer) {
        let pointer = self.moves.source(pointer);
        match pointer.longest_prefix(&self.moved) {
            Some(((file, origin), rest)) => (*file, origin.concat(&rest)),
            None => (self.entry, pointer),
        }
    }
}

/// Where rewritten parts stood before: normal pointer → source pointer, for whole subtrees.
///
/// A pointer below none of the keys stands where it stood.
#[derive(Debug, Clone, Default)]
pub(crate) struct Moves(BTreeMap<Pointer, Pointer>);

impl Moves {
    /// Notes that what stands at `normal` now stood at `source`.
    pub(crate) fn add(&mut self, normal: Pointer, source: Pointer) {
        if normal != source {
            self.0.insert(normal, source);
        }
    }

    /// Where what stands at `normal` stood: by the longest prefix that moved.
    pub(crate) fn source(&self, normal: &Pointer) -> Pointer {
        match normal.longest_prefix(&self.0) {
            Some((source, rest)) => source.concat(&rest),
            None => normal.clone(),
        }
    }
}
