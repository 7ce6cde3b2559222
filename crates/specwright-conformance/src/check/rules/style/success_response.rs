//! The rule `style/success-response`.

use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "style/success-response",
        severity: Warning,
        summary: "Every operation documents a success.",
        explanation: "The response of a successful call is what an operation is for. A status from 200 to 399 tells \
            it, a range such as `2XX`, `default`, or 101 where the protocol is switched.",
    },
    set: Recommended,
    section: "responses-object",
    covers: &[
        "spectral:operation-success-response",
        "redocly:operation-2xx-response",
        "vacuum:operation-success-response",
    ],
    versions: ALL,
    fails: "
paths:
  /cats:
    get:
      responses: # here
        '404': {description: No cats.}
",
    passes: "
paths:
  /cats:
    get:
      responses:
        '200': {description: All cats.}
        '404': {description: No cats.}
",
    check: Check::Operations(check),
};

fn check(operation: &Operation<'_>, context: &Context<'_>, report: &mut Report<'_>) {
    let responses = operation.object.get("responses").and_then(Node::as_object);
    let mut statuses = responses
        .into_iter()
        .flat_map(Object::iter)
        .map(|(status, _)| status);
    if statuses.any(|it| it == "default" || it == "101" || it.starts_with(['2', '3'])) {
        return;
    }
    let message = format!("`{}` documents no success", operation.name());
    let at = match responses {
        Some(_) => operation.pointer.join("responses"),
        None if context.version() >= Version::V3_1 => operation.pointer.clone(),
        // Up to 3.0 `responses` is required, and that it is missing is reported as such.
        None => return,
    };
    report.at(at, message).on_key();
}
