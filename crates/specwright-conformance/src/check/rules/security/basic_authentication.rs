//! The rule `security/basic-authentication`.

use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "security/basic-authentication",
        severity: Info,
        summary: "Passwords are not sent with every request.",
        explanation: "Basic authentication sends name and password with each request, unencrypted but for TLS, and \
            they are valid until they are changed. A token can be limited in what it may do and for how long.",
    },
    set: Strict,
    section: "https://www.rfc-editor.org/rfc/rfc7617#section-4",
    covers: &["vacuum:owasp-no-http-basic"],
    versions: ALL,
    fails: "
components:
  securitySchemes:
    password: {type: http, scheme: basic} # here
",
    passes: "
components:
  securitySchemes:
    token: {type: http, scheme: bearer}
",
    check: Check::Objects(&[Kind::SecurityScheme], check),
};

fn check(visit: &Visit<'_, '_>, _: &Context<'_>, report: &mut Report<'_>) {
    let text = |field: &str| visit.object.get(field).and_then(Node::as_str);
    let field = match (text("type"), text("scheme")) {
        (Some("basic"), _) => "type",
        (Some("http"), Some(scheme)) if scheme.eq_ignore_ascii_case("basic") => "scheme",
        _ => return,
    };
    report.field(
        visit.path,
        field,
        "name and password are sent with every request",
    );
}
