//! The rule `style/singular-tag`.

use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "style/singular-tag",
        severity: Info,
        summary: "An operation has one tag.",
        explanation: "With several tags an operation appears in several groups of documentation, and generators that \
            make a client for each tag repeat it or take the first.",
    },
    set: Strict,
    section: "operation-object",
    covers: &[
        "spectral:operation-singular-tag",
        "redocly:operation-singular-tag",
        "vacuum:operation-singular-tag",
    ],
    versions: ALL,
    fails: "
paths:
  /cats:
    get:
      tags: [cats, animals] # here
      responses: {'200': {description: All cats.}}
",
    passes: "
paths:
  /cats:
    get:
      tags: [cats]
      responses: {'200': {description: All cats.}}
",
    check: Check::Operations(check),
};

fn check(operation: &Operation<'_>, _: &Context<'_>, report: &mut Report<'_>) {
    let tags = operation.object.get("tags").and_then(Node::as_array);
    let count = tags.map_or(0, <[Node]>::len);
    if count > 1 {
        let message = format!("`{}` has {count} tags", operation.name());
        report.at(operation.pointer.join("tags"), message);
    }
}
