//! The rule `pagination/no-default-size`.

use crate::check::list::target;
use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "pagination/no-default-size",
        severity: Info,
        summary: "The page size has a default.",
        explanation: "Without a `default` nobody knows how many items come when no size is asked for, and how many \
            requests a walk takes.",
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
        - {name: cursor, in: query, schema: {type: string}}
        - {name: limit, in: query, schema: {type: integer, maximum: 100}} # here
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
    let Some((plan, size)) = list.sized() else {
        return;
    };
    let has_default = size.default.or(plan.size.default).is_some();
    if has_default || size.is_required || size.schema.is_none() {
        return;
    }
    if let Some(place) = &plan.request.size {
        let message = format!("`{place}` takes the page size and has no `default`");
        report.at(target(context, &size.pointer), message);
    }
}
