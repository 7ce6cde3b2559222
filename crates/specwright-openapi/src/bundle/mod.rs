//! One tree from many files: every reference ends in the Components Object of the entry document.
//!
//! References into other files, and into places of the entry document that are no component, get a component of their
//! own; references stay references, so cycles are no problem. Path items have no section in OpenAPI 3.0 and are put
//! in place of the reference to them, like the targets of references where the specification has none (`inline`).
//! `Origins` remember where everything came from.

mod inline;

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    io,
};

use specwright_diagnostics::{Diagnostic, FileId, Pointer, Rule, Severity};

use crate::{
    files::Files,
    identifiers::{Identifiers, join_uri},
    loader::Loader,
    origins::Origins,
    reference::{has_scheme, join_path, percent_decoded},
    structure::{self, FoundReference, Type, Version},
    tree::{Node, Object},
};

pub(crate) use inline::TOO_LARGE;
use inline::leave_out;

pub(crate) static UNRESOLVED: Rule = Rule {
    name: "reference/unresolved",
    severity: Severity::Error,
    summary: "Every `$ref` leads to something.",
    explanation: "A reference names a file relative to the one it stands in and, after `#`, a JSON pointer (RFC 6901) \
        into it. When there is nothing at the end of it, whatever uses the reference is unusable.",
};

pub(crate) static FORBIDDEN: Rule = Rule {
    name: "reference/forbidden",
    severity: Severity::Error,
    summary: "References stay inside the folder of the entry document.",
    explanation: "A document may come from anywhere, so by default nothing outside its folder and nothing on the \
        network is read on its behalf.",
};

pub(crate) static CYCLE: Rule = Rule {
    name: "reference/cycle",
    severity: Severity::Error,
    summary: "A chain of references ends in an object.",
    explanation: "References may lead to references, and schemas may contain themselves; but a chain that consists of \
        references only and comes back to its beginning describes nothing.",
};

pub(crate) static WRONG_KIND: Rule = Rule {
    name: "reference/wrong-kind",
    severity: Severity::Error,
    summary: "A reference leads to the kind of object that its place demands.",
    explanation: "Where a Parameter Object may stand, a reference has to lead to a Parameter Object, and so on. The \
        sections of the Components Object say what their members are.",
};

/// How many misplaced references one pointer may lead through.
const MOST_STEPS: usize = 32;

/// The work of bundling.
pub(crate) struct Bundler<'a> {
    pub(crate) files: Files<'a>,
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// Files that could not be read, so that each is reported once.
    unreadable: BTreeSet<String>,
    /// What was copied in place of references, and how much of it again.
    copied_once: BTreeSet<Target>,
    copied: usize,
    /// References to be replaced that are known to lead back to themselves.
    circular: Vec<Target>,
    queue: Queue,
    /// References where the specification has none, by their place: pointers may lead through them.
    misplaced: BTreeMap<(FileId, Pointer), String>,
    /// Those that have been reported: each may be in many copies.
    reported: BTreeSet<Target>,
    /// The components that targets of other places became, by their section.
    placed: BTreeMap<(FileId, Pointer, &'static str), Pointer>,
    /// The version of the entry document, by which every file is read.
    pub(crate) version: Version,
    /// `$id`s and anchors by file, made when the first reference needs them.
    identifiers: BTreeMap<FileId, Identifiers>,
}

/// The references that are still to be followed.
#[derive(Default)]
struct Queue {
    /// Those that are replaced by their targets come first: these may bring components that others lead to.
    replaced: VecDeque<Pending>,
    others: VecDeque<Pending>,
}

impl Queue {
    fn next(&mut self) -> Option<Pending> {
        let first = self.replaced.pop_front();
        first.or_else(|| self.others.pop_front())
    }
}

/// A reference that is still to be followed.
struct Pending {
    /// The file in which it stands: the base of its target.
    file: FileId,
    /// The reference as it stands in that file.
    found: FoundReference,
    /// Where it stands in the bundled tree.
    at: Pointer,
    /// The references inside whose copies it stands.
    trail: Vec<Target>,
}

impl Pending {
    /// The reference as written.
    fn reference(&self) -> &str {
        &self.found.target
    }

    /// Where it stands in its file.
    fn origin(&self) -> &Pointer {
        &self.found.pointer
    }

    fn place(&self) -> Target {
        Target {
            file: self.file,
            pointer: self.found.pointer.clone(),
        }
    }
}

