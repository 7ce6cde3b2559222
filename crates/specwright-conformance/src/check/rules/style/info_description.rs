//! The rule `style/info-description`.

use super::says;
use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "style/info-description",
        severity: Info,
        summary: "The document says what the API is for.",
        explanation: "The first thing that readers of documentation see is the `description` of the Info Object: \
            what the API does, how to begin, where the limits are. Without it they see a list of paths.",
    },
    set: Recommended,
    section: "info-object",
    covers: &["spectral:info-description", "vacuum:info-description"],
    versions: ALL,
    fails: "
info: # here
  title: Cats
  version: '1.0'
",
    passes: "
info:
  title: Cats
  version: '1.0'
  description: Finds homes for cats. Begin with `GET /cats`.
",
    check: Check::Objects(&[Kind::Info], check),
};

fn check(visit: &Visit<'_, '_>, _: &Context<'_>, report: &mut Report<'_>) {
    if !says(visit.object, "description") {
        report.node(visit.path, "the document has no `description`");
    }
}
