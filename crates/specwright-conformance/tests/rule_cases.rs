//! Cases of rules about documents beyond their examples: other versions, and what must not be reported.
#![expect(clippy::expect_used, reason = "tests")]

use specwright_conformance::check::{Config, judge};
use specwright_openapi::{Loaded, MemoryLoader, diagnostics::Severity, load_with_document};

fn load(text: &str) -> Loaded {
    let loader = MemoryLoader::default().with("case.yaml", text);
    load_with_document("case.yaml", &loader).expect("memory can be read")
}

/// The lines in which the rule finds something, and those that end with `# here`.
fn found_and_marked(rule: &str, text: &str) -> (Vec<usize>, Vec<usize>) {
    let loaded = load(text);
    let found = judge(&loaded, &Config::none().rule(rule, Some(Severity::Warning)));
    let lines = found.iter().filter_map(|it| {
        let source = loaded.sources.get(it.file?)?;
        Some(source.line_column(it.span.as_ref()?.bytes.start).line)
    });
    let mut lines: Vec<usize> = lines.collect();
    lines.sort_unstable();
    let marked = text.lines().enumerate();
    let marked = marked.filter(|(_, line)| line.trim_end().ends_with("# here"));
    (lines, marked.map(|(index, _)| index + 1).collect())
}

fn verify(rule: &str, text: &str) {
    let text = text.trim_start();
    let (found, marked) = found_and_marked(rule, text);
    assert_eq!(found, marked, "{rule}:\n{text}");
}

#[test]
fn a_license_of_3_1_may_have_an_identifier() {
    verify(
        "style/license-url",
        "
openapi: 3.1.1
info: {title: A, version: '1', license: {name: Apache, identifier: Apache-2.0}}
paths: {}
",
    );
}

#[test]
fn an_empty_contact_is_none() {
    verify(
        "style/info-contact",
        "
openapi: 3.0.4
info:
  title: A
  version: '1'
  contact: {} # here
paths: {}
",
    );
}

#[test]
fn successes_are_ranges_defaults_and_switched_protocols() {
    verify(
        "style/success-response",
        "
openapi: 3.0.4
info: {title: A, version: '1'}
paths:
  /a: {get: {responses: {2XX: {description: Good.}}}}
  /b: {get: {responses: {default: {description: Good.}}}}
  /c: {get: {responses: {'302': {description: Elsewhere.}}}}
  /d: {get: {responses: {'101': {description: Switched.}}}}
  /e:
    get:
      responses: {4XX: {description: Bad.}} # here
",
    );
}

#[test]
fn responses_may_be_left_out_only_from_3_1_on() {
    let text = "info: {title: A, version: '1'}\npaths:\n  /a:\n    get:";
    verify(
        "style/success-response",
        &format!("openapi: 3.0.4\n{text} {{}}\n"),
    );
    verify(
        "style/success-response",
        &format!("openapi: 3.1.1\n{text} # here\n      summary: A\n"),
    );
}

#[test]
fn what_cannot_be_called_wrongly_needs_no_client_error() {
    verify(
        "style/client-error-response",
        "
openapi: 3.0.4
info: {title: A, version: '1'}
security: [{key: []}]
paths:
  /a:
    get:
      security: []
      responses: {'200': {description: Good.}}
  /b:
    get:
      responses: {'200': {description: Good.}} # here
  /c:
    get:
      responses: {'200': {description: Good.}, default: {description: Bad.}}
components: {securitySchemes: {key: {type: apiKey, in: header, name: X-Key}}}
",
    );
}

#[test]
fn no_declared_tag_at_all_is_one_finding() {
    verify(
        "style/operation-tag-defined",
        "
openapi: 3.0.4 # here
info: {title: A, version: '1'}
paths:
  /a: {get: {tags: [a, b], responses: {'200': {description: Good.}}}}
  /b: {get: {tags: [c], responses: {'200': {description: Good.}}}}
",
    );
}

#[test]
fn a_document_whose_operations_have_servers_needs_none() {
    verify(
        "style/servers",
        "
openapi: 3.1.1
info: {title: A, version: '1'}
paths:
  /a:
    servers: [{url: 'https://a.test'}]
    get: {responses: {'200': {description: Good.}}}
",
    );
    verify(
        "style/servers",
        "openapi: 3.1.1\ninfo: {title: A, version: '1'}\nwebhooks: {}\n",
    );
    verify(
        "style/servers",
        "
openapi: 3.0.4
info: {title: A, version: '1'}
servers: [] # here
paths: {/a: {get: {responses: {'200': {description: Good.}}}}}
",
    );
}