/// Where a reference leads.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Target {
    file: FileId,
    pointer: Pointer,
}

impl<'a> Bundler<'a> {
    pub(crate) fn new(loader: &'a dyn Loader) -> Self {
        Self {
            files: Files::new(loader),
            diagnostics: Vec::new(),
            unreadable: BTreeSet::new(),
            copied_once: BTreeSet::new(),
            copied: 0,
            circular: Vec::new(),
            queue: Queue::default(),
            misplaced: BTreeMap::new(),
            reported: BTreeSet::new(),
            placed: BTreeMap::new(),
            version: Version::V3_0,
            identifiers: BTreeMap::new(),
        }
    }

    /// Reads a file once; a text that is no document gives a diagnostic.
    pub(crate) fn open(&mut self, path: &str) -> io::Result<FileId> {
        self.files.open(path, &mut self.diagnostics)
    }

    /// Follows `references` of the checked entry tree and everything they lead to.
    pub(crate) fn bundle(
        &mut self,
        tree: &mut Node,
        entry: FileId,
        references: Vec<FoundReference>,
    ) -> Origins {
        let mut origins = Origins::new(entry);
        let whole = Target {
            file: entry,
            pointer: Pointer::root(),
        };
        self.enqueue(follow(references, &whole, &Pointer::root(), &[]));
        while let Some(pending) = self.queue.next() {
            if pending.file == entry && self.is_settled(tree, &pending) {
                continue;
            }
            match (self.find(&pending), pending.found.section) {
                (None, _) => leave_out(tree, &pending),
                (Some(target), None) => self.inline(tree, &mut origins, &pending, &target),
                (Some(target), Some(section)) => {
                    let component = self.component(tree, &mut origins, &pending, target, section);
                    redirect(tree, &pending.at, &component);
                }
            }
        }
        origins
    }

    fn enqueue(&mut self, references: Vec<Pending>) {
        for pending in references {
            if pending.found.misplaced {
                let place = (pending.file, pending.origin().clone());
                self.misplaced.insert(place, pending.reference().to_owned());
            }
            match pending.found.section {
                None => self.queue.replaced.push_back(pending),
                Some(_) => self.queue.others.push_back(pending),
            }
        }
    }

    /// The component of `section` for the target of a reference, which is copied there if it stands elsewhere.
    fn component(
        &mut self,
        tree: &mut Node,
        origins: &mut Origins,
        pending: &Pending,
        target: Target,
        section: &'static str,
    ) -> Pointer {
        if target.file == origins.entry
            && structure::section_of(self.version, &target.pointer) == Some(section)
        {
            return target.pointer;
        }
        let key = (target.file, target.pointer.clone(), section);
        if let Some(component) = self.placed.get(&key) {
            return component.clone();
        }
        let section = structure::section(self.version, section);
        let component = free_name(tree, &section, &target, &self.files);
        let (_, found) = self.graft(tree, &component, &target, pending.found.holds, &[]);
        let found = follow(found, &target, &component, &pending.trail);
        self.enqueue(found);
        let moved = (target.file, target.pointer);
        origins.moved.insert(component.clone(), moved);
        self.placed.insert(key, component.clone());
        component
    }

    /// Whether a reference leads straight to a component of the right kind, as most do: then it stays as it is.
    fn is_settled(&self, tree: &Node, pending: &Pending) -> bool {
        let plain = pending
            .reference()
            .strip_prefix('#')
            .filter(|fragment| !fragment.contains('%'));
        let Some(pointer) = plain.and_then(Pointer::parse) else {
            return false;
        };
        let section = structure::section_of(self.version, &pointer);
        let right = section.is_some() && section == pending.found.section;
        let written =
            |node: &Node| node.get("$ref").and_then(Node::as_str) == Some(pending.reference());
        right
            && tree
                .at(&pointer)
                .is_some_and(|node| node.as_object().is_some())
            && tree.at(&pending.at).is_some_and(written)
    }

    /// The place that a reference leads to; if there is none, that has been reported.
    fn find(&mut self, pending: &Pending) -> Option<Target> {
        match self.resolve(pending) {
            Ok(target) => target,
            Err(problem) => {
                self.report(pending, problem);
                None
            }
        }
    }

