//! Schema Objects: what differs between 2.0 and 3.0 (OpenAPI 2.0, Schema Object).

mod discriminators;
mod tuples;
mod types;

use discriminators::Mappings;
use specwright_diagnostics::Pointer;

use super::{
    build::{is_true, object, redirected},
    place::{Place, Record},
};
use crate::{
    normalise::LENIENT,
    tree::{Node, Object},
};

/// How extensions of 2.0 documents say `nullable`.
const NULLABLE: [&str; 2] = ["x-nullable", "x-isnullable"];

/// `definitions` as `components/schemas`.
pub(super) fn definitions(mut definitions: Object, record: &mut Record<'_>) -> Node {
    let mappings = Mappings::read(&definitions);
    let mut place = Place::new(
        Pointer::root().join("components").join("schemas"),
        Pointer::root().join("definitions"),
    );
    record.moved(&place);
    for (name, node) in definitions.iter_mut() {
        place.push(name);
        rewrite(node, &mut place, record);
        place.pop();
    }
    mappings.apply(&mut definitions, record);
    Node::Object(definitions)
}

/// Rewrites the schema `node` at `place` and the schemas in it.
pub(super) fn rewrite(node: &mut Node, place: &mut Place, record: &mut Record<'_>) {
    let Node::Object(schema) = node else { return };
    if let Some(Node::String(target)) = schema.get_mut("$ref") {
        *target = redirected(target, "definitions", "schemas");
        nullable_reference(schema, place, record);
        return;
    }
    nullable(schema, place, record);
    discriminator(schema, place, record);
    let alternatives = types::rewrite(schema, place, record);
    children(schema, place, record);
    if let Some((keyword, members)) = alternatives {
        schema.insert(keyword.to_owned(), Node::Array(members));
    }
}

/// A reference that may be null needs a wrapper, as nothing counts beside `$ref`.
fn nullable_reference(schema: &mut Object, place: &Place, record: &mut Record<'_>) {
    let Some(key) = NULLABLE.into_iter().find(|key| is_true(schema, key)) else {
        schema.retain(|key, _| key == "$ref");
        return;
    };
    let reference: Object = schema
        .remove("$ref")
        .map(|it| object([("$ref", it)]))
        .unwrap_or_default();
    *schema = object([("allOf", Node::Array(vec![Node::Object(reference)]))]);
    let member = place.normal.join("allOf").index(0);
    record.moved(&Place::new(member, place.source.clone()));
    set_nullable(schema, place, key, record);
    schema.insert(LENIENT.to_owned(), Node::Bool(true));
}

fn nullable(schema: &mut Object, place: &Place, record: &mut Record<'_>) {
    for key in NULLABLE {
        if is_true(schema, key) {
            schema.remove(key);
            set_nullable(schema, place, key, record);
        }
    }
}

/// Adds `nullable`, which `field` of the source said.
fn set_nullable(schema: &mut Object, place: &Place, field: &str, record: &mut Record<'_>) {
    schema.remove("nullable");
    schema.insert("nullable".to_owned(), Node::Bool(true));
    record.moved(&Place::new(
        place.normal.join("nullable"),
        place.source.join(field),
    ));
}

/// 2.0 names the property only.
fn discriminator(schema: &mut Object, place: &Place, record: &mut Record<'_>) {
    if let Some(node @ Node::String(_)) = schema.get_mut("discriminator") {
        let name = std::mem::replace(node, Node::Null);
        *node = Node::Object(object([("propertyName", name)]));
        let at = place.join("discriminator");
        record.moved(&Place::new(at.normal.join("propertyName"), at.source));
    }
}

/// Rewrites the schemas below `schema`.
fn children(schema: &mut Object, place: &mut Place, record: &mut Record<'_>) {
    for (key, node) in schema.iter_mut() {
        place.push(key);
        match (key, node) {
            ("items" | "additionalProperties" | "not", node) => rewrite(node, place, record),
            ("properties", Node::Object(properties)) => {
                for (name, node) in properties.iter_mut() {
                    place.push(name);
                    rewrite(node, place, record);
                    place.pop();
                }
            }
            ("allOf" | "anyOf" | "oneOf", Node::Array(members)) => each(members, place, record),
            _ => {}
        }
        place.pop();
    }
    tuples::rewrite(schema, place, record);
}

