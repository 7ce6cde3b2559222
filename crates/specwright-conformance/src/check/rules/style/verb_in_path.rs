//! The rule `style/verb-in-path`.

use super::{is_of_paths, naming};
use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "style/verb-in-path",
        severity: Info,
        summary: "Paths do not repeat the method.",
        explanation: "What is done says the method of the request, what it is done to says the path: `DELETE \
            /cats/{id}` and not `POST /delete-cat/{id}`. `post`, `options`, `head`, `trace` and `query` are names of \
            things as well and are not looked for.",
    },
    set: Strict,
    section: "https://www.rfc-editor.org/rfc/rfc9110#section-9",
    covers: &[
        "vacuum:no-http-verbs-in-path",
        "redocly:no-http-verbs-in-paths",
    ],
    versions: ALL,
    fails: "
paths:
  /getCats: # here
    get: {responses: {'200': {description: All of them.}}}
  /cats/delete: # here
    get: {responses: {'200': {description: All of them.}}}
",
    passes: "
paths:
  /cats:
    get: {responses: {'200': {description: All of them.}}}
  /gets/output-posts:
    get: {responses: {'200': {description: All of them.}}}
",
    check: Check::Objects(&[Kind::PathItem], check),
};

const VERBS: [&str; 4] = ["get", "put", "patch", "delete"];

fn check(visit: &Visit<'_, '_>, _: &Context<'_>, report: &mut Report<'_>) {
    let Some(path) = visit.path.name().filter(|_| is_of_paths(visit.path)) else {
        return;
    };
    let begins_with_verb = |segment: &&str| {
        let word = naming::first_word(segment).to_ascii_lowercase();
        VERBS.contains(&word.as_str())
    };
    if let Some(segment) = naming::segments(path).find(begins_with_verb) {
        report.node(
            visit.path,
            format!("`{segment}` of `{path}` says what the method says"),
        );
    }
}
