//! The rule `security/scopes-without-oauth`.

use super::scheme;
use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "security/scopes-without-oauth",
        severity: Error,
        summary: "Only OAuth2 and OpenID Connect have scopes.",
        explanation: "Up to 3.0 the list of scopes has to be empty for all other schemes: an API key or a password \
            has none. From 3.1 on the list may name roles.",
    },
    set: Minimal,
    section: "security-requirement-object",
    covers: &[],
    versions: &[Version::V2_0, Version::V3_0],
    fails: "
openapi: 3.0.4
info: {title: Cats, version: '1.0'}
paths:
  /cats:
    get:
      security: [{key: [cats:read]}] # here
      responses: {'200': {description: All cats.}}
components:
  securitySchemes:
    key: {type: apiKey, in: header, name: X-Key}
",
    passes: "
openapi: 3.0.4
info: {title: Cats, version: '1.0'}
paths:
  /cats:
    get:
      security: [{key: []}]
      responses: {'200': {description: All cats.}}
components:
  securitySchemes:
    key: {type: apiKey, in: header, name: X-Key}
",
    check: Check::Objects(&[Kind::SecurityRequirement], check),
};

fn check(visit: &Visit<'_, '_>, context: &Context<'_>, report: &mut Report<'_>) {
    for (name, scopes) in visit.object.iter() {
        let kind = scheme(context, name).and_then(|it| it.get("type")?.as_str());
        let Some(kind) = kind.filter(|it| !matches!(*it, "oauth2" | "openIdConnect")) else {
            continue;
        };
        if scopes.as_array().is_some_and(|scopes| !scopes.is_empty()) {
            let message = format!("`{name}` is of the type `{kind}`, which has no scopes");
            report
                .field(visit.path, name, message)
                .help("leave the list empty");
        }
    }
}
