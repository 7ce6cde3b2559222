//! Where every node of a text stands.

use std::ops::Range;

use specwright_diagnostics::Pointer;

/// Every node of a text in its order, the root first.
#[derive(Debug, Default)]
pub(super) struct Layout {
    spots: Vec<Spot>,
    /// Containers that have not ended yet.
    open: Vec<usize>,
}

/// One node.
#[derive(Debug)]
pub(super) struct Spot {
    pub(super) parent: Option<usize>,
    /// The key, if the node is a member of a mapping.
    pub(super) key: Option<Key>,
    /// The bytes of the value, anchor and tag included; of block scalars without their first line.
    pub(super) value: Range<usize>,
    pub(super) form: Form,
    /// Whether it has neither anchor nor tag.
    pub(super) bare: bool,
    pub(super) children: Vec<usize>,
}

/// The key of a member.
#[derive(Debug, Clone)]
pub(super) struct Key {
    /// What it says; `None` of keys that are no texts.
    pub(super) name: Option<String>,
    pub(super) range: Range<usize>,
    pub(super) bare: bool,
}

/// How a value is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// Without quotes; in JSON numbers, `true`, `false` and `null`.
    Plain,
    /// Left out.
    Absent,
    SingleQuoted,
    DoubleQuoted,
    /// `|` or `>`.
    BlockScalar,
    /// In brackets.
    Flow,
    /// By indentation.
    Block,
    Alias,
}

impl Layout {
    /// Adds a node to the container that is open.
    pub(super) fn add(&mut self, key: Option<Key>, value: Range<usize>, form: Form, bare: bool) {
        let index = self.spots.len();
        let parent = self.open.last().copied();
        if let Some(parent) = parent.and_then(|parent| self.spots.get_mut(parent)) {
            parent.children.push(index);
        }
        self.spots.push(Spot {
            parent,
            key,
            value,
            form,
            bare,
            children: Vec::new(),
        });
    }

    /// Opens the container that was added last.
    pub(super) fn open(&mut self) {
        self.open.push(self.spots.len().saturating_sub(1));
    }

    /// Ends the open container: at a byte if it has brackets, else with its last child.
    pub(super) fn close(&mut self, end: Option<usize>) {
        let Some(index) = self.open.pop() else {
            return;
        };
        let last = self.get(index).and_then(|spot| spot.children.last());
        let last = last.and_then(|child| Some(self.get(*child)?.value.end));
        if let Some(spot) = self.spots.get_mut(index) {
            spot.form = end.map_or(Form::Block, |_| Form::Flow);
            spot.value.end = end.or(last).unwrap_or(spot.value.end);
        }
    }

    /// Whether every container ended.
    pub(super) fn is_whole(&self) -> bool {
        self.open.is_empty() && !self.spots.is_empty()
    }

    /// How many nodes there are.
    pub(super) fn len(&self) -> usize {
        self.spots.len()
    }

    /// The container that is open.
    pub(super) fn current(&self) -> Option<&Spot> {
        self.get(*self.open.last()?)
    }

    pub(super) fn get(&self, index: usize) -> Option<&Spot> {
        self.spots.get(index)
    }

    /// The node at a pointer; `None` if it came through an alias or a merge key, or if a key on the way occurs twice.
    pub(super) fn find(&self, pointer: &Pointer) -> Option<usize> {
        pointer
            .segments()
            .try_fold(0, |at, segment| self.child(at, &segment))
    }

    fn child(&self, at: usize, segment: &str) -> Option<usize> {
        let children = &self.get(at)?.children;
        let is_mapping = self.get(*children.first()?)?.key.is_some();
        if !is_mapping {
            return children.get(segment.parse::<usize>().ok()?).copied();
        }
        let is_named = |child: &&usize| {
            let key = self.get(**child).and_then(|it| it.key.as_ref());
            key.is_some_and(|it| it.name.as_deref() == Some(segment))
        };
        let mut named = children.iter().filter(is_named);
        let found = named.next().copied();
        found.filter(|_| named.next().is_none())
    }

    /// The nodes beside a node, itself included.
    pub(super) fn siblings(&self, index: usize) -> &[usize] {
        let parent = self.get(index).and_then(|it| it.parent);
        let parent = parent.and_then(|it| self.get(it));
        parent.map(|it| it.children.as_slice()).unwrap_or_default()
    }
}

impl Spot {
    /// Where the node begins, its key included; dashes of block sequences not.
    pub(super) fn start(&self) -> usize {
        let key = self.key.as_ref().map(|key| key.range.start);
        key.unwrap_or(self.value.start)
    }
}
