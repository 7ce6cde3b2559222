//! The rule `pagination/required-size`.

use super::field;
use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "pagination/required-size",
        severity: Warning,
        summary: "The page size is optional.",
        explanation: "Whoever does not care how large pages are should not have to choose. With a default the first \
            call works without a look into the documentation.",
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
        - {name: limit, in: query, required: true, schema: {type: integer, minimum: 1, maximum: 100}} # here
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
    if let Some(place) = plan.request.size.as_ref().filter(|_| size.is_required) {
        let message = format!("`{place}` takes the page size and is required");
        let finding = report.at(field(context, &size.holder, "required"), message);
        finding.help("make it optional, with a default");
    }
}
