use super::is_of_paths;
use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "style/path-trailing-slash",
        severity: Warning,
        summary: "Paths do not end with a slash.",
        explanation: "`/cats` and `/cats/` are different URLs. Servers often answer one and redirect or refuse the \
            other, and nobody remembers which of them it was.",
    },
    set: Recommended,
    section: "paths-object",
    covers: &[
        "spectral:path-keys-no-trailing-slash",
        "redocly:no-path-trailing-slash",
        "vacuum:path-keys-no-trailing-slash",
    ],
    versions: ALL,
    fails: "
paths:
  /cats/: # here
    get: {responses: {'200': {description: All cats.}}}
",
    passes: "
paths:
  /:
    get: {responses: {'200': {description: Welcome.}}}
  /cats:
    get: {responses: {'200': {description: All cats.}}}
",
    check: Check::Objects(&[Kind::PathItem], check),
};

fn check(visit: &Visit<'_, '_>, _: &Context<'_>, report: &mut Report<'_>) {
    let ends = |path: &&str| path.len() > 1 && path.ends_with('/');
    if let Some(path) = visit
        .path
        .name()
        .filter(ends)
        .filter(|_| is_of_paths(visit.path))
    {
        report.node(visit.path, format!("`{path}` ends with a slash"));
    }
}
