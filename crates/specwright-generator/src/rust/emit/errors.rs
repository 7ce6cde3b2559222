//! Documented errors of an operation.

use proc_macro2::TokenStream;
use quote::quote;

use super::{docs, ident, rust_type};
use crate::{
    ir::Statuses,
    rust::model::{ErrorEnum, ErrorVariant, Operation},
};

/// The enum of error bodies by status, and how one is read.
pub(super) fn errors(operation: &Operation, error: &ErrorEnum) -> Vec<TokenStream> {
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
        let (name, body) = (ident(&variant.name), rust_type(&variant.body));
        let about = docs::docs(&[about_variant(variant)]);
        quote!(#about #name(#body),)
    });
    let arms = error.variants.iter().map(|variant| {
        let name = ident(&variant.name);
        let pattern = pattern(variant.status);
        quote!(#pattern => Some(json.read().map(Self::#name)),)
    });
    let complete = error
        .variants
        .iter()
        .any(|variant| variant.status == Statuses::Default);
    let rest = (!complete).then(|| quote!(_ => None,));
    let status = if error.variants.len() == 1 && complete {
        quote!(_status)
    } else {
        quote!(status)
    };
    let body = match error.variants.as_slice() {
        [only] if only.status == Statuses::Default => {
            let name = ident(&only.name);
            quote!(Some(json.read().map(Self::#name)))
        }
        _ => quote!(match status { #(#arms)* #rest }),
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
            impl ErrorResponse for #name {
                fn from_response(#status: u16, json: &mut JsonReader<'_>) -> Option<Result<Self, JsonError>> {
                    #body
                }
            }
        },
    ]
}

fn about_variant(variant: &ErrorVariant) -> String {
    let statuses = match variant.status {
        Statuses::Code(code) => format!("Status {code}"),
        Statuses::Range(digit) => format!("Status {digit}00 to {digit}99"),
        Statuses::Default => "Any other status".to_owned(),
    };
    match variant.description.trim() {
        "" => format!("{statuses}."),
        text => format!("{statuses}: {text}"),
    }
}

fn pattern(status: Statuses) -> TokenStream {
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
