//! OpenAPI 3.1 and 3.2 in the shape of 3.0.
//!
//! The walk goes from the top down and changes the tree in place. Each object is rewritten before what it holds, so
//! that a subtree is at its final place when the walk reaches it. Functions come by object of the specification:
//!
//! | new since 3.0 | normal form | module |
//! |---|---|---|
//! | `webhooks`, names and summaries of things | extensions | `document` |
//! | `query`, `additionalOperations` | an extension | `operation` |
//! | `in: querystring`, `style: cookie` | query parameters, `style: form` | `parameter` |
//! | `itemSchema`, references to media types | an array schema, the media type itself | `media_type` |
//! | `dataValue`, `serializedValue` | `value` | `example` |
//! | mutual TLS, device authorization | left out | `security` |
//! | JSON Schema 2020-12 | the Schema Object of 3.0 | `schema` |

mod context;
mod document;
mod example;
mod known;
mod media_type;
mod operation;
mod parameter;
mod schema;
mod security;
#[cfg(test)]
mod testing;

use specwright_diagnostics::{Rule, Severity};

use self::context::Context;
use super::{Lost, Moves};
use crate::tree::Node;

/// The rules of this rewrite.
pub(super) static RULES: &[&Rule] = &[
    &NOT_CARRIED,
    &schema::NOT_CARRIED,
    &schema::nullable::NULLABLE,
    &schema::dropped::OTHER_DIALECT,
    &schema::dropped::DYNAMIC_REFERENCE,
    &security::NOT_CARRIED,
];

pub(crate) static NOT_CARRIED: Rule = Rule {
    name: "structure/not-carried",
    severity: Severity::Info,
    summary: "Everything in the document has a counterpart in OpenAPI 3.0.",
    explanation: "Documents of OpenAPI 3.1 and 3.2 are read by the terms of 3.0. What 3.0 has no word for is carried \
        beside them where generated code needs it; the rest is left out, and this finding says what that means.",
};

/// Rewrites a checked, bundled tree of OpenAPI 3.1 or 3.2.
pub(crate) fn to_v3_0(mut tree: Node, moves: &mut Moves, lost: &mut Vec<Lost>) -> Node {
    if let Node::Object(root) = &mut tree {
        document::rewrite(&mut Context::new(root, moves, lost), root);
    }
    tree
}

#[cfg(test)]
mod tests {
    use specwright_diagnostics::{Pointer, Sources};

    use super::testing::{node, rewritten};
    use crate::{
        structure::{self, Type, Version},
        tree::Node,
    };

    /// A document with every rewrite.
    const EVERYTHING: &str = include_str!("everything.yaml");

    #[test]
    fn nonsense_is_no_problem() {
        for text in [
            "~",
            "[]",
            "text",
            "{}",
            "{paths: [], components: 1, webhooks: ~, security: {a: 1}}",
        ] {
            rewritten(node(text));
        }
    }

    /// Whatever is put into each place of a document, and of a schema, the rewriting ends with some tree.
    #[test]
    fn every_place_may_hold_anything() {
        let whole = node(EVERYTHING);
        let others = [
            "~",
            "true",
            "1",
            "text",
            "[]",
            "[~]",
            "{}",
            "{$ref: 1}",
            "{$ref: '#/components/mediaTypes/Pets'}",
        ];
        let others = others.map(node);
        let places = places(&whole);
        assert!(places.len() > 150, "{}", places.len());
        for at in places {
            for other in &others {
                let mut tree = whole.clone();
                *tree.at_mut(&at).unwrap() = other.clone();
                rewritten(tree);
            }
        }
    }

    #[test]
    fn the_normal_form_fits_the_tables_of_3_0() {
        let (mut tree, _, _) = rewritten(node(EVERYTHING));
        let holds = Type::Object(structure::document(Version::V3_0));
        let mut diagnostics = Vec::new();
        let file = Sources::default().add("a.yaml", String::new());
        structure::check(
            &mut tree,
            holds,
            Version::V3_0,
            (file, Pointer::root()),
            &[],
            &mut diagnostics,
        );
        assert_eq!(diagnostics, []);
    }

    /// Every value in the normal form stands at its source too, but for those that the rewrites make.
    #[test]
    fn every_value_has_a_source() {
        let made = [
            "openapi",
            "in",
            "style",
            "description",
            "nullable",
            "type",
            "format",
            "exclusiveMinimum",
            "maxItems",
            "attribute",
            "wrapped",
        ];
        let source = node(EVERYTHING);
        let (tree, _, moves) = rewritten(source.clone());
        let mut compared = 0;
        for at in places(&tree) {
            let value = tree.at(&at).unwrap();
            let is_scalar = matches!(value, Node::Bool(_) | Node::Number(_) | Node::String(_));
            let key = at.last().unwrap_or_default();
            let is_pattern = at.as_str().contains("x-specwright-pattern-properties");
            let is_made =
                made.contains(&key.as_str()) || key.starts_with("x-specwright-") || is_pattern;
            if is_scalar && !is_made {
                assert_eq!(source.at(&moves.source(&at)), Some(value), "{at}");
                compared += 1;
            }
        }
        assert!(compared > 15, "{compared}");
    }

    /// The pointers to a node and to all nodes below it.
    fn places(node: &Node) -> Vec<Pointer> {
        let mut found = Vec::new();
        let mut open = vec![(Pointer::root(), node)];
        while let Some((at, node)) = open.pop() {
            match node {
                Node::Array(items) => open.extend(
                    items
                        .iter()
                        .enumerate()
                        .map(|(index, it)| (at.index(index), it)),
                ),
                Node::Object(object) => {
                    open.extend(object.iter().map(|(key, it)| (at.join(key), it)))
                }
                _ => {}
            }
            found.push(at);
        }
        found
    }
}
