//! `$id`, `$anchor` and `$self`: names for places in a file (JSON Schema 2020-12 §8.2, OAS 3.2.0 §4.1.1).

use std::collections::BTreeMap;

use specwright_diagnostics::{FileId, Pointer};

use crate::{
    reference::{has_scheme, join_path},
    structure::Version,
    tree::{Node, Object},
};

/// The identifiers of one file.
#[derive(Debug)]
pub(crate) struct Identifiers {
    file: FileId,
    /// The URI by which relative references outside every `$id` are resolved.
    base: String,
    /// Resources: where their root is, and their URI.
    resources: BTreeMap<Pointer, String>,
    /// Anchors by the root of their resource and their name.
    anchors: BTreeMap<(Pointer, String), Pointer>,
}

impl Identifiers {
    /// The identifiers of a tree that was read from `path`.
    pub(crate) fn of(file: FileId, path: &str, tree: &Node, version: Version) -> Self {
        let own = tree
            .get("$self")
            .and_then(Node::as_str)
            .filter(|_| version >= Version::V3_2);
        let base = own.map_or_else(|| path.to_owned(), |uri| join_uri(path, uri));
        let mut identifiers = Self {
            file,
            base: base.clone(),
            resources: BTreeMap::new(),
            anchors: BTreeMap::new(),
        };
        if own.is_some() {
            identifiers.resources.insert(Pointer::root(), base.clone());
        }
        identifiers.collect(tree, &mut Pointer::root(), &Pointer::root(), &base);
        identifiers
    }

    fn collect(&mut self, node: &Node, at: &mut Pointer, root: &Pointer, base: &str) {
        match node {
            Node::Object(object) => self.collect_object(object, at, root, base),
            Node::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    at.push(&index.to_string());
                    self.collect(item, at, root, base);
                    at.pop();
                }
            }
            _ => {}
        }
    }

    fn collect_object(&mut self, object: &Object, at: &mut Pointer, root: &Pointer, base: &str) {
        let text = |key: &str| object.get(key).and_then(Node::as_str);
        let (mut root, mut base) = (root.clone(), base.to_owned());
        if let Some(id) = text("$id") {
            root = at.clone();
            base = join_uri(&base, id.trim_end_matches('#'));
            self.resources.insert(at.clone(), base.clone());
        }
        for anchor in [text("$anchor"), text("$dynamicAnchor")]
            .into_iter()
            .flatten()
        {
            self.anchors
                .entry((root.clone(), anchor.to_owned()))
                .or_insert_with(|| at.clone());
        }
        for (key, node) in object.iter() {
            at.push(key);
            self.collect(node, at, &root, &base);
            at.pop();
        }
    }

    /// The URI against which a reference at `pointer` is resolved.
    pub(crate) fn base(&self, pointer: &Pointer) -> &str {
        let uri = self.resources.get(&self.root(pointer));
        uri.unwrap_or(&self.base)
    }

    /// The root of the resource that `pointer` is in.
    pub(crate) fn root(&self, pointer: &Pointer) -> Pointer {
        if self.resources.is_empty() {
            return Pointer::root();
        }
        let mut at = Some(pointer.clone());
        while let Some(place) = at {
            if self.resources.contains_key(&place) {
                return place;
            }
            at = place.parent();
        }
        Pointer::root()
    }

    /// Where the resource of a URI begins, if it is in this file.
    pub(crate) fn resource(&self, uri: &str) -> Option<(FileId, Pointer)> {
        let found = self.resources.iter().find(|(_, own)| *own == uri);
        found.map(|(pointer, _)| (self.file, pointer.clone()))
    }

    /// The place of an anchor, in the given resource or else anywhere in the file.
    pub(crate) fn anchor(&self, root: &Pointer, name: &str) -> Option<Pointer> {
        let exact = self.anchors.get(&(root.clone(), name.to_owned()));
        let anywhere = || {
            self.anchors
                .iter()
                .find(|((_, own), _)| own == name)
                .map(|(_, at)| at)
        };
        exact.or_else(anywhere).cloned()
    }
}

/// Resolves a reference without fragment against a base (RFC 3986 §5.2), both of which may be plain paths.
pub(crate) fn join_uri(base: &str, reference: &str) -> String {
    if has_scheme(reference) || reference.is_empty() {
        return if reference.is_empty() {
            base.to_owned()
        } else {
            reference.to_owned()
        };
    }
    let (origin, path) = split_origin(base);
    match reference.strip_prefix('/') {
        Some(rest) if !origin.is_empty() => format!("{origin}/{rest}"),
        Some(_) => reference.to_owned(),
        None => match join_path(path.trim_start_matches('/'), reference) {
            Some(joined) if origin.is_empty() => joined,
            Some(joined) => format!("{origin}/{joined}"),
            None => reference.to_owned(),
        },
    }
}

/// `https://a.example` and `/b/c` of `https://a.example/b/c`; a plain path has no origin.
fn split_origin(uri: &str) -> (&str, &str) {
    if !has_scheme(uri) {
        return ("", uri);
    }
    let authority = uri.find("://").map_or(0, |at| at + 3);
    let end = uri
        .get(authority..)
        .and_then(|rest| rest.find('/'))
        .map_or(uri.len(), |at| authority + at);
    (
        uri.get(..end).unwrap_or_default(),
        uri.get(end..).unwrap_or_default(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_resolved_against_their_base() {
        for (base, reference, expected) in [
            (
                "https://a.example/b/c.json",
                "d.json",
                "https://a.example/b/d.json",
            ),
            (
                "https://a.example/b/c.json",
                "/d.json",
                "https://a.example/d.json",
            ),
            ("https://a.example", "d.json", "https://a.example/d.json"),
            ("https://a.example/b/", "urn:x:y", "urn:x:y"),
            ("schemas/a.yaml", "../b.yaml", "b.yaml"),
            ("a.yaml", "", "a.yaml"),
        ] {
            assert_eq!(join_uri(base, reference), expected, "{base} {reference}");
        }
    }
}
