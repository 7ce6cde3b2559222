//! Tables of cases for the tests of the rewrites.

use specwright_diagnostics::Pointer;

use super::{
    super::{Lost, Moves},
    to_v3_0,
};
use crate::{read::read, tree::Node};

/// The tree of a text.
pub(super) fn node(text: &str) -> Node {
    read("a.yaml", text).unwrap().node
}

/// A document of 3.1 or 3.2 in the shape of 3.0.
pub(super) fn rewritten(tree: Node) -> (Node, Vec<Lost>, Moves) {
    let (mut moves, mut lost) = (Moves::default(), Vec::new());
    let tree = to_v3_0(tree, &mut moves, &mut lost);
    (tree, lost, moves)
}

/// Documents before and after, with the rule and place of everything lost.
#[track_caller]
pub(super) fn documents(cases: &[(&str, &str, &[&str])]) {
    for (before, after, expected) in cases {
        let (tree, lost, _) = rewritten(node(before));
        assert_eq!(tree, node(after), "{before}");
        let lost: Vec<_> = lost
            .iter()
            .map(|it| format!("{} {}", it.rule.name, it.pointer))
            .collect();
        assert_eq!(lost, *expected, "{before}");
    }
}

/// A component schema before and after, with the rule and, seen from the schema, the place of everything lost.
#[track_caller]
pub(super) fn schemas(cases: &[(&str, &str, &[&str])]) {
    for (before, after, expected) in cases {
        let (tree, lost, _) = rewritten(document_with(before));
        let schema = tree.at(&schema("")).unwrap();
        assert_eq!(*schema, node(after), "{before}");
        let lost: Vec<_> = lost
            .iter()
            .map(|it| {
                format!(
                    "{} {}",
                    it.rule.name,
                    it.pointer.strip_prefix(&self::schema("")).unwrap()
                )
            })
            .collect();
        assert_eq!(lost, *expected, "{before}");
    }
}

/// Where parts of a rewritten document stood before.
#[track_caller]
pub(super) fn sources(document: &str, cases: &[(&str, &str)]) {
    let (tree, _, moves) = rewritten(node(document));
    for (normal, source) in cases {
        let normal = Pointer::parse(normal).unwrap();
        assert!(tree.at(&normal).is_some(), "{normal} is not in {tree:?}");
        assert_eq!(moves.source(&normal).as_str(), *source, "{document}");
    }
}

/// Where parts of a rewritten component schema stood before, both seen from the schema.
#[track_caller]
pub(super) fn schema_sources(before: &str, cases: &[(&str, &str)]) {
    let (tree, _, moves) = rewritten(document_with(before));
    for (normal, source) in cases {
        let normal = schema(normal);
        assert!(tree.at(&normal).is_some(), "{normal} is not in {tree:?}");
        assert_eq!(moves.source(&normal), schema(source), "{before}");
    }
}

/// A document with the component schema `S`, and some that it may refer to.
fn document_with(schema: &str) -> Node {
    let others =
        "Null: {type: 'null'}, Text: {type: string}, Thing: {type: [object, 'null']}, Any: {}";
    node(&format!(
        "{{components: {{schemas: {{S: {schema}, {others}}}}}}}"
    ))
}

/// The pointer to what stands at `below` of the schema.
fn schema(below: &str) -> Pointer {
    Pointer::parse(&format!("/components/schemas/S{below}")).unwrap()
}
