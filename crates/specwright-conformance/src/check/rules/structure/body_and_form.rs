//! The rule `structure/body-and-form`.

use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "structure/body-and-form",
        severity: Error,
        summary: "An operation has one body: a body parameter or form fields.",
        explanation: "A request has one payload. In 2.0 it is described by one parameter with `in: body` or by parameters with \
            `in: formData`; they cannot stand together (OAS 2.0, Parameter Object).",
    },
    set: Minimal,
    section: "https://spec.openapis.org/oas/v2.0.html#parameter-object",
    covers: &["spectral:operation-parameters"],
    versions: &[Version::V2_0],
    fails: "
swagger: '2.0'
info: {title: Cats, version: '1.0'}
paths:
  /cats:
    post:
      parameters:
        - {name: cat, in: body, schema: {type: object}}
        - {name: other, in: body, schema: {type: object}} # here
      responses: {'200': {description: A cat.}}
    put:
      consumes: [multipart/form-data]
      parameters:
        - {name: photo, in: formData, type: file}
        - {name: cat, in: body, schema: {type: object}} # here
      responses: {'200': {description: A cat.}}
",
    passes: "
swagger: '2.0'
info: {title: Cats, version: '1.0'}
paths:
  /cats:
    post:
      parameters: [{name: cat, in: body, schema: {type: object}}]
      responses: {'200': {description: A cat.}}
",
    check: Check::Operations(check),
};

fn check<'d>(operation: &Operation<'d>, context: &Context<'d>, report: &mut Report<'_>) {
    let all = operation.parameters(context.document);
    let has_form = all.iter().any(|it| it.place == "formData");
    let own = parameters(operation.object, &operation.pointer, context.document);
    let bodies = own.into_iter().filter(|it| it.place == "body");
    for (index, body) in bodies.enumerate() {
        if has_form {
            report.at(body.pointer, "a body parameter stands beside form fields");
        } else if index > 0 {
            report.at(body.pointer, "there is another body parameter");
        }
    }
}
