//! Whether a request may be answered.

use base64::{Engine as _, prelude::BASE64_STANDARD};
use hyper::header::{AUTHORIZATION, COOKIE};
use specwright_openapi::{
    Description, OperationRef,
    openapiv3::{APIKeyLocation, ReferenceOr, SecurityRequirement, SecurityScheme},
};

use super::{
    challenge::{challenge, described},
    state::Asked,
};

/// What a request lacks.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Denied {
    /// What is wrong, for people.
    pub(crate) detail: String,
    /// The challenges of `WWW-Authenticate` (RFC 9110 §11.6.1), one for each scheme that would help.
    pub(crate) challenges: Vec<String>,
}

/// How a request presents itself to one scheme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    Met,
    /// Nothing is sent for the scheme.
    Absent,
    /// Something is sent that is not accepted.
    Wrong,
}

/// Whether one of the operation's security requirements is met (OAS 3.0.3, Security Requirement Object): all schemes
/// of it, and any credentials of the right form.
///
/// `secret` is the only one that is accepted, or any if it is `None`: as bearer token, as API key, as the password of
/// HTTP Basic or as `user:password`. A client certificate cannot be seen, so that `mutualTLS` counts as met; so does a
/// scheme that the description does not have.
pub(crate) fn denied(
    description: &Description,
    operation: &OperationRef<'_>,
    asked: &Asked<'_>,
    secret: Option<&str>,
) -> Option<Denied> {
    let requirements = description.security(operation);
    if requirements.is_empty() {
        return None;
    }
    let mut denied = Denied {
        detail: String::new(),
        challenges: Vec::new(),
    };
    let mut needs = Vec::new();
    for requirement in requirements {
        let lacking = lacking(description, requirement, asked, secret);
        if lacking.is_empty() {
            return None;
        }
        let names: Vec<String> = lacking
            .iter()
            .map(|(name, scheme, _)| format!("{} (`{name}`)", described(scheme)))
            .collect();
        needs.push(names.join(" and "));
        for (_, scheme, standing) in &lacking {
            let challenge = challenge(scheme, *standing);
            if !denied.challenges.contains(&challenge) {
                denied.challenges.push(challenge);
            }
        }
    }
    denied.detail = format!(
        "what is required and missing or not valid: {}",
        needs.join("; or ")
    );
    Some(denied)
}

/// The schemes of a requirement that are not met.
fn lacking<'a>(
    description: &'a Description,
    requirement: &'a SecurityRequirement,
    asked: &Asked<'_>,
    secret: Option<&str>,
) -> Vec<(&'a str, &'a SecurityScheme, Standing)> {
    let lacking = requirement.keys().filter_map(|name| {
        let scheme = scheme(description, name)?;
        let standing = standing(scheme, asked, secret);
        (standing != Standing::Met).then_some((name.as_str(), scheme, standing))
    });
    lacking.collect()
}

fn scheme<'a>(description: &'a Description, name: &str) -> Option<&'a SecurityScheme> {
    let components = description.document().components.as_ref()?;
    let node: &ReferenceOr<SecurityScheme> = components.security_schemes.get(name)?;
    description.resolve(node).map(|it| it.object)
}

fn standing(scheme: &SecurityScheme, asked: &Asked<'_>, secret: Option<&str>) -> Standing {
    let accepted = |sent: &str| secret.is_none_or(|secret| secret == sent);
    let judge = |sent: Option<String>, accepts: &dyn Fn(&str) -> bool| match sent {
        None => Standing::Absent,
        Some(sent) if !sent.is_empty() && accepts(&sent) => Standing::Met,
        Some(_) => Standing::Wrong,
    };
    match scheme {
        SecurityScheme::APIKey { location, name, .. } => {
            let sent = match location {
                APIKeyLocation::Header => field(asked, name),
                APIKeyLocation::Query => asked
                    .query
                    .iter()
                    .find(|(key, _)| key == name)
                    .map(|(_, value)| value.clone()),
                APIKeyLocation::Cookie => cookie(asked, name),
            };
            judge(sent, &accepted)
        }
        SecurityScheme::HTTP { scheme, .. } if scheme.eq_ignore_ascii_case("basic") => {
            judge(credentials(asked, "basic"), &|sent| {
                basic(sent).is_some_and(|pair| {
                    accepted(&pair) || pair.split_once(':').is_some_and(|(_, it)| accepted(it))
                })
            })
        }
        SecurityScheme::HTTP { scheme, .. } => judge(credentials(asked, scheme), &accepted),
        SecurityScheme::OAuth2 { .. } | SecurityScheme::OpenIDConnect { .. } => {
            judge(credentials(asked, "bearer"), &accepted)
        }
    }
}

