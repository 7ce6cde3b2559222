//! `const` (JSON Schema 2020-12 Validation §6.1.3).

use super::{
    super::context::{Context, set, text},
    types,
};
use crate::tree::{Node, Object};

/// A list of one allowed value, with the type that a constant has; `null` makes the schema nullable.
pub(super) fn rewrite(cx: &mut Context<'_>, schema: &mut Object) {
    let Some(value) = schema.remove("const") else {
        return;
    };
    match types::of_scalar(&value) {
        Some("null") => set(schema, "nullable", Node::Bool(true)),
        Some(name) if !schema.contains("type") => set(schema, "type", text(name)),
        _ => {}
    }
    set(schema, "enum", Node::Array(vec![value]));
    set(schema, "x-specwright-const", Node::Bool(true));
    let (now, before) = (cx.at.join("enum"), cx.at.join("const"));
    cx.moved(now.index(0), &before);
    cx.moved(now, &before);
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::{schema_sources, schemas};

    #[test]
    fn constants() {
        schemas(&[
            (
                "{type: string, const: a}",
                "{type: string, enum: [a], x-specwright-const: true}",
                &[],
            ),
            (
                "{const: 1}",
                "{type: integer, enum: [1], x-specwright-const: true}",
                &[],
            ),
            (
                "{const: 1.5}",
                "{type: number, enum: [1.5], x-specwright-const: true}",
                &[],
            ),
            (
                "{const: true}",
                "{type: boolean, enum: [true], x-specwright-const: true}",
                &[],
            ),
            (
                "{const: {a: 1}}",
                "{enum: [{a: 1}], x-specwright-const: true}",
                &[],
            ),
            (
                "{const: ~}",
                "{enum: [~], nullable: true, x-specwright-const: true}",
                &[],
            ),
            (
                "{const: a, enum: [a, b]}",
                "{type: string, enum: [a], x-specwright-const: true}",
                &[],
            ),
            (
                "{const: a, type: [integer, string, 'null']}",
                "{type: string, nullable: true, enum: [a], x-specwright-const: true}",
                &[],
            ),
            (
                "{properties: {const: true}}",
                "{properties: {const: {}}}",
                &[],
            ),
        ]);
        schema_sources(
            "{const: {a: 1}}",
            &[("/enum", "/const"), ("/enum/0/a", "/const/a")],
        );
    }
}
