//! Setters of the client, and what stands beside resources.

use std::collections::BTreeSet;

use super::{CredentialSetter, Names, VariableSetter, Webhook, names};
use crate::ir::{Api, SecurityKind};

pub(super) fn credentials(api: &Api, taken: &mut BTreeSet<String>) -> Vec<CredentialSetter> {
    let used: BTreeSet<&String> = api
        .operations
        .iter()
        .flat_map(|it| it.security.iter().flatten())
        .collect();
    let mut schemes: Vec<_> = api
        .security_schemes
        .iter()
        .filter(|it| used.contains(&it.name))
        .collect();
    schemes.sort_by(|left, right| left.name.cmp(&right.name));
    let bearers = schemes
        .iter()
        .filter(|it| it.kind == SecurityKind::Bearer)
        .count();
    let basics = schemes
        .iter()
        .filter(|it| it.kind == SecurityKind::Basic)
        .count();
    let mut setters = Vec::new();
    for scheme in schemes {
        let wished = match &scheme.kind {
            SecurityKind::Bearer if bearers == 1 => "bearer_token".to_owned(),
            SecurityKind::Basic if basics == 1 => "basic_auth".to_owned(),
            _ => names::value_name(&scheme.name),
        };
        let method = names::unique(wished, taken);
        let plain = method.trim_start_matches("r#").to_owned();
        let (provider, client_credentials) = match &scheme.kind {
            SecurityKind::Token { client_credentials } => (
                Some(names::unique(format!("{plain}_provider"), taken)),
                client_credentials
                    .as_ref()
                    .map(|_| names::unique(format!("{plain}_client_credentials"), taken)),
            ),
            SecurityKind::Bearer => (
                Some(names::unique(format!("{plain}_provider"), taken)),
                None,
            ),
            _ => (None, None),
        };
        setters.push(CredentialSetter {
            method,
            provider,
            client_credentials,
            scheme: scheme.name.clone(),
            kind: scheme.kind.clone(),
            description: scheme.description.clone(),
        });
    }
    setters
}

pub(super) fn variables(api: &Api, taken: &mut BTreeSet<String>) -> Vec<VariableSetter> {
    let variables = api.servers.first().into_iter().flat_map(|it| &it.variables);
    variables
        .map(|variable| VariableSetter {
            method: names::unique(names::value_name(&variable.name), taken),
            variable: variable.name.clone(),
            default: variable.default.clone(),
            description: variable.description.clone(),
        })
        .collect()
}

pub(super) fn webhooks(api: &Api, names: &Names) -> Vec<Webhook> {
    let mut taken = BTreeSet::new();
    let mut messages: Vec<_> = api.messages.iter().collect();
    messages.sort_by(|left, right| left.words.cmp(&right.words));
    messages
        .into_iter()
        .map(|message| Webhook {
            name: names::unique(names::type_name(&message.words.join(" ")), &mut taken),
            ty: names.rust_type(&message.body),
            description: message
                .description
                .clone()
                .unwrap_or_else(|| format!("What `{}` brings.", message.words.join(" "))),
        })
        .collect()
}
