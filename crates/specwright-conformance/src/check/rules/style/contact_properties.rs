//! The rule `style/contact-properties`.

use super::says;
use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "style/contact-properties",
        severity: Info,
        summary: "The contact has a name, a URL and a mail address.",
        explanation: "Some readers want to look something up, others want to write to somebody. With `name`, `url` \
            and `email` both find their way.",
    },
    set: Strict,
    section: "contact-object",
    covers: &["spectral:contact-properties", "vacuum:contact-properties"],
    versions: ALL,
    fails: "
info:
  title: Cats
  version: '1.0'
  contact: # here
    name: The cat people
",
    passes: "
info:
  title: Cats
  version: '1.0'
  contact:
    name: The cat people
    url: https://cats.test/help
    email: help@cats.test
",
    check: Check::Objects(&[Kind::Contact], check),
};

fn check(visit: &Visit<'_, '_>, _: &Context<'_>, report: &mut Report<'_>) {
    let fields = ["name", "url", "email"];
    let missing = fields
        .into_iter()
        .filter(|field| !says(visit.object, field));
    let missing: Vec<String> = missing.map(|field| format!("`{field}`")).collect();
    // A contact without any is the business of `style/info-contact`.
    if !missing.is_empty() && missing.len() < fields.len() {
        report.node(
            visit.path,
            format!("the contact has no {}", missing.join(" and no ")),
        );
    }
}
