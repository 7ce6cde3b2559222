//! Edits of texts that leave everything else as it is: layout, comments, order and quotes.
//!
//! An edit names a node by its pointer and becomes a few splices of the text. What the text means afterwards is not
//! taken on trust: it is read again and has to be the tree that the same edits make of the tree before.

mod expected;
mod json;
mod layout;
mod lines;
mod splice;
mod value;
mod yaml;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use specwright_diagnostics::Pointer;

use crate::{
    Json, Node,
    read::{self, Format},
};

use layout::Layout;
use splice::Splice;

/// One edit of a file. Pointers are into the tree of the file before any edit.
#[derive(Debug, Clone, PartialEq)]
pub enum Edit {
    /// The member or element goes away. The only one of a block mapping or sequence cannot.
    Remove(Pointer),
    /// The value, a scalar or in brackets, becomes another one.
    Replace(Pointer, Json),
    /// A number or boolean becomes the text that is written there: `1.10` becomes `'1.10'`.
    Quote(Pointer),
    /// The key of a member becomes another one, which its mapping must not have.
    Rename(Pointer, String),
    /// The array gets an element at its end.
    Append(Pointer, Json),
    /// The mapping gets a member at its end, whose key it must not have.
    Insert(Pointer, String, Json),
}

impl Edit {
    /// The node that the edit names.
    #[must_use]
    pub fn pointer(&self) -> &Pointer {
        match self {
            Self::Remove(at)
            | Self::Replace(at, _)
            | Self::Quote(at)
            | Self::Rename(at, _)
            | Self::Append(at, _)
            | Self::Insert(at, _, _) => at,
        }
    }
}

/// A text after edits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edited {
    /// The whole text.
    pub text: String,
    /// Of each group, in their order, whether it was done.
    pub done: Vec<bool>,
}

/// How often an edited text is read again at most. What is not settled then waits for the next run.
const MOST_ATTEMPTS: usize = 200;

/// Does groups of edits in a text, each as a whole or not at all; see [`Loaded::edited`](crate::Loaded::edited).
pub(crate) fn apply(name: &str, text: &str, groups: &[Vec<Edit>]) -> Option<Edited> {
    let read = read::read(name, text).ok()?;
    let layout = match read.format {
        Format::Json => json::layout(text)?,
        Format::Yaml => yaml::layout(text),
    };
    let mut job = Job {
        name,
        text,
        format: read.format,
        tree: read.node,
        layout,
        line_break: lines::line_break(text),
        groups,
        edited: Edited {
            text: text.to_owned(),
            done: vec![false; groups.len()],
        },
        attempts: 0,
    };
    let candidates = job.candidates();
    job.settle(&candidates);
    Some(job.edited)
}

struct Job<'a> {
    name: &'a str,
    text: &'a str,
    format: Format,
    tree: Node,
    layout: Layout,
    line_break: &'static str,
    groups: &'a [Vec<Edit>],
    edited: Edited,
    attempts: usize,
}

impl Job<'_> {
    /// The groups that can be done by themselves and do not meet one before them.
    fn candidates(&self) -> Vec<usize> {
        let removed = self.removed(0..self.groups.len());
        let mut taken: BTreeSet<(usize, usize)> = BTreeSet::new();
        let mut candidates = Vec::new();
        for (index, group) in self.groups.iter().enumerate() {
            let Some(splices) = self.splices(group, &removed) else {
                continue;
            };
            let ranges = splices.iter().map(|it| (it.range.start, it.range.end));
            let meets = |(start, end): (usize, usize)| {
                let before = taken.range(..(end, 0)).next_back();
                before.is_some_and(|(_, taken_end)| *taken_end > start)
            };
            if splices.is_empty() || ranges.clone().any(meets) {
                continue;
            }
            taken.extend(ranges);
            candidates.push(index);
        }
        candidates
    }

    /// Does these groups, all at once if that can be, else by halves.
    fn settle(&mut self, candidates: &[usize]) {
        if candidates.is_empty() || self.attempts >= MOST_ATTEMPTS {
            return;
        }
        self.attempts += 1;
        if let Some(text) = self.attempt(candidates) {
            self.edited.text = text;
            for index in candidates {
                if let Some(done) = self.edited.done.get_mut(*index) {
                    *done = true;
                }
            }
            return;
        }
        if candidates.len() > 1 {
            let (first, second) = candidates.split_at(candidates.len() / 2);
            self.settle(first);
            self.settle(second);
        }
    }

    /// The text after what is done and these groups, if it is what it should be.
    fn attempt(&self, further: &[usize]) -> Option<String> {
        let done = self.edited.done.iter().enumerate();
        let done = done.filter(|(_, done)| **done).map(|(index, _)| index);
        let indices: BTreeSet<usize> = done.chain(further.iter().copied()).collect();
        let removed = self.removed(indices.iter().copied());
        let groups: Vec<&Vec<Edit>> = indices
            .iter()
            .filter_map(|index| self.groups.get(*index))
            .collect();
        let mut splices = Vec::new();
        for group in &groups {
            splices.extend(self.splices(group, &removed)?);
        }
        let text = splice::splice(self.text, splices)?;
        let edits: Vec<&Edit> = groups.into_iter().flatten().collect();
        let expected = expected::expected(&self.tree, &edits, |at| self.source(at))?;
        let read = read::read(self.name, &text).ok()?;
        let holds = read.format == self.format && expected::is_same(&read.node, &expected);
        holds.then_some(text)
    }

    fn removed(&self, indices: impl IntoIterator<Item = usize>) -> BTreeSet<usize> {
        let groups = indices.into_iter().filter_map(|it| self.groups.get(it));
        let removals = groups.flatten().filter_map(|edit| match edit {
            Edit::Remove(at) => self.layout.find(at),
            _ => None,
        });
        removals.collect()
    }

    fn splices(&self, group: &[Edit], removed: &BTreeSet<usize>) -> Option<Vec<Splice>> {
        let context = splice::Context {
            text: self.text,
            format: self.format,
            layout: &self.layout,
            removed,
            line_break: self.line_break,
        };
        let mut splices = Vec::new();
        for edit in group {
            splices.extend(context.splices(edit)?);
        }
        Some(splices)
    }

    /// The text that stands at a pointer.
    fn source(&self, at: &Pointer) -> Option<&str> {
        let spot = self.layout.get(self.layout.find(at)?)?;
        self.text.get(spot.value.clone())
    }
}
