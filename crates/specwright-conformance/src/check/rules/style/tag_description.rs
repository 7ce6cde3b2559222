//! The rule `style/tag-description`.

use super::says;
use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "style/tag-description",
        severity: Info,
        summary: "Every tag has a description.",
        explanation: "Documentation shows the description of a tag above its operations: the place to say what they \
            have in common.",
    },
    set: Recommended,
    section: "tag-object",
    covers: &[
        "spectral:tag-description",
        "redocly:tag-description",
        "vacuum:tag-description",
    ],
    versions: ALL,
    fails: "
tags:
  - name: cats # here
",
    passes: "
tags:
  - name: cats
    description: Everything about cats.
",
    check: Check::Objects(&[Kind::Tag], check),
};

fn check(visit: &Visit<'_, '_>, _: &Context<'_>, report: &mut Report<'_>) {
    let name = visit.object.get("name").and_then(Node::as_str);
    if let Some(name) = name.filter(|_| !says(visit.object, "description")) {
        report.field(
            visit.path,
            "name",
            format!("the tag `{name}` has no description"),
        );
    }
}
