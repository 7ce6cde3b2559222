//! What every check can ask.

use std::{
    cell::OnceCell,
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use specwright_openapi::{Description, Document, Node, Object, Version, diagnostics::Pointer};

use crate::schema::Schemas;

use super::{
    list::{List, lists},
    operation::{Operation, operations},
};

/// What every check can ask about the document; made when it is first asked.
#[derive(Debug)]
pub(crate) struct Context<'d> {
    /// The document as it was written.
    pub(crate) document: &'d Document,
    /// What it means.
    pub(crate) description: &'d Description,
    /// Holds values against schemas of the document.
    pub(crate) schemas: Schemas,
    operations: OnceCell<Vec<Operation<'d>>>,
    references: OnceCell<References<'d>>,
    tags: OnceCell<BTreeSet<&'d str>>,
    lists: OnceCell<Vec<List<'d>>>,
}

/// What the references of a document lead to.
#[derive(Debug, Default)]
pub(crate) struct References<'d> {
    /// The places of references by what they lead to, as written.
    pub(crate) by_target: BTreeMap<&'d str, Vec<Pointer>>,
}

impl<'d> Context<'d> {
    pub(crate) fn new(document: &'d Arc<Document>, description: &'d Description) -> Self {
        Self {
            document,
            schemas: Schemas::new(Arc::clone(document)),
            description,
            operations: OnceCell::new(),
            references: OnceCell::new(),
            tags: OnceCell::new(),
            lists: OnceCell::new(),
        }
    }

    /// The version of the document.
    pub(crate) fn version(&self) -> Version {
        self.document.version()
    }

    /// The root of the document.
    pub(crate) fn root(&self) -> Option<&'d Object> {
        self.document.root().as_object()
    }

    /// Every operation of the paths, in the order of the text.
    pub(crate) fn operations(&self) -> &[Operation<'d>] {
        self.operations.get_or_init(|| operations(self.document))
    }

    /// Every reference, those in extensions included: other tools follow them.
    pub(crate) fn references(&self) -> &References<'d> {
        self.references.get_or_init(|| {
            let mut references = References::default();
            collect(self.document.root(), &mut Pointer::root(), &mut references);
            references
        })
    }

    /// The names of the tags that the root declares.
    pub(crate) fn tags(&self) -> &BTreeSet<&'d str> {
        self.tags.get_or_init(|| {
            let list = self.document.root().get("tags").and_then(Node::as_array);
            let names = list.into_iter().flatten();
            names.filter_map(|tag| tag.get("name")?.as_str()).collect()
        })
    }

    /// The section of components with this name of 3.x: `schemas` is `definitions` in 2.0, and so on.
    pub(crate) fn section(&self, name: &str) -> Option<&'d Object> {
        let root = self.document.root();
        let section = match (self.version(), name) {
            (Version::V2_0, "schemas") => root.get("definitions"),
            (Version::V2_0, "securitySchemes") => root.get("securityDefinitions"),
            (Version::V2_0, name) => root.get(name),
            (_, name) => root.get("components")?.get(name),
        };
        section?.as_object()
    }

    /// The Path Item Objects of the paths: path, object and place.
    pub(crate) fn path_items(&self) -> Vec<(&'d str, &'d Object, Pointer)> {
        let paths = self.document.root().get("paths").and_then(Node::as_object);
        let root = Pointer::root().join("paths");
        paths
            .into_iter()
            .flat_map(Object::iter)
            .filter(|(path, _)| path.starts_with('/'))
            .filter_map(|(path, node)| Some((path, node.as_object()?, root.join(path))))
            .collect()
    }

    /// Every list operation, in the order of the normal form.
    pub(crate) fn lists(&self) -> &[List<'d>] {
        self.lists.get_or_init(|| lists(self.description))
    }
}

/// Depth is bounded by the reader of the text.
fn collect<'d>(node: &'d Node, at: &mut Pointer, references: &mut References<'d>) {
    match node {
        Node::Object(object) => {
            if let Some(target) = object.get("$ref").and_then(Node::as_str) {
                let places = references.by_target.entry(target).or_default();
                places.push(at.clone());
            }
            for (key, node) in object.iter() {
                if matches!(node, Node::Object(_) | Node::Array(_)) {
                    at.push(key);
                    collect(node, at, references);
                    at.pop();
                }
            }
        }
        Node::Array(items) => {
            for (index, node) in items.iter().enumerate() {
                if matches!(node, Node::Object(_) | Node::Array(_)) {
                    at.push(&index.to_string());
                    collect(node, at, references);
                    at.pop();
                }
            }
        }
        _ => {}
    }
}
