//! Merge keys: `<<: *defaults` (YAML 1.1, "Merge Key Language-Independent Type").
//!
//! YAML 1.2 has no merge keys, but nearly every tool that reads documents applies them, and authors count on it.

use crate::tree::{Node, Object};

/// The key whose value, a mapping or a list of mappings, lends its members to the mapping that it stands in.
const MERGE: &str = "<<";

/// Applies every merge key in a tree: members of the mapping itself go first, then earlier mappings before later ones.
pub(super) fn apply(node: &mut Node) {
    match node {
        Node::Array(items) => items.iter_mut().for_each(apply),
        Node::Object(object) => {
            for (_, member) in object.iter_mut() {
                apply(member);
            }
            if object.get(MERGE).is_some_and(is_mergeable) {
                merge(object);
            }
        }
        _ => {}
    }
}

/// A value that lends members; anything else under the key is left as it is.
fn is_mergeable(node: &Node) -> bool {
    match node {
        Node::Object(_) => true,
        Node::Array(items) => items.iter().all(|item| item.as_object().is_some()),
        _ => false,
    }
}

fn merge(object: &mut Object) {
    let lenders = match object.remove(MERGE) {
        Some(Node::Array(items)) => items,
        Some(lender) => vec![lender],
        None => return,
    };
    for lender in lenders {
        let Node::Object(lender) = lender else {
            continue;
        };
        for (key, value) in lender.into_members() {
            if !object.contains(&key) {
                object.insert(key, value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use super::*;

    #[test]
    fn members_are_lent() {
        for (text, expected) in [
            ("a: &a {x: 1, y: 2}\nb: {<<: *a, y: 3}\n", "{y: 3, x: 1}"),
            (
                "a: &a {x: 1}\nc: &c {x: 2, z: 4}\nb: {<<: [*a, *c]}\n",
                "{x: 1, z: 4}",
            ),
            ("a: &a {<<: {x: 1}}\nb: {<<: *a}\n", "{x: 1}"),
            ("b: {<<: text}\n", "{<<: text}"),
        ] {
            let tree = read("a.yaml", text).unwrap().node;
            let expected = read("b.yaml", expected).unwrap().node;
            assert_eq!(tree.get("b"), Some(&expected), "{text}");
        }
    }

    #[test]
    fn json_has_no_merge_keys() {
        let tree = read("a.json", r#"{"<<": {"x": 1}}"#).unwrap().node;
        assert!(tree.get(MERGE).is_some());
    }
}
