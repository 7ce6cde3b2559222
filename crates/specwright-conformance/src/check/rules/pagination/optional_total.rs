//! The rule `pagination/optional-total`.

use specwright_openapi::pagination::ResponsePlace;

use super::with_article;
use crate::check::list;
use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "pagination/optional-total",
        severity: Warning,
        summary: "A total that tells the end is always there.",
        explanation: "Where nothing but the total tells the last page, a response without it leaves a client with a \
            page more than it needs, or without an end. It has to be a whole number. Documents that require nothing \
            at all in the object are not looked at.",
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
        - {name: offset, in: query, schema: {type: integer}}
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
                  total: {type: integer} # here
",
    passes: "
paths:
  /cats:
    get:
      parameters:
        - {name: offset, in: query, schema: {type: integer}}
        - {name: limit, in: query, schema: {type: integer, minimum: 1, maximum: 100, default: 20}}
      responses:
        '200':
          description: All cats.
          content:
            application/json:
              schema:
                type: object
                required: [cats, total]
                properties:
                  cats: {type: array, items: {type: object}}
                  total: {type: integer}
",
    check: Check::Lists(check),
};

fn check(list: &List<'_>, context: &Context<'_>, report: &mut Report<'_>) {
    let Some(plan) = list.plan() else { return };
    let response = &plan.response;
    let others = [
        &response.next,
        &response.has_more,
        &response.is_last,
        &response.last,
    ];
    if others.iter().any(|it| it.is_some()) {
        return;
    }
    let Some(place @ ResponsePlace::Body(_)) = &response.total else {
        return;
    };
    let Some(total) = list.answer(place, context) else {
        return;
    };
    let message = match total.kind {
        Some(kind) if kind != "integer" => {
            format!(
                "`{place}` tells the last page and is {}",
                with_article(kind)
            )
        }
        _ if !total.is_required && total.has_required_neighbours => {
            format!("`{place}` tells the last page and may be left out")
        }
        _ => return,
    };
    report
        .at(list::place(context, &total.holder), message)
        .on_key();
}
