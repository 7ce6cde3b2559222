//! `type` with several types, or with `null` (JSON Schema 2020-12 Validation §6.1.1).

use specwright_diagnostics::Pointer;

use super::{
    super::context::{Context, set, text},
    Types, types, vocabulary,
};
use crate::tree::{Node, Object};

/// One type stays, `null` becomes `nullable`, several become an `anyOf` with a member for each.
pub(super) fn rewrite(cx: &mut Context<'_>, schema: &mut Object) {
    let all = match schema.get("type") {
        Some(Node::String(name)) if name != "null" => return,
        Some(node) => Types::of(node),
        None => return,
    };
    schema.remove("type");
    let types = possible(all.without("null"), schema.get("enum"));
    let nullable = all.contains("null");
    let mut names = types.names();
    match (names.next(), names.next()) {
        (Some(only), None) => set(schema, "type", text(only)),
        (Some(_), Some(_)) if !(nullable && types == Types::NOT_NULL) => split(cx, schema, types),
        (None, _) if nullable => set(schema, "enum", Node::Array(vec![Node::Null])),
        _ => {}
    }
    if nullable {
        set(schema, "nullable", Node::Bool(true));
    }
}

/// The types that at least one value of `enum` has, if there is an `enum` and any has one.
fn possible(types: Types, values: Option<&Node>) -> Types {
    let Some(values) = values.and_then(Node::as_array) else {
        return types;
    };
    let possible = types.filter(|name| values.iter().any(|value| types::is(value, name)));
    if possible.is_empty() { types } else { possible }
}

/// Moves what is about one type only into a member of `anyOf`; what is about all of them stays outside.
fn split(cx: &mut Context<'_>, schema: &mut Object, types: Types) {
    let at = place_of_union(cx, schema);
    let names: Vec<_> = types.names().collect();
    let mut members = Vec::new();
    for name in &names {
        let member = member(cx, schema, name, &at.index(members.len()));
        members.push(Node::Object(member));
    }
    if members.iter().any(|it| it.get("enum").is_some()) {
        schema.remove("enum");
    }
    let union = Node::Array(members);
    if !schema.contains("anyOf") {
        schema.insert("anyOf".to_owned(), union);
        return;
    }
    let wrapper = Node::Object([("anyOf".to_owned(), union)].into_iter().collect());
    match schema.get_mut("allOf") {
        Some(Node::Array(list)) => list.push(wrapper),
        _ => set(schema, "allOf", Node::Array(vec![wrapper])),
    }
}

/// `anyOf`, or, where there is one already, the `anyOf` of a further member of `allOf`.
fn place_of_union(cx: &mut Context<'_>, schema: &Object) -> Pointer {
    let here = cx.at.clone();
    if !schema.contains("anyOf") {
        return here.join("anyOf");
    }
    let list = schema
        .get("allOf")
        .and_then(Node::as_array)
        .unwrap_or_default();
    let wrapper = here.join("allOf").index(list.len());
    cx.moved(wrapper.clone(), &here);
    wrapper.join("anyOf")
}

/// The schema of the values of one type, which will stand at `at`.
fn member(cx: &mut Context<'_>, schema: &mut Object, name: &str, at: &Pointer) -> Object {
    let here = cx.at.clone();
    cx.moved(at.clone(), &here);
    let mut member = Object::default();
    set(&mut member, "type", text(name));
    for keyword in keywords(schema, name) {
        if let Some(node) = schema.remove(keyword) {
            cx.moved(at.join(keyword), &here.join(keyword));
            set(&mut member, keyword, node);
        }
    }
    let mut values = Vec::new();
    let all = schema
        .get("enum")
        .and_then(Node::as_array)
        .unwrap_or_default();
    for (index, value) in all
        .iter()
        .enumerate()
        .filter(|(_, value)| types::is(value, name))
    {
        cx.moved(
            at.join("enum").index(values.len()),
            &here.join("enum").index(index),
        );
        values.push(value.clone());
    }
    if !values.is_empty() {
        set(&mut member, "enum", Node::Array(values));
    }
    member
}

