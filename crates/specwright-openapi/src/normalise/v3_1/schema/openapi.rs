//! Objects of OpenAPI inside schemas: XML Object and Discriminator Object (OAS 3.2.0).

use super::{
    super::context::{Context, set},
    NOT_CARRIED,
};
use crate::tree::{Node, Object};

pub(super) fn rewrite(cx: &mut Context<'_>, schema: &mut Object) {
    cx.object(schema, "discriminator", |cx, discriminator| {
        cx.rename(
            discriminator,
            "defaultMapping",
            "x-specwright-default-mapping",
        );
    });
    let is_array = schema.get("type").and_then(Node::as_str) == Some("array");
    cx.object(schema, "xml", |cx, xml| node_type(cx, xml, is_array));
}

/// `nodeType`, since 3.2, in the words that it replaced: `attribute`, and `wrapped` for arrays.
fn node_type(cx: &mut Context<'_>, xml: &mut Object, is_array: bool) {
    let Some(Node::String(kind)) = xml.remove("nodeType") else {
        return;
    };
    match (kind.as_str(), is_array) {
        ("attribute", _) => replace(cx, xml, "attribute"),
        ("element", true) => replace(cx, xml, "wrapped"),
        ("element", false) | ("none", true) => {}
        _ => {
            let message = format!("`nodeType: {kind}` is not carried: an element is assumed");
            cx.lose(&NOT_CARRIED, "nodeType", message);
        }
    }
}

fn replace(cx: &mut Context<'_>, xml: &mut Object, field: &str) {
    set(xml, field, Node::Bool(true));
    cx.moved(cx.at.join(field), &cx.at.join("nodeType"));
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::{schema_sources, schemas};

    #[test]
    fn xml() {
        let lost: &[&str] = &["schema/not-carried /xml/nodeType"];
        schemas(&[
            (
                "{xml: {nodeType: attribute, name: a}}",
                "{xml: {attribute: true, name: a}}",
                &[],
            ),
            (
                "{type: object, xml: {nodeType: element}}",
                "{type: object, xml: {}}",
                &[],
            ),
            (
                "{type: array, xml: {nodeType: element}}",
                "{type: array, xml: {wrapped: true}}",
                &[],
            ),
            (
                "{type: [array, 'null'], xml: {nodeType: none}}",
                "{type: array, nullable: true, xml: {}}",
                &[],
            ),
            (
                "{type: object, xml: {nodeType: none}}",
                "{type: object, xml: {}}",
                lost,
            ),
            (
                "{type: string, xml: {nodeType: text}}",
                "{type: string, xml: {}}",
                lost,
            ),
            (
                "{type: string, xml: {nodeType: cdata}}",
                "{type: string, xml: {}}",
                lost,
            ),
            ("{xml: {wrapped: true}}", "{xml: {wrapped: true}}", &[]),
        ]);
        schema_sources(
            "{xml: {nodeType: attribute}}",
            &[("/xml/attribute", "/xml/nodeType")],
        );
    }

    #[test]
    fn discriminators() {
        schemas(&[(
            "{oneOf: [{$ref: '#/a'}], discriminator: {propertyName: p, defaultMapping: a}}",
            "{oneOf: [{$ref: '#/a'}], discriminator: {propertyName: p, x-specwright-default-mapping: a}}",
            &[],
        )]);
    }
}
