//! The rule `schema/invalid-pattern`.

use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "schema/invalid-pattern",
        severity: Error,
        summary: "Patterns are regular expressions.",
        explanation: "A `pattern` is a regular expression of ECMA-262 (JSON Schema Validation §6.3.3). One that is none cannot \
            be checked by anybody; often it was written for another language, with slashes around it or with flags \
            such as `(?i)`.",
    },
    set: Minimal,
    section: "schema-object",
    covers: &[],
    versions: ALL,
    fails: "
components:
  schemas:
    Name:
      type: string
      pattern: '^[a-z' # here
",
    passes: "
components:
  schemas:
    Name: {type: string, pattern: '^(?!x)[a-z]+$'}
",
    check: Check::Objects(&[Kind::Schema, Kind::Items, Kind::Parameter, Kind::Header], check),
};

fn check<'d>(visit: &Visit<'d, '_>, context: &Context<'d>, report: &mut Report<'_>) {
    let pattern = visit.object.get("pattern").and_then(Node::as_str);
    if let Some(pattern) = pattern
        && !context.schemas.knows_pattern(pattern)
    {
        report.field(visit.path, "pattern", "this is no regular expression of ECMA-262");
    }
}
