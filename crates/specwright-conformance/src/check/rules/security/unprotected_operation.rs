//! The rule `security/unprotected-operation`.

use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "security/unprotected-operation",
        severity: Info,
        summary: "The document says of every operation who may call it.",
        explanation: "Where neither an operation nor the root has `security`, the specification takes the operation \
            to be open to all. Often it was forgotten, and a generated client then sends no credentials. Write \
            `security: []` where an operation is meant to be open. A document in which nothing says anything has one \
            finding; preflight requests (`OPTIONS`) never have credentials.",
    },
    set: Recommended,
    section: "security-requirement-object",
    covers: &["redocly:security-defined"],
    versions: ALL,
    fails: "
paths:
  /cats:
    get:
      security: [{key: []}]
      responses: {'200': {description: All cats.}}
    post: # here
      responses: {'201': {description: A new one.}}
components:
  securitySchemes:
    key: {type: apiKey, in: header, name: X-Key}
",
    passes: "
paths:
  /cats:
    get:
      security: []
      responses: {'200': {description: All cats.}}
    post:
      security: [{key: []}]
      responses: {'201': {description: A new one.}}
components:
  securitySchemes:
    key: {type: apiKey, in: header, name: X-Key}
",
    check: Check::Document(check),
};

fn check(context: &Context<'_>, report: &mut Report<'_>) {
    if context.root().is_none_or(|root| root.contains("security")) {
        return;
    }
    let all = || {
        context
            .operations()
            .iter()
            .filter(|it| it.method != "OPTIONS")
    };
    let silent: Vec<_> = all().filter(|it| !it.object.contains("security")).collect();
    if silent.len() > 1 && silent.len() == all().count() {
        let field = match context.version() {
            Version::V2_0 => "swagger",
            Version::V3_0 | Version::V3_1 | Version::V3_2 => "openapi",
        };
        let message = "neither the document nor any operation has `security`";
        let finding = report.at(Pointer::root().join(field), message).on_key();
        finding.help("`security: []` says that the API is open to all");
        return;
    }
    for operation in silent {
        let message = format!(
            "neither `{}` nor the document has `security`",
            operation.name()
        );
        let finding = report.at(operation.pointer.clone(), message).on_key();
        finding.help("`security: []` says that the operation is open to all");
    }
}
