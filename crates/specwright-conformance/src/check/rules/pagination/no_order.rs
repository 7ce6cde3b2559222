//! The rule `pagination/no-order`.

use specwright_openapi::{Description, parameter_data};

use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "pagination/no-order",
        severity: Info,
        summary: "A list says in which order its items come.",
        explanation: "Pages only fit together if their order stays the same, and a user has to know whether the \
            newest item comes first or last. A parameter to choose the order says it, or a word in the description \
            of the operation or of its response.",
    },
    set: Strict,
    section: "https://google.aip.dev/132",
    covers: &[],
    versions: ALL,
    fails: "
paths:
  /cats:
    get: # here
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
    passes: "
paths:
  /cats:
    get:
      parameters:
        - {name: cursor, in: query, schema: {type: string}}
        - {name: limit, in: query, schema: {type: integer, minimum: 1, maximum: 100, default: 20}}
      responses:
        '200':
          description: 'All cats, the newest first.'
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

const WORDS: [&str; 14] = [
    "sort",
    "ordered",
    "order by",
    "ordering",
    "order of",
    "ing order",
    "reverse order",
    "newest",
    "oldest",
    "latest",
    "recent",
    "chronolog",
    "alphabet",
    "relevan",
];

fn check(list: &List<'_>, context: &Context<'_>, report: &mut Report<'_>) {
    if list.plan().is_none() || says_order(list, context.description) {
        return;
    }
    let message = format!(
        "nothing says in which order the items of `{}` come",
        list.name()
    );
    report.at(list.pointer(context), message).on_key();
}

fn says_order(list: &List<'_>, description: &Description) -> bool {
    let operation = list.operation.operation;
    let parameters = description.parameters(&list.operation).into_iter();
    let mut parameters = parameters.map(|(parameter, _)| parameter_data(parameter));
    let chooses = |name: &str| {
        let name = name.to_ascii_lowercase();
        name.contains("sort") || name.contains("order") || name.contains("direction")
    };
    if parameters.any(|it| chooses(&it.name)) {
        return true;
    }
    let responses = operation.responses.responses.values();
    let responses =
        responses.filter_map(|it| Some(description.resolve(it)?.object.description.as_str()));
    let own = [&operation.summary, &operation.description];
    let own = own.into_iter().filter_map(|it| it.as_deref());
    let mut texts = own.chain(responses).map(str::to_ascii_lowercase);
    texts.any(|text| WORDS.iter().any(|it| text.contains(it)))
}
