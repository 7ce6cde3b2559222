//! The rule `style/info-contact`.

use super::says;
use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "style/info-contact",
        severity: Info,
        summary: "The document says whom to ask.",
        explanation: "Whoever is stuck with an API looks for a page or an address to write to. `contact` in the Info \
            Object has a place for a name, a URL and a mail address; one of them is enough.",
    },
    set: Recommended,
    section: "info-object",
    covers: &[
        "spectral:info-contact",
        "redocly:info-contact",
        "vacuum:info-contact",
    ],
    versions: ALL,
    fails: "
info: # here
  title: Cats
  version: '1.0'
",
    passes: "
info: {title: Cats, version: '1.0', contact: {url: 'https://cats.test/help'}}
",
    check: Check::Objects(&[Kind::Info], check),
};

fn check(visit: &Visit<'_, '_>, _: &Context<'_>, report: &mut Report<'_>) {
    let contact = visit.object.get("contact").and_then(Node::as_object);
    let Some(contact) = contact else {
        report.node(visit.path, "the document has no `contact`");
        return;
    };
    if !["name", "url", "email"]
        .iter()
        .any(|field| says(contact, field))
    {
        report.key(
            visit.path,
            "contact",
            "`contact` has no name, URL or mail address",
        );
    }
}
