//! The rule `pagination/no-size`.

use specwright_openapi::{pagination::is_size_name, parameter_data};

use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "pagination/no-size",
        severity: Info,
        summary: "A list lets its users choose the page size.",
        explanation: "A user interface wants few items soon, an export wants many at once. Without a parameter for \
            the size both take what the server thinks right.",
    },
    set: Strict,
    section: "https://google.aip.dev/158",
    covers: &["ibm:ibm-pagination-style"],
    versions: ALL,
    fails: "
paths:
  /cats:
    get: # here
      parameters:
        - {name: cursor, in: query, schema: {type: string}}
      responses:
        '200':
          description: All cats.
          content:
            application/json:
              schema:
                type: object
                properties:
                  cats: {type: array, items: {type: object}}
                  next_cursor: {type: string}
",
    passes: "
paths:
  /cats:
    get:
      parameters:
        - {name: cursor, in: query, schema: {type: string}}
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
                  next_cursor: {type: string}
",
    check: Check::Lists(check),
};

fn check(list: &List<'_>, context: &Context<'_>, report: &mut Report<'_>) {
    if list.plan().is_none_or(|plan| plan.request.size.is_some()) {
        return;
    }
    let parameters = context.description.parameters(&list.operation).into_iter();
    let mut parameters = parameters.map(|(parameter, _)| parameter_data(parameter));
    if !parameters.any(|it| is_size_name(&it.name)) {
        let message = format!("`{}` pages, and nothing takes the page size", list.name());
        report.at(list.pointer(context), message).on_key();
    }
}
