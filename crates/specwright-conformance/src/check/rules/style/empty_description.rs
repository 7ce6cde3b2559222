//! The rule `style/empty-description`.

use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "style/empty-description",
        severity: Info,
        summary: "Descriptions say something.",
        explanation: "An empty `description` takes a place in the documentation and says nothing. Where one is \
            required, a few words do; elsewhere it can be left out. Those of the document, of operations, tags and \
            parameters have rules of their own.",
    },
    set: Strict,
    section: "info-object",
    covers: &[],
    versions: ALL,
    fails: "
paths:
  /cats:
    get:
      responses:
        '200':
          description: '' # here
",
    passes: "
paths:
  /cats:
    get:
      responses:
        '200':
          description: All cats.
",
    check: Check::Objects(KINDS, check),
};

const KINDS: &[Kind] = &[
    Kind::Server,
    Kind::ServerVariable,
    Kind::PathItem,
    Kind::ExternalDocumentation,
    Kind::RequestBody,
    Kind::Response,
    Kind::Example,
    Kind::Link,
    Kind::Header,
    Kind::SecurityScheme,
    Kind::Schema,
];

fn check(visit: &Visit<'_, '_>, _: &Context<'_>, report: &mut Report<'_>) {
    let text = visit.object.get("description").and_then(Node::as_str);
    if text.is_some_and(|text| text.trim().is_empty()) {
        report.field(visit.path, "description", "the description is empty");
    }
}
