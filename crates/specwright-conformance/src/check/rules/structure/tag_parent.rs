//! The rule `structure/tag-parent`.

use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "structure/tag-parent",
        severity: Error,
        summary: "The parent of a tag is a declared tag, and no tag is its own ancestor.",
        explanation: "Tags form a tree by `parent`, which names another tag of the document (Tag Object, from 3.2 on). A parent \
            that is not declared, or a circle, gives no tree.",
    },
    set: Minimal,
    section: "tag-object",
    covers: &["redocly:spec-no-invalid-tag-parents"],
    versions: &[Version::V3_2],
    fails: "
openapi: 3.2.0
info: {title: Cats, version: '1.0'}
paths: {}
tags:
  - name: kittens
    parent: animals # here
  - name: lions
    parent: tigers # here
  - name: tigers
    parent: lions # here
",
    passes: "
openapi: 3.2.0
info: {title: Cats, version: '1.0'}
paths: {}
tags:
  - {name: animals}
  - {name: cats, parent: animals}
  - {name: kittens, parent: cats}
",
    check: Check::Objects(&[Kind::Tag], check),
};

fn check<'d>(visit: &Visit<'d, '_>, context: &Context<'d>, report: &mut Report<'_>) {
    let parent = |tag: &'d Object| tag.get("parent").and_then(Node::as_str);
    let Some(first) = parent(visit.object) else {
        return;
    };
    let tags = context.document.root().get("tags").and_then(Node::as_array);
    let tags: Vec<&Object> = tags.into_iter().flatten().filter_map(Node::as_object).collect();
    let find = |name: &str| {
        tags.iter().copied().find(|tag| tag.get("name").and_then(Node::as_str) == Some(name))
    };
    if find(first).is_none() {
        report.field(visit.path, "parent", format!("no tag `{first}` is declared"));
        return;
    }
    let own = visit.object.get("name").and_then(Node::as_str);
    let mut at = Some(first);
    for _ in 0..=tags.len() {
        if at == own {
            report.field(visit.path, "parent", "the tag is its own ancestor");
            return;
        }
        at = at.and_then(find).and_then(parent);
    }
}