/// `user:password` of Basic credentials (RFC 7617 §2).
fn basic(sent: &str) -> Option<String> {
    let decoded = BASE64_STANDARD.decode(sent).ok()?;
    let pair = String::from_utf8_lossy(&decoded).into_owned();
    pair.contains(':').then_some(pair)
}

/// What follows the name of the scheme in `Authorization` (RFC 9110 §11.6.2); `None` if another scheme is used.
fn credentials(asked: &Asked<'_>, scheme: &str) -> Option<String> {
    let sent = field(asked, AUTHORIZATION.as_str())?;
    let sent = sent.trim();
    let (name, rest) = sent.split_once(' ').unwrap_or((sent, ""));
    name.eq_ignore_ascii_case(scheme)
        .then(|| rest.trim().to_owned())
}

fn field(asked: &Asked<'_>, name: &str) -> Option<String> {
    let value = asked.headers.get(name)?;
    Some(String::from_utf8_lossy(value.as_bytes()).into_owned())
}

/// The value of a cookie (RFC 6265 §4.2).
fn cookie(asked: &Asked<'_>, name: &str) -> Option<String> {
    let mut fields = asked.headers.get_all(COOKIE).iter();
    fields.find_map(|field| {
        let text = String::from_utf8_lossy(field.as_bytes()).into_owned();
        let mut pairs = text
            .split(';')
            .filter_map(|pair| pair.trim().split_once('='));
        pairs
            .find(|(key, _)| *key == name)
            .map(|(_, value)| value.trim_matches('"').to_owned())
    })
}

#[cfg(test)]
mod tests {
    use hyper::{HeaderMap, header::HeaderName};
    use specwright_openapi::{MemoryLoader, load};

    use super::*;
    use crate::mock::switch::Switched;

    const API: &str = "
openapi: 3.1.0
info: {title: Doors, version: '1'}
security: [{token: []}]
paths:
  /locked: {get: {responses: {}}}
  /open: {get: {responses: {}, security: []}}
  /optional: {get: {responses: {}, security: [{token: []}, {}]}}
  /either: {get: {responses: {}, security: [{token: []}, {key: []}]}}
  /both: {get: {responses: {}, security: [{token: [], key: []}]}}
  /basic: {get: {responses: {}, security: [{basic: []}]}}
  /digest: {get: {responses: {}, security: [{digest: []}]}}
  /query: {get: {responses: {}, security: [{query: []}]}}
  /cookie: {get: {responses: {}, security: [{cookie: []}]}}
  /oauth: {get: {responses: {}, security: [{oauth: [read]}]}}
  /oidc: {get: {responses: {}, security: [{oidc: []}]}}
  /tls: {get: {responses: {}, security: [{tls: []}]}}
components:
  securitySchemes:
    token: {type: http, scheme: Bearer}
    key: {type: apiKey, in: header, name: X-Key}
    basic: {type: http, scheme: basic}
    digest: {type: http, scheme: digest}
    query: {type: apiKey, in: query, name: key}
    cookie: {type: apiKey, in: cookie, name: session}
    oauth: {type: oauth2, flows: {clientCredentials: {tokenUrl: 'https://a.example.com', scopes: {read: r}}}}
    oidc: {type: openIdConnect, openIdConnectUrl: 'https://a.example.com'}
    tls: {type: mutualTLS}
";

    fn judged(target: &str, fields: &[(&str, &str)], secret: Option<&str>) -> Option<Denied> {
        let loaded = load("api.yaml", &MemoryLoader::default().with("api.yaml", API)).unwrap();
        let description = loaded.description.unwrap();
        let (path, raw_query) = target.split_once('?').unwrap_or((target, ""));
        let query: Vec<(String, String)> = raw_query
            .split_once('=')
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .into_iter()
            .collect();
        let mut headers = HeaderMap::new();
        for (name, value) in fields {
            let name: HeaderName = name.parse().unwrap();
            headers.append(name, value.parse().unwrap());
        }
        let asked = Asked {
            method: "GET",
            path,
            query: &query,
            raw_query,
            headers: &headers,
            body: b"",
            faults: Switched::default(),
        };
        let operation = description.operations().find(|it| it.path == path).unwrap();
        denied(&description, &operation, &asked, secret)
    }

