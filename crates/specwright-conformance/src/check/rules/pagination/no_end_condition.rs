use specwright_openapi::{
    openapiv3::{SchemaKind, Type, VariantOrUnknownOrEmpty},
    pagination::{PlaceSchema, ResponsePlace, Style},
};

use crate::check::list;
use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "pagination/no-end-condition",
        severity: Warning,
        summary: "The last page can be told from the others.",
        explanation: "Where every response has to have a next position that is not `null`, and there is neither a \
            flag nor a total, by the document there is no last page: a client asks on and on. Either the next \
            position may be left out, be `null` or empty, or something else tells the end.",
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
                  next_cursor: {type: string, minLength: 1} # here
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
    if next.is_required && !next.may_be_null && !next.has_enum && !may_be_empty(&next) {
        let message =
            format!("`{place}` is in every response, and nothing else tells the last page");
        let finding = report
            .at(list::place(context, &next.holder), message)
            .on_key();
        finding.help("let it be left out or `null`, or add a flag such as `has_more`");
    }
}

/// Whether the end may be an empty text: nothing forbids it, or the description speaks of the end.
fn may_be_empty(next: &PlaceSchema<'_>) -> bool {
    let about = next.descriptions.into_iter().flatten().collect::<Vec<_>>();
    let about = about.join(" ").to_ascii_lowercase();
    let words = [
        "empty", "blank", "last", "no more", "null", "absent", "omitted", "if there", "end of",
        "only",
    ];
    let allows_empty = match next.schema.map(|it| &it.schema_kind) {
        Some(SchemaKind::Type(Type::String(text))) => {
            text.min_length.unwrap_or(0) == 0
                && text.pattern.is_none()
                && text.format == VariantOrUnknownOrEmpty::Empty
        }
        _ => next.kind.is_none(),
    };
    allows_empty || words.iter().any(|it| about.contains(it))
}
