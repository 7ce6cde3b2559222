//! The rule `pagination/position-type`.

use specwright_openapi::pagination::Style;

use super::{field, with_article};
use crate::check::list::style_name;
use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "pagination/position-type",
        severity: Warning,
        summary: "The position has the type of what it takes.",
        explanation: "Page numbers and offsets are whole numbers: a client counts them up, and cannot do so with a \
            text or a fraction. A cursor is sent as it was received, so the request and the response have to give it \
            the same type.",
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
        - {name: offset, in: query, schema: {type: string}} # here
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
        - {name: offset, in: query, schema: {type: integer}}
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
    check: Check::Lists(check),
};

fn check(list: &List<'_>, context: &Context<'_>, report: &mut Report<'_>) {
    let Some((plan, position)) = list.positioned() else {
        return;
    };
    let (Some(place), Some(kind)) = (&plan.request.position, position.kind) else {
        return;
    };
    let message = match plan.style {
        Style::Offset | Style::Page if kind != "integer" => {
            format!(
                "`{place}` takes the {} and is {}",
                style_name(plan.style),
                with_article(kind)
            )
        }
        Style::Cursor | Style::Bidirectional | Style::Token | Style::Keyset => {
            let next = plan.response.next.as_ref();
            let next = next.and_then(|next| Some((next, list.answer(next, context)?.kind?)));
            match next {
                Some((next, of_next)) if is_number(of_next) != is_number(kind) => format!(
                    "`{place}` is {} and takes `{next}`, which is {}",
                    with_article(kind),
                    with_article(of_next)
                ),
                _ => return,
            }
        }
        _ => return,
    };
    report.at(field(context, &position.pointer, "type"), message);
}

fn is_number(kind: &str) -> bool {
    matches!(kind, "integer" | "number")
}
