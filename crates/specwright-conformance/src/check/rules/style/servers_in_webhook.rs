//! The rule `style/servers-in-webhook`.

use super::is_in_webhook;
use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "style/servers-in-webhook",
        severity: Warning,
        summary: "Webhooks have no servers.",
        explanation: "The users of an API say where webhooks are sent, outside of the description. Servers in a \
            webhook lead readers and tools to believe that it is a path of the API.",
    },
    set: Recommended,
    section: "path-item-object",
    covers: &["spectral:oas3_1-servers-in-webhook"],
    versions: FROM_3_1,
    fails: "
openapi: 3.1.1
info: {title: Cats, version: '1.0'}
webhooks:
  newCat:
    post:
      responses: {'204': {description: Thanks.}}
      servers: [{url: 'https://api.cats.test'}] # here
",
    passes: "
openapi: 3.1.1
info: {title: Cats, version: '1.0'}
webhooks:
  newCat:
    post:
      responses: {'204': {description: Thanks.}}
",
    check: Check::Objects(&[Kind::PathItem, Kind::Operation], check),
};

fn check(visit: &Visit<'_, '_>, _: &Context<'_>, report: &mut Report<'_>) {
    let is_own = visit.path.within(Kind::Callback).is_none();
    if is_own && visit.object.contains("servers") && is_in_webhook(visit.path) {
        report.key(visit.path, "servers", "a webhook has servers");
    }
}
