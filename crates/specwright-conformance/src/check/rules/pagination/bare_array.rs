//! The rule `pagination/bare-array`.

use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "pagination/bare-array",
        severity: Info,
        summary: "A page is an object.",
        explanation: "A body that is an array has no place for a cursor, a total or anything else that is thought of \
            later. In an object it is a new member that old clients ignore.",
    },
    set: Strict,
    section: "https://google.aip.dev/158",
    covers: &["ibm:ibm-collection-array-property"],
    versions: ALL,
    fails: "
paths:
  /cats:
    get:
      parameters:
        - {name: offset, in: query, schema: {type: integer}}
        - {name: limit, in: query, schema: {type: integer, minimum: 1, maximum: 100, default: 20}}
      responses:
        '200':
          description: All cats.
          content:
            application/json:
              schema: # here
                type: array
                items: {type: object}
",
    passes: "
paths:
  /cats:
    get:
      parameters:
        - {name: offset, in: query, schema: {type: integer}}
        - {name: limit, in: query, schema: {type: integer, minimum: 1, maximum: 100, default: 20}}
      responses:
        '200':
          description: All cats.
          content:
            application/json:
              schema:
                type: object
                properties:
                  cats: {type: array, items: {type: object}}
                  total: {type: integer}
",
    check: Check::Lists(check),
};

fn check(list: &List<'_>, context: &Context<'_>, report: &mut Report<'_>) {
    let (Some(plan), Some(items)) = (list.plan(), list.items(context)) else {
        return;
    };
    if plan.response.items.is_root() {
        let message = "the page is a bare array";
        report.at(
            context.description.document_pointer(&items.pointer),
            message,
        );
    }
}
