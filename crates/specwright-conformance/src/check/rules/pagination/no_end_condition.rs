//! The rule `pagination/no-end-condition`.

use specwright_openapi::pagination::{PlaceSchema, ResponsePlace, Style};

use crate::check::list;
use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "pagination/no-end-condition",
        severity: Warning,
        summary: "The last page can be told from the others.",
        explanation: "Where every response has to have a next position that is not `null`, and there is neither a \
            flag nor a total, the document has no last page: a client asks on and on, or guesses that an empty text \
            is the end. Let the next position be left out or `null`, say in its description what it is on the last \
            page, or add something else that tells the end.",
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
        - {name: limit, in: query, schema: {type: integer, minimum: 1, maximum: 100, default: 20}}
      responses:
        '200':
          description: All cats.
          content:
            application/json:
              schema:
                type: object
                required: [cats, next_cursor]
                properties:
                  cats: {type: array, items: {type: object}}
                  next_cursor: {type: string} # here
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
                required: [cats, next_cursor]
                properties:
                  cats: {type: array, items: {type: object}}
                  next_cursor: {type: string, nullable: true}
",
    check: Check::Lists(check),
};

fn check(list: &List<'_>, context: &Context<'_>, report: &mut Report<'_>) {
    let Some(plan) = list.plan() else { return };
    let response = &plan.response;
    let by_next = matches!(
        plan.style,
        Style::Cursor | Style::Bidirectional | Style::Token | Style::NextUrl
    );
    let others = [
        &response.has_more,
        &response.is_last,
        &response.total,
        &response.last,
    ];
    if !by_next || others.iter().any(|it| it.is_some()) {
        return;
    }
    let Some(place @ ResponsePlace::Body(_)) = &response.next else {
        return;
    };
    let Some(next) = list.answer(place, context) else {
        return;
    };
    let may_end = next.may_be_null || next.has_enum || next.kind.is_none() || speaks_of_end(&next);
    if next.is_required && !may_end {
        let message =
            format!("`{place}` is in every response, and nothing says what it is on the last page");
        let finding = report
            .at(list::place(context, &next.holder), message)
            .on_key();
        finding.help("let it be left out or `null`, or add a flag such as `has_more`");
    }
}

/// Whether the description says something of the end.
fn speaks_of_end(next: &PlaceSchema<'_>) -> bool {
    let words = [
        "empty", "blank", "last", "no more", "null", "absent", "omitted", "if there", "end of",
        "only", "until",
    ];
    let mut about = next
        .descriptions
        .into_iter()
        .flatten()
        .map(str::to_ascii_lowercase);
    about.any(|text| words.iter().any(|it| text.contains(it)))
}
