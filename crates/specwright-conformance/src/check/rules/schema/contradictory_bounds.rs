//! The rule `schema/contradictory-bounds`.

use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "schema/contradictory-bounds",
        severity: Error,
        summary: "Lower bounds are not above upper bounds, and steps are positive.",
        explanation: "A schema whose minimum is above its maximum, or whose `multipleOf` is not positive (JSON Schema \
            Validation §6.2.1), permits nothing. The same holds for lengths and for numbers of items and properties.",
    },
    set: Minimal,
    section: "schema-object",
    covers: &[],
    versions: ALL,
    fails: "
components:
  schemas:
    Age:
      type: integer
      minimum: 30 # here
      maximum: 3
    Name:
      type: string
      minLength: 10 # here
      maxLength: 5
    Share:
      type: number
      minimum: 1 # here
      maximum: 1
      exclusiveMaximum: true
    Step:
      type: number
      multipleOf: 0 # here
",
    passes: "
components:
  schemas:
    Age: {type: integer, minimum: 3, maximum: 30}
    Name: {type: string, minLength: 5, maxLength: 5}
",
    check: Check::Objects(&[Kind::Schema, Kind::Items, Kind::Parameter, Kind::Header], check),
};

const PAIRS: [(&str, &str); 4] = [
    ("minimum", "maximum"),
    ("minLength", "maxLength"),
    ("minItems", "maxItems"),
    ("minProperties", "maxProperties"),
];

fn check<'d>(visit: &Visit<'d, '_>, _: &Context<'d>, report: &mut Report<'_>) {
    let number = |field| schemas::number(visit.object, field);
    let flag = |field| visit.object.get(field).and_then(Node::as_bool) == Some(true);
    for (lower, upper) in PAIRS {
        let (Some(low), Some(high)) = (number(lower), number(upper)) else {
            continue;
        };
        let open = lower == "minimum" && (flag("exclusiveMinimum") || flag("exclusiveMaximum"));
        if low > high || (open && low >= high) {
            report.field(visit.path, lower, format!("`{lower}` {low} and `{upper}` {high} leave no value"));
        }
    }
    let low = number("exclusiveMinimum");
    let high = number("exclusiveMaximum");
    if let (Some(low), Some(high)) = (low, high.or(number("maximum")))
        && low >= high
    {
        report.field(visit.path, "exclusiveMinimum", "the bounds leave no value");
    }
    if let (Some(low), None, Some(high)) = (number("minimum"), low, high)
        && low >= high
    {
        report.field(visit.path, "exclusiveMaximum", "the bounds leave no value");
    }
    if number("multipleOf").is_some_and(|step| step <= 0.0) {
        report.field(visit.path, "multipleOf", "a step has to be above 0");
    }
}
