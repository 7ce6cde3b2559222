//! The rule `pagination/default-above-maximum`.

use super::field;
use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "pagination/default-above-maximum",
        severity: Error,
        summary: "The default page size is not above the maximum.",
        explanation: "A request without a size asks for the default, and one above the maximum is refused or served \
            as less: what the document says cannot be true.",
    },
    set: Minimal,
    section: "https://google.aip.dev/158",
    covers: &["ibm:ibm-pagination-style"],
    versions: ALL,
    fails: "
paths:
  /cats:
    get:
      parameters:
        - {name: cursor, in: query, schema: {type: string}}
        - {name: limit, in: query, schema: {type: integer, maximum: 100, default: 200}} # here
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
    let Some((_, size)) = list.sized() else {
        return;
    };
    if let (Some(default), Some(maximum)) = (size.default, size.maximum)
        && default > maximum
    {
        let message = format!("the default page size {default} is above the maximum of {maximum}");
        report.at(field(context, &size.pointer, "default"), message);
    }
}
