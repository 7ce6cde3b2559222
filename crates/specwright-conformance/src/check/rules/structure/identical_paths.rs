//! The rule `structure/identical-paths`.

use std::collections::BTreeMap;

use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "structure/identical-paths",
        severity: Error,
        summary: "No two paths differ only in the names of their parameters.",
        explanation: "`/cats/{id}` and `/cats/{name}` are the same path to every server, so they must not both be there (Paths \
            Object). Move the operations into one path item.",
    },
    set: Minimal,
    section: "paths-object",
    covers: &["redocly:no-identical-paths", "vacuum:duplicate-paths"],
    versions: ALL,
    fails: "
paths:
  /cats/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    get:
      responses: {'200': {description: A cat.}}
  /cats/{name}: # here
    parameters: [{name: name, in: path, required: true, schema: {type: string}}]
    delete:
      responses: {'204': {description: No cat.}}
",
    passes: "
paths:
  /cats/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    get:
      responses: {'200': {description: A cat.}}
    delete:
      responses: {'204': {description: No cat.}}
",
    check: Check::Document(check),
};

fn check(context: &Context<'_>, report: &mut Report<'_>) {
    let mut first = BTreeMap::new();
    for (path, _, pointer) in context.path_items() {
        let bare = template::without_names(path);
        match first.get(&bare) {
            Some(other) => {
                let message = format!("to servers this is the same path as `{other}`");
                report.at(pointer, message).on_key();
            }
            None => drop(first.insert(bare, path)),
        }
    }
}
