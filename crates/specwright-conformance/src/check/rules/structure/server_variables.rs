//! The rule `structure/server-variables`.

use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "structure/server-variables",
        severity: Error,
        summary: "The names in a server URL and its variables are the same, and defaults are among the permitted values.",
        explanation: "Each name between braces in a server's `url` needs an entry in `variables` (Server Object), whose \
            `default` is one of its `enum` (Server Variable Object). Otherwise no URL can be made of it. A variable \
            that the URL does not have is a leftover or misspelt.",
    },
    set: Minimal,
    section: "server-object",
    covers: &["spectral:oas3-server-variables", "redocly:no-undefined-server-variable", "redocly:no-server-variables-empty-enum"],
    versions: FROM_3_0,
    fails: "
servers:
  - url: https://{region}.cats.test # here
  - url: https://{stage}.cats.test
    variables:
      stage: {default: live, enum: [test, beta]} # here
  - url: https://cats.test/{version}
    variables:
      version: {default: v1}
      edition: {default: first} # here
",
    passes: "
servers:
  - url: https://{region}.cats.test/{version}
    variables:
      region: {default: eu, enum: [eu, us]}
      version: {default: v1}
",
    check: Check::Objects(&[Kind::Server], check),
};

fn check<'d>(visit: &Visit<'d, '_>, _: &Context<'d>, report: &mut Report<'_>) {
    let Some(url) = visit.object.get("url").and_then(Node::as_str) else {
        return;
    };
    let variables = visit.object.get("variables").and_then(Node::as_object);
    let mut names = template::names(url);
    names.sort_unstable();
    names.dedup();
    for name in &names {
        if !variables.is_some_and(|it| it.contains(name)) {
            report
                .field(visit.path, "url", format!("the URL has `{{{name}}}`, but there is no such variable"))
                .help(format!("add `{name}` with a `default` to `variables`"));
        }
    }
    let place = visit.path.pointer().join("variables");
    for (name, variable) in variables.into_iter().flat_map(Object::iter) {
        if !names.contains(&name) {
            report.at(place.join(name), format!("the URL has no `{{{name}}}`")).on_key();
            continue;
        }
        let Some(Node::Array(values)) = variable.get("enum") else {
            continue;
        };
        if values.is_empty() {
            report.at(place.join(name).join("enum"), "no value is permitted").on_key();
        } else if let Some(default) = variable.get("default")
            && !values.contains(default)
        {
            report.at(place.join(name).join("default"), "the default is not among the permitted values");
        }
    }
}
