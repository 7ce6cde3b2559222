//! The rule `schema/keyword-of-other-type`.

use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "schema/keyword-of-other-type",
        severity: Warning,
        summary: "Keywords apply to the type of their schema.",
        explanation: "Each keyword speaks about values of one type: `items` about arrays, `properties` about objects, \
            `maxLength` about texts, and so on (JSON Schema Validation §6). In a schema of another type it is \
            ignored, so something that was meant is not checked.",
    },
    set: Recommended,
    section: "schema-object",
    covers: &["redocly:no-schema-type-mismatch"],
    versions: ALL,
    fails: "
components:
  schemas:
    Cat:
      type: object
      items: {type: string} # here
    Names:
      type: array
      items: {type: string}
      properties: {name: {type: string}} # here
    Name:
      type: string
      maximum: 10 # here
    Age:
      type: integer
      maxLength: 3 # here
",
    passes: "
components:
  schemas:
    Names: {type: array, items: {type: string}, maxItems: 10}
    Name: {type: string, maxLength: 10}
    Age: {type: integer, maximum: 30}
",
    check: Check::Objects(&[Kind::Schema], check),
};

/// The keywords of each type. `items` of 2.0 parameters and the like are structure.
const KEYWORDS: [(&str, &[&str]); 4] = [
    ("array", &["items", "prefixItems", "minItems", "maxItems", "uniqueItems"]),
    ("object", &["properties", "additionalProperties", "required", "minProperties", "maxProperties"]),
    ("string", &["minLength", "maxLength", "pattern"]),
    ("number", &["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"]),
];

fn check<'d>(visit: &Visit<'d, '_>, context: &Context<'d>, report: &mut Report<'_>) {
    let Some(types) = schemas::types(visit.object, context.version()) else {
        return;
    };
    for (owner, keywords) in KEYWORDS {
        let applies = types.contains(&owner) || (owner == "number" && types.contains(&"integer"));
        if applies {
            continue;
        }
        let said = |keyword: &&&str| visit.object.get(keyword).is_some_and(|it| !is_default(it));
        if let Some(keyword) = keywords.iter().find(said) {
            let article = if matches!(owner, "array" | "object") { "an" } else { "a" };
            let message = format!("`{keyword}` is about {article} {owner}, and the type is {}", types.join(" or "));
            report.key(visit.path, keyword, message);
        }
    }
}

/// Whether a keyword says nothing: generators write some of them always.
fn is_default(value: &Node) -> bool {
    match value {
        Node::Bool(value) => !value,
        Node::Array(items) => items.is_empty(),
        Node::Object(members) => members.iter().next().is_none(),
        _ => false,
    }
}
