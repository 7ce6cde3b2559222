//! The modules below `types`.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::quote;

use super::{docs, enums, ident, runtime_names, structs, use_runtime};
use crate::rust::model::{Model, RustType, TypeItem, TypeShape};

/// Each file below `src/types` with its items; `mod` first.
pub(super) fn modules(model: &Model) -> Vec<(String, Vec<TokenStream>)> {
    let mut by_module: BTreeMap<&str, Vec<&TypeItem>> = BTreeMap::new();
    for item in &model.types {
        by_module.entry(&item.module).or_default().push(item);
    }
    let mut files = vec![("mod".to_owned(), index(model, &by_module))];
    for (module, items) in by_module {
        files.push((module.to_owned(), contents(&items)));
    }
    files
}

fn index(model: &Model, by_module: &BTreeMap<&str, Vec<&TypeItem>>) -> Vec<TokenStream> {
    let about = docs::inner_docs(&["What requests take and responses hold.".to_owned()]);
    let mut items = vec![about];
    items.extend(by_module.keys().map(|module| {
        let module = ident(module);
        quote!(mod #module;)
    }));
    items.extend(by_module.iter().map(|(module, types)| {
        let module = ident(module);
        let names = types.iter().map(|it| ident(&it.name));
        quote!(pub use self::#module::{#(#names),*};)
    }));
    let received: Vec<_> = model
        .types
        .iter()
        .filter(|it| it.received)
        .map(|it| ident(&it.name))
        .collect();
    if !received.is_empty() {
        items.push(
            quote!(#[cfg(feature = "serde")] specwright_runtime::impl_serde!(#(#received),*);),
        );
    }
    items
}

fn contents(items: &[&TypeItem]) -> Vec<TokenStream> {
    let mut runtime = BTreeSet::new();
    let mut siblings = BTreeSet::new();
    let own: BTreeSet<&str> = items.iter().map(|it| it.name.as_str()).collect();
    for item in items {
        if item.received {
            runtime.extend(
                [
                    "FromJson",
                    "JsonError",
                    "JsonReader",
                    "JsonWriter",
                    "ToJson",
                ]
                .map(str::to_owned),
            );
        }
        for ty in held(item) {
            runtime_names(ty, &mut runtime);
            siblings.extend(
                ty.named()
                    .filter(|name| !own.contains(name))
                    .map(str::to_owned),
            );
        }
        if let TypeShape::Struct {
            additional: Some(_),
            ..
        } = &item.shape
        {
            runtime.insert("Map".to_owned());
        }
    }
    let mut tokens = Vec::new();
    if items
        .iter()
        .any(|it| matches!(it.shape, TypeShape::Enum { .. }))
    {
        tokens.push(quote!(
            use std::fmt;
        ));
    }
    if !runtime.is_empty() {
        tokens.push(use_runtime(&runtime));
    }
    if !siblings.is_empty() {
        let siblings = siblings.iter().map(|name| ident(name));
        tokens.push(quote!(use super::{#(#siblings),*};));
    }
    for item in items {
        match &item.shape {
            TypeShape::Struct { fields, additional } => {
                tokens.extend(structs::structure(item, fields, additional.as_ref()));
            }
            TypeShape::Enum { variants, other } => {
                tokens.extend(enums::enumeration(item, variants, other.as_deref()));
            }
        }
    }
    tokens
}

/// The types of all fields.
fn held(item: &TypeItem) -> Vec<&RustType> {
    match &item.shape {
        TypeShape::Struct { fields, additional } => {
            let own = fields.iter().map(|field| &field.ty);
            own.chain(additional.iter().map(|(_, ty)| ty)).collect()
        }
        TypeShape::Enum { .. } => Vec::new(),
    }
}
