//! Security schemes.

use specwright_openapi::{
    Description,
    openapiv3::{APIKeyLocation, OAuth2Flows, SecurityScheme as Scheme},
};

use crate::ir::{SecurityKind, SecurityScheme};

pub(super) fn schemes(description: &Description) -> Vec<SecurityScheme> {
    let components = description.document().components.as_ref();
    let schemes = components.into_iter().flat_map(|it| &it.security_schemes);
    schemes
        .filter_map(|(name, scheme)| {
            let (kind, description) = kind(description.resolve(scheme)?.object);
            Some(SecurityScheme {
                name: name.clone(),
                kind,
                description,
            })
        })
        .collect()
}

fn kind(scheme: &Scheme) -> (SecurityKind, Option<String>) {
    match scheme {
        Scheme::HTTP {
            scheme,
            description,
            ..
        } => {
            let kind = match scheme.to_ascii_lowercase().as_str() {
                "bearer" => SecurityKind::Bearer,
                "basic" => SecurityKind::Basic,
                _ => SecurityKind::Http {
                    scheme: scheme.clone(),
                },
            };
            (kind, description.clone())
        }
        Scheme::OAuth2 {
            flows, description, ..
        } => {
            let client_credentials = client_credentials(flows);
            (
                SecurityKind::Token { client_credentials },
                description.clone(),
            )
        }
        Scheme::OpenIDConnect { description, .. } => (
            SecurityKind::Token {
                client_credentials: None,
            },
            description.clone(),
        ),
        Scheme::APIKey {
            location,
            name,
            description,
            ..
        } => {
            let place = match location {
                APIKeyLocation::Query => "query",
                APIKeyLocation::Header => "header",
                APIKeyLocation::Cookie => "cookie",
            };
            let name = name.clone();
            (SecurityKind::ApiKey { place, name }, description.clone())
        }
    }
}

fn client_credentials(flows: &OAuth2Flows) -> Option<(String, Vec<String>)> {
    let flow = flows.client_credentials.as_ref()?;
    let absolute = flow.token_url.starts_with("https://") || flow.token_url.starts_with("http://");
    absolute.then(|| {
        (
            flow.token_url.clone(),
            flow.scopes.keys().cloned().collect(),
        )
    })
}
