//! The rule `style/parameter-description`.

use super::says;
use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "style/parameter-description",
        severity: Info,
        summary: "Every parameter has a description.",
        explanation: "The name of a parameter seldom says which values there are, what happens without it, and how \
            it goes together with others.",
    },
    set: Strict,
    section: "parameter-object",
    covers: &[
        "spectral:oas3-parameter-description",
        "spectral:oas2-parameter-description",
        "redocly:parameter-description",
        "vacuum:oas3-parameter-description",
        "vacuum:oas2-parameter-description",
    ],
    versions: ALL,
    fails: "
paths:
  /cats:
    get:
      parameters:
        - name: fur # here
          in: query
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
          description: The colour of the fur, in English.
          schema: {type: string}
      responses: {'200': {description: All cats.}}
",
    check: Check::Objects(&[Kind::Parameter], check),
};

fn check(visit: &Visit<'_, '_>, _: &Context<'_>, report: &mut Report<'_>) {
    let name = visit.object.get("name").and_then(Node::as_str);
    if let Some(name) = name.filter(|_| !says(visit.object, "description")) {
        let message = format!("the parameter `{name}` has no description");
        report.field(visit.path, "name", message);
    }
}
