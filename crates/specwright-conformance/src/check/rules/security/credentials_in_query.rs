//! The rule `security/credentials-in-query`.

use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "security/credentials-in-query",
        severity: Warning,
        summary: "Keys are not sent in the query.",
        explanation: "URLs end up in logs, in the history of browsers and in `Referer` headers, and a key in the \
            query goes with them. A header keeps it out of there.",
    },
    set: Strict,
    section: "https://www.rfc-editor.org/rfc/rfc6750#section-5.3",
    covers: &["vacuum:owasp-no-api-keys-in-url"],
    versions: ALL,
    fails: "
components:
  securitySchemes:
    key: {type: apiKey, in: query, name: key} # here
",
    passes: "
components:
  securitySchemes:
    key: {type: apiKey, in: header, name: X-Key}
",
    check: Check::Objects(&[Kind::SecurityScheme], check),
};

fn check(visit: &Visit<'_, '_>, _: &Context<'_>, report: &mut Report<'_>) {
    let text = |field: &str| visit.object.get(field).and_then(Node::as_str);
    if text("type") == Some("apiKey") && text("in") == Some("query") {
        report
            .field(visit.path, "in", "the key is sent in the query")
            .help("send it in a header");
    }
}
