//! The module of a resource.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::{bodies, docs, errors, headers, ident, operation, outcomes, paging, scope::Scope};
use crate::rust::model::{Model, Output, Resource};

/// `src/<resource>.rs`.
pub(super) fn resource(model: &Model, resource: &Resource) -> Vec<TokenStream> {
    let scope = Scope::new(model, BTreeSet::new());
    let text = resource.description.clone();
    let name = ident(&resource.name);
    let about = docs::docs(std::slice::from_ref(&text));
    scope.whole();
    let mut body = vec![quote! {
        #about
        #[derive(Debug, Clone, Copy)]
        pub struct #name<'a> {
            client: &'a runtime::Client,
        }
    }];
    let methods = resource
        .operations
        .iter()
        .map(|it| operation::method(&scope, resource, it));
    body.push(quote! {
        impl<'a> #name<'a> {
            pub(crate) fn new(client: &'a runtime::Client) -> Self {
                Self { client }
            }
            #(#methods)*
        }
    });
    for it in &resource.operations {
        body.extend(operation::request(&scope, it));
        body.extend(
            it.body
                .iter()
                .flat_map(|choice| bodies::choice(&scope, it, choice)),
        );
        if let Output::Cases(cases) = &it.output {
            body.extend(outcomes::outcomes(&scope, it, cases));
        }
        body.extend(
            it.headers
                .iter()
                .flat_map(|fields| headers::headers(&scope, it, fields)),
        );
        body.extend(
            it.paging
                .iter()
                .flat_map(|plan| paging::paging(&scope, it, plan)),
        );
        body.extend(
            it.error
                .iter()
                .flat_map(|error| errors::errors(&scope, it, error)),
        );
    }
    let mut items = vec![docs::inner_docs(std::slice::from_ref(&text))];
    items.extend(scope.imports(&quote!(super::types)));
    items.extend(body);
    items
}
