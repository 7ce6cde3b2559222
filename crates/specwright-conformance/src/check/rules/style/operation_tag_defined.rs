//! The rule `style/operation-tag-defined`.

use std::collections::BTreeSet;

use super::version_field;
use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "style/operation-tag-defined",
        severity: Info,
        summary: "Tags of operations are declared.",
        explanation: "The list `tags` at the root gives the groups of documentation their order and their \
            descriptions. A tag that is missing there has neither, and often it is a misspelt one.",
    },
    set: Recommended,
    section: "tag-object",
    covers: &[
        "spectral:operation-tag-defined",
        "redocly:operation-tag-defined",
        "vacuum:operation-tag-defined",
    ],
    versions: ALL,
    fails: "
tags: [{name: cats}]
paths:
  /cats:
    get:
      tags: [cats]
      responses: {'200': {description: All cats.}}
  /dogs:
    get:
      tags: [dogs] # here
      responses: {'200': {description: All dogs.}}
",
    passes: "
tags: [{name: cats}, {name: dogs}]
paths:
  /cats:
    get:
      tags: [cats]
      responses: {'200': {description: All cats.}}
  /dogs:
    get:
      tags: [dogs]
      responses: {'200': {description: All dogs.}}
",
    check: Check::Document(check),
};

fn check(context: &Context<'_>, report: &mut Report<'_>) {
    let declared = context.tags();
    let mut seen = BTreeSet::new();
    let mut first = Vec::new();
    for operation in context.operations() {
        let tags = operation.object.get("tags").and_then(Node::as_array);
        for (index, tag) in tags.into_iter().flatten().enumerate() {
            let name = tag.as_str().filter(|name| !declared.contains(name));
            if let Some(name) = name.filter(|name| seen.insert(*name)) {
                first.push((name, operation.pointer.join("tags").index(index)));
            }
        }
    }
    if declared.is_empty() && first.len() > 1 {
        let message = format!("none of the {} tags of operations is declared", first.len());
        let at = Pointer::root().join(version_field(context));
        report
            .at(at, message)
            .on_key()
            .help("list them in `tags` at the root");
        return;
    }
    for (name, at) in first {
        report
            .at(at, format!("the tag `{name}` is not declared"))
            .help("add it to `tags` at the root");
    }
}