    fn report(&mut self, pending: &Pending, problem: Problem) {
        let at = pending.origin().join("$ref");
        let mut diagnostic = Diagnostic::new(problem.rule, pending.file, at, problem.message);
        diagnostic.help = problem.help;
        self.diagnostics.push(diagnostic);
    }

    /// The place that a reference leads to; `Ok(None)` if its file is one whose unusability was reported before.
    fn resolve(&mut self, pending: &Pending) -> Result<Option<Target>, Problem> {
        let Some((file, pointer)) = self.place_of(pending)? else {
            return Ok(None);
        };
        let (file, pointer) = self.through_misplaced(file, pointer);
        let Some(tree) = self.files.tree(file) else {
            return Ok(None);
        };
        let Some(node) = tree.at(&pointer) else {
            return Err(self.leads_nowhere(pending, tree, &pointer));
        };
        if let Some(found) = self.wrong_kind(pending, tree, &pointer, node) {
            let expected = pending.found.holds.name(self.version);
            let message = format!(
                "expected a reference to {expected}, but `{}` is {found}",
                pending.reference()
            );
            return Err(Problem::new(&WRONG_KIND, message));
        }
        Ok(Some(Target { file, pointer }))
    }

    /// What stands at the end of a reference, if it cannot be what the reference should lead to.
    fn wrong_kind(
        &self,
        pending: &Pending,
        tree: &Node,
        pointer: &Pointer,
        node: &Node,
    ) -> Option<String> {
        let is_document = tree
            .get("openapi")
            .or_else(|| tree.get("swagger"))
            .is_some();
        // A file of parts may have any structure.
        let section = structure::section_of(self.version, pointer)
            .filter(|_| is_document || !pending.found.misplaced);
        match section {
            Some(section) if !pending.found.may_lead_into(section) => {
                Some(format!("among the `{section}`"))
            }
            _ if pointer.is_root() && node.get("openapi").is_some() => {
                Some("a whole document".to_owned())
            }
            _ if !pending.found.may_lead_to(node, self.version) => Some(node.kind().to_owned()),
            _ => None,
        }
    }

    /// The place of a pointer that leads through misplaced references, which stand for their targets.
    fn through_misplaced(&mut self, file: FileId, pointer: Pointer) -> (FileId, Pointer) {
        let mut at = (file, pointer.clone());
        for _ in 0..MOST_STEPS {
            let is_there = |tree: &Node| tree.at(&at.1).is_some();
            if self.files.tree(at.0).is_none_or(is_there) {
                return at;
            }
            match self.step_through(&at.1, at.0) {
                Some(next) => at = next,
                None => break,
            }
        }
        (file, pointer)
    }

    /// The place of a pointer behind the last misplaced reference on its way.
    fn step_through(&mut self, pointer: &Pointer, file: FileId) -> Option<(FileId, Pointer)> {
        let parents = std::iter::successors(pointer.parent(), Pointer::parent);
        let (origin, reference) = parents.into_iter().find_map(|parent| {
            let place = (file, parent);
            let reference = self.misplaced.get(&place)?.clone();
            Some((place.1, reference))
        })?;
        let rest = pointer.strip_prefix(&origin)?;
        let pending = Pending {
            file,
            at: origin.clone(),
            found: FoundReference::misplaced(Type::Any, origin, reference),
            trail: Vec::new(),
        };
        let (file, target) = self.place_of(&pending).ok().flatten()?;
        Some((file, target.concat(&rest)))
    }

