//! The rule `structure/duplicate-parameter`.

use std::collections::BTreeSet;

use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "structure/duplicate-parameter",
        severity: Error,
        summary: "No list of parameters has two of the same name and place.",
        explanation: "Name and `in` together identify a parameter, so a list must not have two that agree in both (Operation \
            Object, `parameters`). Names of header fields do not depend on case (RFC 9110 §5.1). An operation may \
            have a parameter that its path item has as well: it goes before that one.",
    },
    set: Minimal,
    section: "operation-object",
    covers: &["spectral:operation-parameters", "redocly:operation-parameters-unique", "vacuum:operation-parameters"],
    versions: ALL,
    fails: "
paths:
  /cats:
    get:
      parameters:
        - {name: limit, in: query, schema: {type: integer}}
        - {name: limit, in: query, schema: {type: string}} # here
        - {name: X-Trace, in: header, schema: {type: string}}
        - {name: x-trace, in: header, schema: {type: string}} # here
      responses: {'200': {description: Cats.}}
",
    passes: "
paths:
  /cats:
    parameters:
      - {name: limit, in: query, schema: {type: string}}
    get:
      parameters:
        - {name: limit, in: query, schema: {type: integer}}
        - {name: limit, in: header, schema: {type: string}}
      responses: {'200': {description: Cats.}}
",
    check: Check::Objects(&[Kind::Operation, Kind::PathItem], check),
};

fn check<'d>(visit: &Visit<'d, '_>, context: &Context<'d>, report: &mut Report<'_>) {
    if !visit.object.contains("parameters") {
        return;
    }
    let mut seen = BTreeSet::new();
    for parameter in parameters(visit.object, &visit.path.pointer(), context.document) {
        let name = match parameter.place {
            "header" => parameter.name.to_ascii_lowercase(),
            _ => parameter.name.to_owned(),
        };
        if !seen.insert((name, parameter.place)) {
            let message = format!("there is another {} parameter `{}`", parameter.place, parameter.name);
            report.at(parameter.pointer, message);
        }
    }
}
