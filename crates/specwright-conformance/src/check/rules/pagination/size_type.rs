//! The rule `pagination/size-type`.

use super::{field, with_article};
use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "pagination/size-type",
        severity: Warning,
        summary: "The page size is a whole number.",
        explanation: "A page has a number of items, and nothing else can be asked for. Generated clients offer the \
            type that the document says, and let a text through that the server refuses.",
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
        - {name: limit, in: query, schema: {type: string}} # here
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
    let kind = size.kind.filter(|it| *it != "integer" && !size.has_enum);
    if let (Some(kind), Some(place)) = (kind, &plan.request.size) {
        let message = format!(
            "`{place}` takes the page size and is {}",
            with_article(kind)
        );
        report.at(field(context, &size.pointer, "type"), message);
    }
}
