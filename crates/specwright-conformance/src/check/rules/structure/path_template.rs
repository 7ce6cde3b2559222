//! The rule `structure/path-template`.

use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "structure/path-template",
        severity: Error,
        summary: "The braces of a path template come in pairs and hold a name.",
        explanation: "Braces mark the parameters of a path. An empty pair, or a brace without its partner, is no parameter and \
            no character that a path may have (RFC 3986 §3.3), so no request can be made.",
    },
    set: Minimal,
    section: "path-templating",
    covers: &["spectral:path-declarations-must-exist", "redocly:path-declaration-must-exist"],
    versions: ALL,
    fails: "
paths:
  /cats/{}: # here
    get:
      responses: {'200': {description: A cat.}}
  /dogs/{id: # here
    get:
      responses: {'200': {description: A dog.}}
",
    passes: "
paths:
  /cats/{id}:
    get:
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses: {'200': {description: A cat.}}
",
    check: Check::Document(check),
};

fn check(context: &Context<'_>, report: &mut Report<'_>) {
    for (path, _, pointer) in context.path_items() {
        if let Some(problem) = template::problem(path) {
            report.at(pointer, problem).on_key();
        }
    }
}
