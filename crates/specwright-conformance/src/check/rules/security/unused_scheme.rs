//! The rule `security/unused-scheme`.

use std::collections::BTreeSet;

use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "security/unused-scheme",
        severity: Warning,
        summary: "Security schemes that are declared are required somewhere.",
        explanation: "Declaring a scheme does not protect anything: operations or the root have to name it in \
            `security`. One that nobody names is a leftover, or the requirement was forgotten.",
    },
    set: Recommended,
    section: "security-scheme-object",
    covers: &[
        "redocly:no-unused-components",
        "vacuum:oas3-unused-component",
    ],
    versions: ALL,
    fails: "
components:
  securitySchemes:
    key: {type: apiKey, in: header, name: X-Key} # here
",
    passes: "
security: [{key: []}]
components:
  securitySchemes:
    key: {type: apiKey, in: header, name: X-Key}
",
    check: Check::Document(check),
};

fn check(context: &Context<'_>, report: &mut Report<'_>) {
    let Some(schemes) = context.section("securitySchemes") else {
        return;
    };
    let mut named = BTreeSet::new();
    context.document.walk(&mut |visit| {
        if visit.kind == Kind::SecurityRequirement {
            named.extend(visit.object.iter().map(|(name, _)| name));
        }
    });
    // From 3.2 on a scheme may be named by its URI.
    let is_named = |name: &str| {
        let end = format!("/{name}");
        named.contains(name) || named.iter().any(|it| it.ends_with(&end))
    };
    let above = match context.version() {
        Version::V2_0 => Pointer::root().join("securityDefinitions"),
        _ => Pointer::root().join("components").join("securitySchemes"),
    };
    for (name, _) in schemes.iter().filter(|(name, _)| !is_named(name)) {
        let message = format!("nothing requires the security scheme `{name}`");
        report.at(above.join(name), message).on_key();
    }
}
