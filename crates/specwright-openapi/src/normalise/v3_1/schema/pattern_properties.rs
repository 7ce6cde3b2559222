//! `patternProperties` (JSON Schema 2020-12 Core §10.3.2.2).

use specwright_diagnostics::Pointer;

use super::{
    super::context::{Context, set, text},
    NOT_CARRIED,
};
use crate::tree::{Node, Object};

const KNOWN: &str = "additionalProperties";

/// The schemas for all patterns, and that of `additionalProperties` if there is one, as `additionalProperties`.
///
/// Where nothing is said about names that fit no pattern, the schemas for the patterns are taken for them too.
pub(super) fn rewrite(cx: &mut Context<'_>, schema: &mut Object) {
    let Some(Node::Object(mut patterns)) = schema.remove("patternProperties") else {
        return;
    };
    forbidden(cx, &mut patterns);
    let (at, source) = (cx.at.join(KNOWN), cx.at.join("patternProperties"));
    let names: Vec<Node> = patterns.iter().map(|(pattern, _)| text(pattern)).collect();
    if names.is_empty() {
        return;
    }
    let members = patterns
        .into_members()
        .map(|(pattern, node)| (node, source.join(&pattern)));
    let mut members: Vec<_> = members.collect();
    if let Some(node) = schema.remove(KNOWN)
        && node != Node::Bool(false)
    {
        members.push((node, at.clone()));
    }
    set(schema, KNOWN, union(cx, members, at, &source));
    set(
        schema,
        "x-specwright-pattern-properties",
        Node::Array(names),
    );
}

/// Takes out the patterns that no name may fit: they say nothing about values.
fn forbidden(cx: &mut Context<'_>, patterns: &mut Object) {
    let mut found = false;
    patterns.retain(|_, node| {
        let forbids = *node == Node::Bool(false);
        found |= forbids;
        !forbids
    });
    if found {
        let message = "`false` in `patternProperties` is not carried: the names of properties are not checked";
        cx.lose(&NOT_CARRIED, "patternProperties", message);
    }
}

/// One schema for what any of several schemas allows, to stand at `at`; the only one as it is.
fn union(
    cx: &mut Context<'_>,
    mut members: Vec<(Node, Pointer)>,
    at: Pointer,
    source: &Pointer,
) -> Node {
    if members.len() == 1
        && let Some((only, before)) = members.pop()
    {
        cx.moved(at, &before);
        return only;
    }
    let mut list = Vec::new();
    for (node, before) in members {
        cx.moved(at.join("anyOf").index(list.len()), &before);
        list.push(node);
    }
    cx.moved(at, source);
    Node::Object(
        [("anyOf".to_owned(), Node::Array(list))]
            .into_iter()
            .collect(),
    )
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::{schema_sources, schemas};

    #[test]
    fn patterns() {
        schemas(&[
            (
                "{patternProperties: {^a: {const: 1}}}",
                "{additionalProperties: {type: integer, enum: [1], x-specwright-const: true}, \
                  x-specwright-pattern-properties: [^a]}",
                &[],
            ),
            (
                "{patternProperties: {^a: {}}, additionalProperties: false}",
                "{additionalProperties: {}, x-specwright-pattern-properties: [^a]}",
                &[],
            ),
            (
                "{patternProperties: {^a: {type: string}, ^b: true}}",
                "{additionalProperties: {anyOf: [{type: string}, {}]}, x-specwright-pattern-properties: [^a, ^b]}",
                &[],
            ),
            (
                "{patternProperties: {^a: {type: string}}, additionalProperties: {type: integer}}",
                "{additionalProperties: {anyOf: [{type: string}, {type: integer}]}, \
                  x-specwright-pattern-properties: [^a]}",
                &[],
            ),
            (
                "{patternProperties: {^a: {type: string}}, additionalProperties: true}",
                "{additionalProperties: {anyOf: [{type: string}, {}]}, x-specwright-pattern-properties: [^a]}",
                &[],
            ),
            (
                "{patternProperties: {^a: false}}",
                "{}",
                &["schema/not-carried /patternProperties"],
            ),
            (
                "{patternProperties: {^a: false, ^b: {}}, additionalProperties: {type: string}}",
                "{additionalProperties: {anyOf: [{}, {type: string}]}, x-specwright-pattern-properties: [^b]}",
                &["schema/not-carried /patternProperties"],
            ),
            (
                "{patternProperties: {^a: true}}",
                "{additionalProperties: true, x-specwright-pattern-properties: [^a]}",
                &[],
            ),
            (
                "{patternProperties: {}, additionalProperties: false}",
                "{additionalProperties: false}",
                &[],
            ),
            (
                "{properties: {patternProperties: {type: string}}}",
                "{properties: {patternProperties: {type: string}}}",
                &[],
            ),
        ]);
    }

    #[test]
    fn places() {
        schema_sources(
            "{patternProperties: {^a: {title: t}}}",
            &[("/additionalProperties/title", "/patternProperties/^a/title")],
        );
        schema_sources(
            "{patternProperties: {^a: {title: t}}, additionalProperties: {title: u}}",
            &[
                ("/additionalProperties", "/patternProperties"),
                (
                    "/additionalProperties/anyOf/0/title",
                    "/patternProperties/^a/title",
                ),
                (
                    "/additionalProperties/anyOf/1/title",
                    "/additionalProperties/title",
                ),
            ],
        );
    }
}
