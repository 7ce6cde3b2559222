//! The rule `style/server-trailing-slash`.

use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "style/server-trailing-slash",
        severity: Warning,
        summary: "URLs of servers do not end with a slash.",
        explanation: "The path, which begins with a slash, is appended to the URL of the server as it is: \
            `https://api.cats.test/` and `/cats` make `https://api.cats.test//cats`. The URL `/` alone is that of a \
            document without servers and stands for the root of the host. In 2.0 the same holds for `host` and \
            `basePath`.",
    },
    set: Recommended,
    section: "server-object",
    covers: &[
        "spectral:oas3-server-trailing-slash",
        "spectral:oas2-host-trailing-slash",
        "redocly:no-server-trailing-slash",
        "vacuum:oas3-server-trailing-slash",
        "vacuum:oas2-host-trailing-slash",
    ],
    versions: ALL,
    fails: "
servers:
  - url: https://api.cats.test/v1/ # here
",
    passes: "
servers:
  - url: https://api.cats.test/v1
  - url: /
",
    check: Check::Objects(&[Kind::Server, Kind::Document], check),
};

fn check(visit: &Visit<'_, '_>, context: &Context<'_>, report: &mut Report<'_>) {
    let fields: &[&str] = match (visit.kind, context.version()) {
        (Kind::Server, _) => &["url"],
        (_, Version::V2_0) => &["host", "basePath"],
        _ => &[],
    };
    for field in fields {
        let text = visit.object.get(field).and_then(Node::as_str);
        if let Some(text) = text.filter(|it| it.len() > 1 && it.ends_with('/')) {
            let finding = report.field(visit.path, field, format!("`{text}` ends with a slash"));
            finding.help("paths begin with one");
        }
    }
}
