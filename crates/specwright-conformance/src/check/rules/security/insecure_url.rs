//! The rule `security/insecure-url`.

use crate::check::rules::prelude::*;
use crate::check::url;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "security/insecure-url",
        severity: Warning,
        summary: "Servers and addresses of OAuth are reached by TLS.",
        explanation: "What is sent by `http` or `ws` can be read and changed on the way, credentials and tokens \
            included. OAuth (RFC 6749 §3) demands TLS for its endpoints. The local machine is an exception; in 2.0 \
            the list `schemes` is looked at.",
    },
    set: Strict,
    section: "https://www.rfc-editor.org/rfc/rfc9110#section-4.2.2",
    covers: &["vacuum:owasp-security-hosts-https-oas3"],
    versions: ALL,
    fails: "
servers:
  - url: http://api.cats.test # here
components:
  securitySchemes:
    oauth:
      type: oauth2
      flows:
        clientCredentials:
          tokenUrl: http://cats.test/token # here
          scopes: {}
",
    passes: "
servers:
  - url: https://api.cats.test
  - url: http://localhost:8080
components:
  securitySchemes:
    oauth:
      type: oauth2
      flows:
        clientCredentials:
          tokenUrl: https://cats.test/token
          scopes: {}
",
    check: Check::Objects(KINDS, check),
};

const KINDS: &[Kind] = &[
    Kind::Document,
    Kind::Operation,
    Kind::Server,
    Kind::SecurityScheme,
    Kind::OAuthFlow,
];

/// Fields that hold an address.
const FIELDS: [&str; 6] = [
    "url",
    "authorizationUrl",
    "tokenUrl",
    "refreshUrl",
    "deviceAuthorizationUrl",
    "openIdConnectUrl",
];

fn check(visit: &Visit<'_, '_>, context: &Context<'_>, report: &mut Report<'_>) {
    if matches!(visit.kind, Kind::Document | Kind::Operation) {
        schemes(visit, context, report);
        return;
    }
    for field in FIELDS {
        let Some(address) = visit.object.get(field).and_then(Node::as_str) else {
            continue;
        };
        let lower = address.to_ascii_lowercase();
        let is_open = lower.starts_with("http://") || lower.starts_with("ws://");
        if is_open && !url::host(address).is_some_and(url::is_local) {
            report.field(
                visit.path,
                field,
                format!("`{address}` is reached without TLS"),
            );
        }
    }
}

fn schemes(visit: &Visit<'_, '_>, context: &Context<'_>, report: &mut Report<'_>) {
    let host = context.document.root().get("host").and_then(Node::as_str);
    if context.version() != Version::V2_0
        || host.is_some_and(|it| url::is_local(url::host_of_authority(it)))
    {
        return;
    }
    let list = visit.object.get("schemes").and_then(Node::as_array);
    for (index, scheme) in list.into_iter().flatten().enumerate() {
        if let Some(scheme) = scheme.as_str().filter(|it| matches!(*it, "http" | "ws")) {
            let at = visit.path.pointer().join("schemes").index(index);
            report.at(at, format!("the API is offered by `{scheme}`, without TLS"));
        }
    }
}
