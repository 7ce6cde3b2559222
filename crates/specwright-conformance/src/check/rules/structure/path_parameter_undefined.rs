//! The rule `structure/path-parameter-undefined`.

use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "structure/path-parameter-undefined",
        severity: Error,
        summary: "Every name in a path template has a parameter.",
        explanation: "A path such as `/cats/{id}` demands a parameter `id` with `in: path`, of the path item or of each of its \
            operations. Without it nobody knows what to put in its place.",
    },
    set: Minimal,
    section: "path-templating",
    covers: &["spectral:path-params", "redocly:path-parameters-defined", "vacuum:path-params"],
    versions: ALL,
    fails: "
paths:
  /cats/{id}: # here
    get:
      responses: {'200': {description: A cat.}}
  /dogs/{id}:
    parameters: []
    get:
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses: {'200': {description: A dog.}}
    delete: # here
      responses: {'204': {description: No dog.}}
",
    passes: "
paths:
  /cats/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    get:
      responses: {'200': {description: A cat.}}
  /dogs/{id}:
    get:
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses: {'200': {description: A dog.}}
",
    check: Check::Document(check),
};

fn check(context: &Context<'_>, report: &mut Report<'_>) {
    for (path, _, pointer) in context.path_items() {
        let operations: Vec<&Operation<'_>> = context
            .operations()
            .iter()
            .filter(|operation| operation.item_pointer == pointer)
            .collect();
        let mut names = template::names(path);
        names.sort_unstable();
        names.dedup();
        for name in names.into_iter().filter(|name| !name.is_empty()) {
            let lacking: Vec<_> = operations
                .iter()
                .filter(|it| !has(it, name, context))
                .collect();
            if lacking.is_empty() {
                continue;
            }
            let message = format!("the path has `{{{name}}}`, but there is no parameter `{name}` with `in: path`");
            if lacking.len() == operations.len() {
                report.at(pointer.clone(), message).on_key();
                continue;
            }
            for operation in lacking {
                report.at(operation.pointer.clone(), message.clone()).on_key();
            }
        }
    }
}

fn has(operation: &Operation<'_>, name: &str, context: &Context<'_>) -> bool {
    let parameters = operation.parameters(context.document);
    parameters.iter().any(|it| it.place == "path" && it.name == name)
}
