//! The crate root and the client.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::{docs, ident, scope::Scope};
use crate::{
    ir::{SecurityKind, Server},
    rust::model::{CredentialSetter, Model, Resource, VariableSetter},
};

/// `src/lib.rs`.
pub(super) fn library(model: &Model) -> Vec<TokenStream> {
    vec![
        quote!(#![doc = include_str!("../README.md")]),
        quote!(#![forbid(unsafe_code)]),
        quote!(#![warn(missing_docs)]),
        // What the API calls deprecated is here all the same, and some operations take many parameters.
        quote!(#![allow(deprecated, clippy::large_enum_variant, clippy::too_many_arguments, clippy::too_many_lines)]),
        modules(model),
        quote!(
            pub use client::{Client, ClientBuilder};
        ),
        quote!(
            pub use specwright_runtime::{self as runtime, Error};
        ),
    ]
}

/// The `mod` lines.
fn modules(model: &Model) -> TokenStream {
    let mut modules: Vec<(&str, bool, Option<&String>)> = model
        .resources
        .iter()
        .map(|it| (it.module.as_str(), true, it.feature.as_ref()))
        .collect();
    modules.push(("client", false, None));
    modules.push(("types", true, None));
    if !model.webhooks.is_empty() {
        modules.push(("webhooks", true, None));
    }
    modules.sort_unstable();
    let modules = modules.into_iter().map(|(module, public, feature)| {
        let (module, gate) = (ident(module), gate(feature));
        let public = public.then(|| quote!(pub));
        quote!(#gate #public mod #module;)
    });
    quote!(#(#modules)*)
}

fn gate(feature: Option<&String>) -> TokenStream {
    match feature {
        Some(feature) => quote!(#[cfg(feature = #feature)]),
        None => TokenStream::new(),
    }
}

/// `src/webhooks.rs`.
pub(super) fn webhooks(model: &Model) -> Vec<TokenStream> {
    let scope = Scope::new(
        model,
        model.webhooks.iter().map(|it| it.name.as_str()).collect(),
    );
    let about = docs::inner_docs(&[
        "What the API sends to its users: the bodies of webhooks and callbacks.".to_owned(),
    ]);
    let body: Vec<TokenStream> = model
        .webhooks
        .iter()
        .map(|webhook| {
            let (name, about) = (ident(&webhook.name), docs::docs(&[&webhook.description]));
            let ty = match webhook.ty.named() {
                // The alias may have the name of the type.
                Some(_) => qualified(&scope, &webhook.ty),
                None => scope.ty(&webhook.ty),
            };
            quote!(#about pub type #name = #ty;)
        })
        .collect();
    let mut items = vec![about];
    items.extend(scope.imports(&quote!(super::types)));
    items.extend(body);
    items
}

/// A type with the path of its module.
fn qualified(scope: &Scope<'_>, ty: &crate::rust::model::RustType) -> TokenStream {
    use crate::rust::model::RustType;
    match ty {
        RustType::Named(name, _) => {
            let name = ident(name);
            quote!(super::types::#name)
        }
        RustType::Vec(inner) => {
            let inner = qualified(scope, inner);
            quote!(Vec<#inner>)
        }
        RustType::Option(inner) => {
            let inner = qualified(scope, inner);
            quote!(Option<#inner>)
        }
        RustType::Map(inner) => {
            let (map, inner) = (scope.runtime("Map"), qualified(scope, inner));
            quote!(#map<String, #inner>)
        }
        ty => scope.ty(ty),
    }
}

/// `src/client.rs`.
pub(super) fn client(model: &Model) -> Vec<TokenStream> {
    let scope = Scope::new(model, BTreeSet::new());
    scope.whole();
    let mut items = vec![server_static(
        &scope,
        &ident("SERVER"),
        model.server.as_ref(),
    )];
    let about = docs::docs(&[
        format!("A client of {}.", model.title),
        "Clones share connections.".to_owned(),
    ]);
    items.push(quote! {
        #about
        #[derive(Debug, Clone)]
        pub struct Client {
            inner: runtime::Client,
        }
    });
    let accessors = model.resources.iter().map(|resource| {
        let (accessor, name) = (ident(&resource.accessor), ident(&resource.name));
        let about = docs::docs(&[&resource.description]);
        let gate = gate(resource.feature.as_ref());
        quote! {
            #about
            #gate
            #[must_use]
            pub fn #accessor(&self) -> #name<'_> {
                #name::new(&self.inner)
            }
        }
    });
    items.push(quote! {
        impl Client {
            /// Starts a client.
            #[must_use]
            pub fn builder() -> ClientBuilder {
                ClientBuilder { inner: runtime::ClientBuilder::new(&SERVER) }
            }
            /// What sends the requests, for operations that the description does not have.
            #[must_use]
            pub fn runtime(&self) -> &runtime::Client {
                &self.inner
            }
            #(#accessors)*
        }
    });
    items.push(quote! {
        /// The settings of a [`Client`].
        #[derive(Debug)]
        pub struct ClientBuilder {
            inner: runtime::ClientBuilder,
        }
    });
    items.push(builder(&scope, model));
    let mut whole = vec![quote!(
        use std::time::Duration;
    )];
    whole.extend(scope.imports(&quote!(super::types)));
    whole.extend(model.resources.iter().map(import));
    whole.extend(items);
    whole
}

fn import(resource: &Resource) -> TokenStream {
    let (module, name) = (ident(&resource.module), ident(&resource.name));
    let gate = gate(resource.feature.as_ref());
    quote!(#gate use super::#module::#name;)
}

/// A server; without one the URL has to be replaced (OAS 3.0.3: the default is `/`).
pub(super) fn server_static(
    scope: &Scope<'_>,
    constant: &proc_macro2::Ident,
    server: Option<&Server>,
) -> TokenStream {
    let server_type = scope.runtime("Server");
    let url = server.map_or("/", |server| server.url.as_str());
    let variables = server
        .into_iter()
        .flat_map(|server| &server.variables)
        .map(|variable| {
            let variable_type = scope.runtime("ServerVariable");
            let (name, default, allowed) = (&variable.name, &variable.default, &variable.allowed);
            quote!(#variable_type { name: #name, default: #default, allowed: &[#(#allowed),*] })
        });
    let variables: Vec<_> = variables.collect();
    quote! {
        static #constant: #server_type = #server_type {
            url: #url,
            variables: &[#(#variables),*],
        };
    }
}

fn builder(scope: &Scope<'_>, model: &Model) -> TokenStream {
    let credentials: Vec<_> = model
        .credentials
        .iter()
        .flat_map(|it| credential(scope, it))
        .collect();
    let (error, transport) = (scope.runtime("Error"), scope.runtime("Transport"));
    let base_url = docs::docs(&base_url_docs(model));
    let variables = model.variables.iter().map(variable);
    quote! {
        impl ClientBuilder {
            #(#credentials)*
            #(#variables)*
            #base_url
            #[must_use]
            pub fn base_url(mut self, url: impl Into<String>) -> Self {
                self.inner.base_url(url);
                self
            }
            /// Sends requests through a transport of your own.
            #[must_use]
            pub fn transport(mut self, transport: impl #transport) -> Self {
                self.inner.transport(transport);
                self
            }
            /// Limits the time that one request may take, the body included.
            #[must_use]
            pub fn timeout(mut self, timeout: Duration) -> Self {
                self.inner.timeout(timeout);
                self
            }
            /// Makes the client.
            ///
            /// # Errors
            /// [`Error::Configuration`] if a setting cannot be used.
            pub fn build(self) -> Result<Client, #error> {
                Ok(Client { inner: self.inner.build()? })
            }
        }
    }
}

fn base_url_docs(model: &Model) -> Vec<String> {
    let mut docs = vec![
        "Sends requests to another address, for example a test server: an absolute `http` or `https` URL.".to_owned(),
    ];
    if !model.other_servers.is_empty() {
        docs.push("The description names these as well:".to_owned());
        let lines = model.other_servers.iter().map(|it| match &it.description {
            Some(text) if !text.trim().is_empty() => {
                format!(
                    "- `{}`: {}",
                    it.url,
                    text.split_whitespace().collect::<Vec<_>>().join(" ")
                )
            }
            _ => format!("- `{}`", it.url),
        });
        docs.push(lines.collect::<Vec<_>>().join("\n"));
    }
    docs
}

/// The setters of a security scheme.
fn credential(scope: &Scope<'_>, setter: &CredentialSetter) -> Vec<TokenStream> {
    let (method, scheme) = (ident(&setter.method), &setter.scheme);
    let (credential, secret) = (scope.runtime("Credential"), scope.runtime("Secret"));
    let text = setter
        .description
        .clone()
        .filter(|it| !it.trim().is_empty())
        .unwrap_or_else(|| format!("The credential of `{scheme}`."));
    let about = docs::docs(&[text]);
    let one = |value: TokenStream, name: &str| {
        let name = ident(name);
        quote! {
            #about
            #[must_use]
            pub fn #method(mut self, #name: impl Into<#secret>) -> Self {
                self.inner.credential(#scheme, #value);
                self
            }
        }
    };
    let mut setters = vec![match &setter.kind {
        SecurityKind::Bearer | SecurityKind::Token { .. } => {
            one(quote!(#credential::bearer(token)), "token")
        }
        SecurityKind::Http { scheme } => {
            one(quote!(#credential::authorization(#scheme, value)), "value")
        }
        SecurityKind::Basic => quote! {
            #about
            #[must_use]
            pub fn #method(mut self, username: impl Into<String>, password: impl Into<#secret>) -> Self {
                self.inner.credential(#scheme, #credential::basic(username, password));
                self
            }
        },
        SecurityKind::ApiKey { place, name } => {
            let place = match *place {
                "query" => quote!(Query),
                "cookie" => quote!(Cookie),
                _ => quote!(Header),
            };
            let places = scope.runtime("ApiKeyPlace");
            one(
                quote!(#credential::api_key(#places::#place, #name, key)),
                "key",
            )
        }
    }];
    setters.extend(provider(scope, setter));
    setters.extend(client_credentials(scope, setter));
    setters
}

fn provider(scope: &Scope<'_>, setter: &CredentialSetter) -> Option<TokenStream> {
    let (method, scheme) = (ident(setter.provider.as_ref()?), &setter.scheme);
    let (credential, provider) = (scope.runtime("Credential"), scope.runtime("TokenProvider"));
    let about = docs::docs(&[format!(
        "Asks a provider of your own for the token of `{scheme}`, before each request."
    )]);
    Some(quote! {
        #about
        #[must_use]
        pub fn #method(mut self, provider: impl #provider) -> Self {
            self.inner.credential(#scheme, #credential::provider(provider));
            self
        }
    })
}

fn client_credentials(scope: &Scope<'_>, setter: &CredentialSetter) -> Option<TokenStream> {
    let (method, scheme) = (ident(setter.client_credentials.as_ref()?), &setter.scheme);
    let SecurityKind::Token {
        client_credentials: Some((url, scopes)),
    } = &setter.kind
    else {
        return None;
    };
    let (credential, secret) = (scope.runtime("Credential"), scope.runtime("Secret"));
    let grant = scope.runtime("ClientCredentials");
    let mut text = vec![format!(
        "Fetches tokens of `{scheme}` with the client credentials grant (RFC 6749 section 4.4) from {url}."
    )];
    if !scopes.is_empty() {
        let scopes: Vec<String> = scopes
            .iter()
            .map(|it| crate::rust::model::names::code_span(it))
            .collect();
        text.push(format!(
            "`scope` is a list of scopes with spaces between, of these: {}.",
            scopes.join(", ")
        ));
    }
    let about = docs::docs(&text);
    Some(quote! {
        #about
        #[must_use]
        pub fn #method(mut self, id: impl Into<String>, secret: impl Into<#secret>, scope: &str) -> Self {
            let grant = #grant::new(#url, id, secret).scope(scope);
            self.inner.credential(#scheme, #credential::provider(grant));
            self
        }
    })
}

fn variable(setter: &VariableSetter) -> TokenStream {
    let (method, variable) = (ident(&setter.method), &setter.variable);
    let text = setter
        .description
        .clone()
        .unwrap_or_else(|| format!("The server variable `{variable}`."));
    let about = docs::docs(&[text, format!("The default is `{}`.", setter.default)]);
    quote! {
        #about
        #[must_use]
        pub fn #method(mut self, value: impl Into<String>) -> Self {
            self.inner.server_variable(#variable, value);
            self
        }
    }
}
