//! The rule `pagination/prefer-cursor`.

use specwright_openapi::pagination::Style;

use crate::check::list::style_name;
use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "pagination/prefer-cursor",
        severity: Info,
        summary: "Lists page by cursor.",
        explanation: "While a client walks by offset or page number, items that are added or removed move all later \
            ones: some are seen twice, some never, and large offsets are slow. A cursor keeps its place.",
    },
    set: Strict,
    section: "https://google.aip.dev/158",
    covers: &["ibm:ibm-prefer-token-pagination"],
    versions: ALL,
    fails: "
paths:
  /cats:
    get:
      parameters:
        - {name: offset, in: query, schema: {type: integer}} # here
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
    let Some((plan, position)) = list.positioned() else {
        return;
    };
    if matches!(plan.style, Style::Offset | Style::Page) {
        let message = format!("`{}` pages by {}", list.name(), style_name(plan.style));
        report.at(
            context.description.document_pointer(&position.holder),
            message,
        );
    }
}
