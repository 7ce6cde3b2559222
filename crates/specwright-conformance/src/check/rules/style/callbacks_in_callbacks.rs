//! The rule `style/callbacks-in-callbacks`.

use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "style/callbacks-in-callbacks",
        severity: Warning,
        summary: "Operations of callbacks have no callbacks.",
        explanation: "A callback is a request that the API sends to its user. A callback of it would describe what \
            the API is sent in answer to its own request: tools do not look there, and it can be an operation of the \
            paths instead.",
    },
    set: Recommended,
    section: "callback-object",
    covers: &[
        "spectral:oas3-callbacks-in-callbacks",
        "vacuum:oas3-callbacks-in-callbacks",
    ],
    versions: FROM_3_0,
    fails: "
paths:
  /orders:
    post:
      responses: {'202': {description: Will do.}}
      callbacks:
        done:
          '{$request.query.url}':
            post:
              responses: {'204': {description: Thanks.}}
              callbacks: # here
                really:
                  '{$request.query.url}':
                    post: {responses: {'204': {description: Thanks.}}}
",
    passes: "
paths:
  /orders:
    post:
      responses: {'202': {description: Will do.}}
      callbacks:
        done:
          '{$request.query.url}':
            post: {responses: {'204': {description: Thanks.}}}
",
    check: Check::Objects(&[Kind::Operation], check),
};

fn check(visit: &Visit<'_, '_>, _: &Context<'_>, report: &mut Report<'_>) {
    let callbacks = visit.object.get("callbacks").and_then(Node::as_object);
    let has_some = callbacks.is_some_and(|it| it.iter().next().is_some());
    if has_some && visit.path.within(Kind::Callback).is_some() {
        report.key(
            visit.path,
            "callbacks",
            "a callback has callbacks of its own",
        );
    }
}
