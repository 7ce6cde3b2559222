//! The rule `pagination/no-links`.

use specwright_openapi::pagination::{self, Style};

use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "pagination/no-links",
        severity: Info,
        summary: "Numbered pages link to each other.",
        explanation: "With links to the next and previous, the first and the last page, in the body or in `Link` \
            headers (RFC 8288), a client follows what the server gives it and need not know how pages are counted.",
    },
    set: Strict,
    section: "https://google.aip.dev/158",
    covers: &["ibm:ibm-pagination-style"],
    versions: ALL,
    fails: "
paths:
  /cats:
    get: # here
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
                  next: {type: string, format: uri}
",
    check: Check::Lists(check),
};

fn check(list: &List<'_>, context: &Context<'_>, report: &mut Report<'_>) {
    let Some(plan) = list.plan() else { return };
    if !matches!(plan.style, Style::Offset | Style::Page) || plan.response.next.is_some() {
        return;
    }
    let members = pagination::response_members(context.description, &list.operation);
    let headers = pagination::response_headers(context.description, &list.operation);
    let mut names = members.iter().map(String::as_str).chain(headers);
    let is_link = |name: &str| {
        let name = name.to_ascii_lowercase();
        name.contains("next") || name.contains("link")
    };
    if !names.any(is_link) {
        let message = format!("no page of `{}` links to another", list.name());
        report.at(list.pointer(context), message).on_key();
    }
}
