//! The rule `structure/content-without-body`.

use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "structure/content-without-body",
        severity: Warning,
        summary: "Responses that have no body by HTTP do not describe one.",
        explanation: "Responses with a status of 1xx, 204, 205 or 304 end after their header fields (RFC 9110 §6.4.1, §15.3.6), \
            so what is said about their body cannot come true. Either the status or the content is wrong.",
    },
    set: Recommended,
    section: "response-object",
    covers: &[],
    versions: ALL,
    fails: "
paths:
  /cats/{id}:
    delete:
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses:
        '204':
          description: The cat is gone.
          content: {application/json: {schema: {type: object}}} # here
",
    passes: "
paths:
  /cats/{id}:
    delete:
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses:
        '204': {description: The cat is gone.}
",
    check: Check::Objects(&[Kind::Response], check),
};

fn check<'d>(visit: &Visit<'d, '_>, context: &Context<'d>, report: &mut Report<'_>) {
    let in_responses = visit.path.parent().is_some_and(|it| it.kind() == Some(Kind::Responses));
    let Some(status) = visit.path.name().filter(|_| in_responses) else {
        return;
    };
    if !(matches!(status, "204" | "205" | "304") || status.starts_with('1')) {
        return;
    }
    let field = if context.version() == Version::V2_0 { "schema" } else { "content" };
    let described = match visit.object.get(field) {
        Some(Node::Object(object)) => object.iter().next().is_some(),
        _ => false,
    };
    if described {
        let message = format!("a response with status {status} has no body");
        report.key(visit.path, field, message);
    }
}
