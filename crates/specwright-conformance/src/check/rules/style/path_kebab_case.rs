use super::{is_of_paths, naming};
use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "style/path-kebab-case",
        severity: Info,
        summary: "Segments of paths are words in lower case with hyphens between them.",
        explanation: "Paths tell upper from lower case, so `/catFood` and `/catfood` are different URLs. In \
            `/cat-food` nothing is to be remembered, and underscores do not hide in underlined links. Templates and \
            endings such as `.json` are as they are.",
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
    check: Check::Objects(&[Kind::PathItem], check),
};

fn check(visit: &Visit<'_, '_>, _: &Context<'_>, report: &mut Report<'_>) {
    let Some(path) = visit.path.name().filter(|_| is_of_paths(visit.path)) else {
        return;
    };
    let odd = |segment: &&str| segment.contains('_') || segment.contains(char::is_uppercase);
    if let Some(segment) = naming::segments(path).find(odd) {
        report.node(
            visit.path,
            format!("`{segment}` of `{path}` is not in kebab-case"),
        );
    }
}
