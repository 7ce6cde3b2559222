//! Enums of types.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use super::{deprecated, docs, ident, scope::Scope};
use crate::{
    ir::JsonKind,
    rust::model::{NamedKind, RustType, TypeItem, UnionVariant},
};

/// The enum, and how it is read and written.
pub(super) fn union(
    scope: &Scope<'_>,
    item: &TypeItem,
    variants: &[UnionVariant],
    tag: Option<&str>,
    other: &str,
) -> Vec<TokenStream> {
    let mut items = vec![definition(scope, item, variants, other)];
    if item.sent {
        items.extend(conversions(scope, item, variants));
    }
    if item.received {
        items.push(from_json(scope, item, variants, tag, other));
    }
    items.push(to_json(scope, item, variants, tag, other));
    items
}

fn definition(
    scope: &Scope<'_>,
    item: &TypeItem,
    variants: &[UnionVariant],
    other: &str,
) -> TokenStream {
    let (name, other, value) = (ident(&item.name), ident(other), scope.runtime("Value"));
    let about = docs::described(item.description.as_ref(), || {
        "One of several types.".to_owned()
    });
    let deprecated = deprecated(item.deprecated);
    let members = variants.iter().map(|variant| {
        let (name, ty) = (ident(&variant.name), scope.ty(&variant.ty));
        let about = docs::verbatim(&[about_variant(variant)]);
        quote!(#about #name(#ty),)
    });
    quote! {
        #about
        #deprecated
        #[derive(Clone)]
        #[non_exhaustive]
        pub enum #name {
            #(#members)*
            /// Anything else.
            #other(#value),
        }
    }
}

fn about_variant(variant: &UnionVariant) -> String {
    match &variant.ty {
        RustType::Named(name, _) => format!("[`{name}`]."),
        RustType::Box(inner) => match inner.named() {
            Some(name) => format!("[`{name}`]."),
            None => "A value.".to_owned(),
        },
        RustType::String => "A text.".to_owned(),
        RustType::Text(_) => "A text in a format of its own.".to_owned(),
        RustType::Integer(_) => "An integer.".to_owned(),
        RustType::F64 | RustType::Decimal => "A number.".to_owned(),
        RustType::Bool => "A truth value.".to_owned(),
        RustType::Vec(_) | RustType::Tuple(_) => "A list.".to_owned(),
        RustType::Map(_) => "An object with any keys.".to_owned(),
        _ => "A value.".to_owned(),
    }
}

/// `From` for each type that only one variant has.
fn conversions(scope: &Scope<'_>, item: &TypeItem, variants: &[UnionVariant]) -> Vec<TokenStream> {
    let name = ident(&item.name);
    let inner = |variant: &UnionVariant| match &variant.ty {
        RustType::Box(inner) => (**inner).clone(),
        ty => ty.clone(),
    };
    let unique = |ty: &RustType| variants.iter().filter(|it| inner(it) == *ty).count() == 1;
    let mut items = Vec::new();
    for variant in variants {
        let plain = inner(variant);
        if !matches!(plain, RustType::Named(..))
            || !unique(&plain)
            || plain.named() == Some(&item.name)
        {
            continue;
        }
        let (variant_name, ty) = (ident(&variant.name), scope.ty(&plain));
        let value = match variant.ty {
            RustType::Box(_) => quote!(Box::new(value)),
            _ => quote!(value),
        };
        items.push(quote! {
            impl From<#ty> for #name {
                fn from(value: #ty) -> Self {
                    Self::#variant_name(#value)
                }
            }
        });
    }
    items
}

fn from_json(
    scope: &Scope<'_>,
    item: &TypeItem,
    variants: &[UnionVariant],
    tag: Option<&str>,
    other: &str,
) -> TokenStream {
    let (name, other) = (ident(&item.name), ident(other));
    let (trait_name, reader, error) = (
        scope.runtime("FromJson"),
        scope.runtime("JsonReader"),
        scope.runtime("JsonError"),
    );
    let body = choice(scope, variants, tag, &other);
    quote! {
        impl #trait_name for #name {
            fn from_json(json: &mut #reader<'_>) -> Result<Self, #error> {
                #body
            }
        }
    }
}

