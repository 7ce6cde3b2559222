//! The rule `structure/deprecated-xml`.

use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "structure/deprecated-xml",
        severity: Warning,
        summary: "XML Objects of 3.2 use `nodeType`.",
        explanation: "From 3.2 on `nodeType` says what becomes of a value in XML; `attribute` and `wrapped` are deprecated (XML \
            Object). `attribute: true` is `nodeType: attribute`, `wrapped: true` is `nodeType: element` on the array.",
    },
    set: Recommended,
    section: "xml-object",
    covers: &["spectral:oas3_2-no-deprecated-xml-attribute"],
    versions: &[Version::V3_2],
    fails: "
openapi: 3.2.0
info: {title: Cats, version: '1.0'}
components:
  schemas:
    Cat:
      type: object
      properties:
        id: {type: string, xml: {attribute: true}} # here
",
    passes: "
openapi: 3.2.0
info: {title: Cats, version: '1.0'}
components:
  schemas:
    Cat:
      type: object
      properties:
        id: {type: string, xml: {nodeType: attribute}}
",
    check: Check::Objects(&[Kind::Xml], check),
};

fn check<'d>(visit: &Visit<'d, '_>, _: &Context<'d>, report: &mut Report<'_>) {
    for (field, instead) in [("attribute", "nodeType: attribute"), ("wrapped", "nodeType: element")] {
        if visit.object.contains(field) {
            report
                .key(visit.path, field, format!("`{field}` is deprecated"))
                .help(format!("write `{instead}`"));
        }
    }
}
