//! `$ref` beside other keywords, which JSON Schema allows and 3.0 ignores (JSON Schema 2020-12 Core §8.2.3.1).

use super::{super::context::Context, Types, vocabulary::is_constraint};
use crate::tree::{Node, Object};

/// Wraps the reference: `allOf` with it and, if there are any, the constraints; what is for readers stays outside.
pub(super) fn rewrite(cx: &mut Context<'_>, schema: &mut Object) {
    let Some(Node::String(target)) = schema.get("$ref") else {
        return;
    };
    if is_redundant(schema.get("type"), cx.known.types(target)) {
        schema.remove("type");
    }
    if schema.iter().nth(1).is_none() {
        return;
    }
    let members = std::mem::take(schema).into_members();
    let (reference, others): (Members, Members) = members.partition(|(key, _)| key == "$ref");
    let (constraints, for_readers): (Members, Members) =
        others.into_iter().partition(|(key, _)| is_constraint(key));
    let mut parts = vec![object(reference)];
    if !constraints.is_empty() {
        parts.push(object(constraints));
    }
    for index in 0..parts.len() {
        cx.moved(cx.at.join("allOf").index(index), &cx.at.clone());
    }
    *schema = for_readers.into_iter().collect();
    schema.insert("allOf".to_owned(), Node::Array(parts));
}

type Members = Vec<(String, Node)>;

fn object(members: Members) -> Node {
    Node::Object(members.into_iter().collect())
}

/// Whether a `type` says nothing that the schema at the end of the reference does not say itself.
fn is_redundant(own: Option<&Node>, target: Option<Types>) -> bool {
    matches!((own, target), (Some(own), Some(target)) if !target.is_empty() && Types::of(own).covers(target))
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::{schema_sources, schemas};

    #[test]
    fn references() {
        schemas(&[
            ("{$ref: '#/a'}", "{$ref: '#/a'}", &[]),
            ("{$ref: '#/a', $id: b, $comment: c}", "{$ref: '#/a'}", &[]),
            (
                "{$ref: '#/a', description: d, default: 1, x-a: b, own: c}",
                "{allOf: [{$ref: '#/a'}], description: d, default: 1, x-a: b, own: c}",
                &[],
            ),
            (
                "{$ref: '#/a', title: t, minLength: 1, type: [string, 'null']}",
                "{allOf: [{$ref: '#/a'}, {minLength: 1, type: string, nullable: true}], title: t}",
                &[],
            ),
            (
                "{$ref: '#/a', allOf: [{const: 1}], propertyNames: {pattern: a}}",
                "{allOf: [{$ref: '#/a'}, {allOf: [{type: integer, enum: [1], x-specwright-const: true}], x-specwright-property-names: {pattern: a}}]}",
                &["schema/not-carried /propertyNames"],
            ),
            (
                "{$ref: '#/a', examples: [1]}",
                "{allOf: [{$ref: '#/a'}], example: 1}",
                &[],
            ),
            (
                "{properties: {$ref: {$ref: '#/a'}}}",
                "{properties: {$ref: {$ref: '#/a'}}}",
                &[],
            ),
        ]);
    }

    #[test]
    fn a_type_that_is_known_already_is_no_constraint() {
        schemas(&[
            (
                "{$ref: '#/components/schemas/Text', type: string}",
                "{$ref: '#/components/schemas/Text'}",
                &[],
            ),
            (
                "{$ref: '#/components/schemas/Text', type: [string, 'null'], title: t}",
                "{allOf: [{$ref: '#/components/schemas/Text'}], title: t}",
                &[],
            ),
            (
                "{$ref: '#/components/schemas/Thing', type: object}",
                "{allOf: [{$ref: '#/components/schemas/Thing'}, {type: object}]}",
                &[],
            ),
            (
                "{$ref: '#/components/schemas/Any', type: object}",
                "{allOf: [{$ref: '#/components/schemas/Any'}, {type: object}]}",
                &[],
            ),
        ]);
    }

    #[test]
    fn places() {
        schema_sources(
            "{$ref: '#/a', properties: {b: {exclusiveMinimum: 1}}, title: t}",
            &[
                ("/title", "/title"),
                ("/allOf/0/$ref", "/$ref"),
                ("/allOf/1/properties/b", "/properties/b"),
                (
                    "/allOf/1/properties/b/minimum",
                    "/properties/b/exclusiveMinimum",
                ),
            ],
        );
    }
}
