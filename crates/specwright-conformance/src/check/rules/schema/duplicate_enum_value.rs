//! The rule `schema/duplicate-enum-value`.

use std::collections::BTreeSet;

use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "schema/duplicate-enum-value",
        severity: Warning,
        summary: "The values of an `enum` are different.",
        explanation: "A value that stands twice in an `enum` says nothing more than once (JSON Schema Validation §6.1.2), and \
            gives two names for one value in generated code. Often one of the two was meant to be another.",
    },
    set: Recommended,
    section: "schema-object",
    covers: &["spectral:duplicated-entry-in-enum", "redocly:no-duplicated-enum-values", "vacuum:duplicated-entry-in-enum"],
    versions: ALL,
    fails: "
components:
  schemas:
    Colour:
      type: string
      enum:
        - red
        - black
        - red # here
",
    passes: "
components:
  schemas:
    Colour: {type: string, enum: [red, black]}
",
    check: Check::Objects(&[Kind::Schema, Kind::Items, Kind::Parameter, Kind::Header], check),
};

fn check<'d>(visit: &Visit<'d, '_>, _: &Context<'d>, report: &mut Report<'_>) {
    let values = visit.object.get("enum").and_then(Node::as_array).unwrap_or_default();
    let place = || visit.path.pointer().join("enum");
    // Most lists hold texts only, which can be sorted.
    let mut seen = BTreeSet::new();
    for (index, value) in values.iter().enumerate() {
        let repeated = match value {
            Node::String(text) => !seen.insert(text.as_str()),
            other => values.iter().take(index).any(|it| it == other),
        };
        if repeated {
            report.at(place().index(index), "the value is there already");
        }
    }
}