    #[test]
    fn doors_open_with_their_keys() {
        let authorization = |value: &'static str| vec![("authorization", value)];
        // `user:pass` and `nocolon` in Base64.
        let cases = [
            ("/locked", vec![], None, false),
            ("/locked", authorization("Bearer "), None, false),
            ("/locked", authorization("Basic abc"), None, false),
            ("/locked", authorization("Bearer abc"), None, true),
            ("/locked", authorization("bearer abc"), Some("abc"), true),
            ("/locked", authorization("Bearer abcd"), Some("abc"), false),
            ("/open", vec![], Some("abc"), true),
            ("/optional", vec![], Some("abc"), true),
            ("/either", vec![], None, false),
            ("/either", vec![("x-key", "1")], None, true),
            ("/either", authorization("Bearer 1"), None, true),
            ("/both", authorization("Bearer abc"), None, false),
            (
                "/both",
                vec![("authorization", "Bearer abc"), ("x-key", "abc")],
                Some("abc"),
                true,
            ),
            (
                "/both",
                vec![("authorization", "Bearer abc"), ("x-key", "")],
                None,
                false,
            ),
            ("/basic", authorization("Basic dXNlcjpwYXNz"), None, true),
            (
                "/basic",
                authorization("Basic dXNlcjpwYXNz"),
                Some("pass"),
                true,
            ),
            (
                "/basic",
                authorization("Basic dXNlcjpwYXNz"),
                Some("user:pass"),
                true,
            ),
            (
                "/basic",
                authorization("Basic dXNlcjpwYXNz"),
                Some("user"),
                false,
            ),
            ("/basic", authorization("Basic bm9jb2xvbg=="), None, false),
            ("/basic", authorization("Basic %"), None, false),
            ("/basic", authorization("Bearer abc"), None, false),
            (
                "/digest",
                authorization("Digest username=\"a\""),
                None,
                true,
            ),
            ("/digest", vec![], None, false),
            ("/query?key=1", vec![], None, true),
            ("/query?key=", vec![], None, false),
            ("/query?other=1", vec![("key", "1")], None, false),
            (
                "/cookie",
                vec![("cookie", "a=1; session=2")],
                Some("2"),
                true,
            ),
            (
                "/cookie",
                vec![("cookie", "a=1"), ("cookie", "session=\"2\"")],
                Some("2"),
                true,
            ),
            ("/cookie", vec![("cookie", "a=1; xsession=2")], None, false),
            ("/oauth", authorization("Bearer abc"), None, true),
            ("/oidc", vec![], None, false),
            ("/tls", vec![], Some("abc"), true),
        ];
        for (target, fields, secret, admitted) in cases {
            let denied = judged(target, &fields, secret);
            assert_eq!(denied.is_none(), admitted, "{target} {fields:?} {secret:?}");
        }
    }

    #[test]
    fn challenges_say_what_would_help() {
        let challenges = |target: &str, fields: &[(&str, &str)]| {
            judged(target, fields, Some("abc")).map(|it| it.challenges)
        };
        let own = |texts: &[&str]| Some(texts.iter().map(|it| (*it).to_owned()).collect());
        assert_eq!(
            challenges("/either", &[]),
            own(&[
                "Bearer realm=\"mock\"",
                "ApiKey realm=\"mock\", in=\"header\", name=\"X-Key\""
            ])
        );
        assert_eq!(
            challenges("/both", &[("authorization", "Bearer x"), ("x-key", "abc")]),
            own(&["Bearer realm=\"mock\", error=\"invalid_token\""])
        );
        assert_eq!(
            challenges("/basic", &[]),
            own(&["Basic realm=\"mock\", charset=\"UTF-8\""])
        );
        assert_eq!(challenges("/digest", &[]), own(&["digest realm=\"mock\""]));
        let denied = judged("/both", &[("x-key", "1")], None).unwrap();
        assert!(
            denied.detail.contains("a bearer token (`token`)"),
            "{}",
            denied.detail
        );
    }
}
