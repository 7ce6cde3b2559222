//! The rule `style/required-deprecated`.

use specwright_openapi::Path;

use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "style/required-deprecated",
        severity: Warning,
        summary: "What is deprecated is not required.",
        explanation: "A deprecated parameter should no longer be used, and a required one has to be. Users can do \
            only one of the two. Parameters of paths cannot be left out and are not looked at, nor are those of \
            operations that are deprecated as a whole.",
    },
    set: Recommended,
    section: "parameter-object",
    covers: &[],
    versions: FROM_3_0,
    fails: "
paths:
  /cats:
    get:
      parameters:
        - name: fur
          in: query
          required: true
          deprecated: true # here
          schema: {type: string}
      responses: {'200': {description: All cats.}}
",
    passes: "
paths:
  /cats:
    get:
      parameters:
        - name: fur
          in: query
          deprecated: true
          schema: {type: string}
      responses: {'200': {description: All cats.}}
",
    check: Check::Objects(&[Kind::Parameter], check),
};

fn check(visit: &Visit<'_, '_>, _: &Context<'_>, report: &mut Report<'_>) {
    let is = |object: &Object, field: &str| object.get(field).and_then(Node::as_bool) == Some(true);
    let is_of_path = visit.object.get("in").and_then(Node::as_str) == Some("path");
    let operation = visit.path.within(Kind::Operation).and_then(Path::object);
    if is_of_path || operation.is_some_and(|it| is(it, "deprecated")) {
        return;
    }
    let name = visit.object.get("name").and_then(Node::as_str);
    if is(visit.object, "deprecated") && is(visit.object, "required") {
        let message = format!(
            "the parameter `{}` is deprecated and required",
            name.unwrap_or_default()
        );
        report.key(visit.path, "deprecated", message);
    }
}