/// The keywords of a schema with several types that are about values of one of them.
fn keywords(schema: &Object, name: &str) -> impl Iterator<Item = &'static str> + use<> {
    let format = schema.get("format").and_then(Node::as_str);
    let format = format.is_some_and(|format| vocabulary::is_format_of(format, name));
    let composed = schema.contains("anyOf") || schema.contains("oneOf");
    let further = [
        format.then_some("format"),
        (name == "object" && !composed).then_some("discriminator"),
    ];
    let own = vocabulary::of_type(name).iter().copied();
    own.chain(further.into_iter().flatten())
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::{schema_sources, schemas};

    #[test]
    fn one_type() {
        schemas(&[
            ("{type: string}", "{type: string}", &[]),
            ("{type: [string]}", "{type: string}", &[]),
            (
                "{type: [string, 'null']}",
                "{type: string, nullable: true}",
                &[],
            ),
            (
                "{type: ['null', object], properties: {a: {type: ['null']}}}",
                "{type: object, nullable: true, properties: {a: {nullable: true, enum: [~]}}}",
                &[],
            ),
            ("{type: 'null'}", "{nullable: true, enum: [~]}", &[]),
            ("{type: [string, ~]}", "{type: string, nullable: true}", &[]),
            (
                "{type: [integer, number], minimum: 1}",
                "{type: number, minimum: 1}",
                &[],
            ),
            (
                "{type: [string, 'null'], enum: [a, ~]}",
                "{type: string, nullable: true, enum: [a, ~]}",
                &[],
            ),
            (
                "{type: string, enum: [a, ~]}",
                "{type: string, enum: [a, ~]}",
                &[],
            ),
            ("{enum: [a, ~]}", "{enum: [a, ~]}", &[]),
            (
                "{type: [string, integer], enum: [a, b]}",
                "{type: string, enum: [a, b]}",
                &[],
            ),
            ("{type: []}", "{}", &[]),
        ]);
    }

    #[test]
    fn every_type() {
        schemas(&[(
            "{type: [string, number, integer, boolean, array, object, 'null'], minLength: 1}",
            "{minLength: 1, nullable: true}",
            &[],
        )]);
    }

    #[test]
    fn several_types() {
        schemas(&[
            (
                "{type: [string, integer]}",
                "{anyOf: [{type: string}, {type: integer}]}",
                &[],
            ),
            (
                "{type: [integer, string, 'null'], minLength: 1, exclusiveMinimum: 2, format: int32, title: t}",
                "{anyOf: [{type: string, minLength: 1}, \
                  {type: integer, minimum: 2, exclusiveMinimum: true, format: int32}], nullable: true, title: t}",
                &[],
            ),
            (
                "{type: [array, object], prefixItems: [true], maxItems: 1, patternProperties: {a: true}}",
                "{anyOf: [{type: array, maxItems: 1, items: {anyOf: [{}]}, x-specwright-tuple: 1, \
                  x-specwright-tuple-closed: true}, {type: object, additionalProperties: true, \
                  x-specwright-pattern-properties: [a]}]}",
                &[],
            ),
            (
                "{type: [boolean, string], format: date}",
                "{anyOf: [{type: string, format: date}, {type: boolean}]}",
                &[],
            ),
            (
                "{type: [boolean, array], format: date}",
                "{anyOf: [{type: boolean}, {type: array}], format: date}",
                &[],
            ),
            (
                "{type: [integer, string, boolean], enum: [1, a, 2.0, b]}",
                "{anyOf: [{type: string, enum: [a, b]}, {type: integer, enum: [1, 2.0]}]}",
                &[],
            ),
            (
                "{type: [integer, string], enum: [true]}",
                "{anyOf: [{type: string}, {type: integer}], enum: [true]}",
                &[],
            ),
        ]);
    }

    #[test]
    fn beside_compositions() {
        schemas(&[
            (
                "{type: [string, integer], anyOf: [{minLength: 1}, {minimum: 1}]}",
                "{anyOf: [{minLength: 1}, {minimum: 1}], allOf: [{anyOf: [{type: string}, {type: integer}]}]}",
                &[],
            ),
            (
                "{type: [object, string], anyOf: [{}], allOf: [{}], discriminator: {propertyName: p}, required: [p]}",
                "{anyOf: [{}], allOf: [{}, {anyOf: [{type: string}, {type: object, required: [p]}]}], \
                  discriminator: {propertyName: p}}",
                &[],
            ),
            (
                "{type: [object, string], allOf: [{}], discriminator: {propertyName: p}}",
                "{allOf: [{}], anyOf: [{type: string}, {type: object, discriminator: {propertyName: p}}]}",
                &[],
            ),
        ]);
    }

    #[test]
    fn places() {
        schema_sources(
            "{type: [array, string, integer], exclusiveMinimum: 2, unevaluatedItems: {title: t}, enum: [1, a, []]}",
            &[
                ("/anyOf/0/type", "/type"),
                ("/anyOf/0/enum/0", "/enum/1"),
                ("/anyOf/1/minimum", "/exclusiveMinimum"),
                ("/anyOf/2/items/title", "/unevaluatedItems/title"),
            ],
        );
        schema_sources(
            "{anyOf: [{title: t}], type: [string, array], items: {title: u}}",
            &[
                ("/anyOf/0/title", "/anyOf/0/title"),
                ("/allOf/0/anyOf/1/items/title", "/items/title"),
            ],
        );
    }
}
