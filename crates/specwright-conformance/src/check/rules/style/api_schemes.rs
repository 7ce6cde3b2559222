//! The rule `style/api-schemes`.

use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "style/api-schemes",
        severity: Info,
        summary: "The document says by which schemes the API is reached.",
        explanation: "Without `schemes` it is the one by which the document was loaded, and a stored document was \
            loaded by none.",
    },
    set: Recommended,
    section: "swagger-object",
    covers: &["spectral:oas2-api-schemes", "vacuum:oas2-api-schemes"],
    versions: &[Version::V2_0],
    fails: "
swagger: '2.0' # here
info: {title: Cats, version: '1.0'}
paths: {}
",
    passes: "
swagger: '2.0'
info: {title: Cats, version: '1.0'}
schemes: [https]
paths: {}
",
    check: Check::Document(check),
};

fn check(context: &Context<'_>, report: &mut Report<'_>) {
    let schemes = context
        .document
        .root()
        .get("schemes")
        .and_then(Node::as_array);
    let (at, message) = match schemes {
        Some(schemes) if !schemes.is_empty() => return,
        Some(_) => ("schemes", "the list of schemes is empty"),
        None => ("swagger", "the document has no `schemes`"),
    };
    report.at(Pointer::root().join(at), message).on_key();
}
