//! The rule `pagination/optional-items`.

use crate::check::list;
use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "pagination/optional-items",
        severity: Info,
        summary: "The array of items is always there.",
        explanation: "A page without items is an empty array. If the array itself may be left out, every client has \
            to handle two forms of the same thing.",
    },
    set: Strict,
    section: "https://google.aip.dev/158",
    covers: &[],
    versions: ALL,
    fails: "
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
                  cats: {type: array, items: {type: object}} # here
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
                required: [cats]
                properties:
                  cats: {type: array, items: {type: object}}
                  next_cursor: {type: string}
",
    check: Check::Lists(check),
};

fn check(list: &List<'_>, context: &Context<'_>, report: &mut Report<'_>) {
    let (Some(plan), Some(items)) = (list.plan(), list.items(context)) else {
        return;
    };
    if plan.response.items.is_root() {
        return;
    }
    let message = match (items.is_required, items.may_be_null) {
        (true, false) => return,
        (true, true) => format!("the items at `{}` may be `null`", plan.response.items),
        (false, _) => format!("the items at `{}` may be left out", plan.response.items),
    };
    report
        .at(list::place(context, &items.holder), message)
        .on_key();
}