fn each(members: &mut [Node], place: &mut Place, record: &mut Record<'_>) {
    for (index, node) in members.iter_mut().enumerate() {
        place.push(&index.to_string());
        rewrite(node, place, record);
        place.pop();
    }
}

#[cfg(test)]
mod tests {
    use crate::normalise::swagger2::testing::normal;

    const A: &str = "/components/schemas/A";

    #[test]
    fn schemas_say_the_same_in_the_words_of_3_0() {
        let table = [
            (
                "{$ref: '#/definitions/B C'}",
                "{$ref: '#/components/schemas/B C'}",
            ),
            (
                "{$ref: '#/definitions/a~1b'}",
                "{$ref: '#/components/schemas/a~1b'}",
            ),
            (
                "{type: string, x-nullable: true}",
                "{type: string, nullable: true}",
            ),
            (
                "{type: string, x-isnullable: true}",
                "{type: string, nullable: true}",
            ),
            (
                "{type: string, x-nullable: false}",
                "{type: string, x-nullable: false}",
            ),
            (
                "{$ref: '#/definitions/B', items: {$ref: '#/definitions/B'}}",
                "{$ref: '#/components/schemas/B'}",
            ),
            (
                "{$ref: '#/definitions/B', x-nullable: true}",
                "{allOf: [{$ref: '#/components/schemas/B'}], nullable: true, x-specwright-lenient-null: true}",
            ),
            (
                "{discriminator: kind}",
                "{discriminator: {propertyName: kind}}",
            ),
            (
                "{type: object, readOnly: true, xml: {name: n}, example: {$ref: x}, x-a: {$ref: x}}",
                "{type: object, readOnly: true, xml: {name: n}, example: {$ref: x}, x-a: {$ref: x}}",
            ),
            (
                "{enum: [1], minimum: 1, exclusiveMinimum: true}",
                "{enum: [1], minimum: 1, exclusiveMinimum: true}",
            ),
        ];
        for (schema, expected) in table {
            normal(&format!("definitions: {{A: {schema}}}"))
                .holds(A, expected)
                .lost(&[]);
        }
    }

    #[test]
    fn schemas_inside_schemas_are_rewritten_wherever_they_stand() {
        let (old, new) = (
            "{$ref: '#/definitions/B'}",
            "{$ref: '#/components/schemas/B'}",
        );
        let places = [
            "properties: {$ref: SCHEMA, items: SCHEMA}",
            "additionalProperties: SCHEMA",
            "items: SCHEMA",
            "allOf: [{items: {properties: {a: SCHEMA}}}, SCHEMA]",
            "anyOf: [SCHEMA]",
            "oneOf: [SCHEMA]",
            "not: SCHEMA",
        ];
        for place in places {
            let schema = format!("definitions: {{A: {{{}}}}}", place.replace("SCHEMA", old));
            normal(&schema).holds(A, &place.replace("SCHEMA", new));
        }
    }

    #[test]
    fn what_moved_inside_a_schema_is_noted() {
        normal("definitions: {A: {properties: {b: {discriminator: k, x-nullable: true}, c: {$ref: '#/definitions/A', x-nullable: true}}}}")
            .stood("/components/schemas/A/properties/b/nullable", "/definitions/A/properties/b/x-nullable")
            .stood(
                "/components/schemas/A/properties/b/discriminator/propertyName",
                "/definitions/A/properties/b/discriminator",
            )
            .stood("/components/schemas/A/properties/c/allOf/0/$ref", "/definitions/A/properties/c/$ref")
            .stood("/components/schemas/A/properties/c/nullable", "/definitions/A/properties/c/x-nullable");
    }
}
