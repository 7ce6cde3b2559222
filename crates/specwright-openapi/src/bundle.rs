//! One tree from many files: every reference ends in the Components Object of the entry document.
//!
//! References into other files, and into places of the entry document that are no component, get a component of their
//! own; references stay references, so cycles are no problem. Path items have no section in OpenAPI 3.0 and are put
//! in place of the reference to them. `Origins` remember where everything came from.

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
    structure::{self, FoundReference, Shape, Type, Version},
    tree::{Node, Object},
};

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

pub(crate) static TOO_LARGE: Rule = Rule {
    name: "reference/too-large",
    severity: Severity::Error,
    summary: "Path items that refer to each other stay of bearable size.",
    explanation: "A path item is put in place of each reference to it, because OpenAPI 3.0 has no components for path \
        items. Few references to each other can make up a description of any size, so there is a limit.",
};

/// How many nodes may be copied in place of references to path items.
const MOST_COPIED: usize = 1_000_000;

/// The work of bundling.
pub(crate) struct Bundler<'a> {
    pub(crate) files: Files<'a>,
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// Files that could not be read, so that each is reported once.
    unreadable: BTreeSet<String>,
    /// The nodes that were copied in place of references to path items.
    copied: usize,
    /// References to path items that are known to lead back to themselves.
    circular: Vec<Target>,
    /// The version of the entry document, by which every file is read.
    pub(crate) version: Version,
    /// `$id`s and anchors by file, made when the first reference needs them.
    identifiers: BTreeMap<FileId, Identifiers>,
}

/// A reference that is still to be followed.
struct Pending {
    /// The file in which it stands: the base of its target.
    file: FileId,
    /// Where it stands in that file.
    origin: Pointer,
    /// Where it stands in the bundled tree.
    at: Pointer,
    target: String,
    shape: &'static Shape,
    /// The path items inside whose copies it stands.
    trail: Vec<Target>,
}

