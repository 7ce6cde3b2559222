//! The root and what it holds besides paths (OAS 3.1.1 and 3.2.0, OpenAPI Object).

use super::{
    context::{Context, set},
    example, media_type, operation, parameter, schema, security,
};
use crate::tree::{Node, Object};

/// The version whose shape the normal form has.
const VERSION: &str = "3.0.4";

pub(super) fn rewrite(cx: &mut Context<'_>, root: &mut Object) {
    if root.contains("openapi") {
        set(root, "openapi", Node::String(VERSION.to_owned()));
    }
    root.remove("$self");
    schema::dialect(cx, root, "jsonSchemaDialect");
    cx.object(root, "info", info);
    servers(cx, root);
    if !root.contains("paths") {
        set(root, "paths", Node::Object(Object::default()));
    }
    cx.object(root, "paths", |cx, paths| {
        cx.fields_of(paths, operation::path_item)
    });
    cx.rename(root, "webhooks", "x-specwright-webhooks");
    cx.map(root, "x-specwright-webhooks", operation::path_item);
    cx.object(root, "components", components);
    security::requirements(cx, root);
    cx.objects(root, "tags", tag);
}

/// `summary` of the Info Object and `identifier` of the License Object, both since 3.1.
fn info(cx: &mut Context<'_>, info: &mut Object) {
    cx.rename(info, "summary", "x-specwright-summary");
    cx.object(info, "license", |cx, license| {
        cx.rename(license, "identifier", "x-specwright-identifier")
    });
}

/// `name` of the Server Object, since 3.2; of the servers in the field `servers`.
pub(super) fn servers(cx: &mut Context<'_>, holder: &mut Object) {
    cx.objects(holder, "servers", server);
}

pub(super) fn server(cx: &mut Context<'_>, server: &mut Object) {
    cx.rename(server, "name", "x-specwright-name");
}

/// `summary`, `parent` and `kind` of the Tag Object, since 3.2.
fn tag(cx: &mut Context<'_>, tag: &mut Object) {
    cx.rename(tag, "summary", "x-specwright-summary");
    cx.rename(tag, "parent", "x-specwright-parent");
    cx.rename(tag, "kind", "x-specwright-kind");
}

fn components(cx: &mut Context<'_>, components: &mut Object) {
    cx.members(components, "schemas", |cx, node| {
        schema::rewrite(cx, node, schema::Place::Text)
    });
    cx.map(components, "responses", operation::response);
    cx.map(components, "parameters", parameter::rewrite);
    cx.map(components, "examples", example::rewrite);
    cx.map(components, "requestBodies", operation::request_body);
    cx.map(components, "headers", parameter::header);
    cx.object(components, "securitySchemes", security::schemes);
    cx.map(components, "links", operation::link);
    cx.map(components, "callbacks", operation::callback);
}

/// The schemas, examples and media types that parameters and headers have alike.
pub(super) fn schema_or_content(cx: &mut Context<'_>, holder: &mut Object) {
    cx.node(holder, "schema", |cx, node| {
        schema::rewrite(cx, node, schema::Place::Text)
    });
    cx.map(holder, "examples", example::rewrite);
    media_type::content(cx, holder);
}

#[cfg(test)]
mod tests {
    use super::super::testing::documents;

    #[test]
    fn the_root() {
        documents(&[
            ("openapi: 3.1.0", "{openapi: 3.0.4, paths: {}}", &[]),
            (
                "openapi: 3.2.0\n$self: https://a.example/b",
                "{openapi: 3.0.4, paths: {}}",
                &[],
            ),
            (
                "{paths: {x-a: {name: 1, additionalOperations: {A: {}}}}}",
                "{paths: {x-a: {name: 1, additionalOperations: {A: {}}}}}",
                &[],
            ),
            (
                "{paths: {}, components: {pathItems: {P: {get: {}}}, mediaTypes: {M: {}}, schemas: {}}}",
                "{paths: {}, components: {schemas: {}}}",
                &[],
            ),
            (
                "{webhooks: {new: {post: {}}}}",
                "{paths: {}, x-specwright-webhooks: {new: {post: {responses: {}}}}}",
                &[],
            ),
        ]);
    }

    #[test]
    fn other_dialects_are_told_once() {
        let told: &[&str] = &["schema/other-dialect /jsonSchemaDialect"];
        documents(&[
            (
                "jsonSchemaDialect: https://spec.openapis.org/oas/3.1/dialect/base",
                "{paths: {}}",
                &[],
            ),
            (
                "jsonSchemaDialect: https://spec.openapis.org/oas/3.2/dialect/2025-09-17",
                "{paths: {}}",
                &[],
            ),
            (
                "jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema'",
                "{paths: {}}",
                &[],
            ),
            (
                "jsonSchemaDialect: http://json-schema.org/draft-07/schema#",
                "{paths: {}}",
                told,
            ),
            (
                "jsonSchemaDialect: https://a.example\ncomponents: {schemas: {A: {$schema: https://a.example}}}",
                "{paths: {}, components: {schemas: {A: {}}}}",
                told,
            ),
        ]);
    }

    #[test]
    fn names_of_things() {
        documents(&[
            (
                "{info: {title: T, summary: S, license: {name: MIT, identifier: MIT}}, paths: {}}",
                "{info: {title: T, x-specwright-summary: S, \
                  license: {name: MIT, x-specwright-identifier: MIT}}, paths: {}}",
                &[],
            ),
            (
                "{servers: [{url: /, name: N}], paths: {}}",
                "{servers: [{url: /, x-specwright-name: N}], paths: {}}",
                &[],
            ),
            (
                "{tags: [{name: a, summary: s, parent: b, kind: nav, description: d}], paths: {}}",
                "{tags: [{name: a, x-specwright-summary: s, x-specwright-parent: b, x-specwright-kind: nav, \
                  description: d}], paths: {}}",
                &[],
            ),
        ]);
    }
}
