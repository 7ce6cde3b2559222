//! The rule `pagination/no-echo`.

use specwright_openapi::pagination::{self, Style};

use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "pagination/no-echo",
        severity: Info,
        summary: "A page says which one it is.",
        explanation: "Responses that repeat the offset or page number and the size can be read without the request \
            that they answer, and show when the server served less than was asked for.",
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
                  offset: {type: integer}
                  limit: {type: integer}
",
    check: Check::Lists(check),
};

fn check(list: &List<'_>, context: &Context<'_>, report: &mut Report<'_>) {
    let Some(plan) = list.plan() else { return };
    if !matches!(plan.style, Style::Offset | Style::Page) {
        return;
    }
    let members = pagination::response_members(context.description, &list.operation);
    let plain: Vec<String> = members.iter().map(|it| naming(it)).collect();
    let sides = [
        (&plan.request.position, &plan.response.current),
        (&plan.request.size, &plan.response.size),
    ];
    let missing = sides.into_iter().filter_map(|(asked, answered)| {
        let name = asked.as_ref()?.to_string();
        (answered.is_none() && !plain.contains(&naming(&name))).then(|| format!("`{name}`"))
    });
    let missing: Vec<String> = missing.collect();
    if !missing.is_empty() {
        let message = format!(
            "responses of `{}` do not repeat {}",
            list.name(),
            missing.join(" and ")
        );
        report.at(list.pointer(context), message).on_key();
    }
}

/// Letters and digits, in lower case.
fn naming(name: &str) -> String {
    let plain = name.chars().filter(|it| it.is_alphanumeric());
    plain.flat_map(char::to_lowercase).collect()
}
