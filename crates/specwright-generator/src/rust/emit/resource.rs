//! The module of a resource.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::{docs, errors, ident, operation, paging, runtime_names};
use crate::rust::model::{Model, Operation, Resource, RustType};

/// `src/<resource>.rs`.
pub(super) fn resource(model: &Model, resource: &Resource) -> Vec<TokenStream> {
    let text = resource.description.clone();
    let mut items = vec![docs::inner_docs(std::slice::from_ref(&text))];
    items.extend(imports(resource));
    let name = ident(&resource.name);
    let about = docs::docs(&[text]);
    items.push(quote! {
        #about
        #[derive(Debug, Clone, Copy)]
        pub struct #name<'a> {
            client: &'a runtime::Client,
        }
    });
    let methods = resource
        .operations
        .iter()
        .map(|it| operation::method(model, resource, it));
    items.push(quote! {
        impl<'a> #name<'a> {
            pub(crate) fn new(client: &'a runtime::Client) -> Self {
                Self { client }
            }
            #(#methods)*
        }
    });
    for it in &resource.operations {
        items.extend(operation::request(it));
        items.extend(it.paging.iter().flat_map(|plan| paging::paging(it, plan)));
        items.extend(it.error.iter().flat_map(|error| errors::errors(it, error)));
    }
    items
}

fn imports(resource: &Resource) -> Vec<TokenStream> {
    let mut runtime: BTreeSet<String> = [
        "Call",
        "Error",
        "Method",
        "Operation",
        "RawResponse",
        "Request",
    ]
    .into_iter()
    .map(str::to_owned)
    .collect();
    let mut types = BTreeSet::new();
    for operation in &resource.operations {
        for ty in used(operation) {
            runtime_names(ty, &mut runtime);
            types.extend(ty.named().map(str::to_owned));
        }
        if let Some(paging) = &operation.paging {
            let pager = [
                "Items",
                "PagePlan",
                "PageStyle",
                "Pages",
                "Paginated",
                "Signals",
            ];
            runtime.extend(pager.map(str::to_owned));
            if paging::is_reversible(paging) {
                runtime.insert("Reversible".to_owned());
            }
        }
        if operation.error.is_some() {
            runtime.extend(["ErrorResponse", "JsonError", "JsonReader"].map(str::to_owned));
        }
    }
    let runtime = runtime.iter().map(|name| ident(name));
    let mut items = vec![quote!(use specwright_runtime::{self as runtime, #(#runtime),*};)];
    if !types.is_empty() {
        let types = types.iter().map(|name| ident(name));
        items.push(quote!(use crate::types::{#(#types),*};));
    }
    items
}

/// The types that an operation's code names.
fn used(operation: &Operation) -> impl Iterator<Item = &RustType> {
    let parameters = operation
        .arguments
        .iter()
        .chain(&operation.setters)
        .map(|it| &it.ty);
    let errors = operation
        .error
        .iter()
        .flat_map(|it| &it.variants)
        .map(|it| &it.body);
    let items = operation.paging.iter().map(|it| &it.item);
    parameters
        .chain(operation.success.as_ref())
        .chain(errors)
        .chain(items)
}