    /// The file and the pointer in it that a reference names; `Ok(None)` if that file was reported before.
    fn place_of(&mut self, pending: &Pending) -> Result<Option<(FileId, Pointer)>, Problem> {
        let reference = pending.reference();
        let (file_part, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let fragment = percent_decoded(fragment).unwrap_or_default();
        let pointer = Pointer::parse(&fragment);
        if self.version < Version::V3_1 {
            let Some(pointer) = pointer else {
                return Err(self.unresolved(pending, format!("`#{fragment}` is no JSON pointer")));
            };
            return Ok(self
                .file_of(pending, file_part)?
                .map(|file| (file, pointer)));
        }
        let (file, roots) = match self.resource_of(pending, file_part)? {
            Some(place) => place,
            None => return Ok(None),
        };
        if let Some(pointer) = pointer {
            let tree = self.files.tree(file);
            let places = || roots.iter().map(|root| root.concat(&pointer));
            let found = places().find(|place| tree.is_some_and(|tree| tree.at(place).is_some()));
            return Ok(Some((file, found.unwrap_or(pointer))));
        }
        let identifiers = self.identifiers(file);
        let found = roots
            .iter()
            .find_map(|root| identifiers.anchor(root, &fragment));
        match found {
            Some(pointer) => Ok(Some((file, pointer))),
            None => Err(self.unresolved(pending, format!("there is no anchor `{fragment}`"))),
        }
    }

    /// The file of a reference from 3.1 on, and the places in it that its fragment may start from: the root of the
    /// resource that `$id` names and, since many documents mean it, the root of the document.
    fn resource_of(
        &mut self,
        pending: &Pending,
        file_part: &str,
    ) -> Result<Option<(FileId, Vec<Pointer>)>, Problem> {
        let own = self.identifiers(pending.file);
        if file_part.is_empty() {
            let roots = vec![Pointer::root(), own.root(pending.origin())];
            return Ok(Some((pending.file, roots)));
        }
        let uri = join_uri(own.base(pending.origin()), file_part);
        let known = self.identifiers.values().find_map(|it| it.resource(&uri));
        if let Some((file, root)) = known {
            return Ok(Some((file, vec![root])));
        }
        let file = self.file_of(pending, file_part)?;
        Ok(file.map(|file| (file, vec![Pointer::root()])))
    }

    fn file_of(&mut self, pending: &Pending, part: &str) -> Result<Option<FileId>, Problem> {
        match part {
            "" => Ok(Some(pending.file)),
            path => self.open_relative(pending, path),
        }
    }

    fn identifiers(&mut self, file: FileId) -> &Identifiers {
        let (files, version) = (&self.files, self.version);
        self.identifiers.entry(file).or_insert_with(|| {
            let tree = files.tree(file).unwrap_or(&Node::Null);
            Identifiers::of(file, files.path(file), tree, version)
        })
    }

    /// Says which part of a pointer does not exist.
    fn leads_nowhere(&self, pending: &Pending, tree: &Node, pointer: &Pointer) -> Problem {
        let (parent, missing) = break_point(tree, pointer);
        let message = format!(
            "`{}` leads nowhere: there is no `{missing}`",
            pending.reference()
        );
        let mut problem = self.unresolved(pending, message);
        let names = parent
            .as_object()
            .into_iter()
            .flat_map(Object::iter)
            .map(|(key, _)| key);
        if let Some(name) = structure::nearest(&missing, names) {
            problem.help = Some(format!("did you mean `{name}`?"));
        }
        problem
    }

    /// With the component that bears the name at the end of the reference, if there is one.
    fn unresolved(&self, pending: &Pending, message: String) -> Problem {
        let mut problem = Problem::new(&UNRESOLVED, message);
        let name = pending
            .reference()
            .rsplit(['#', '/'])
            .next()
            .unwrap_or_default();
        problem.help = pending.found.section.and_then(|section| {
            let component = structure::section(self.version, section).join(name);
            self.files.tree(pending.file)?.at(&component)?;
            Some(format!("did you mean `#{component}`?"))
        });
        problem
    }

    /// Opens a file named in a reference; `Ok(None)` if it was reported before that it cannot be read.
    fn open_relative(
        &mut self,
        pending: &Pending,
        reference: &str,
    ) -> Result<Option<FileId>, Problem> {
        let forbidden = |why: &str| Problem::new(&FORBIDDEN, format!("`{reference}` {why}"));
        if has_scheme(reference) {
            return Err(forbidden(
                "is a URL: only files in the folder of the entry document are read",
            ));
        }
        let decoded = percent_decoded(reference).unwrap_or_else(|| reference.to_owned());
        let Some(path) = join_path(self.files.path(pending.file), &decoded) else {
            return Err(forbidden("is outside the folder of the entry document"));
        };
        if self.unreadable.contains(&path) {
            return Ok(None);
        }
        self.open(&path).map(Some).map_err(|error| {
            let problem = match error.kind() {
                io::ErrorKind::NotFound => {
                    self.unresolved(pending, format!("there is no file `{path}`"))
                }
                io::ErrorKind::PermissionDenied => forbidden("must not be read"),
                _ => self.unresolved(pending, format!("cannot read `{path}`: {error}")),
            };
            self.unreadable.insert(path);
            problem
        })
    }

    /// Copies the target to `at` of the bundled tree, checked, where it has the fields `beside` from elsewhere.
    ///
    /// Gives whether it can be used, and the references in it.
    fn graft(
        &mut self,
        tree: &mut Node,
        at: &Pointer,
        target: &Target,
        holds: Type,
        beside: &[&str],
    ) -> (bool, Vec<FoundReference>) {
        let Some(mut copy) = self
            .files
            .tree(target.file)
            .and_then(|it| it.at(&target.pointer))
            .cloned()
        else {
            return (false, Vec::new());
        };
        // What was checked at another place already gives equal findings, which are shown once.
        let (usable, found) = structure::check(
            &mut copy,
            holds,
            self.version,
            (target.file, target.pointer.clone()),
            beside,
            &mut self.diagnostics,
        );
        if usable {
            place(tree, at, copy);
        }
        (usable, found)
    }
}

/// Why a reference cannot be followed.
struct Problem {
    rule: &'static Rule,
    message: String,
    help: Option<String>,
}

impl Problem {
    fn new(rule: &'static Rule, message: String) -> Self {
        let help = None;
        Self {
            rule,
            message,
            help,
        }
    }
}

impl Target {
    /// Whether `other` is this place or below it.
    fn contains(&self, other: &Target) -> bool {
        self.file == other.file && other.pointer.strip_prefix(&self.pointer).is_some()
    }
}

/// The references found below a target, as they stand below its copy.
fn follow(
    found: Vec<FoundReference>,
    target: &Target,
    copy: &Pointer,
    trail: &[Target],
) -> Vec<Pending> {
    found
        .into_iter()
        .filter_map(|found| {
            let rest = found.pointer.strip_prefix(&target.pointer)?;
            Some(Pending {
                file: target.file,
                at: copy.concat(&rest),
                found,
                trail: trail.to_vec(),
            })
        })
        .collect()
}

fn redirect(tree: &mut Node, at: &Pointer, component: &Pointer) {
    if let Some(Node::Object(object)) = tree.at_mut(at) {
        object.remove("$dynamicRef");
        object.remove("$ref");
        object.insert("$ref".to_owned(), Node::String(format!("#{component}")));
    }
}

/// Makes a reference that leads nowhere into an object without fields, which permits anything.
fn cut(tree: &mut Node, at: &Pointer) {
    if let Some(Node::Object(object)) = tree.at_mut(at) {
        object.remove("$dynamicRef");
        object.remove("$ref");
    }
}

/// A pointer to a component that does not exist yet, named after its target.
fn free_name(tree: &Node, section: &Pointer, target: &Target, files: &Files<'_>) -> Pointer {
    let stem = |path: &str| {
        let name = path.rsplit('/').next().unwrap_or_default();
        name.split('.').next().unwrap_or_default().to_owned()
    };
    let wished = match target.pointer.last() {
        Some(last) if last.parse::<usize>().is_err() && last != "schema" => last,
        Some(_) => readable_name(&target.pointer),
        None => stem(files.path(target.file)),
    };
    let mut name = section.join(&wished);
    let mut number = 2;
    while tree.at(&name).is_some() {
        name = section.join(&format!("{wished}_{number}"));
        number += 1;
    }
    name
}

/// `paths_users_get_parameters_0` for `/paths/~1users/get/parameters/0`.
fn readable_name(pointer: &Pointer) -> String {
    let words = pointer
        .segments()
        .map(|segment| segment.trim_matches('/').replace(['/', '{', '}'], "_"));
    words.collect::<Vec<_>>().join("_")
}

/// Puts `node` at `pointer` and makes the objects on the way.
fn place(tree: &mut Node, pointer: &Pointer, node: Node) {
    if let Some(slot) = tree.at_mut(pointer) {
        *slot = node;
        return;
    }
    let mut at = tree;
    for segment in pointer.segments() {
        at = match at {
            Node::Object(object) => {
                if !object.contains(&segment) {
                    object.insert(segment.clone(), Node::Object(Object::default()));
                }
                match object.get_mut(&segment) {
                    Some(next) => next,
                    None => return,
                }
            }
            _ => return,
        };
    }
    *at = node;
}

/// The deepest node on the way of a pointer, and the segment that it does not have.
fn break_point<'t>(tree: &'t Node, pointer: &Pointer) -> (&'t Node, String) {
    let mut at = tree;
    for segment in pointer.segments() {
        match at.at(&Pointer::root().join(&segment)) {
            Some(next) => at = next,
            None => return (at, segment),
        }
    }
    (at, String::new())
}
