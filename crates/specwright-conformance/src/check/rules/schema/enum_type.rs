//! The rule `schema/enum-type`.

use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "schema/enum-type",
        severity: Error,
        summary: "The values of an `enum` are of the type of their schema.",
        explanation: "A value has to be one of `enum` and of `type`, so one that is of another type can never be sent. In YAML \
            `yes`, `1.0` and `null` are no texts unless they stand in quotes. A `null` in `enum` goes with a schema \
            that is nullable.",
    },
    set: Minimal,
    section: "schema-object",
    covers: &["spectral:typed-enum", "redocly:no-enum-type-mismatch", "vacuum:typed-enum"],
    versions: ALL,
    fails: "
components:
  schemas:
    Answer:
      type: string
      enum:
        - 'yes'
        - 1.5 # here
        - true # here
",
    passes: "
components:
  schemas:
    Answer: {type: string, enum: ['yes', '1.5', 'true']}
    Count: {type: number, enum: [1, 2.5]}
    Maybe: {type: string, nullable: true, enum: [a, null]}
",
    check: Check::Objects(&[Kind::Schema, Kind::Items, Kind::Parameter, Kind::Header], check),
};

fn check<'d>(visit: &Visit<'d, '_>, context: &Context<'d>, report: &mut Report<'_>) {
    let (Some(types), Some(values)) = (
        schemas::types(visit.object, context.version()),
        visit.object.get("enum").and_then(Node::as_array),
    ) else {
        return;
    };
    let wrong: Vec<usize> = values
        .iter()
        .enumerate()
        .filter(|(_, value)| !schemas::is_of(value, &types))
        .map(|(index, _)| index)
        .collect();
    let expected = types.join(" or ");
    if wrong.len() > 3 && wrong.len() == values.len() {
        let message = format!("none of the values is of type {expected}");
        report.key(visit.path, "enum", message);
        return;
    }
    for index in wrong {
        let found = values.get(index).map(schemas::type_of).unwrap_or_default();
        let message = format!("expected a value of type {expected}, found {found}");
        let finding = report.at(visit.path.pointer().join("enum").index(index), message);
        if expected == "string" && found != "null" {
            finding.help("put it in quotes");
        }
    }
}
