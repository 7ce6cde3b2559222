//! The rule `style/mixed-property-case`.

use super::naming::Tally;
use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "style/mixed-property-case",
        severity: Info,
        summary: "Names of properties are all written in one way.",
        explanation: "With `fur_colour` here and `tailLength` there, users look up every name. Each other way of \
            writing than the most frequent one is reported once, at its first property. Single words count for all \
            ways, and names with other characters than letters, digits, hyphens and underscores for none.",
    },
    set: Strict,
    section: "schema-object",
    covers: &["vacuum:camel-case-properties"],
    versions: ALL,
    fails: "
components:
  schemas:
    Cat:
      properties:
        fur_colour: {type: string}
        eye_colour: {type: string}
        tailLength: {type: number} # here
",
    passes: "
components:
  schemas:
    Cat:
      properties:
        fur_colour: {type: string}
        eye_colour: {type: string}
        tail_length: {type: number}
",
    check: Check::Document(check),
};

fn check(context: &Context<'_>, report: &mut Report<'_>) {
    let mut tally = Tally::default();
    context.document.walk(&mut |visit| {
        if visit.kind != Kind::Schema {
            return;
        }
        let properties = visit.object.get("properties").and_then(Node::as_object);
        for (name, _) in properties.into_iter().flat_map(Object::iter) {
            tally.add(name, || visit.path.pointer().join("properties").join(name));
        }
    });
    tally.report("properties", report);
}
