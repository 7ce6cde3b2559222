//! The rule `style/tags`.

use super::version_field;
use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "style/tags",
        severity: Info,
        summary: "The document declares tags.",
        explanation: "With a list `tags` at the root the groups of operations have an order and descriptions.",
    },
    set: Strict,
    section: "openapi-object",
    covers: &["spectral:openapi-tags", "vacuum:openapi-tags"],
    versions: ALL,
    fails: "
openapi: 3.0.4 # here
info: {title: Cats, version: '1.0'}
paths: {}
",
    passes: "
tags: [{name: cats}]
",
    check: Check::Document(check),
};

fn check(context: &Context<'_>, report: &mut Report<'_>) {
    let tags = context.document.root().get("tags").and_then(Node::as_array);
    let (at, message) = match tags {
        Some(tags) if !tags.is_empty() => return,
        Some(_) => ("tags", "the list of tags is empty"),
        None => (version_field(context), "the document declares no tags"),
    };
    report.at(Pointer::root().join(at), message).on_key();
}
