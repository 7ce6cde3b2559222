//! The rule `schema/impossible-all-of`.

use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "schema/impossible-all-of",
        severity: Error,
        summary: "The parts of an `allOf` can be met together.",
        explanation: "A value has to satisfy every part of an `allOf` and the schema around it. Parts that ask for different \
            types leave no value at all.",
    },
    set: Minimal,
    section: "schema-object",
    covers: &["vacuum:allof-conflicts"],
    versions: ALL,
    fails: "
components:
  schemas:
    Name: {type: string}
    Cat:
      type: object
      allOf:
        - $ref: '#/components/schemas/Name' # here
",
    passes: "
components:
  schemas:
    Animal: {type: object}
    Number: {type: number}
    Cat:
      type: object
      allOf: [{$ref: '#/components/schemas/Animal'}, {description: Furry.}]
    Count:
      type: integer
      allOf: [{$ref: '#/components/schemas/Number'}]
",
    check: Check::Objects(&[Kind::Schema], check),
};

fn check<'d>(visit: &Visit<'d, '_>, context: &Context<'d>, report: &mut Report<'_>) {
    let version = context.version();
    let mut known = schemas::types(visit.object, version);
    for (index, member) in schemas::members(visit.object, "allOf") {
        let Some(target) = context.document.follow(member) else {
            continue;
        };
        let Some(types) = schemas::types(target, version) else {
            continue;
        };
        let Some(before) = known.take() else {
            known = Some(types);
            continue;
        };
        let common = common(&before, &types);
        if common.is_empty() {
            let message = format!("this part asks for {}, others for {}", types.join(" or "), before.join(" or "));
            report.at(visit.path.pointer().join("allOf").index(index), message);
            return;
        }
        known = Some(common);
    }
}

/// The types that both lists permit: every integer is a number.
fn common<'d>(one: &[&'d str], other: &[&'d str]) -> Vec<&'d str> {
    let permits = |list: &[&str], it: &str| list.contains(&it) || (it == "integer" && list.contains(&"number"));
    let mut common: Vec<&str> = one.iter().copied().filter(|it| permits(other, it)).collect();
    common.extend(other.iter().copied().filter(|it| permits(one, it)));
    common.sort_unstable();
    common.dedup();
    common
}
