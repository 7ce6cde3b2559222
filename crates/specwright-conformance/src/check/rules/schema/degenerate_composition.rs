//! The rule `schema/degenerate-composition`.

use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "schema/degenerate-composition",
        severity: Warning,
        summary: "Compositions have parts that differ and that say something.",
        explanation: "An `allOf`, `anyOf` or `oneOf` without parts, or with the same part twice, does not do what it looks \
            like: with two equal parts a `oneOf` permits nothing that they permit. An empty schema among the variants \
            permits everything, which makes the others pointless.",
    },
    set: Recommended,
    section: "schema-object",
    covers: &["redocly:no-illogical-composition-keywords"],
    versions: FROM_3_0,
    fails: "
components:
  schemas:
    Cat: {type: object}
    Pet:
      oneOf:
        - $ref: '#/components/schemas/Cat'
        - $ref: '#/components/schemas/Cat' # here
    Any:
      anyOf:
        - type: string
        - {} # here
    None:
      allOf: [] # here
",
    passes: "
components:
  schemas:
    Cat: {type: object}
    Pet:
      oneOf:
        - $ref: '#/components/schemas/Cat'
        - {type: string}
",
    check: Check::Objects(&[Kind::Schema], check),
};

fn check<'d>(visit: &Visit<'d, '_>, context: &Context<'d>, report: &mut Report<'_>) {
    for keyword in ["allOf", "anyOf", "oneOf"] {
        let Some(parts) = visit.object.get(keyword).and_then(Node::as_array) else {
            continue;
        };
        if parts.is_empty() {
            // From 3.1 on that is an error of the structure.
            if context.version() == Version::V3_0 {
                report.key(visit.path, keyword, format!("`{keyword}` has no parts"));
            }
            continue;
        }
        for (index, part) in parts.iter().enumerate() {
            let empty = part.as_object().is_some_and(|it| it.iter().next().is_none());
            let place = || visit.path.pointer().join(keyword).index(index);
            if empty && keyword != "allOf" {
                report.at(place(), "an empty schema permits everything");
            } else if !empty && parts.iter().take(index).any(|it| it == part) {
                report.at(place(), format!("`{keyword}` has this part already"));
            }
        }
    }
}
