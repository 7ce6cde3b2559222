//! The rule `pagination/unbounded-size`.

use crate::check::list::target;
use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "pagination/unbounded-size",
        severity: Warning,
        summary: "The page size has a maximum.",
        explanation: "Every server has a largest page that it serves. Where the document does not say it, clients \
            find out by errors, or by pages that are smaller than they asked for. It bounds the memory of clients \
            and the work of the server as well.",
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
        - {name: limit, in: query, schema: {type: integer, default: 20}} # here
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
    if size.maximum.or(plan.size.maximum).is_some() || size.has_enum || size.schema.is_none() {
        return;
    }
    if let Some(place) = &plan.request.size {
        let finding = report.at(
            target(context, &size.pointer),
            format!("`{place}` takes the page size and has no `maximum`"),
        );
        if size.descriptions.into_iter().flatten().any(says_maximum) {
            finding.help("the description names one: say it in the schema as well");
        }
    }
}

fn says_maximum(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    let words = [
        "max",
        "up to",
        "at most",
        "no more than",
        "between 1 and",
        "(1-",
        "range",
    ];
    let has_number = text.contains(|it: char| it.is_ascii_digit());
    has_number && words.iter().any(|it| text.contains(it))
}
