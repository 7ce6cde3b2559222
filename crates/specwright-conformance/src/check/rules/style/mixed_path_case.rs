//! The rule `style/mixed-path-case`.

use super::naming::{self, Tally};
use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "style/mixed-path-case",
        severity: Info,
        summary: "Segments of paths are all written in one way.",
        explanation: "With `/cat-food` here and `/dogToys` there, users look up every path. Each other way of \
            writing than the most frequent one is reported once, at its first path. Single words count for all ways.",
    },
    set: Strict,
    section: "paths-object",
    covers: &[],
    versions: ALL,
    fails: "
paths:
  /cat-food:
    get: {responses: {'200': {description: All of them.}}}
  /cat-toys:
    get: {responses: {'200': {description: All of them.}}}
  /dogToys: # here
    get: {responses: {'200': {description: All of them.}}}
",
    passes: "
paths:
  /cat-food:
    get: {responses: {'200': {description: All of them.}}}
  /dog-toys:
    get: {responses: {'200': {description: All of them.}}}
",
    check: Check::Document(check),
};

fn check(context: &Context<'_>, report: &mut Report<'_>) {
    let mut tally = Tally::default();
    let paths = context
        .document
        .root()
        .get("paths")
        .and_then(Node::as_object);
    for (path, _) in paths.into_iter().flat_map(Object::iter) {
        for segment in naming::segments(path).filter(|_| path.starts_with('/')) {
            tally.add(segment, || Pointer::root().join("paths").join(path));
        }
    }
    tally.report("segments of paths", report);
}
