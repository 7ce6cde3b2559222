//! What every check can ask.

use std::{
    cell::OnceCell,
    collections::{BTreeMap, BTreeSet},
};

use specwright_openapi::{
    Description, Document, Node, Object, Version,
    diagnostics::Pointer,
};

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
    pub(crate) fn new(document: &'d Document, description: &'d Description) -> Self {
        Self {
            document,
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

    /// Every reference.
    pub(crate) fn references(&self) -> &References<'d> {
        self.references.get_or_init(|| {
            let mut references = References::default();
            self.document.walk(&mut |visit| {
                if let Some(target) = visit.reference {
                    let places = references.by_target.entry(target).or_default();
                    places.push(visit.path.pointer());
                }
            });
            references
        })
    }

    /// The names of the tags that the root declares.
    pub(crate) fn tags(&self) -> &BTreeSet<&'d str> {
        self.tags.get_or_init(|| {
            let list = self.document.root().get("tags").and_then(Node::as_array);
            let names = list.into_iter().flatten();
            names
                .filter_map(|tag| tag.get("name")?.as_str())
                .collect()
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

    /// Every list operation, in the order of the normal form.
    pub(crate) fn lists(&self) -> &[List<'d>] {
        self.lists.get_or_init(|| lists(self.description))
    }
}
