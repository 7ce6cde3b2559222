//! Successes that differ by status.

use proc_macro2::TokenStream;
use quote::quote;

use super::{docs, errors, ident, scope::Scope};
use crate::rust::model::{Operation, OutcomeBody, OutcomeEnum, OutcomeVariant};

/// The enum of successes, and how one is read.
pub(super) fn outcomes(
    scope: &Scope<'_>,
    operation: &Operation,
    outcomes: &OutcomeEnum,
) -> Vec<TokenStream> {
    let name = ident(&outcomes.name);
    let about = docs::verbatim(&[format!(
        "What `{} {}` answers, by status.",
        operation.http_method, operation.path
    )]);
    let variants = outcomes.variants.iter().map(|variant| {
        let name = ident(&variant.name);
        let about = docs::docs(&[errors::about_variant(variant.status, &variant.description)]);
        match &variant.body {
            OutcomeBody::None => quote!(#about #name,),
            OutcomeBody::Json(ty) => {
                let ty = scope.ty(ty);
                quote!(#about #name(#ty),)
            }
            OutcomeBody::Text => quote!(#about #name(String),),
            OutcomeBody::Binary => {
                let bytes = scope.runtime("Bytes");
                quote!(#about #name(#bytes),)
            }
        }
    });
    let (trait_name, raw, error) = (
        scope.runtime("SuccessResponse"),
        scope.runtime("RawResponse"),
        scope.runtime("DecodeError"),
    );
    let definition = quote! {
        #about
        #[derive(Debug, Clone, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
        }
    };
    let mut order: Vec<&OutcomeVariant> = outcomes.variants.iter().collect();
    order.sort_by_key(|it| it.status);
    let arms = order.iter().map(|variant| {
        let (pattern, read) = (errors::pattern(variant.status), read(variant));
        quote!(#pattern => #read,)
    });
    let complete = order
        .iter()
        .any(|it| it.status == crate::ir::Statuses::Default);
    let rest = (!complete).then(|| quote!(_ => Err(response.undocumented_status()),));
    vec![
        definition,
        quote! {
            impl #trait_name for #name {
                fn from_response(response: &#raw) -> Result<Self, #error> {
                    match response.status().as_u16() {
                        #(#arms)*
                        #rest
                    }
                }
            }
        },
    ]
}

fn read(variant: &OutcomeVariant) -> TokenStream {
    let name = ident(&variant.name);
    match &variant.body {
        OutcomeBody::None => quote!(Ok(Self::#name)),
        OutcomeBody::Json(_) => quote!(response.json().map(Self::#name)),
        OutcomeBody::Text => quote!(response.text().map(Self::#name)),
        OutcomeBody::Binary => quote!(Ok(Self::#name(response.body().clone()))),
    }
}
