//! The rule `style/info-license`.

use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "style/info-license",
        severity: Info,
        summary: "The document names its licence.",
        explanation: "Without a licence nobody knows whether they may publish a client that is made from the \
            document. `license` in the Info Object says it for the exposed API.",
    },
    set: Recommended,
    section: "info-object",
    covers: &[
        "spectral:info-license",
        "redocly:info-license",
        "vacuum:info-license",
    ],
    versions: ALL,
    fails: "
info: # here
  title: Cats
  version: '1.0'
",
    passes: "
info:
  title: Cats
  version: '1.0'
  license: {name: MIT, url: 'https://opensource.org/license/mit'}
",
    check: Check::Objects(&[Kind::Info], check),
};

fn check(visit: &Visit<'_, '_>, _: &Context<'_>, report: &mut Report<'_>) {
    if !visit.object.contains("license") {
        report.node(visit.path, "the document names no licence");
    }
}