/// Where a reference leads.
#[derive(Debug, Clone, PartialEq, Eq)]
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
            copied: 0,
            circular: Vec::new(),
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
        let mut placed: BTreeMap<(FileId, Pointer, &'static str), Pointer> = BTreeMap::new();
        let mut queue: VecDeque<Pending> = references
            .into_iter()
            .map(|found| Pending {
                file: entry,
                origin: found.pointer.clone(),
                at: found.pointer,
                target: found.target,
                shape: found.shape,
                trail: Vec::new(),
            })
            .collect();
        while let Some(pending) = queue.pop_front() {
            if pending.file == entry && self.is_settled(tree, &pending) {
                continue;
            }
            let Some(target) = self.find(&pending) else {
                cut(tree, &pending.at);
                continue;
            };
            let Some(section) = pending.shape.section else {
                self.inline(tree, &mut origins, &mut queue, &pending, &target);
                continue;
            };
            if target.file == entry
                && structure::section_of(self.version, &target.pointer).as_deref() == Some(section)
            {
                redirect(tree, &pending.at, &target.pointer);
                continue;
            }
            let key = (target.file, target.pointer.clone(), section);
            if let Some(component) = placed.get(&key) {
                redirect(tree, &pending.at, component);
                continue;
            }
            let section = structure::section(self.version, section);
            let component = free_name(tree, &section, &target, &self.files);
            let found = self.graft(tree, &component, &target, holds(pending.shape));
            origins
                .moved
                .insert(component.clone(), (target.file, target.pointer.clone()));
            queue.extend(follow(found, &target, &component, &pending.trail));
            redirect(tree, &pending.at, &component);
            placed.insert(key, component);
        }
        origins
    }

    /// Whether a reference leads straight to a component of the right kind, as most do: then it stays as it is.
    fn is_settled(&self, tree: &Node, pending: &Pending) -> bool {
        let plain = pending
            .target
            .strip_prefix('#')
            .filter(|fragment| !fragment.contains('%'));
        let Some(pointer) = plain.and_then(Pointer::parse) else {
            return false;
        };
        let section = structure::section_of(self.version, &pointer);
        let right = section.is_some() && section.as_deref() == pending.shape.section;
        let written =
            |node: &Node| node.get("$ref").and_then(Node::as_str) == Some(&pending.target);
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
        let at = pending.origin.join("$ref");
        let mut diagnostic = Diagnostic::new(problem.rule, pending.file, at, problem.message);
        diagnostic.help = problem.help;
        self.diagnostics.push(diagnostic);
    }

    /// Reports a circle of path items once, wherever it was entered.
    fn report_circle(&mut self, pending: &Pending, trail: Vec<Target>) {
        if !trail.iter().any(|place| self.circular.contains(place)) {
            let message = "this reference leads back to itself".to_owned();
            self.report(pending, Problem::new(&CYCLE, message));
        }
        self.circular.extend(trail);
    }

    /// The place that a reference leads to; `Ok(None)` if its file is one whose unusability was reported before.
    fn resolve(&mut self, pending: &Pending) -> Result<Option<Target>, Problem> {
        let reference = pending.target.as_str();
        let (file, pointer) = match self.place_of(pending, reference)? {
            Some(place) => place,
            None => return Ok(None),
        };
        let Some(tree) = self.files.tree(file) else {
            return Ok(None);
        };
        let Some(node) = tree.at(&pointer) else {
            return Err(self.leads_nowhere(pending, tree, &pointer));
        };
        let is_schema = pending.shape.name == structure::schema(self.version).name;
        let boolean = is_schema && self.version >= Version::V3_1 && node.as_bool().is_some();
        let found = match structure::section_of(self.version, &pointer) {
            Some(section) if pending.shape.section.unwrap_or("pathItems") != section => {
                format!("among the `{section}`")
            }
            _ if pointer.is_root() && node.get("openapi").is_some() => {
                "a whole document".to_owned()
            }
            _ if node.as_object().is_none() && !boolean => node.kind().to_owned(),
            _ => return Ok(Some(Target { file, pointer })),
        };
        let message = format!(
            "expected a reference to a {}, but `{reference}` is {found}",
            pending.shape.name
        );
        Err(Problem::new(&WRONG_KIND, message))
    }

    /// The file and the pointer in it that a reference names; `Ok(None)` if that file was reported before.
    fn place_of(
        &mut self,
        pending: &Pending,
        reference: &str,
    ) -> Result<Option<(FileId, Pointer)>, Problem> {
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
            let roots = vec![Pointer::root(), own.root(&pending.origin)];
            return Ok(Some((pending.file, roots)));
        }
        let uri = join_uri(own.base(&pending.origin), file_part);
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
            pending.target
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
        let name = pending.target.rsplit(['#', '/']).next().unwrap_or_default();
        problem.help = pending.shape.section.and_then(|section| {
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

    /// Copies the target to `component` of the bundled tree, checked; gives the references in it.
    fn graft(
        &mut self,
        tree: &mut Node,
        component: &Pointer,
        target: &Target,
        holds: Type,
    ) -> Vec<FoundReference> {
        let Some(mut copy) = self
            .files
            .tree(target.file)
            .and_then(|it| it.at(&target.pointer))
            .cloned()
        else {
            return Vec::new();
        };
        // What was checked at another place already gives equal findings, which are shown once.
        let (usable, found) = structure::check(
            &mut copy,
            holds,
            self.version,
            target.file,
            target.pointer.clone(),
            &mut self.diagnostics,
        );
        if usable {
            place(tree, component, copy);
        }
        found
    }

    /// Puts a path item in place of the reference to it.
    fn inline(
        &mut self,
        tree: &mut Node,
        origins: &mut Origins,
        queue: &mut VecDeque<Pending>,
        pending: &Pending,
        target: &Target,
    ) {
        let own = match tree.at_mut(&pending.at) {
            Some(Node::Object(object)) => {
                object.remove("$ref");
                object.clone()
            }
            _ => return,
        };
        let here = Target {
            file: pending.file,
            pointer: pending.origin.clone(),
        };
        let mut trail = pending.trail.clone();
        trail.push(here.clone());
        if trail.iter().any(|place| target.contains(place)) {
            return self.report_circle(pending, trail);
        }
        let size = self
            .files
            .tree(target.file)
            .and_then(|it| it.at(&target.pointer))
            .map_or(0, nodes);
        let before = self.copied;
        self.copied = before.saturating_add(size);
        if self.copied > MOST_COPIED {
            if before <= MOST_COPIED {
                let message = "references to path items make the description too large".to_owned();
                self.report(pending, Problem::new(&TOO_LARGE, message));
            }
            return;
        }
        let found = self.graft(tree, &pending.at, target, Type::Object(pending.shape));
        let moved = (target.file, target.pointer.clone());
        origins.moved.insert(pending.at.clone(), moved);
        if let Some(Node::Object(object)) = tree.at_mut(&pending.at) {
            for (key, node) in own.iter() {
                object.remove(key);
                object.insert(key.to_owned(), node.clone());
                let origin = (here.file, here.pointer.join(key));
                origins.moved.insert(pending.at.join(key), origin);
            }
        }
        queue.extend(follow(found, target, &pending.at, &trail));
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
                origin: found.pointer,
                target: found.target,
                shape: found.shape,
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

/// The number of nodes of a tree.
fn nodes(node: &Node) -> usize {
    1 + match node {
        Node::Array(items) => items.iter().map(nodes).sum(),
        Node::Object(object) => object.iter().map(|(_, node)| nodes(node)).sum::<usize>(),
        _ => 0,
    }
}

/// What stands at the end of a reference.
fn holds(shape: &'static Shape) -> Type {
    match shape.section {
        Some("schemas" | "definitions") => Type::Schema,
        _ => Type::OrReference(shape),
    }
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
