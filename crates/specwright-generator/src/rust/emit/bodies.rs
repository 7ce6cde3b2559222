//! Operations that take several kinds of bodies.

use proc_macro2::TokenStream;
use quote::quote;

use super::{docs, ident, scope::Scope};
use crate::rust::model::{BodyEnum, BodyKind, Operation, RustType};

/// The enum of the kinds.
pub(super) fn choice(
    scope: &Scope<'_>,
    operation: &Operation,
    choice: &BodyEnum,
) -> Vec<TokenStream> {
    let name = ident(&choice.name);
    let about = docs::verbatim(&[format!(
        "What `{} {}` takes as its body.",
        operation.http_method, operation.path
    )]);
    let variants = choice.variants.iter().map(|(name, kind)| {
        let (name, ty) = (ident(name), held(scope, kind));
        let about = docs::verbatim(&[format!("`{}`", media(kind))]);
        quote!(#about #name(#ty),)
    });
    let mut items = vec![quote! {
        #about
        #[derive(Debug)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
        }
    }];
    for (variant, kind) in &choice.variants {
        let own = named(kind);
        let unique = choice
            .variants
            .iter()
            .filter(|(_, it)| named(it) == own)
            .count()
            == 1;
        if own.is_some() && unique {
            let (variant, ty) = (ident(variant), held(scope, kind));
            items.push(quote! {
                impl From<#ty> for #name {
                    fn from(body: #ty) -> Self {
                        Self::#variant(body)
                    }
                }
            });
        }
    }
    items
}

fn named(kind: &BodyKind) -> Option<&str> {
    match kind {
        BodyKind::Json {
            ty: RustType::Named(name, _),
            ..
        }
        | BodyKind::Form {
            ty: RustType::Named(name, _),
            ..
        }
        | BodyKind::Multipart {
            ty: RustType::Named(name, _),
            ..
        } => Some(name),
        _ => None,
    }
}

fn held(scope: &Scope<'_>, kind: &BodyKind) -> TokenStream {
    match kind {
        BodyKind::Json { ty, .. } | BodyKind::Form { ty, .. } | BodyKind::Multipart { ty, .. } => {
            scope.ty(ty)
        }
        BodyKind::Text { .. } => quote!(String),
        BodyKind::Binary { .. } => scope.runtime("Body"),
    }
}

fn media(kind: &BodyKind) -> &str {
    match kind {
        BodyKind::Json { media, .. }
        | BodyKind::Multipart { media, .. }
        | BodyKind::Text { media }
        | BodyKind::Binary { media } => media,
        BodyKind::Form { .. } => "application/x-www-form-urlencoded",
    }
}
