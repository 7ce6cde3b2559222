//! The rule `structure/path-parameter-unused`.

use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "structure/path-parameter-unused",
        severity: Error,
        summary: "Every path parameter has a place in the path template.",
        explanation: "The name of a parameter with `in: path` has to stand between braces in the path (Parameter Object, \
            `name`). Otherwise its value cannot be sent anywhere; often one of the two is misspelt.",
    },
    set: Minimal,
    section: "parameter-object",
    covers: &["spectral:path-params", "redocly:path-parameters-defined"],
    versions: ALL,
    fails: "
paths:
  /cats/{id}:
    parameters:
      - {name: id, in: path, required: true, schema: {type: string}}
      - {name: name, in: path, required: true, schema: {type: string}} # here
    get:
      parameters:
        - {name: cat_id, in: path, required: true, schema: {type: string}} # here
      responses: {'200': {description: A cat.}}
",
    passes: "
paths:
  /cats/{id}:
    get:
      parameters:
        - {name: id, in: path, required: true, schema: {type: string}}
      responses: {'200': {description: A cat.}}
",
    check: Check::Document(check),
};

fn check(context: &Context<'_>, report: &mut Report<'_>) {
    for (path, item, pointer) in context.path_items() {
        judge(path, parameters(item, &pointer, context.document), report);
    }
    for operation in context.operations() {
        let own = parameters(operation.object, &operation.pointer, context.document);
        judge(operation.path, own, report);
    }
}

fn judge(path: &str, parameters: Vec<Parameter<'_>>, report: &mut Report<'_>) {
    let names = template::names(path);
    for parameter in parameters {
        if parameter.place == "path" && !names.contains(&parameter.name) {
            let message = format!("the path `{path}` has no `{{{}}}`", parameter.name);
            report.at(parameter.pointer, message);
        }
    }
}
