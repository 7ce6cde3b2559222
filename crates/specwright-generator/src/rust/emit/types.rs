//! The modules below `types`.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::quote;

use super::{docs, enums, features, ident, parts, scope::Scope, structs, unions};
use crate::{
    ir::EnumKind,
    rust::model::{Form, Model, TypeItem, TypeShape},
};

const ABOUT: &str = "What requests take and responses hold.";

/// The types of each file below `src/types`.
pub(super) fn files(model: &Model) -> BTreeMap<&str, Vec<&TypeItem>> {
    let mut files: BTreeMap<&str, Vec<&TypeItem>> = BTreeMap::new();
    for item in &model.types {
        files.entry(&item.module).or_default().push(item);
    }
    files
}

/// `src/types/mod.rs`.
pub(super) fn index(model: &Model, files: &BTreeMap<&str, Vec<&TypeItem>>) -> Vec<TokenStream> {
    let about = docs::inner_docs(&[ABOUT]);
    let users = features::users(model);
    let mut items = vec![about];
    items.extend(files.iter().map(|(module, types)| {
        let (module, gate) = (ident(module), features::gate(model, &users, types));
        quote!(#gate mod #module;)
    }));
    items.extend(exports(files, |types| features::gate(model, &users, types)));
    items
}

/// The module `types` without the modules in it.
pub(super) fn inline_index(files: &BTreeMap<&str, Vec<&TypeItem>>) -> Vec<TokenStream> {
    let mut items = vec![docs::inner_docs(&[ABOUT])];
    items.extend(exports(files, |_| TokenStream::new()));
    items
}

/// Every type, out of its own module.
fn exports(
    files: &BTreeMap<&str, Vec<&TypeItem>>,
    gate: impl Fn(&[&TypeItem]) -> TokenStream,
) -> Vec<TokenStream> {
    let export = |(module, types): (&&str, &Vec<&TypeItem>)| {
        let (module, gate) = (ident(module), gate(types));
        let names = types.iter().map(|it| ident(&it.name));
        quote!(#gate pub use self::#module::{#(#names),*};)
    };
    files.iter().map(export).collect()
}

/// A file below `src/types`.
pub(super) fn file(model: &Model, items: &[&TypeItem]) -> Vec<TokenStream> {
    let own: BTreeSet<&str> = items.iter().map(|it| it.name.as_str()).collect();
    let scope = Scope::new(model, own);
    let mut body = Vec::new();
    for item in items {
        match &item.shape {
            TypeShape::Struct { fields, additional } => {
                body.extend(structs::structure(
                    &scope,
                    item,
                    fields,
                    additional.as_ref(),
                ));
            }
            TypeShape::Enum {
                variants,
                other,
                kind,
            } => {
                body.extend(enums::enumeration(
                    &scope,
                    item,
                    variants,
                    other.as_deref(),
                    *kind,
                ));
            }
            TypeShape::Union {
                variants,
                tag,
                other,
            } => {
                body.extend(unions::union(&scope, item, variants, tag.as_deref(), other));
            }
            TypeShape::Parts(fields) => body.extend(parts::parts(&scope, item, fields)),
        }
    }
    body.extend(common(model, items));
    let mut tokens = Vec::new();
    let formats = |it: &&TypeItem| match &it.shape {
        TypeShape::Enum { kind, other, .. } => *kind != EnumKind::Text || other.is_none(),
        _ => false,
    };
    if items.iter().any(formats) {
        tokens.push(quote!(
            use std::fmt;
        ));
    }
    tokens.extend(scope.imports(&quote!(super)));
    tokens.extend(body);
    tokens
}

/// What all models have in common, and what serde adds.
fn common(model: &Model, items: &[&TypeItem]) -> Vec<TokenStream> {
    let models: Vec<_> = items
        .iter()
        .filter(|it| matches!(it.shape, TypeShape::Struct { .. } | TypeShape::Union { .. }))
        .map(|it| ident(&it.name))
        .collect();
    let json = |it: &&&TypeItem| !matches!(it.shape, TypeShape::Parts(_));
    let names = |received: bool| -> Vec<_> {
        let of = items
            .iter()
            .filter(json)
            .filter(|it| it.received == received);
        of.map(|it| ident(&it.name)).collect()
    };
    let (received, sent) = (names(true), names(false));
    let mut tokens = Vec::new();
    if !models.is_empty() {
        tokens.push(quote!(specwright_runtime::impl_model!(#(#models),*);));
    }
    let gate = match model.form {
        Form::Crate => quote!(#[cfg(feature = "serde")]),
        Form::Module { serde: true } => TokenStream::new(),
        Form::Module { serde: false } => return tokens,
    };
    if !received.is_empty() {
        tokens.push(quote!(#gate specwright_runtime::impl_serde!(#(#received),*);));
    }
    if !sent.is_empty() {
        tokens.push(quote!(#gate specwright_runtime::impl_serialize!(#(#sent),*);));
    }
    tokens
}
