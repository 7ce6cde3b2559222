//! The rule `pagination/size-minimum`.

use super::field;
use crate::check::list::target;
use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "pagination/size-minimum",
        severity: Info,
        summary: "The page size has a minimum of at least 1.",
        explanation: "A page of no items leads nowhere: a client that asks for 0 never gets to the end. Where 0 asks \
            for everything at once, `x-specwright-pagination` can say so with `size.all`.",
    },
    set: Strict,
    section: "https://google.aip.dev/158",
    covers: &["ibm:ibm-pagination-style"],
    versions: ALL,
    fails: "
paths:
  /cats:
    get:
      parameters:
        - {name: cursor, in: query, schema: {type: string}}
        - {name: limit, in: query, schema: {type: integer, minimum: 0, maximum: 100}} # here
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
    let is_whole = size.kind == Some("integer");
    if !is_whole || size.has_enum || plan.size.minimum.is_some() || plan.size.all == Some(0) {
        return;
    }
    let Some(place) = &plan.request.size else {
        return;
    };
    match size.minimum {
        None => {
            let message = format!("`{place}` takes the page size and has no `minimum`");
            report.at(target(context, &size.pointer), message);
        }
        Some(0) => {
            let message = format!("`{place}` takes the page size and may be 0");
            report.at(field(context, &size.pointer, "minimum"), message);
        }
        Some(_) => {}
    }
}
