//! Path items, operations and what they consist of (OAS 3.1.1 and 3.2.0, Path Item Object and following).

use super::{
    NOT_CARRIED,
    context::{Context, is_reference, set},
    document, media_type, parameter, security,
};
use crate::tree::{Node, Object};

const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// Where the operations stand that 3.0 has no field for.
const OPERATIONS: &str = "x-specwright-operations";

pub(super) fn path_item(cx: &mut Context<'_>, item: &mut Object) {
    further_operations(cx, item);
    document::servers(cx, item);
    cx.objects(item, "parameters", parameter::rewrite);
    for method in METHODS {
        cx.object(item, method, operation);
    }
    cx.map(item, OPERATIONS, operation);
}

/// `query` and `additionalOperations`, since 3.2: one map by methods as they are sent.
fn further_operations(cx: &mut Context<'_>, item: &mut Object) {
    let query = item
        .remove("query")
        .map(|node| ("QUERY".to_owned(), node, cx.at.join("query")));
    let additional = match item.remove("additionalOperations") {
        Some(Node::Object(map)) => map,
        _ => Object::default(),
    };
    let list = cx.at.join("additionalOperations");
    let additional = additional.into_members().map(|(method, node)| {
        let before = list.join(&method);
        (method, node, before)
    });
    let mut operations = Object::default();
    for (method, node, before) in query.into_iter().chain(additional) {
        if !operations.contains(&method) {
            cx.moved(cx.at.join(OPERATIONS).join(&method), &before);
            operations.insert(method, node);
        } else {
            cx.lose(
                &NOT_CARRIED,
                "additionalOperations",
                "`QUERY` is there already, in the field `query`",
            );
        }
    }
    if operations.iter().next().is_some() {
        item.insert(OPERATIONS.to_owned(), Node::Object(operations));
    }
}

/// An operation, whose `responses` may be absent since 3.1.
fn operation(cx: &mut Context<'_>, operation: &mut Object) {
    cx.objects(operation, "parameters", parameter::rewrite);
    cx.object(operation, "requestBody", request_body);
    if !operation.contains("responses") {
        operation.insert("responses".to_owned(), Node::Object(Object::default()));
    }
    cx.object(operation, "responses", |cx, responses| {
        cx.fields_of(responses, response)
    });
    cx.map(operation, "callbacks", callback);
    security::requirements(cx, operation);
    document::servers(cx, operation);
}

pub(super) fn request_body(cx: &mut Context<'_>, body: &mut Object) {
    if !is_reference(body) {
        media_type::content(cx, body);
    }
}

/// A response, which since 3.2 may have a `summary` and need not have a `description`.
pub(super) fn response(cx: &mut Context<'_>, response: &mut Object) {
    if is_reference(response) {
        return;
    }
    cx.rename(response, "summary", "x-specwright-summary");
    if !response.contains("description") {
        set(response, "description", Node::String(String::new()));
    }
    cx.map(response, "headers", parameter::header);
    media_type::content(cx, response);
    cx.map(response, "links", link);
}

pub(super) fn link(cx: &mut Context<'_>, link: &mut Object) {
    if !is_reference(link) {
        cx.object(link, "server", document::server);
    }
}

pub(super) fn callback(cx: &mut Context<'_>, callback: &mut Object) {
    if !is_reference(callback) {
        cx.fields_of(callback, path_item);
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{documents, sources};

    /// The path item `/a` before and after.
    fn items(cases: &[(&str, &str, &[&str])]) {
        for (before, after, lost) in cases {
            let [before, after] = [before, after].map(|item| format!("{{paths: {{/a: {item}}}}}"));
            documents(&[(&before, &after, lost)]);
        }
    }

    #[test]
    fn operations_of_other_methods() {
        items(&[
            (
                "{get: {}, query: {operationId: q}}",
                "{get: {responses: {}}, x-specwright-operations: {QUERY: {operationId: q, responses: {}}}}",
                &[],
            ),
            (
                "{additionalOperations: {COPY: {responses: {'200': {}}}, link: {}}}",
                "{x-specwright-operations: {COPY: {responses: {'200': {description: ''}}}, link: {responses: {}}}}",
                &[],
            ),
            ("{additionalOperations: {}}", "{}", &[]),
            (
                "{query: {summary: a}, additionalOperations: {QUERY: {}}}",
                "{x-specwright-operations: {QUERY: {summary: a, responses: {}}}}",
                &["structure/not-carried /paths/~1a/additionalOperations"],
            ),
        ]);
        sources(
            "{paths: {/a: {query: {summary: q}, additionalOperations: {COPY: {responses: {}}}}}}",
            &[
                (
                    "/paths/~1a/x-specwright-operations/QUERY/summary",
                    "/paths/~1a/query/summary",
                ),
                (
                    "/paths/~1a/x-specwright-operations/COPY/responses",
                    "/paths/~1a/additionalOperations/COPY/responses",
                ),
            ],
        );
    }

    #[test]
    fn responses() {
        items(&[
            (
                "{get: {responses: {default: {summary: s}, x-a: {summary: s}, '404': {$ref: '#/a', summary: s}}}}",
                "{get: {responses: {default: {description: '', x-specwright-summary: s}, x-a: {summary: s}, \
                  '404': {$ref: '#/a'}}}}",
                &[],
            ),
            (
                "{get: {responses: {'200': {description: d, headers: {H: {schema: true}}, \
                  links: {l: {operationId: o, server: {url: /, name: n}}}}}}}",
                "{get: {responses: {'200': {description: d, headers: {H: {schema: {}}}, \
                  links: {l: {operationId: o, server: {url: /, x-specwright-name: n}}}}}}}",
                &[],
            ),
        ]);
    }

    #[test]
    fn every_part_is_reached() {
        items(&[
            (
                "{servers: [{name: n}], parameters: [{schema: true}], \
                  trace: {servers: [{name: n}], parameters: [{schema: true}], \
                  requestBody: {content: {application/json: {schema: true}}}, responses: {}, \
                  callbacks: {c: {'{$url}': {query: {}}, x-a: {query: {}}}}}}",
                "{servers: [{x-specwright-name: n}], parameters: [{schema: {}}], \
                  trace: {servers: [{x-specwright-name: n}], parameters: [{schema: {}}], \
                  requestBody: {content: {application/json: {schema: {}}}}, responses: {}, \
                  callbacks: {c: {'{$url}': {x-specwright-operations: {QUERY: {responses: {}}}}, x-a: {query: {}}}}}}",
                &[],
            ),
            (
                "{get: {responses: {}, requestBody: {$ref: '#/a', description: d}}}",
                "{get: {responses: {}, requestBody: {$ref: '#/a'}}}",
                &[],
            ),
        ]);
    }
}
