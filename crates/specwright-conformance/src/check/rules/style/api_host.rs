//! The rule `style/api-host`.

use super::says;
use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "style/api-host",
        severity: Info,
        summary: "The document says which host serves the API.",
        explanation: "Without `host` it is the host that serves the document, which is wrong as soon as the document \
            is stored or sent.",
    },
    set: Recommended,
    section: "swagger-object",
    covers: &["spectral:oas2-api-host", "vacuum:oas2-api-host"],
    versions: &[Version::V2_0],
    fails: "
swagger: '2.0' # here
info: {title: Cats, version: '1.0'}
paths: {}
",
    passes: "
swagger: '2.0'
info: {title: Cats, version: '1.0'}
host: api.cats.test
paths: {}
",
    check: Check::Document(check),
};

fn check(context: &Context<'_>, report: &mut Report<'_>) {
    if context.root().is_some_and(|root| !says(root, "host")) {
        report
            .at(
                Pointer::root().join("swagger"),
                "the document has no `host`",
            )
            .on_key();
    }
}
