//! The rule `style/callbacks-in-webhook`.

use super::is_in_webhook;
use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "style/callbacks-in-webhook",
        severity: Warning,
        summary: "Operations of webhooks have no callbacks.",
        explanation: "A webhook is a request that the API sends to its users, who decide what they send where. A \
            callback of it describes a request to the API, which is an operation of the paths.",
    },
    set: Recommended,
    section: "operation-object",
    covers: &["spectral:oas3_1-callbacks-in-webhook"],
    versions: FROM_3_1,
    fails: "
openapi: 3.1.1
info: {title: Cats, version: '1.0'}
webhooks:
  newCat:
    post:
      responses: {'204': {description: Thanks.}}
      callbacks: # here
        done:
          '{$request.body#/url}':
            post: {responses: {'204': {description: Thanks.}}}
",
    passes: "
openapi: 3.1.1
info: {title: Cats, version: '1.0'}
webhooks:
  newCat:
    post:
      responses: {'204': {description: Thanks.}}
",
    check: Check::Objects(&[Kind::Operation], check),
};

fn check(visit: &Visit<'_, '_>, _: &Context<'_>, report: &mut Report<'_>) {
    // A callback in a callback is the business of `style/callbacks-in-callbacks`.
    let is_own = visit.path.within(Kind::Callback).is_none();
    if is_own && visit.object.contains("callbacks") && is_in_webhook(visit.path) {
        report.key(visit.path, "callbacks", "a webhook has callbacks");
    }
}
