//! The rule `structure/form-without-consumes`.

use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "structure/form-without-consumes",
        severity: Warning,
        summary: "An operation with form fields says that it consumes forms.",
        explanation: "Form fields are sent as `application/x-www-form-urlencoded` or, where one of them is a file, as \
            `multipart/form-data` (OAS 2.0, Parameter Object). `consumes` of the operation or of the document has to \
            name one of them, or clients do not know how to send the fields.",
    },
    set: Recommended,
    section: "https://spec.openapis.org/oas/v2.0.html#parameter-object",
    covers: &["spectral:oas2-operation-formData-consume-check", "vacuum:oas2-operation-formData-consume-check"],
    versions: &[Version::V2_0],
    fails: "
swagger: '2.0'
info: {title: Cats, version: '1.0'}
consumes: [application/json]
paths:
  /cats:
    post: # here
      parameters: [{name: name, in: formData, type: string}]
      responses: {'200': {description: A cat.}}
",
    passes: "
swagger: '2.0'
info: {title: Cats, version: '1.0'}
consumes: [application/json]
paths:
  /cats:
    post:
      consumes: [application/x-www-form-urlencoded]
      parameters: [{name: name, in: formData, type: string}]
      responses: {'200': {description: A cat.}}
",
    check: Check::Operations(check),
};

const FORMS: [&str; 2] = ["application/x-www-form-urlencoded", "multipart/form-data"];

fn check<'d>(operation: &Operation<'d>, context: &Context<'d>, report: &mut Report<'_>) {
    let parameters = operation.parameters(context.document);
    if !parameters.iter().any(|it| it.place == "formData") {
        return;
    }
    let consumes = match operation.object.contains("consumes") {
        true => schemas::texts(operation.object, "consumes"),
        false => context.root().map(|root| schemas::texts(root, "consumes")).unwrap_or_default(),
    };
    let is_form = |it: &str| FORMS.contains(&it.split(';').next().unwrap_or_default().trim());
    if !consumes.into_iter().any(is_form) {
        let message = format!("`{}` has form fields, but consumes no form", operation.name());
        report
            .at(operation.pointer.clone(), message)
            .on_key()
            .help("add `consumes: [application/x-www-form-urlencoded]`, or `multipart/form-data` for files");
    }
}
