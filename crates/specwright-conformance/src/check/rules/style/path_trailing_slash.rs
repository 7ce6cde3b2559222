//! The rule `style/path-trailing-slash`.

use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "style/path-trailing-slash",
        severity: Warning,
        summary: "Paths do not end with a slash.",
        explanation: "`/cats` and `/cats/` are different URLs. Servers often answer one and redirect or refuse the \
            other, and nobody remembers which of them it was. Where most paths end with one, it is reported once.",
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
    check: Check::Document(check),
};

fn check(context: &Context<'_>, report: &mut Report<'_>) {
    let paths = context
        .document
        .root()
        .get("paths")
        .and_then(Node::as_object);
    let paths = paths
        .into_iter()
        .flat_map(Object::iter)
        .map(|(path, _)| path);
    let paths: Vec<&str> = paths.filter(|path| path.starts_with('/')).collect();
    let ends = |path: &&&str| path.len() > 1 && path.ends_with('/');
    let ending: Vec<&str> = paths.iter().filter(ends).copied().collect();
    let is_habit = ending.len() > 2 && ending.len() * 2 > paths.len();
    for path in ending.iter().take(if is_habit { 1 } else { usize::MAX }) {
        let at = Pointer::root().join("paths").join(path);
        let finding = report
            .at(at, format!("`{path}` ends with a slash"))
            .on_key();
        if is_habit {
            finding.label(format!("like {} of {} paths", ending.len(), paths.len()));
        }
    }
}
