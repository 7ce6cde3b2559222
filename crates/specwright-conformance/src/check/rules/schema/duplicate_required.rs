//! The rule `schema/duplicate-required`.

use std::collections::BTreeSet;

use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "schema/duplicate-required",
        severity: Warning,
        summary: "The names in `required` are different.",
        explanation: "`required` is a set (JSON Schema Validation §6.5.3). A name that is there twice says nothing more; often \
            another one was meant.",
    },
    set: Recommended,
    section: "schema-object",
    covers: &[],
    versions: ALL,
    fails: "
components:
  schemas:
    Cat:
      type: object
      required:
        - name
        - name # here
      properties: {name: {type: string}}
",
    passes: "
components:
  schemas:
    Cat: {type: object, required: [name], properties: {name: {type: string}}}
",
    check: Check::Objects(&[Kind::Schema], check),
};

fn check<'d>(visit: &Visit<'d, '_>, _: &Context<'d>, report: &mut Report<'_>) {
    let mut seen = BTreeSet::new();
    for (index, name) in schemas::texts(visit.object, "required").into_iter().enumerate() {
        if !seen.insert(name) {
            let pointer = visit.path.pointer().join("required").index(index);
            report.at(pointer, format!("`{name}` is there already"));
        }
    }
}
