//! What a security scheme asks of clients.

use specwright_openapi::openapiv3::{APIKeyLocation, SecurityScheme};

use super::security::Standing;

/// What the scheme asks for, for people.
pub(crate) fn described(scheme: &SecurityScheme) -> String {
    match scheme {
        SecurityScheme::APIKey { location, name, .. } => {
            let place = match location {
                APIKeyLocation::Query => "query parameter",
                APIKeyLocation::Header => "header",
                APIKeyLocation::Cookie => "cookie",
            };
            format!("the API key in the {place} `{name}`")
        }
        SecurityScheme::HTTP { scheme, .. } if scheme.eq_ignore_ascii_case("bearer") => {
            "a bearer token".to_owned()
        }
        SecurityScheme::HTTP { scheme, .. } => format!("HTTP authentication `{scheme}`"),
        SecurityScheme::OAuth2 { .. } => "a bearer token of OAuth 2".to_owned(),
        SecurityScheme::OpenIDConnect { .. } => "a bearer token of OpenID Connect".to_owned(),
    }
}

/// The challenge of a scheme. There is none registered for API keys, so theirs tells where the key goes.
pub(crate) fn challenge(scheme: &SecurityScheme, standing: Standing) -> String {
    let bearer = || match standing {
        // RFC 6750 §3.1: no code where nothing was sent.
        Standing::Wrong => "Bearer realm=\"mock\", error=\"invalid_token\"".to_owned(),
        _ => "Bearer realm=\"mock\"".to_owned(),
    };
    match scheme {
        SecurityScheme::APIKey { location, name, .. } => {
            let place = match location {
                APIKeyLocation::Query => "query",
                APIKeyLocation::Header => "header",
                APIKeyLocation::Cookie => "cookie",
            };
            format!(
                "ApiKey realm=\"mock\", in=\"{place}\", name=\"{}\"",
                quotable(name)
            )
        }
        SecurityScheme::HTTP { scheme, .. } if scheme.eq_ignore_ascii_case("bearer") => bearer(),
        SecurityScheme::HTTP { scheme, .. } if scheme.eq_ignore_ascii_case("basic") => {
            "Basic realm=\"mock\", charset=\"UTF-8\"".to_owned()
        }
        SecurityScheme::HTTP { scheme, .. } => format!("{} realm=\"mock\"", token(scheme)),
        SecurityScheme::OAuth2 { .. } | SecurityScheme::OpenIDConnect { .. } => bearer(),
    }
}

/// The characters of a text that may stand in a quoted string as they are.
fn quotable(text: &str) -> String {
    text.chars()
        .filter(|it| it.is_ascii_graphic() && !matches!(it, '"' | '\\'))
        .collect()
}

/// The characters of a text that may stand in a token (RFC 9110 §5.6.2).
fn token(text: &str) -> String {
    let allowed = |it: &char| it.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(*it);
    let token: String = text.chars().filter(allowed).collect();
    if token.is_empty() {
        "Custom".to_owned()
    } else {
        token
    }
}
