//! The rule `security/unsafe-markdown`.

use super::markdown;
use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "security/unsafe-markdown",
        severity: Warning,
        summary: "Descriptions carry nothing that a browser would run.",
        explanation: "Descriptions are Markdown, Markdown may hold HTML, and documentation shows it. A `<script>` \
            element, an attribute such as `onclick` or a `javascript:` address in a description runs in the browser \
            of whoever reads it. Code spans and fenced blocks are shown as they are and are no danger.",
    },
    set: Recommended,
    section: "https://spec.commonmark.org/0.31.2/#raw-html",
    covers: &[
        "spectral:no-eval-in-markdown",
        "spectral:no-script-tags-in-markdown",
        "redocly:no-unsafe-markdown",
        "vacuum:no-eval-in-markdown",
        "vacuum:no-script-tags-in-markdown",
    ],
    versions: ALL,
    fails: "
tags:
  - name: cats
    description: Meow <script src=a.js></script> # here
  - name: dogs
    description: Woof <img src=a.png onerror=alert(1)> # here
  - name: mice
    description: '[Squeak](javascript:alert(1))' # here
",
    passes: "
tags:
  - name: cats
    description: Put the `<script>` element at the end of the page.
  - name: dogs
    description: The retrieval (or retrieval(s)) of dogs, <b>not</b> of cats.
",
    check: Check::Objects(KINDS, check),
};

const KINDS: &[Kind] = &[
    Kind::Info,
    Kind::Server,
    Kind::ServerVariable,
    Kind::PathItem,
    Kind::Operation,
    Kind::ExternalDocumentation,
    Kind::Parameter,
    Kind::RequestBody,
    Kind::Response,
    Kind::Example,
    Kind::Link,
    Kind::Header,
    Kind::Tag,
    Kind::SecurityScheme,
    Kind::Schema,
];

fn check(visit: &Visit<'_, '_>, _: &Context<'_>, report: &mut Report<'_>) {
    for field in ["title", "summary", "description"] {
        let Some(text) = visit.object.get(field).and_then(Node::as_str) else {
            continue;
        };
        if let Some(danger) = markdown::danger(text) {
            report.field(visit.path, field, format!("the {field} has {danger}"));
        }
    }
}
