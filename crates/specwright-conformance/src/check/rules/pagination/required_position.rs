//! The rule `pagination/required-position`.

use specwright_openapi::pagination::Style;

use super::field;
use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "pagination/required-position",
        severity: Warning,
        summary: "The position is optional.",
        explanation: "The first request of a walk has no position yet: a client that has to send a cursor has none \
            to send, and one that has to send a page number must know how the first one is counted.",
    },
    set: Recommended,
    section: "https://google.aip.dev/158",
    covers: &["ibm:ibm-pagination-style"],
    versions: ALL,
    fails: "
paths:
  /cats:
    get:
      parameters:
        - {name: cursor, in: query, required: true, schema: {type: string}} # here
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
    let leads_on = matches!(plan.style, Style::NextUrl | Style::Link);
    if let Some(place) = plan
        .request
        .position
        .as_ref()
        .filter(|_| position.is_required && !leads_on)
    {
        let message =
            format!("`{place}` takes the position, which the first request does not have");
        report
            .at(field(context, &position.holder, "required"), message)
            .help("make it optional");
    }
}
