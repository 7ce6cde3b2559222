//! `unevaluatedItems` and `unevaluatedProperties` (JSON Schema 2020-12 Core §11).

use super::{super::context::Context, NOT_CARRIED};
use crate::tree::{Node, Object};

/// Keywords beside which others may look at items and properties too.
const APPLICATORS: [&str; 10] = [
    "$ref",
    "allOf",
    "anyOf",
    "oneOf",
    "not",
    "if",
    "then",
    "else",
    "dependentSchemas",
    "contains",
];

/// Where nothing else can look at items and properties, both mean the same as `items` and `additionalProperties`;
/// beside these there is nothing left for them.
pub(super) fn rewrite(cx: &mut Context<'_>, schema: &mut Object) {
    one(
        cx,
        schema,
        "unevaluatedItems",
        "items",
        "further items are not checked",
    );
    one(
        cx,
        schema,
        "unevaluatedProperties",
        "additionalProperties",
        "further properties are not checked",
    );
}

fn one(cx: &mut Context<'_>, schema: &mut Object, keyword: &str, known: &str, meaning: &str) {
    let Some(node) = schema.get(keyword) else {
        return;
    };
    if schema.contains(known)
        || node.as_bool() == Some(true)
        || *node == Node::Object(Object::default())
    {
        schema.remove(keyword);
    } else if APPLICATORS.iter().any(|it| schema.contains(it)) {
        cx.remove(
            schema,
            keyword,
            &NOT_CARRIED,
            &format!("`{keyword}` is not carried: {meaning}"),
        );
    } else {
        cx.rename(schema, keyword, known);
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::{schema_sources, schemas};

    #[test]
    fn unevaluated() {
        schemas(&[
            (
                "{type: object, properties: {a: true}, unevaluatedProperties: false}",
                "{type: object, properties: {a: {}}, additionalProperties: false}",
                &[],
            ),
            (
                "{type: array, unevaluatedItems: {const: 1}}",
                "{type: array, items: {type: integer, enum: [1], x-specwright-const: true}}",
                &[],
            ),
            ("{items: {}, unevaluatedItems: false}", "{items: {}}", &[]),
            (
                "{allOf: [{}], unevaluatedProperties: true}",
                "{allOf: [{}]}",
                &[],
            ),
            (
                "{allOf: [{}], unevaluatedProperties: {}}",
                "{allOf: [{}]}",
                &[],
            ),
            (
                "{allOf: [{}], unevaluatedProperties: false, unevaluatedItems: {}}",
                "{allOf: [{}]}",
                &["schema/not-carried /unevaluatedProperties"],
            ),
            (
                "{$ref: '#/a', unevaluatedProperties: false}",
                "{$ref: '#/a'}",
                &["schema/not-carried /unevaluatedProperties"],
            ),
            (
                "{prefixItems: [{}], unevaluatedItems: false}",
                "{items: {anyOf: [{}]}, maxItems: 1, x-specwright-tuple: 1, x-specwright-tuple-closed: true}",
                &[],
            ),
        ]);
        schema_sources(
            "{unevaluatedProperties: {title: t}}",
            &[(
                "/additionalProperties/title",
                "/unevaluatedProperties/title",
            )],
        );
    }
}
