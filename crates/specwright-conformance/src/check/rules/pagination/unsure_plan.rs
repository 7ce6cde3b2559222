//! The rule `pagination/unsure-plan`.

use specwright_openapi::pagination::Confidence;

use crate::check::list::style_name;
use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "pagination/unsure-plan",
        severity: Info,
        summary: "How a list pages can be told from the document.",
        explanation: "The names of parameters and properties look like pages, and something is missing or could mean \
            something else, so that clients do not page by it. `x-specwright-pagination` on the operation says how \
            it pages, or `false` that it does not; `specwright pagination` shows what was found.",
    },
    set: Strict,
    section: "https://google.aip.dev/158",
    covers: &[],
    versions: ALL,
    fails: "
paths:
  /cats:
    get: # here
      parameters:
        - {name: start, in: query, schema: {type: integer}}
      responses:
        '200':
          description: All cats.
          content:
            application/json:
              schema:
                type: object
                properties:
                  cats: {type: array, items: {type: object}}
",
    passes: "
paths:
  /cats:
    get:
      x-specwright-pagination: {style: offset, request: {position: start}, response: {items: /cats}}
      parameters:
        - {name: start, in: query, schema: {type: integer}}
      responses:
        '200':
          description: All cats.
          content:
            application/json:
              schema:
                type: object
                properties:
                  cats: {type: array, items: {type: object}}
",
    check: Check::Lists(check),
};

fn check(list: &List<'_>, context: &Context<'_>, report: &mut Report<'_>) {
    let Some(plan) = &list.found.plan else { return };
    let path = list.operation.path.split('?').next().unwrap_or_default();
    let is_one_thing = path.trim_end_matches('/').ends_with('}');
    let reads = matches!(list.operation.method, "GET" | "QUERY");
    if list.found.confidence > Confidence::Unsure || is_one_thing || !reads {
        return;
    }
    let message = format!(
        "`{}` may page by {}, which is not sure",
        list.name(),
        style_name(plan.style)
    );
    let reservation = list.found.reservations.first();
    let finding = report.at(list.pointer(context), message).on_key();
    if let Some(reservation) = reservation {
        finding.label(reservation.clone());
    }
    finding.help("declare it with `x-specwright-pagination`");
}
