//! `prefixItems`, and `items: false` (JSON Schema 2020-12 Core §10.3.1).

use super::super::context::{Context, set};
use crate::tree::{Node, Number, Object};

/// The first elements and the rest as one `anyOf` under `items`, with carriers that say which is which.
///
/// In the end `items.anyOf` holds the schemas of the first elements and, unless nothing may follow them, that of the
/// rest.
pub(super) fn rewrite(cx: &mut Context<'_>, schema: &mut Object) {
    let first = match schema.remove("prefixItems") {
        Some(Node::Array(first)) => first,
        _ => Vec::new(),
    };
    let length = number(first.len());
    if schema.get("items") == Some(&Node::Bool(false)) {
        schema.remove("items");
        limit(schema, length);
    }
    if first.is_empty() {
        return;
    }
    let closed = matches!(schema.get("maxItems"), Some(Node::Number(most)) if most.as_f64() <= length.as_f64());
    let items = cx.at.join("items");
    let mut members = first;
    for index in 0..members.len() {
        cx.moved(
            items.join("anyOf").index(index),
            &cx.at.join("prefixItems").index(index),
        );
    }
    let rest = schema.remove("items");
    if !closed {
        cx.moved(items.join("anyOf").index(members.len()), &items);
        members.push(rest.unwrap_or_else(|| Node::Object(Object::default())));
    }
    cx.moved(items, &cx.at.join("prefixItems"));
    let union = [("anyOf".to_owned(), Node::Array(members))];
    set(schema, "items", Node::Object(union.into_iter().collect()));
    set(schema, "x-specwright-tuple", Node::Number(length));
    if closed {
        set(schema, "x-specwright-tuple-closed", Node::Bool(true));
    }
}

/// Allows no more elements than `most`.
fn limit(schema: &mut Object, most: Number) {
    let stricter =
        matches!(schema.get("maxItems"), Some(Node::Number(own)) if own.as_f64() < most.as_f64());
    if !stricter {
        set(schema, "maxItems", Node::Number(most));
    }
}

fn number(length: usize) -> Number {
    Number::Integer(i128::try_from(length).unwrap_or(i128::MAX))
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::{schema_sources, schemas};

    #[test]
    fn tuples() {
        schemas(&[
            (
                "{type: array, prefixItems: [{type: string}, {const: 1}], items: false}",
                "{type: array, items: {anyOf: [{type: string}, {type: integer, enum: [1], x-specwright-const: true}]}, \
                  maxItems: 2, x-specwright-tuple: 2, x-specwright-tuple-closed: true}",
                &[],
            ),
            (
                "{prefixItems: [{type: string}], items: {type: [integer, 'null']}}",
                "{items: {anyOf: [{type: string}, {type: integer, nullable: true}]}, x-specwright-tuple: 1}",
                &[],
            ),
            (
                "{prefixItems: [true]}",
                "{items: {anyOf: [{}, {}]}, x-specwright-tuple: 1}",
                &[],
            ),
            (
                "{prefixItems: [{}, {}], minItems: 2, maxItems: 2}",
                "{items: {anyOf: [{}, {}]}, minItems: 2, maxItems: 2, x-specwright-tuple: 2, \
                  x-specwright-tuple-closed: true}",
                &[],
            ),
            (
                "{prefixItems: [{}, {}], maxItems: 3}",
                "{items: {anyOf: [{}, {}, {}]}, maxItems: 3, x-specwright-tuple: 2}",
                &[],
            ),
            (
                "{prefixItems: [{}, {}], maxItems: 1, items: false}",
                "{items: {anyOf: [{}, {}]}, maxItems: 1, x-specwright-tuple: 2, x-specwright-tuple-closed: true}",
                &[],
            ),
            ("{items: false}", "{maxItems: 0}", &[]),
            ("{items: false, prefixItems: []}", "{maxItems: 0}", &[]),
            ("{items: true}", "{items: {}}", &[]),
        ]);
    }

    #[test]
    fn places() {
        schema_sources(
            "{prefixItems: [{title: a}], items: {title: b}}",
            &[
                ("/items", "/prefixItems"),
                ("/items/anyOf/0/title", "/prefixItems/0/title"),
                ("/items/anyOf/1/title", "/items/title"),
            ],
        );
    }
}
