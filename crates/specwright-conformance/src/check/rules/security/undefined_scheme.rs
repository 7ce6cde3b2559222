//! The rule `security/undefined-scheme`.

use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "security/undefined-scheme",
        severity: Error,
        summary: "Security requirements name schemes that are declared.",
        explanation: "A requirement names a security scheme of the Components Object (2.0: of \
            `securityDefinitions`). With a name that is not there nobody knows how to authenticate. From 3.2 on it \
            may also be the URI of a scheme elsewhere, which is not looked at.",
    },
    set: Minimal,
    section: "security-requirement-object",
    covers: &[
        "spectral:oas3-operation-security-defined",
        "spectral:oas2-operation-security-defined",
        "redocly:security-defined",
        "vacuum:oas3-operation-security-defined",
        "vacuum:oas2-operation-security-defined",
    ],
    versions: ALL,
    fails: "
paths:
  /cats:
    get:
      security: [{kye: []}] # here
      responses: {'200': {description: All cats.}}
components:
  securitySchemes:
    key: {type: apiKey, in: header, name: X-Key}
",
    passes: "
paths:
  /cats:
    get:
      security: [{key: []}, {}]
      responses: {'200': {description: All cats.}}
components:
  securitySchemes:
    key: {type: apiKey, in: header, name: X-Key}
",
    check: Check::Objects(&[Kind::SecurityRequirement], check),
};

fn check(visit: &Visit<'_, '_>, context: &Context<'_>, report: &mut Report<'_>) {
    let schemes = context.section("securitySchemes");
    for (name, _) in visit.object.iter() {
        let may_be_uri = context.version() >= Version::V3_2 && name.contains(['/', '#', ':']);
        if may_be_uri || schemes.is_some_and(|schemes| schemes.contains(name)) {
            continue;
        }
        let finding = report.key(
            visit.path,
            name,
            format!("there is no security scheme `{name}`"),
        );
        let known = schemes
            .into_iter()
            .flat_map(Object::iter)
            .map(|(name, _)| format!("`{name}`"));
        let known: Vec<String> = known.take(MOST_NAMED + 1).collect();
        if (1..=MOST_NAMED).contains(&known.len()) {
            finding.help(format!("declared: {}", known.join(", ")));
        }
    }
}

/// How many schemes a message lists.
const MOST_NAMED: usize = 5;
