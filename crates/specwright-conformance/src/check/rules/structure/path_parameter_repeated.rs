//! The rule `structure/path-parameter-repeated`.

use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "structure/path-parameter-repeated",
        severity: Error,
        summary: "A path template holds each name once.",
        explanation: "One parameter has one value, so the same name twice in a path is almost always a slip. The specification \
            forbids it from 3.2 on (Path Templating); clients of all versions disagree about it.",
    },
    set: Minimal,
    section: "path-templating",
    covers: &["spectral:path-params"],
    versions: ALL,
    fails: "
paths:
  /cats/{id}/kittens/{id}: # here
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    get:
      responses: {'200': {description: A kitten.}}
",
    passes: "
paths:
  /cats/{id}/kittens/{kitten_id}:
    parameters:
      - {name: id, in: path, required: true, schema: {type: string}}
      - {name: kitten_id, in: path, required: true, schema: {type: string}}
    get:
      responses: {'200': {description: A kitten.}}
",
    check: Check::Document(check),
};

fn check(context: &Context<'_>, report: &mut Report<'_>) {
    for (path, _, pointer) in context.path_items() {
        let mut names = template::names(path);
        names.sort_unstable();
        let repeated = names.windows(2).find_map(|pair| match pair {
            [one, other] if one == other => Some(*one),
            _ => None,
        });
        if let Some(name) = repeated {
            let message = format!("`{{{name}}}` occurs more than once in the path");
            report.at(pointer, message).on_key();
        }
    }
}
