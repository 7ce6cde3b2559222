//! The rule `structure/path-with-query`.

use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "structure/path-with-query",
        severity: Error,
        summary: "Paths have no query and no fragment.",
        explanation: "A path is what stands before `?` and `#` of a URL. What follows is described by parameters with `in: \
            query`; written into the path it is escaped by some clients and cut off by others.",
    },
    set: Minimal,
    section: "paths-object",
    covers: &["spectral:path-not-include-query", "redocly:path-not-include-query", "vacuum:path-not-include-query"],
    versions: ALL,
    fails: "
paths:
  /cats?tame=true: # here
    get:
      responses: {'200': {description: Tame cats.}}
",
    passes: "
paths:
  /cats:
    get:
      parameters: [{name: tame, in: query, schema: {type: boolean}}]
      responses: {'200': {description: Cats.}}
",
    check: Check::Document(check),
};

fn check(context: &Context<'_>, report: &mut Report<'_>) {
    for (path, _, pointer) in context.path_items() {
        let found = [('?', "a query"), ('#', "a fragment")];
        if let Some((_, what)) = found.into_iter().find(|(mark, _)| path.contains(*mark)) {
            report
                .at(pointer, format!("the path has {what}"))
                .on_key()
                .help("describe it by query parameters");
        }
    }
}