/// The expression that chooses a variant: by kind, then by tag, then by trying.
fn choice(
    scope: &Scope<'_>,
    variants: &[UnionVariant],
    tag: Option<&str>,
    other: &proc_macro2::Ident,
) -> TokenStream {
    let rest = quote!(json.read().map(Self::#other));
    if let Some(tag) = tag
        && variants
            .iter()
            .all(|it| matches!(it.kind, Some(JsonKind::Object) | None))
    {
        return by_tag(variants.iter(), tag, &rest);
    }
    let mut by_kind: BTreeMap<JsonKind, Vec<&UnionVariant>> = BTreeMap::new();
    let mut unknown: Vec<&UnionVariant> = Vec::new();
    for variant in variants {
        match variant.kind {
            Some(kind) => by_kind.entry(kind).or_default().push(variant),
            None => unknown.push(variant),
        }
    }
    if !unknown.is_empty() {
        // A variant that may be of any kind: what is read first without an error.
        return by_trying(variants.iter(), &rest);
    }
    let kind_type = scope.runtime("JsonKind");
    let total = by_kind.len();
    let arms = by_kind.into_iter().map(|(kind, variants)| {
        let pattern = ident(match kind {
            JsonKind::String => "String",
            JsonKind::Number => "Number",
            JsonKind::Boolean => "Boolean",
            JsonKind::Array => "Array",
            JsonKind::Object => "Object",
        });
        let read = match (variants.as_slice(), tag) {
            ([only], _) => {
                let name = ident(&only.name);
                quote!(json.read().map(Self::#name))
            }
            (_, Some(tag)) if kind == JsonKind::Object => by_tag(variants.into_iter(), tag, &rest),
            _ => {
                let tried = by_trying(variants.into_iter(), &rest);
                return quote!(#kind_type::#pattern => { #tried });
            }
        };
        quote!(#kind_type::#pattern => #read,)
    });
    let arms: Vec<_> = arms.collect();
    if total == 0 {
        return rest;
    }
    quote! {
        match json.peek_kind()? {
            #(#arms)*
            _ => #rest,
        }
    }
}

fn by_tag<'v>(
    variants: impl Iterator<Item = &'v UnionVariant>,
    tag: &str,
    rest: &TokenStream,
) -> TokenStream {
    let mut arms = Vec::new();
    let mut untagged = Vec::new();
    let mut seen = std::collections::BTreeSet::new();
    for variant in variants {
        let name = ident(&variant.name);
        let tags: Vec<&String> = variant
            .tags
            .iter()
            .filter(|it| seen.insert((*it).clone()))
            .collect();
        if tags.is_empty() {
            untagged.push(variant);
        } else {
            arms.push(quote!(Some(#(#tags)|*) => json.read().map(Self::#name),));
        }
    }
    let rest = match untagged.as_slice() {
        [] => rest.clone(),
        [only] if arms.is_empty() => {
            let name = ident(&only.name);
            return quote!(json.read().map(Self::#name));
        }
        several => {
            let tried = by_trying(several.iter().copied(), rest);
            quote!({ #tried })
        }
    };
    quote! {
        match json.discriminator(#tag)?.as_deref() {
            #(#arms)*
            _ => #rest,
        }
    }
}

/// Statements that try the variants with the most required properties first, and among those the ones that know most:
/// the optional properties of one may be all that another has.
fn by_trying<'v>(
    variants: impl Iterator<Item = &'v UnionVariant>,
    rest: &TokenStream,
) -> TokenStream {
    let mut order: Vec<&UnionVariant> = variants.collect();
    order.sort_by_key(|it| std::cmp::Reverse((it.required.len(), it.known)));
    let tries = order.into_iter().map(|variant| {
        let name = ident(&variant.name);
        let required = &variant.required;
        let known = (variant.kind == Some(JsonKind::Object) && !required.is_empty())
            .then(|| quote!(json.has_fields(&[#(#required),*])? &&));
        quote! {
            if #known let Some(value) = json.attempt() {
                return Ok(Self::#name(value));
            }
        }
    });
    quote!(#(#tries)* #rest)
}

fn to_json(
    scope: &Scope<'_>,
    item: &TypeItem,
    variants: &[UnionVariant],
    tag: Option<&str>,
    other: &str,
) -> TokenStream {
    let (name, other) = (ident(&item.name), ident(other));
    let (trait_name, writer) = (scope.runtime("ToJson"), scope.runtime("JsonWriter"));
    let arms = variants.iter().map(|variant| {
        let name = ident(&variant.name);
        match (tag, variant.tags.first()) {
            (Some(tag), Some(value)) if !variant.holds_tag && is_object(&variant.ty) => {
                quote!(Self::#name(value) => json.tagged(#tag, #value, value),)
            }
            _ => quote!(Self::#name(value) => json.value(value),),
        }
    });
    quote! {
        impl #trait_name for #name {
            fn to_json(&self, json: &mut #writer) {
                match self {
                    #(#arms)*
                    Self::#other(value) => json.value(value),
                }
            }
        }
    }
}

fn is_object(ty: &RustType) -> bool {
    match ty {
        RustType::Named(_, NamedKind::Struct) | RustType::Map(_) => true,
        RustType::Box(inner) => is_object(inner),
        _ => false,
    }
}
