//! Documented errors of an operation.

use proc_macro2::TokenStream;
use quote::quote;

use super::{docs, ident, scope::Scope};
use crate::{
    ir::Statuses,
    rust::model::{ErrorEnum, ErrorVariant, Operation},
};

/// The enum of error bodies by status, and how one is read.
pub(super) fn errors(
    scope: &Scope<'_>,
    operation: &Operation,
    error: &ErrorEnum,
) -> Vec<TokenStream> {
    let name = ident(&error.name);
    let about = docs::verbatim(&[
        format!(
            "The documented errors of `{} {}`, by status.",
            operation.http_method, operation.path
        ),
        String::new(),
        "Read one with [`ApiError::body_as`](runtime::ApiError::body_as).".to_owned(),
    ]);
    let variants = error.variants.iter().map(|variant| {
        let (name, body) = (ident(&variant.name), body(scope, variant));
        let about = docs::docs(&[about_variant(variant.status, &variant.description)]);
        quote!(#about #name(#body),)
    });
    let (trait_name, raw, decode) = (
        scope.runtime("ErrorResponse"),
        scope.runtime("RawResponse"),
        scope.runtime("DecodeError"),
    );
    let read = match error.variants.as_slice() {
        [only] if only.status == Statuses::Default => {
            let read = read(only);
            quote!(Some(#read))
        }
        variants => {
            let arms = variants.iter().map(|variant| {
                let (pattern, read) = (pattern(variant.status), read(variant));
                quote!(#pattern => Some(#read),)
            });
            let complete = variants.iter().any(|it| it.status == Statuses::Default);
            let rest = (!complete).then(|| quote!(_ => None,));
            quote!(match response.status().as_u16() { #(#arms)* #rest })
        }
    };
    vec![
        quote! {
            #about
            #[derive(Debug, Clone, PartialEq)]
            #[non_exhaustive]
            pub enum #name {
                #(#variants)*
            }
        },
        quote! {
            impl #trait_name for #name {
                fn from_response(response: &#raw) -> Option<Result<Self, #decode>> {
                    #read
                }
            }
        },
    ]
}

fn body(scope: &Scope<'_>, variant: &ErrorVariant) -> TokenStream {
    match &variant.body {
        Some(ty) => scope.ty(ty),
        None => quote!(String),
    }
}

fn read(variant: &ErrorVariant) -> TokenStream {
    let name = ident(&variant.name);
    match variant.body {
        Some(_) => quote!(response.json().map(Self::#name)),
        None => quote!(response.text().map(Self::#name)),
    }
}

/// The statuses of a variant and what they mean.
pub(super) fn about_variant(status: Statuses, description: &str) -> String {
    let statuses = match status {
        Statuses::Code(code) => format!("Status {code}"),
        Statuses::Range(digit) => format!("Status {digit}00 to {digit}99"),
        Statuses::Default => "Any other status".to_owned(),
    };
    match description.trim() {
        "" => format!("{statuses}."),
        text => format!("{statuses}: {text}"),
    }
}

/// The pattern of a status.
pub(super) fn pattern(status: Statuses) -> TokenStream {
    let number = proc_macro2::Literal::u16_unsuffixed;
    match status {
        Statuses::Code(code) => {
            let code = number(code);
            quote!(#code)
        }
        Statuses::Range(digit) => {
            let (low, high) = (
                number(digit.saturating_mul(100)),
                number(digit.saturating_mul(100).saturating_add(99)),
            );
            quote!(#low..=#high)
        }
        Statuses::Default => quote!(_),
    }
}
