//! The rule `style/client-error-response`.

use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "style/client-error-response",
        severity: Info,
        summary: "Every operation documents what a wrong call gets.",
        explanation: "Whoever writes a client has to handle refusals: bad parameters, a missing permission, \
            something that is not there. A status from 400 to 499, the range `4XX` or `default` describes them. An \
            operation that takes nothing and is open to all cannot be called wrongly and needs none.",
    },
    set: Recommended,
    section: "responses-object",
    covers: &[
        "redocly:operation-4xx-response",
        "vacuum:operation-4xx-response",
    ],
    versions: ALL,
    fails: "
paths:
  /cats/{id}:
    get:
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses: # here
        '200': {description: The cat.}
",
    passes: "
paths:
  /cats:
    get:
      responses:
        '200': {description: All cats.}
  /cats/{id}:
    get:
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses:
        '200': {description: The cat.}
        '404': {description: There is no such cat.}
",
    check: Check::Operations(check),
};

fn check(operation: &Operation<'_>, context: &Context<'_>, report: &mut Report<'_>) {
    let responses = operation.object.get("responses").and_then(Node::as_object);
    let Some(responses) = responses else { return };
    let documents = |(status, _): (&str, &Node)| status == "default" || status.starts_with('4');
    if responses.iter().any(documents) || !can_be_wrong(operation, context) {
        return;
    }
    let message = format!(
        "`{}` documents no response with a status of 4xx",
        operation.name()
    );
    report
        .at(operation.pointer.join("responses"), message)
        .on_key();
}

fn can_be_wrong(operation: &Operation<'_>, context: &Context<'_>) -> bool {
    let has_some = |object: &Object, field: &str| {
        let list = object.get(field).and_then(Node::as_array);
        list.is_some_and(|list| !list.is_empty())
    };
    let is_secured = match operation.object.contains("security") {
        true => has_some(operation.object, "security"),
        false => context
            .root()
            .is_some_and(|root| has_some(root, "security")),
    };
    is_secured
        || has_some(operation.object, "parameters")
        || has_some(operation.item, "parameters")
        || operation.object.contains("requestBody")
}
