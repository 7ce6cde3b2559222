//! The rule `style/servers`.

use super::version_field;
use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "style/servers",
        severity: Warning,
        summary: "The document says where the API is.",
        explanation: "Without `servers` the API is taken to be at the root of the host that the document was loaded \
            from, which is wrong as soon as the document is stored or sent. A document all of whose path items or \
            operations have servers of their own, and one without paths, needs none.",
    },
    set: Recommended,
    section: "server-object",
    covers: &[
        "spectral:oas3-api-servers",
        "redocly:no-empty-servers",
        "vacuum:oas3-api-servers",
    ],
    versions: FROM_3_0,
    fails: "
openapi: 3.0.4 # here
info: {title: Cats, version: '1.0'}
paths:
  /cats:
    get: {responses: {'200': {description: All cats.}}}
",
    passes: "
servers: [{url: 'https://api.cats.test'}]
paths:
  /cats:
    get: {responses: {'200': {description: All cats.}}}
",
    check: Check::Document(check),
};

fn check(context: &Context<'_>, report: &mut Report<'_>) {
    let has_servers = |object: &Object| {
        let servers = object.get("servers").and_then(Node::as_array);
        servers.is_some_and(|servers| !servers.is_empty())
    };
    let Some(root) = context.root().filter(|root| !has_servers(root)) else {
        return;
    };
    let mut operations = context.operations().iter();
    if operations.all(|it| has_servers(it.object) || has_servers(it.item)) {
        return;
    }
    let (at, message) = match root.contains("servers") {
        true => ("servers", "the list of servers is empty"),
        false => (version_field(context), "the document has no servers"),
    };
    report.at(Pointer::root().join(at), message).on_key();
}
