//! The rule `example/invalid-enum-member`.

use crate::schema::Direction;

use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "example/invalid-enum-member",
        severity: Warning,
        summary: "The values of an `enum` fit the other keywords beside it.",
        explanation: "A value has to meet every keyword of its schema, so a value of `enum` that is too long, too large or does \
            not match the `pattern` can never be sent. That it is of another type is another rule's business.",
    },
    set: Recommended,
    section: "schema-object",
    covers: &[],
    versions: ALL,
    fails: "
components:
  schemas:
    Code:
      type: string
      pattern: '^[a-z]+$'
      enum:
        - red
        - Green # here
",
    passes: "
components:
  schemas:
    Code: {type: string, maxLength: 5, enum: [red, green]}
",
    check: Check::Objects(&[Kind::Schema], check),
};

/// The keywords that a value of `enum` may violate besides `type`.
const KEYWORDS: [&str; 9] = [
    "pattern", "format", "minLength", "maxLength", "minimum", "maximum", "multipleOf", "minItems", "maxItems",
];

fn check<'d>(visit: &Visit<'d, '_>, context: &Context<'d>, report: &mut Report<'_>) {
    let Some(values) = visit.object.get("enum").and_then(Node::as_array) else {
        return;
    };
    if !KEYWORDS.iter().any(|it| visit.object.contains(it)) {
        return;
    }
    let own = visit.path.pointer();
    let Ok(checker) = context.schemas.checker(&own, Direction::Either) else {
        return;
    };
    for (index, value) in values.iter().enumerate() {
        let violations = checker.violations(&value.to_json());
        let other = violations.iter().find(|it| KEYWORDS.contains(&it.keyword.as_str()));
        let typed = violations.iter().any(|it| it.keyword == "type");
        if let Some(violation) = other.filter(|_| !typed) {
            report.at(own.join("enum").index(index), violation.message.clone());
        }
    }
}
