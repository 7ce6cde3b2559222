//! Chains of references among components: shortened to one step, and reported where they never reach an object.

use std::collections::BTreeMap;

use specwright_diagnostics::{Diagnostic, Pointer};

use crate::{
    bundle::CYCLE,
    origins::Origins,
    structure::{self, Version},
    tree::{Node, Object},
};

/// Makes every component that is a reference lead straight to an object.
///
/// A circle of references is reported once, at its first member, which becomes an object without fields.
pub(crate) fn shorten(
    tree: &mut Node,
    version: Version,
    origins: &Origins,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut references = references(tree, version);
    let circular: Vec<Pointer> = circles(&references).into_iter().cloned().collect();
    for pointer in &circular {
        if let Some(Node::Object(object)) = tree.at_mut(pointer) {
            object.remove("$ref");
        }
        let (file, origin) = origins.of(pointer);
        let message = "this reference leads back to itself";
        diagnostics.push(Diagnostic::new(&CYCLE, file, origin.join("$ref"), message));
    }
    references.retain(|(at, _)| !circular.contains(at));
    for (at, end) in ends(&references) {
        if let Some(Node::Object(object)) = tree.at_mut(&at) {
            object.remove("$ref");
            object.insert("$ref".to_owned(), Node::String(format!("#{end}")));
        }
    }
}

/// Where the chain of each reference ends; none of them is a circle.
fn ends(references: &[(Pointer, Pointer)]) -> BTreeMap<Pointer, Pointer> {
    let links: BTreeMap<&Pointer, &Pointer> =
        references.iter().map(|(at, target)| (at, target)).collect();
    let mut ends: BTreeMap<Pointer, Pointer> = BTreeMap::new();
    for (start, _) in references {
        let mut trail = Vec::new();
        let mut at = start;
        while let (None, Some(next)) = (ends.get(at), links.get(at)) {
            trail.push(at);
            at = next;
        }
        let end = ends.get(at).unwrap_or(at).clone();
        ends.extend(trail.into_iter().map(|place| (place.clone(), end.clone())));
    }
    ends
}

/// Every component that is nothing but a reference, with its target, in the order of the document.
fn references(tree: &Node, version: Version) -> Vec<(Pointer, Pointer)> {
    let parent = match version {
        Version::V2_0 => Some(tree),
        _ => tree.get("components"),
    };
    let sections = parent
        .and_then(Node::as_object)
        .into_iter()
        .flat_map(Object::iter);
    let mut found = Vec::new();
    for (section, members) in sections {
        let section = structure::section(version, section);
        for (name, node) in members.as_object().into_iter().flat_map(Object::iter) {
            let alone = node
                .as_object()
                .is_some_and(|object| object.iter().count() == 1);
            let target = node.get("$ref").filter(|_| alone).and_then(Node::as_str);
            let target = target.and_then(|it| Pointer::parse(it.strip_prefix('#')?));
            found.extend(target.map(|target| (section.join(name), target)));
        }
    }
    found
}

/// The first member of each circle.
fn circles(references: &[(Pointer, Pointer)]) -> Vec<&Pointer> {
    let numbers: BTreeMap<&Pointer, usize> = references
        .iter()
        .enumerate()
        .map(|(number, (at, _))| (at, number))
        .collect();
    let next = |number: usize| {
        references
            .get(number)
            .and_then(|(_, target)| numbers.get(target).copied())
    };
    let mut firsts = Vec::new();
    let mut walks = vec![None; references.len()];
    for start in 0..references.len() {
        let mut at = Some(start);
        while let Some(number) = at
            && let Some(walk @ None) = walks.get_mut(number)
        {
            *walk = Some(start);
            at = next(number);
        }
        // The walk ended where an earlier one had been, or where it had been itself.
        let Some(met) = at.filter(|met| walks.get(*met) == Some(&Some(start))) else {
            continue;
        };
        let circle =
            std::iter::successors(next(met), |number| next(*number).filter(|_| *number != met));
        firsts.extend(circle.min());
    }
    firsts
        .into_iter()
        .filter_map(|number| references.get(number).map(|(at, _)| at))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(chains: &[(&str, &str)]) -> Vec<String> {
        let pointer = |name: &&str| Pointer::root().join(name);
        let references: Vec<_> = chains
            .iter()
            .map(|(at, target)| (pointer(at), pointer(target)))
            .collect();
        circles(&references)
            .into_iter()
            .map(|it| it.last().unwrap())
            .collect()
    }

    #[test]
    fn each_circle_is_found_once_at_its_first_member() {
        assert_eq!(found(&[("a", "a")]), ["a"]);
        assert_eq!(
            found(&[("into", "b"), ("a", "b"), ("b", "c"), ("c", "a")]),
            ["a"]
        );
        assert_eq!(
            found(&[("a", "b"), ("b", "a"), ("c", "d"), ("d", "c")]),
            ["a", "c"]
        );
    }

    #[test]
    fn chains_are_followed_to_their_end() {
        let pointer = |name: &str| Pointer::root().join(name);
        let chain = [("a", "b"), ("b", "c"), ("c", "end"), ("d", "b")]
            .map(|(at, to)| (pointer(at), pointer(to)));
        let ends = ends(&chain);
        assert_eq!(ends.len(), 4);
        assert!(ends.values().all(|end| *end == pointer("end")), "{ends:?}");
    }

    #[test]
    fn chains_that_end_are_no_circles() {
        assert_eq!(
            found(&[("a", "b"), ("b", "c"), ("c", "end"), ("d", "b")]),
            [""; 0]
        );
    }
}
