//! The rule `structure/operation-id-unique`.

use std::collections::BTreeMap;

use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "structure/operation-id-unique",
        severity: Error,
        summary: "No two operations have the same `operationId`.",
        explanation: "The id names the operation in links, code and documentation, so it has to be unique in the whole \
            description. Upper and lower case count as different.",
    },
    set: Minimal,
    section: "operation-object",
    covers: &[
        "spectral:operation-operationId-unique",
        "redocly:operation-operationId-unique",
        "vacuum:operation-operationId-unique",
    ],
    versions: ALL,
    fails: "
paths:
  /cats:
    get:
      operationId: list
      responses: {'200': {description: All cats.}}
  /dogs:
    get:
      operationId: list # here
      responses: {'200': {description: All dogs.}}
",
    passes: "
paths:
  /cats:
    get:
      operationId: listCats
      responses: {'200': {description: All cats.}}
  /dogs:
    get:
      operationId: listDogs
      responses: {'200': {description: All dogs.}}
",
    check: Check::Document(check),
};

fn check(context: &Context<'_>, report: &mut Report<'_>) {
    let mut first = BTreeMap::new();
    for operation in context.operations() {
        let Some(id) = operation.text("operationId") else {
            continue;
        };
        let Some((method, path)) = first.get(id) else {
            first.insert(id, (&operation.method, operation.path));
            continue;
        };
        let message = format!("`{id}` is also the id of `{method} {path}`");
        report.at(operation.pointer.join("operationId"), message);
    }
}
