//! The crate root and the client.

use proc_macro2::TokenStream;
use quote::quote;

use super::{docs, ident};
use crate::{
    ir::SecurityKind,
    rust::model::{CredentialSetter, Model, VariableSetter},
};

/// `src/lib.rs`.
pub(super) fn library(model: &Model) -> Vec<TokenStream> {
    let mut modules: Vec<(String, bool)> = model
        .resources
        .iter()
        .map(|it| (it.module.clone(), true))
        .collect();
    modules.push(("client".to_owned(), false));
    modules.push(("types".to_owned(), true));
    modules.sort();
    let modules = modules.into_iter().map(|(module, public)| {
        let module = ident(&module);
        if public {
            quote!(pub mod #module;)
        } else {
            quote!(mod #module;)
        }
    });
    let mut items = vec![
        quote!(#![doc = include_str!("../README.md")]),
        quote!(#![forbid(unsafe_code)]),
        quote!(#![warn(missing_docs)]),
        quote!(#(#modules)*),
    ];
    items.push(quote!(
        pub use client::{Client, ClientBuilder};
    ));
    items.push(quote!(
        pub use specwright_runtime::{self as runtime, Error};
    ));
    items
}

/// `src/client.rs`.
pub(super) fn client(model: &Model) -> Vec<TokenStream> {
    let mut items = imports(model);
    items.push(server(model));
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
        quote! {
            #about
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
    items.push(builder(model));
    items
}

fn imports(model: &Model) -> Vec<TokenStream> {
    let mut names = vec![quote!(self as runtime), quote!(Error), quote!(Server)];
    if !model.credentials.is_empty() {
        names.push(quote!(Credential));
        names.push(quote!(Secret));
    }
    if model
        .server
        .as_ref()
        .is_some_and(|server| !server.variables.is_empty())
    {
        names.push(quote!(ServerVariable));
    }
    names.push(quote!(Transport));
    let resources = model.resources.iter().map(|resource| {
        let (module, name) = (ident(&resource.module), ident(&resource.name));
        quote!(use crate::#module::#name;)
    });
    let mut items = vec![
        quote!(
            use std::time::Duration;
        ),
        quote!(use specwright_runtime::{#(#names),*};),
    ];
    items.extend(resources);
    items
}

/// The default server; a document without one gets a URL that has to be replaced (OAS 3.0.3: the default is `/`).
fn server(model: &Model) -> TokenStream {
    let url = model
        .server
        .as_ref()
        .map_or("/", |server| server.url.as_str());
    let variables = model
        .server
        .iter()
        .flat_map(|server| &server.variables)
        .map(|variable| {
            let (name, default, allowed) = (&variable.name, &variable.default, &variable.allowed);
            quote!(ServerVariable { name: #name, default: #default, allowed: &[#(#allowed),*] })
        });
    quote! {
        static SERVER: Server = Server {
            url: #url,
            variables: &[#(#variables),*],
        };
    }
}

fn builder(model: &Model) -> TokenStream {
    let credentials = model.credentials.iter().map(credential);
    let variables = model.variables.iter().map(variable);
    quote! {
        impl ClientBuilder {
            #(#credentials)*
            #(#variables)*
            /// Sends requests to another address, for example a test server: an absolute `http` or `https` URL.
            #[must_use]
            pub fn base_url(mut self, url: impl Into<String>) -> Self {
                self.inner.base_url(url);
                self
            }
            /// Sends requests through a transport of your own.
            #[must_use]
            pub fn transport(mut self, transport: impl Transport) -> Self {
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
            pub fn build(self) -> Result<Client, Error> {
                Ok(Client { inner: self.inner.build()? })
            }
        }
    }
}

fn credential(setter: &CredentialSetter) -> TokenStream {
    let (method, scheme) = (ident(&setter.method), &setter.scheme);
    let text = setter
        .description
        .clone()
        .unwrap_or_else(|| format!("The credential of `{scheme}`."));
    let about = docs::docs(&[text]);
    match &setter.kind {
        SecurityKind::Bearer => quote! {
            #about
            #[must_use]
            pub fn #method(mut self, token: impl Into<Secret>) -> Self {
                self.inner.credential(#scheme, Credential::Bearer(token.into()));
                self
            }
        },
        SecurityKind::Basic => quote! {
            #about
            #[must_use]
            pub fn #method(mut self, username: impl Into<String>, password: impl Into<Secret>) -> Self {
                let credential = Credential::Basic { username: username.into(), password: password.into() };
                self.inner.credential(#scheme, credential);
                self
            }
        },
        SecurityKind::ApiKey { place, name } => {
            let place = match *place {
                "query" => quote!(Query),
                "cookie" => quote!(Cookie),
                _ => quote!(Header),
            };
            quote! {
                #about
                #[must_use]
                pub fn #method(mut self, key: impl Into<Secret>) -> Self {
                    let credential = Credential::ApiKey {
                        place: runtime::ApiKeyPlace::#place,
                        name: #name,
                        value: key.into(),
                    };
                    self.inner.credential(#scheme, credential);
                    self
                }
            }
        }
    }
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
