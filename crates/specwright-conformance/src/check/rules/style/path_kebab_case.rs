//! The rule `style/path-kebab-case`.

use std::collections::BTreeSet;

use super::naming;
use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "style/path-kebab-case",
        severity: Info,
        summary: "Segments of paths are words in lower case with hyphens between them.",
        explanation: "Paths tell upper from lower case, so `/catFood` and `/catfood` are different URLs. In \
            `/cat-food` nothing is to be remembered, and underscores do not hide in underlined links. Each \
            segment is reported once, at its first path. Templates and endings such as `.json` are as they are.",
    },
    set: Strict,
    section: "https://www.rfc-editor.org/rfc/rfc3986#section-6.2.2.1",
    covers: &["redocly:paths-kebab-case", "vacuum:paths-kebab-case"],
    versions: ALL,
    fails: "
paths:
  /catFood: # here
    get: {responses: {'200': {description: All of them.}}}
  /cat_toys: # here
    get: {responses: {'200': {description: All of them.}}}
",
    passes: "
paths:
  /cat-food/{foodId}/label.json:
    get: {responses: {'200': {description: All of them.}}}
",
    check: Check::Document(check),
};

fn check(context: &Context<'_>, report: &mut Report<'_>) {
    let mut seen = BTreeSet::new();
    let paths = context
        .document
        .root()
        .get("paths")
        .and_then(Node::as_object);
    for (path, _) in paths.into_iter().flat_map(Object::iter) {
        for segment in naming::segments(path).filter(|_| path.starts_with('/')) {
            let is_odd = segment.contains('_') || segment.contains(char::is_uppercase);
            if is_odd && seen.insert(segment) {
                let at = Pointer::root().join("paths").join(path);
                report
                    .at(at, format!("`{segment}` is not in kebab-case"))
                    .on_key();
            }
        }
    }
}
