//! Whether a request may be answered.

use specwright_openapi::{
    Description, OperationRef,
    openapiv3::{ReferenceOr, SecurityRequirement, SecurityScheme},
};

/// Whether the request has the bearer token that the operation requires.
///
/// One of the operation's security requirements has to be met. Schemes other than `http` with `bearer` count as met.
/// `token` is the only token that is accepted, or any if it is `None`.
pub(crate) fn admits(
    description: &Description,
    operation: &OperationRef<'_>,
    authorization: Option<&str>,
    token: Option<&str>,
) -> bool {
    let requirements = description.security(operation);
    let sent = authorization.and_then(bearer);
    let has_token = sent.is_some_and(|sent| token.is_none_or(|token| token == sent));
    let met = |requirement: &SecurityRequirement| {
        has_token || !requirement.keys().any(|name| is_bearer(description, name))
    };
    requirements.is_empty() || requirements.iter().any(met)
}

/// The token of an `Authorization` field, if it is one of RFC 6750 §2.1 and not empty.
fn bearer(authorization: &str) -> Option<&str> {
    let (scheme, token) = authorization.trim().split_once(' ')?;
    let token = token.trim();
    (scheme.eq_ignore_ascii_case("bearer") && !token.is_empty()).then_some(token)
}

fn is_bearer(description: &Description, name: &str) -> bool {
    let components = description.document().components.as_ref();
    let node: Option<&ReferenceOr<SecurityScheme>> =
        components.and_then(|it| it.security_schemes.get(name));
    let scheme = node
        .and_then(|node| description.resolve(node))
        .map(|it| it.object);
    matches!(scheme, Some(SecurityScheme::HTTP { scheme, .. }) if scheme.eq_ignore_ascii_case("bearer"))
}

#[cfg(test)]
mod tests {
    use specwright_openapi::{MemoryLoader, load};

    use super::*;

    const API: &str = "
openapi: 3.0.3
info: {title: Doors, version: '1'}
security: [{token: []}]
paths:
  /locked: {get: {responses: {}}}
  /open: {get: {responses: {}, security: []}}
  /optional: {get: {responses: {}, security: [{token: []}, {}]}}
  /either: {get: {responses: {}, security: [{token: []}, {key: []}]}}
  /both: {get: {responses: {}, security: [{token: [], key: []}]}}
components:
  securitySchemes:
    token: {type: http, scheme: Bearer}
    key: {type: apiKey, in: header, name: X-Key}
";

    #[test]
    fn doors_open_with_their_token() {
        let loaded = load("api.yaml", &MemoryLoader::default().with("api.yaml", API)).unwrap();
        let description = loaded.description.unwrap();
        let cases = [
            ("/locked", None, None, false),
            ("/locked", Some("Bearer "), None, false),
            ("/locked", Some("Basic abc"), None, false),
            ("/locked", Some("Bearer abc"), None, true),
            ("/locked", Some("bearer abc"), Some("abc"), true),
            ("/locked", Some("Bearer abcd"), Some("abc"), false),
            ("/open", None, Some("abc"), true),
            ("/optional", None, Some("abc"), true),
            ("/either", None, Some("abc"), true),
            ("/both", None, None, false),
            ("/both", Some("Bearer abc"), Some("abc"), true),
        ];
        for (path, authorization, token, expected) in cases {
            let operation = description.operations().find(|it| it.path == path).unwrap();
            let admitted = admits(&description, &operation, authorization, token);
            assert_eq!(admitted, expected, "{path} {authorization:?} {token:?}");
        }
    }
}