#[test]
fn addresses_of_2_0_are_looked_at() {
    let text = "
swagger: '2.0'
info: {title: A, version: '1'}
host: api.example.com
basePath: /v1/ # here
schemes: [https]
paths: {}
";
    verify("style/server-trailing-slash", text);
    verify(
        "style/server-example",
        &text.replace("/ # here", "").replace(".com", ".com # here"),
    );
    verify(
        "style/server-trailing-slash",
        "swagger: '2.0'\ninfo: {title: A, version: '1'}\nbasePath: /\npaths: {}\n",
    );
    verify(
        "security/insecure-url",
        "
swagger: '2.0'
info: {title: A, version: '1'}
host: cats.test
schemes:
  - https
  - http # here
paths: {}
",
    );
}

#[test]
fn paths_that_mostly_end_with_a_slash_are_one_finding() {
    let operation = "{get: {responses: {'200': {description: Good.}}}}";
    let text = format!(
        "openapi: 3.0.4\ninfo: {{title: A, version: '1'}}\npaths:\n  /a/: {operation} # here\n  /b/: {operation}\n  /c/: {operation}\n  /d: {operation}\n"
    );
    verify("style/path-trailing-slash", &text);
}

#[test]
fn segments_are_reported_once_and_without_their_endings() {
    let operation = "{get: {responses: {'200': {description: Good.}}}}";
    let text = format!(
        "openapi: 3.0.4\ninfo: {{title: A, version: '1'}}\npaths:\n  /a_b: {operation} # here\n  /a_b/c: {operation}\n  /d-e.json: {operation}\n  /.well-known/f_g: {operation}\n  /Microsoft.Compute/{{anId}}: {operation}\n"
    );
    verify("style/path-kebab-case", &text);
}

#[test]
fn a_deprecated_parameter_of_a_path_or_of_a_deprecated_operation_may_be_required() {
    verify(
        "style/required-deprecated",
        "
openapi: 3.0.4
info: {title: A, version: '1'}
paths:
  /a/{id}:
    get:
      parameters: [{name: id, in: path, required: true, deprecated: true, schema: {type: string}}]
      responses: {'200': {description: Good.}}
    post:
      deprecated: true
      parameters: [{name: a, in: query, required: true, deprecated: true, schema: {type: string}}]
      responses: {'200': {description: Good.}}
",
    );
}

#[test]
fn schemes_of_2_0_are_declared_at_the_root() {
    let text = "
swagger: '2.0'
info: {title: A, version: '1'}
securityDefinitions:
  key: {type: apiKey, in: header, name: X-Key}
  oauth: {type: oauth2, flow: implicit, authorizationUrl: 'https://a.test', scopes: {read: Reads.}}
security:
  - key: []
  - oauth: [read]
";
    let paths = "paths: {}\n";
    verify(
        "security/undefined-scheme",
        &format!("{text}  - other: [] # here\n{paths}"),
    );
    verify(
        "security/undefined-scope",
        &format!("{text}  - oauth: [write] # here\n{paths}"),
    );
    verify(
        "security/scopes-without-oauth",
        &format!("{text}  - key: [read] # here\n{paths}"),
    );
    verify("security/unused-scheme", &format!("{text}{paths}"));
}

#[test]
fn roles_and_uris_are_of_later_versions() {
    let text = "
info: {title: A, version: '1'}
paths: {}
security:
  - key: [admin]
components: {securitySchemes: {key: {type: apiKey, in: header, name: X-Key}}}
";
    verify(
        "security/scopes-without-oauth",
        &format!("openapi: 3.1.1{text}"),
    );
    let by_uri = text.replace("- key: [admin]", "- '#/components/securitySchemes/key': []");
    verify(
        "security/undefined-scheme",
        &format!("openapi: 3.2.0{by_uri}"),
    );
    verify("security/unused-scheme", &format!("openapi: 3.2.0{by_uri}"));
}

#[test]
fn an_api_without_any_security_is_one_finding_and_an_open_one_says_so() {
    let text = "
info: {title: A, version: '1'}
paths:
  /a: {get: {responses: {'200': {description: Good.}}}}
  /b: {get: {responses: {'200': {description: Good.}}}}
";
    verify(
        "security/unprotected-operation",
        &format!("openapi: 3.0.4 # here{text}"),
    );
    verify(
        "security/unprotected-operation",
        &format!("openapi: 3.0.4{text}security: []\n"),
    );
}

#[test]
fn schemes_that_a_callback_or_webhook_requires_are_used() {
    verify(
        "security/unused-scheme",
        "
openapi: 3.1.1
info: {title: A, version: '1'}
webhooks:
  a: {post: {security: [{key: []}], responses: {'200': {description: Good.}}}}
components:
  securitySchemes:
    key: {type: apiKey, in: header, name: X-Key}
    other: {type: apiKey, in: header, name: X-Other} # here
",
    );
}
