//! The rule `style/server-example`.

use crate::check::rules::prelude::*;
use crate::check::url;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "style/server-example",
        severity: Warning,
        summary: "Some server of the document is a real one.",
        explanation: "The hosts `example.com`, `example.org`, `example.net` and all of `.example` are reserved for \
            documentation (RFC 2606), and `localhost` is the machine of whoever reads it: nobody can call the API \
            there. Beside a real server they do no harm.",
    },
    set: Recommended,
    section: "https://www.rfc-editor.org/rfc/rfc2606",
    covers: &[
        "spectral:oas3-server-not-example.com",
        "spectral:oas2-host-not-example",
        "redocly:no-server-example.com",
        "vacuum:oas3-host-not-example",
        "vacuum:oas2-host-not-example",
    ],
    versions: ALL,
    fails: "
servers:
  - url: https://api.example.com/v1 # here
  - url: http://localhost:8080 # here
",
    passes: "
servers:
  - url: https://api.cats.test/v1
  - url: http://localhost:8080
",
    check: Check::Document(check),
};

fn check(context: &Context<'_>, report: &mut Report<'_>) {
    let root = context.document.root();
    let mut placeholders = Vec::new();
    if let Some(host) = root.get("host").and_then(Node::as_str) {
        if !url::is_placeholder(url::host_of_authority(host)) {
            return;
        }
        placeholders.push((Pointer::root().join("host"), host));
    }
    let servers = root.get("servers").and_then(Node::as_array);
    for (index, server) in servers.into_iter().flatten().enumerate() {
        let Some(address) = server.get("url").and_then(Node::as_str) else {
            continue;
        };
        if !url::host(address).is_some_and(url::is_placeholder) {
            return;
        }
        placeholders.push((
            Pointer::root().join("servers").index(index).join("url"),
            address,
        ));
    }
    for (at, address) in placeholders {
        report.at(at, format!("`{address}` is no place where the API is"));
    }
}
