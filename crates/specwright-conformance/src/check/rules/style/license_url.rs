//! The rule `style/license-url`.

use super::says;
use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "style/license-url",
        severity: Info,
        summary: "A licence says where its text is.",
        explanation: "A name such as `Apache` fits several licences. `url` leads to the text; from 3.1 on \
            `identifier` may have the SPDX expression instead.",
    },
    set: Recommended,
    section: "license-object",
    covers: &[
        "spectral:license-url",
        "redocly:info-license-strict",
        "vacuum:license-url",
    ],
    versions: ALL,
    fails: "
info:
  title: Cats
  version: '1.0'
  license: # here
    name: Apache
",
    passes: "
info:
  title: Cats
  version: '1.0'
  license:
    name: Apache 2.0
    url: https://www.apache.org/licenses/LICENSE-2.0
",
    check: Check::Objects(&[Kind::License], check),
};

fn check(visit: &Visit<'_, '_>, context: &Context<'_>, report: &mut Report<'_>) {
    let may_be_identifier = context.version() >= Version::V3_1;
    if says(visit.object, "url") || may_be_identifier && says(visit.object, "identifier") {
        return;
    }
    let message = match may_be_identifier {
        true => "the licence has neither a `url` nor an `identifier`",
        false => "the licence has no `url`",
    };
    report.node(visit.path, message);
}
