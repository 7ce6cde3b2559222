//! Description → [`Api`]: the facts, resolved and classified.
//!
//! Split by concept: `types` reads schemas, `operations` what can be called, `paging` page plans as ways through
//! types, `usage` what is received and sent, `select` what was asked for.

mod operations;
mod paging;
mod select;
mod types;
mod usage;

use std::collections::BTreeMap;

use specwright_openapi::{
    Description, OperationRef,
    diagnostics::{Diagnostic, Pointer, Rule, Severity},
};

use crate::{
    Entry, Ledger, Recipe, Status,
    ir::{Api, OperationKey, SecurityKind, SecurityScheme, Server, ServerVariable, Tag, TypeDef},
};
use types::Slot;

pub(crate) static DEGRADED: Rule = Rule {
    name: "generate/degraded",
    severity: Severity::Warning,
    summary: "Everything that an operation offers is in its client.",
    explanation: "The generated client serves the operation but not all that the document says about it. The message \
        names what is lost.",
};

pub(crate) static REFUSED: Rule = Rule {
    name: "generate/refused",
    severity: Severity::Warning,
    summary: "Every operation has a client.",
    explanation: "Nothing is generated for the operation, because it could not be called as the document demands. \
        The message says why.",
};

/// What lowering gives.
#[derive(Debug)]
pub(crate) struct Lowered {
    pub(crate) api: Api,
    pub(crate) ledger: Ledger,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// What the parts of lowering share.
struct Lowerer<'a> {
    description: &'a Description,
    types: Vec<TypeDef>,
    /// Components that were lowered before.
    slots: BTreeMap<String, Slot>,
    /// What is lost, by the type that loses it.
    losses: Vec<(Option<usize>, Loss)>,
    /// What the operation at hand loses.
    current: Vec<Loss>,
}

/// Something that the generated code does not offer.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Loss {
    pointer: Pointer,
    reason: String,
}

/// Reads the whole description.
pub(crate) fn lower(description: &Description, recipe: &Recipe) -> Lowered {
    let mut lowerer = Lowerer {
        description,
        types: Vec::new(),
        slots: BTreeMap::new(),
        losses: Vec::new(),
        current: Vec::new(),
    };
    let document = description.document();
    let mut api = Api {
        title: document.info.title.clone(),
        version: document.info.version.clone(),
        description: document.info.description.clone(),
        servers: document.servers.iter().map(server).collect(),
        security_schemes: security_schemes(description),
        tags: document.tags.iter().map(tag).collect(),
        ..Api::default()
    };
    let mut ledger = Ledger::default();
    let mut diagnostics = Vec::new();
    for operation in description.operations() {
        let key = operation_key(&operation);
        api.all_operations.push(key.clone());
        if !select::wanted(&key, &recipe.only) {
            continue;
        }
        let result = lowerer.operation(&operation, key.clone());
        let mut losses = std::mem::take(&mut lowerer.current);
        let status = match result {
            Ok(lowered) => {
                losses.extend(lowerer.losses_of(&lowered));
                api.operations.push(lowered);
                if losses.is_empty() {
                    Status::Supported
                } else {
                    Status::Degraded
                }
            }
            Err(refusal) => {
                losses = vec![refusal];
                Status::Refused
            }
        };
        diagnostics.extend(
            losses
                .iter()
                .map(|loss| report(description, &key, status, loss)),
        );
        ledger.operations.push(Entry {
            operation: key.id,
            method: operation.method.to_owned(),
            path: operation.path.to_owned(),
            status,
            reasons: losses.into_iter().map(|loss| loss.reason).collect(),
        });
    }
    api.types = lowerer.types;
    usage::mark(&mut api);
    select::prune(&mut api);
    diagnostics.dedup();
    Lowered {
        api,
        ledger,
        diagnostics,
    }
}

fn report(
    description: &Description,
    key: &OperationKey,
    status: Status,
    loss: &Loss,
) -> Diagnostic {
    let rule = if status == Status::Refused {
        &REFUSED
    } else {
        &DEGRADED
    };
    let (file, origin) = description.origin(&loss.pointer);
    let message = format!("`{}` is {}: {}", key.id, status.as_str(), loss.reason);
    Diagnostic::new(rule, file, origin, message)
}

fn operation_key(operation: &OperationRef<'_>) -> OperationKey {
    OperationKey {
        id: operation.id(),
        place: format!("{} {}", operation.method, operation.path),
        tags: operation.operation.tags.clone(),
    }
}

fn server(server: &specwright_openapi::openapiv3::Server) -> Server {
    let variables = server.variables.iter().flatten();
    Server {
        url: server.url.clone(),
        variables: variables
            .map(|(name, variable)| ServerVariable {
                name: name.clone(),
                default: variable.default.clone(),
                allowed: variable.enumeration.clone(),
                description: variable.description.clone(),
            })
            .collect(),
    }
}

fn tag(tag: &specwright_openapi::openapiv3::Tag) -> Tag {
    Tag {
        name: tag.name.clone(),
        description: tag.description.clone(),
    }
}

fn security_schemes(description: &Description) -> Vec<SecurityScheme> {
    let components = description.document().components.as_ref();
    let schemes = components.into_iter().flat_map(|it| &it.security_schemes);
    schemes
        .filter_map(|(name, scheme)| {
            let (kind, description) = security_kind(description.resolve(scheme)?.object)?;
            Some(SecurityScheme {
                name: name.clone(),
                kind,
                description,
            })
        })
        .collect()
}

fn security_kind(
    scheme: &specwright_openapi::openapiv3::SecurityScheme,
) -> Option<(SecurityKind, Option<String>)> {
    use specwright_openapi::openapiv3::{APIKeyLocation, SecurityScheme as Scheme};
    Some(match scheme {
        Scheme::HTTP {
            scheme,
            description,
            ..
        } if scheme.eq_ignore_ascii_case("bearer") => (SecurityKind::Bearer, description.clone()),
        Scheme::HTTP {
            scheme,
            description,
            ..
        } if scheme.eq_ignore_ascii_case("basic") => (SecurityKind::Basic, description.clone()),
        Scheme::HTTP { .. } => return None,
        Scheme::OAuth2 { description, .. } | Scheme::OpenIDConnect { description, .. } => {
            (SecurityKind::Bearer, description.clone())
        }
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
    })
}
