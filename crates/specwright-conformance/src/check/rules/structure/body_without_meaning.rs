//! The rule `structure/body-without-meaning`.

use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "structure/body-without-meaning",
        severity: Warning,
        summary: "Methods whose requests have no body by HTTP do not describe one.",
        explanation: "A body of GET, HEAD or DELETE has no defined meaning, and servers and proxies may reject it; TRACE must \
            not have one (RFC 9110 §9.3). In 3.0 such a `requestBody` is ignored (Operation Object), from 3.1 on it \
            should be avoided. Use parameters, or a POST.",
    },
    set: Recommended,
    section: "operation-object",
    covers: &["vacuum:no-request-body"],
    versions: ALL,
    fails: "
paths:
  /cats/search:
    get:
      requestBody: # here
        content: {application/json: {schema: {type: object}}}
      responses: {'200': {description: Cats.}}
",
    passes: "
paths:
  /cats/search:
    post:
      requestBody:
        content: {application/json: {schema: {type: object}}}
      responses: {'200': {description: Cats.}}
",
    check: Check::Operations(check),
};

fn check<'d>(operation: &Operation<'d>, context: &Context<'d>, report: &mut Report<'_>) {
    if !matches!(operation.method.as_str(), "GET" | "HEAD" | "DELETE" | "TRACE") {
        return;
    }
    let message = format!("the body of a {} request has no meaning in HTTP", operation.method);
    if operation.object.contains("requestBody") {
        report.at(operation.pointer.join("requestBody"), message).on_key();
    } else if context.version() == Version::V2_0 {
        let own = parameters(operation.object, &operation.pointer, context.document);
        for parameter in own.into_iter().filter(|it| it.place == "body") {
            report.at(parameter.pointer, message.clone());
        }
    }
}
