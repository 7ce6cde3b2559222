//! The rule `structure/tag-unique`.

use std::collections::BTreeSet;

use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "structure/tag-unique",
        severity: Error,
        summary: "Every tag of the root is declared once.",
        explanation: "The names in `tags` of the root have to be unique (OpenAPI Object, `tags`). Of two declarations tools \
            show one, and the description of the other is lost.",
    },
    set: Minimal,
    section: "openapi-object",
    covers: &["spectral:openapi-tags-uniqueness", "redocly:no-duplicated-tag-names"],
    versions: ALL,
    fails: "
tags:
  - {name: cats, description: Cats.}
  - {name: cats, description: Their kittens.} # here
",
    passes: "
tags:
  - {name: cats, description: Cats.}
  - {name: kittens, description: Their kittens.}
",
    check: Check::Document(check),
};

fn check(context: &Context<'_>, report: &mut Report<'_>) {
    let list = context.document.root().get("tags").and_then(Node::as_array);
    let mut seen = BTreeSet::new();
    for (index, tag) in list.into_iter().flatten().enumerate() {
        let Some(name) = tag.get("name").and_then(Node::as_str) else {
            continue;
        };
        if !seen.insert(name) {
            let pointer = Pointer::root().join("tags").index(index);
            report.at(pointer.join("name"), format!("the tag `{name}` is declared more than once"));
        }
    }
}
