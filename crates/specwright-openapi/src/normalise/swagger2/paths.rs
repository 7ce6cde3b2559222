//! Path items and their operations (OpenAPI 2.0, Path Item Object and Operation Object).

use specwright_diagnostics::{Pointer, Rule, Severity};

use super::{
    build::is_extension,
    context::Context,
    media_types::MediaTypes,
    parameters::{self, Payloads, Split},
    place::Place,
    request_body, responses,
};
use crate::tree::{Node, Object};

pub(super) static SAME_PATH: Rule = Rule {
    name: "structure/same-path",
    severity: Severity::Error,
    summary: "`x-ms-paths` has no path that `paths` has.",
    explanation: "`x-ms-paths` holds paths that differ from others in their query only. A path that is in both would \
        have two path items; the one in `paths` is used.",
};

/// Azure's paths with a query.
const MORE_PATHS: &str = "x-ms-paths";

const METHODS: &[&str] = &["get", "put", "post", "delete", "options", "head", "patch"];

/// Fields of an Operation Object that 3.0 shares.
const SHARED_FIELDS: &[&str] = &[
    "tags",
    "summary",
    "description",
    "externalDocs",
    "operationId",
    "deprecated",
    "security",
];

/// `paths` and `x-ms-paths` of the root, taken out of it.
pub(super) fn paths(root: &mut Object, context: &mut Context<'_>) -> Node {
    let mut all = Object::default();
    for section in ["paths", MORE_PATHS] {
        let Some(Node::Object(paths)) = root.remove(section) else {
            continue;
        };
        let section = Pointer::root().join(section);
        for (path, node) in paths.into_members() {
            let normal = Pointer::root().join("paths").join(&path);
            let place = Place::new(normal, section.join(&path));
            if all.contains(&path) {
                context.record.lose(
                    &SAME_PATH,
                    &place.source,
                    format!("`{path}` is in `paths` too"),
                );
                continue;
            }
            context.record.moved(&place);
            let item = match node {
                Node::Object(item) if !is_extension(&path) => path_item(item, &place, context),
                other => other,
            };
            all.insert(path, item);
        }
    }
    Node::Object(all)
}

fn path_item(mut item: Object, place: &Place, context: &mut Context<'_>) -> Node {
    let Split {
        parameters,
        payloads,
    } = match item.remove("parameters") {
        Some(list) => parameters::split(list, &place.join("parameters"), context),
        None => Split::default(),
    };
    let mut rewritten = Object::default();
    for (key, node) in item.into_members() {
        match node {
            Node::Object(it) if METHODS.contains(&key.as_str()) => {
                let made = operation(it, &place.join(&key), &payloads, context);
                rewritten.insert(key, made);
            }
            node if is_extension(&key) => rewritten.insert(key, node),
            _ => {}
        }
    }
    if !parameters.is_empty() {
        rewritten.insert("parameters".to_owned(), Node::Array(parameters));
    }
    Node::Object(rewritten)
}

/// The Operation Object at `place` of a path item with `of_path` among its parameters.
fn operation(
    mut operation: Object,
    place: &Place,
    of_path: &Payloads,
    context: &mut Context<'_>,
) -> Node {
    let mut types = |field: &str, of_root: &MediaTypes| {
        MediaTypes::of_operation(&mut operation, field, place, of_root, &mut context.record)
    };
    let consumes = types("consumes", &context.consumes);
    let produces = types("produces", &context.produces);
    let mut own = Payloads::default();
    let mut rewritten = Object::default();
    for (key, node) in operation.into_members() {
        match key.as_str() {
            "parameters" => {
                let split = parameters::split(node, &place.join("parameters"), context);
                own = split.payloads;
                rewritten.insert(key, Node::Array(split.parameters));
            }
            "responses" => {
                let made = responses::responses(node, &place.join("responses"), &produces, context);
                rewritten.insert(key, made);
            }
            "schemes" => {
                if let Some(servers) = context
                    .hosts
                    .of_operation(&node, place, &mut context.record)
                {
                    rewritten.insert("servers".to_owned(), servers);
                }
            }
            name if SHARED_FIELDS.contains(&name) || is_extension(name) => {
                rewritten.insert(key, node);
            }
            _ => {}
        }
    }
    let at = place.normal.join("requestBody");
    if let Some(body) = request_body::of_operation(own, of_path, &consumes, at, context) {
        rewritten.insert("requestBody".to_owned(), body);
    }
    Node::Object(rewritten)
}

#[cfg(test)]
mod tests {
    use crate::normalise::swagger2::testing::normal;

    #[test]
    fn operations_keep_what_both_versions_know() {
        let kept = "{tags: [t], summary: s, description: d, externalDocs: {url: u}, operationId: o, deprecated: true,
            security: [{a: []}], x-a: {requestBody: 1}}";
        let operation = kept.replacen('{', "{requestBody: {}, callbacks: {}, servers: [], ", 1);
        normal(&format!(
            "paths: {{/a: {{get: {operation}, trace: {{}}, servers: [], x-b: 1}}, x-c: 1}}"
        ))
        .holds("/paths/~1a/get", kept)
        .holds("/paths/~1a", &format!("{{get: {kept}, x-b: 1}}"))
        .holds("/paths/x-c", "1");
    }

    #[test]
    fn paths_with_a_query_stand_beside_the_others() {
        normal("paths: {/a: {get: {}}}\nx-ms-paths: {'/a?b=c': {put: {parameters: [{name: n, in: query, type: string}]}}}")
            .holds(
                "/paths",
                "{/a: {get: {}}, '/a?b=c': {put: {parameters: [{name: n, in: query, schema: {type: string}}]}}}",
            )
            .lacks("/x-ms-paths")
            .stood(
                "/paths/~1a?b=c/put/parameters/0/schema/type",
                "/x-ms-paths/~1a?b=c/put/parameters/0/type",
            );
    }

    #[test]
    fn a_path_is_described_once() {
        normal("paths: {/a: {get: {}}}\nx-ms-paths: {/a: {put: {}}}")
            .holds("/paths", "/a: {get: {}}")
            .lost(&[("structure/same-path", "/x-ms-paths/~1a")]);
    }
}
