//! The rule `schema/missing-items`.

use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "schema/missing-items",
        severity: Info,
        summary: "Arrays say what is in them.",
        explanation: "From 3.1 on an array may leave out `items`, and then holds anything. Clients can do nothing with the \
            elements of such an array.",
    },
    set: Strict,
    section: "schema-object",
    covers: &[],
    versions: FROM_3_1,
    fails: "
openapi: 3.1.0
info: {title: Cats, version: '1.0'}
components:
  schemas:
    Cats: # here
      type: array
",
    passes: "
openapi: 3.1.0
info: {title: Cats, version: '1.0'}
components:
  schemas:
    Cats: {type: array, items: {type: string}}
    Pair: {type: array, prefixItems: [{type: string}]}
",
    check: Check::Objects(&[Kind::Schema], check),
};

fn check<'d>(visit: &Visit<'d, '_>, _: &Context<'d>, report: &mut Report<'_>) {
    let is_array = visit.object.get("type").and_then(Node::as_str) == Some("array");
    let says = ["items", "prefixItems", "contains", "$ref", "allOf", "anyOf", "oneOf"];
    if is_array && !says.iter().any(|it| visit.object.contains(it)) {
        report.node(visit.path, "the array does not say what is in it");
    }
}
