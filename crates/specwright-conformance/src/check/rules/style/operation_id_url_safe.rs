//! The rule `style/operation-id-url-safe`.

use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "style/operation-id-url-safe",
        severity: Warning,
        summary: "Ids of operations have only characters that a URL can have.",
        explanation: "Documentation uses the id in links to the operation. Characters that RFC 3986 does not allow \
            in a URL, such as spaces and letters outside of ASCII, have to be escaped there, and every tool does it \
            in its own way.",
    },
    set: Recommended,
    section: "https://www.rfc-editor.org/rfc/rfc3986#section-2",
    covers: &[
        "spectral:operation-operationId-valid-in-url",
        "redocly:operation-operationId-url-safe",
        "vacuum:operation-operationId-valid-in-url",
    ],
    versions: ALL,
    fails: "
paths:
  /cats:
    get:
      operationId: list all cats # here
      responses: {'200': {description: All cats.}}
",
    passes: "
paths:
  /cats:
    get:
      operationId: listAllCats
      responses: {'200': {description: All cats.}}
",
    check: Check::Operations(check),
};

fn check(operation: &Operation<'_>, _: &Context<'_>, report: &mut Report<'_>) {
    let Some(id) = operation.text("operationId") else {
        return;
    };
    if let Some(odd) = id.chars().find(|it| !is_of_urls(*it)) {
        let message = format!("`{id}` has the character {odd:?}, which URLs cannot have");
        report.at(operation.pointer.join("operationId"), message);
    }
}

/// Reserved and unreserved characters (RFC 3986 §2).
fn is_of_urls(character: char) -> bool {
    character.is_ascii_alphanumeric() || "-._~:/?#[]@!$&'()*+,;=".contains(character)
}
