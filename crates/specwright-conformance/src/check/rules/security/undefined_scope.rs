//! The rule `security/undefined-scope`.

use std::collections::BTreeSet;

use super::scheme;
use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "security/undefined-scope",
        severity: Warning,
        summary: "Scopes that operations require are declared.",
        explanation: "The flows of an OAuth2 scheme list the scopes that a client can ask for. An operation that \
            requires another one cannot be called, or the list is not complete.",
    },
    set: Recommended,
    section: "oauth-flow-object",
    covers: &[
        "redocly:security-scopes-defined",
        "spectral:oas3-operation-security-defined",
        "spectral:oas2-operation-security-defined",
    ],
    versions: ALL,
    fails: "
paths:
  /cats:
    get:
      security: [{oauth: [cats:write]}] # here
      responses: {'200': {description: All cats.}}
components:
  securitySchemes:
    oauth:
      type: oauth2
      flows:
        clientCredentials:
          tokenUrl: https://cats.test/token
          scopes: {cats:read: See cats.}
",
    passes: "
paths:
  /cats:
    get:
      security: [{oauth: [cats:read]}]
      responses: {'200': {description: All cats.}}
components:
  securitySchemes:
    oauth:
      type: oauth2
      flows:
        clientCredentials:
          tokenUrl: https://cats.test/token
          scopes: {cats:read: See cats.}
",
    check: Check::Objects(&[Kind::SecurityRequirement], check),
};

fn check(visit: &Visit<'_, '_>, context: &Context<'_>, report: &mut Report<'_>) {
    for (name, scopes) in visit.object.iter() {
        let Some(declared) = scheme(context, name).and_then(|it| declared(it, context.version()))
        else {
            continue;
        };
        for (index, scope) in scopes.as_array().into_iter().flatten().enumerate() {
            let unknown = scope.as_str().filter(|scope| !declared.contains(scope));
            if let Some(scope) = unknown {
                let at = visit.path.pointer().join(name).index(index);
                report.at(
                    at,
                    format!("the scheme `{name}` declares no scope `{scope}`"),
                );
            }
        }
    }
}

/// The scopes of an OAuth2 scheme; `None` for another one.
fn declared(scheme: &Object, version: Version) -> Option<BTreeSet<&str>> {
    if scheme.get("type").and_then(Node::as_str) != Some("oauth2") {
        return None;
    }
    // Without flows, which are required, nothing can be said.
    let flows = match version {
        Version::V2_0 => None,
        Version::V3_0 | Version::V3_1 | Version::V3_2 => Some(scheme.get("flows")?.as_object()?),
    };
    let flows = flows.into_iter().flat_map(Object::iter);
    let flows = flows.filter_map(|(_, flow)| flow.as_object());
    // The scheme of 2.0 is its own flow.
    let lists = std::iter::once(scheme).chain(flows);
    let lists = lists.filter_map(|flow| flow.get("scopes")?.as_object());
    Some(
        lists
            .flat_map(Object::iter)
            .map(|(scope, _)| scope)
            .collect(),
    )
}
