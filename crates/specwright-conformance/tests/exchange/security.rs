//! Credentials: there, and of the right form.

use crate::{ask, of_paths, rules};

const API: &str = "
  /open: {get: {security: [], responses: {}}}
  /default: {get: {responses: {}}}
  /maybe: {get: {security: [{}, {bearer: []}], responses: {}}}
  /key: {get: {security: [{query: []}, {header: [], cookie: []}], responses: {}}}
  /basic: {get: {security: [{basic: []}], responses: {}}}
  /other: {get: {security: [{digest: []}], responses: {}}}
  /tls: {get: {security: [{tls: []}, {basic: []}], responses: {}}}
  /both: {get: {security: [{tls: [], bearer: []}], responses: {}}}
  /oauth: {get: {security: [{oauth: [read]}], responses: {}}}
security: [{bearer: []}]
components:
  securitySchemes:
    bearer: {type: http, scheme: Bearer}
    basic: {type: http, scheme: basic}
    digest: {type: http, scheme: digest}
    query: {type: apiKey, in: query, name: key}
    header: {type: apiKey, in: header, name: X-Key}
    cookie: {type: apiKey, in: cookie, name: sid}
    tls: {type: mutualTLS}
    oauth: {type: oauth2, flows: {clientCredentials: {tokenUrl: 'https://example.com', scopes: {read: r}}}}
";

#[test]
fn requirements() {
    let all = of_paths("3.1.0", API);
    let bearer = ("authorization", "bearer abc");
    for (line, fields, expected) in [
        ("GET /open", &[][..], &[][..]),
        ("GET /default", &[], &["wire/security"]),
        ("GET /default", &[bearer], &[]),
        (
            "GET /default",
            &[("authorization", "Bearer")],
            &["wire/security"],
        ),
        (
            "GET /default",
            &[("authorization", "Bearer ")],
            &["wire/security"],
        ),
        (
            "GET /default",
            &[("authorization", "Basic YTpi")],
            &["wire/security"],
        ),
        ("GET /maybe", &[], &[]),
        ("GET /key?key=a", &[], &[]),
        ("GET /key?key=", &[], &["wire/security"]),
        ("GET /key", &[("x-key", "a")], &["wire/security"]),
        ("GET /key", &[("x-key", "a"), ("cookie", "sid=1")], &[]),
        ("GET /basic", &[("authorization", "Basic YTpi")], &[]),
        // No colon between name and password.
        (
            "GET /basic",
            &[("authorization", "Basic YQ==")],
            &["wire/security"],
        ),
        (
            "GET /basic",
            &[("authorization", "Basic ???")],
            &["wire/security"],
        ),
        ("GET /other", &[("authorization", "Digest username=a")], &[]),
        ("GET /other", &[bearer], &["wire/security"]),
        ("GET /tls", &[], &["?"]),
        ("GET /tls", &[("authorization", "Basic YTpi")], &[]),
        ("GET /both", &[], &["wire/security"]),
        ("GET /both", &[bearer], &["?"]),
        ("GET /oauth", &[bearer], &[]),
        ("GET /oauth", &[], &["wire/security"]),
    ] {
        assert_eq!(
            rules(&ask(&all, line, fields, None)),
            expected,
            "{line} {fields:?}"
        );
    }
}
