//! References that are replaced by what they lead to: path items, which have no section in OpenAPI 3.0, and whatever
//! stands where the specification has no reference.

use specwright_diagnostics::{Diagnostic, Pointer, Rule, Severity};

use super::{Bundler, CYCLE, Pending, Problem, Target, cut, follow};
use crate::{
    origins::Origins,
    structure::{self, MISPLACED, Version},
    tree::{Node, Object},
};

pub(crate) static TOO_LARGE: Rule = Rule {
    name: "reference/too-large",
    severity: Severity::Error,
    summary: "What takes the place of references to it stays of bearable size.",
    explanation: "A path item is put in place of each reference to it, because OpenAPI 3.0 has no components for path \
        items, and so is the target of a reference where the specification has none. Few references to each other can \
        make up a description of any size and depth, so there is a limit.",
};

/// How much may be copied in place of references: nodes, and the steps to each copy. The first copy of each target does
/// not count, because those are about as many nodes as the text has.
const MOST_COPIED: usize = 1_000_000;

/// How deep in the bundled tree a copy may stand: what walks the tree calls itself at each step.
const DEEPEST: usize = 256;

impl Bundler<'_> {
    /// Puts the target in place of the reference to it.
    pub(super) fn inline(
        &mut self,
        tree: &mut Node,
        origins: &mut Origins,
        pending: &Pending,
        target: &Target,
    ) {
        cut(tree, &pending.at);
        let Some(own) = tree.at(&pending.at).and_then(Node::as_object).cloned() else {
            return;
        };
        let here = pending.place();
        let mut trail = pending.trail.clone();
        trail.push(here.clone());
        if trail.iter().any(|place| target.contains(place)) {
            self.report_circle(pending, trail);
            return leave_out(tree, pending);
        }
        if !self.is_bearable(pending, target) {
            return leave_out(tree, pending);
        }
        self.report_misplaced(pending);
        let beside: Vec<&str> = own.iter().map(|(key, _)| key).collect();
        let (usable, found) = self.graft(tree, &pending.at, target, pending.found.holds, &beside);
        if !usable {
            return leave_out(tree, pending);
        }
        let moved = (target.file, target.pointer.clone());
        origins.moved.insert(pending.at.clone(), moved);
        put_beside(tree, origins, pending, &own);
        self.note_components(tree, origins, &pending.at);
        let found = follow(found, target, &pending.at, &trail);
        self.enqueue(found);
    }

    /// Reports a circle once, wherever it was entered.
    fn report_circle(&mut self, pending: &Pending, trail: Vec<Target>) {
        if !trail.iter().any(|place| self.circular.contains(place)) {
            let message = "this reference leads back to itself".to_owned();
            self.report(pending, Problem::new(&CYCLE, message));
        }
        self.circular.extend(trail);
    }

    /// Whether one more copy keeps the description within bounds; the first that does not is reported.
    fn is_bearable(&mut self, pending: &Pending, target: &Target) -> bool {
        let first = self.copied_once.insert(target.clone());
        let node = self.files.tree(target.file).filter(|_| !first);
        let node = node.and_then(|it| it.at(&target.pointer));
        let steps = pending.at.segments().count();
        let size = node.map_or(0, |it| nodes(it) + steps);
        let before = self.copied;
        self.copied = before.saturating_add(size);
        if steps > DEEPEST {
            self.copied = usize::MAX;
        }
        if self.copied > MOST_COPIED && before <= MOST_COPIED {
            let message = "references like this make the description too large".to_owned();
            self.report(pending, Problem::new(&TOO_LARGE, message));
        }
        self.copied <= MOST_COPIED
    }

    fn report_misplaced(&mut self, pending: &Pending) {
        if !pending.found.misplaced || !self.reported.insert(pending.place()) {
            return;
        }
        let message = format!(
            "no reference may stand in place of {}; its target is read instead",
            pending.found.holds.name(self.version)
        );
        let mut diagnostic = Diagnostic::new(
            &MISPLACED,
            pending.file,
            pending.found.pointer.join("$ref"),
            message,
        );
        diagnostic.link = Some(format!("{}#reference-object", self.version.link()));
        self.diagnostics.push(diagnostic);
    }

    /// Remembers which components came with a copy at `at`: references to where they came from lead to them.
    fn note_components(&mut self, tree: &Node, origins: &Origins, at: &Pointer) {
        let parent = match self.version {
            Version::V2_0 => Some(tree),
            _ => tree.get("components"),
        };
        let sections = parent.and_then(Node::as_object);
        for (name, members) in sections.into_iter().flat_map(Object::iter) {
            let section = structure::section(self.version, name);
            if section.strip_prefix(at).is_none() {
                continue;
            }
            for (key, _) in members.as_object().into_iter().flat_map(Object::iter) {
                let component = section.join(key);
                if let Some(section) = structure::section_of(self.version, &component) {
                    let (file, origin) = origins.of(&component);
                    let key = (file, origin, section);
                    self.placed.entry(key).or_insert(component);
                }
            }
        }
    }
}

/// What stood beside a reference stands beside its target, and instead of what the target says.
fn put_beside(tree: &mut Node, origins: &mut Origins, pending: &Pending, own: &Object) {
    let Some(Node::Object(object)) = tree.at_mut(&pending.at) else {
        return;
    };
    let here = pending.place();
    for (key, node) in own.iter() {
        object.remove(key);
        object.insert(key.to_owned(), node.clone());
        let origin = (here.file, here.pointer.join(key));
        origins.moved.insert(pending.at.join(key), origin);
    }
}

/// Makes a reference that cannot be followed into an object without fields, or nothing where no object may stand.
pub(super) fn leave_out(tree: &mut Node, pending: &Pending) {
    cut(tree, &pending.at);
    if pending.found.holds.is_object() {
        return;
    }
    let parent = pending.at.parent().and_then(|at| tree.at_mut(&at));
    match (parent, pending.at.last()) {
        (Some(Node::Object(object)), Some(key)) => drop(object.remove(&key)),
        // The others keep their places.
        (Some(Node::Array(_)), _) => {
            if let Some(item) = tree.at_mut(&pending.at) {
                *item = Node::Null;
            }
        }
        _ => {}
    }
}

/// The number of nodes of a tree.
fn nodes(node: &Node) -> usize {
    1 + match node {
        Node::Array(items) => items.iter().map(nodes).sum(),
        Node::Object(object) => object.iter().map(|(_, node)| nodes(node)).sum::<usize>(),
        _ => 0,
    }
}
