//! The rule `schema/nullable-enum`.

use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "schema/nullable-enum",
        severity: Warning,
        summary: "The `enum` of a nullable schema has `null`.",
        explanation: "`nullable: true` permits `null` by type, and `enum` still has to list it (OAS 3.0.4, Schema Object, and \
            the clarification of 3.0.3). Without it `null` is forbidden after all.",
    },
    set: Recommended,
    section: "schema-object",
    covers: &["vacuum:nullable-enum-contains-null"],
    versions: &[Version::V3_0],
    fails: "
components:
  schemas:
    Colour:
      type: string
      nullable: true
      enum: [red, black] # here
",
    passes: "
components:
  schemas:
    Colour: {type: string, nullable: true, enum: [red, black, null]}
",
    check: Check::Objects(&[Kind::Schema], check),
};

fn check<'d>(visit: &Visit<'d, '_>, context: &Context<'d>, report: &mut Report<'_>) {
    let values = visit.object.get("enum").and_then(Node::as_array);
    let lacks_null = values.is_some_and(|it| !it.is_empty() && !it.contains(&Node::Null));
    if lacks_null && visit.object.contains("type") && schemas::is_nullable(visit.object, context.version()) {
        report
            .key(visit.path, "enum", "the schema is nullable, but its `enum` does not permit `null`")
            .help("add `null` to the values");
    }
}
