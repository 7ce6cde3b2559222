//! The rule `style/tags-alphabetical`.

use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "style/tags-alphabetical",
        severity: Info,
        summary: "Tags are in alphabetical order.",
        explanation: "A list in the order of the alphabet is one in which everything is found, and in which two \
            people do not add at the same place. Where the order is meant to tell something, leave this rule out.",
    },
    set: Strict,
    section: "tag-object",
    covers: &[
        "spectral:openapi-tags-alphabetical",
        "redocly:tags-alphabetical",
        "vacuum:openapi-tags-alphabetical",
    ],
    versions: ALL,
    fails: "
tags:
  - name: dogs
  - name: cats # here
  - name: fish
",
    passes: "
tags:
  - name: cats
  - name: dogs
  - name: fish
",
    check: Check::Document(check),
};

fn check(context: &Context<'_>, report: &mut Report<'_>) {
    let tags = context.document.root().get("tags").and_then(Node::as_array);
    let mut last: Option<&str> = None;
    for (index, tag) in tags.into_iter().flatten().enumerate() {
        let Some(name) = tag.get("name").and_then(Node::as_str) else {
            continue;
        };
        if let Some(last) = last.filter(|last| last.to_lowercase() > name.to_lowercase()) {
            let at = Pointer::root().join("tags").index(index).join("name");
            report.at(at, format!("`{name}` comes after `{last}`"));
        }
        last = Some(name);
    }
}
