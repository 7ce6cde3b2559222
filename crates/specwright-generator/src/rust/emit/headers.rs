//! Documented headers of successful responses.

use proc_macro2::TokenStream;
use quote::quote;

use super::{docs, ident, scope::Scope};
use crate::rust::model::{HeaderStruct, Operation, RustType};

/// The struct of headers, and how it is read.
pub(super) fn headers(
    scope: &Scope<'_>,
    operation: &Operation,
    headers: &HeaderStruct,
) -> Vec<TokenStream> {
    let name = ident(&headers.name);
    let about = docs::verbatim(&[
        format!(
            "The documented headers of `{} {}`.",
            operation.http_method, operation.path
        ),
        String::new(),
        "Read them with [`Response::headers_as`](runtime::Response::headers_as) or".to_owned(),
        "[`RawResponse::headers_as`](runtime::RawResponse::headers_as).".to_owned(),
    ]);
    let members = headers.fields.iter().map(|field| {
        let (name, ty, about) = (
            ident(&field.name),
            scope.ty(&field.ty),
            docs::docs(&field.docs),
        );
        let list = matches!(field.ty, RustType::Vec(_));
        let ty = if field.required && !list {
            ty
        } else {
            quote!(Option<#ty>)
        };
        quote!(#about pub #name: #ty,)
    });
    let (trait_name, reader, error) = (
        scope.runtime("ResponseHeaders"),
        scope.runtime("HeaderReader"),
        scope.runtime("DecodeError"),
    );
    let reads = headers.fields.iter().map(|field| {
        let (name, header) = (ident(&field.name), &field.header);
        match (&field.ty, field.required) {
            (RustType::Vec(_), _) => quote!(#name: headers.list(#header)?,),
            (_, true) => quote!(#name: headers.required(#header)?,),
            (_, false) => quote!(#name: headers.optional(#header)?,),
        }
    });
    vec![
        quote! {
            #about
            #[derive(Debug, Clone, PartialEq)]
            #[non_exhaustive]
            pub struct #name {
                #(#members)*
            }
        },
        quote! {
            impl #trait_name for #name {
                fn from_headers(headers: &#reader<'_>) -> Result<Self, #error> {
                    Ok(Self { #(#reads)* })
                }
            }
        },
    ]
}
