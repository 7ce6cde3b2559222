//! Enums of values.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::{deprecated, docs, ident, scope::Scope};
use crate::{
    ir::EnumKind,
    rust::model::{EnumVariant, TypeItem, names::code_span},
};

/// The enum with its conversions.
pub(super) fn enumeration(
    scope: &Scope<'_>,
    item: &TypeItem,
    variants: &[EnumVariant],
    other: Option<&str>,
    kind: EnumKind,
) -> Vec<TokenStream> {
    let other = other.map(ident);
    let other = other.as_ref();
    let mut items = vec![definition(scope, item, variants, other, kind)];
    if kind == EnumKind::Text && other.is_some() {
        let name = ident(&item.name);
        items.extend(text(item, variants, other));
        items.push(quote!(specwright_runtime::impl_text_enum!(#name);));
        return items;
    }
    match kind {
        EnumKind::Text => items.extend(text(item, variants, other)),
        EnumKind::Integer => items.extend(integer(item, variants, other)),
        EnumKind::Mixed => items.extend(mixed(item, variants, other)),
    }
    items.extend(json(scope, item, variants, other, kind));
    items
}

fn definition(
    scope: &Scope<'_>,
    item: &TypeItem,
    variants: &[EnumVariant],
    other: Option<&Ident>,
    kind: EnumKind,
) -> TokenStream {
    let name = ident(&item.name);
    let about = docs::described(item.description.as_ref(), || {
        format!("The values of `{}`.", item.name)
    });
    let deprecated = deprecated(item.deprecated);
    let members = variants.iter().map(|variant| {
        let name = ident(&variant.name);
        let about = match &variant.description {
            Some(text) => docs::docs(&[format!("{}: {text}", code_span(&variant.text))]),
            None => docs::verbatim(&[code_span(&variant.text)]),
        };
        quote!(#about #name,)
    });
    let (derives, rest) = match (other, kind) {
        // `impl_text_enum!` does the rest.
        (Some(other), EnumKind::Text) => (
            quote!(Clone),
            Some(quote!(/// Any other text.
            #other(String),)),
        ),
        (Some(other), EnumKind::Integer) => (
            quote!(Debug, Clone, Copy, PartialEq, Eq, Hash),
            Some(quote!(/// Any other number.
            #other(i64),)),
        ),
        (Some(other), EnumKind::Mixed) => {
            let value = scope.runtime("Value");
            (
                quote!(Debug, Clone, PartialEq, Eq),
                Some(quote!(/// Any other value.
            #other(#value),)),
            )
        }
        (None, _) => (quote!(Debug, Clone, Copy, PartialEq, Eq, Hash), None),
    };
    quote! {
        #about
        #deprecated
        #[derive(#derives)]
        #[non_exhaustive]
        pub enum #name {
            #(#members)*
            #rest
        }
    }
}

fn text(item: &TypeItem, variants: &[EnumVariant], other: Option<&Ident>) -> Vec<TokenStream> {
    let name = ident(&item.name);
    let arms = variants.iter().map(|variant| {
        let (variant, text) = (ident(&variant.name), &variant.text);
        quote!(Self::#variant => #text,)
    });
    let signature = match other {
        Some(_) => quote!(pub fn as_str(&self) -> &str),
        None => quote!(pub fn as_str(self) -> &'static str),
    };
    let rest = other.map(|other| quote!(Self::#other(text) => text,));
    let mut items = vec![quote! {
        impl #name {
            /// The text that is sent and received.
            #[must_use]
            #signature {
                match self {
                    #(#arms)*
                    #rest
                }
            }
        }
    }];
    match other {
        Some(other) => {
            let arms = variants.iter().map(|variant| {
                let (variant, text) = (ident(&variant.name), &variant.text);
                quote!(#text => Self::#variant,)
            });
            items.push(quote! {
                impl From<&str> for #name {
                    fn from(text: &str) -> Self {
                        match text {
                            #(#arms)*
                            other => Self::#other(other.to_owned()),
                        }
                    }
                }
            });
        }
        None => items.push(quote! {
            impl fmt::Display for #name {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    f.pad(self.as_str())
                }
            }
        }),
    }
    items
}

fn integer(item: &TypeItem, variants: &[EnumVariant], other: Option<&Ident>) -> Vec<TokenStream> {
    let name = ident(&item.name);
    let arms = variants.iter().map(|variant| {
        let (variant, number) = (ident(&variant.name), number(&variant.text));
        quote!(Self::#variant => #number,)
    });
    let rest = other.map(|other| quote!(Self::#other(number) => number,));
    let mut items = vec![
        quote! {
            impl #name {
                /// The number that is sent and received.
                #[must_use]
                pub fn as_i64(self) -> i64 {
                    match self {
                        #(#arms)*
                        #rest
                    }
                }
            }
        },
        quote! {
            impl fmt::Display for #name {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    self.as_i64().fmt(f)
                }
            }
        },
    ];
    if let Some(other) = other {
        let arms = variants.iter().map(|variant| {
            let (variant, number) = (ident(&variant.name), number(&variant.text));
            quote!(#number => Self::#variant,)
        });
        items.push(quote! {
            impl From<i64> for #name {
                fn from(number: i64) -> Self {
                    match number {
                        #(#arms)*
                        other => Self::#other(other),
                    }
                }
            }
        });
    }
    items
}

fn mixed(item: &TypeItem, variants: &[EnumVariant], other: Option<&Ident>) -> Vec<TokenStream> {
    let name = ident(&item.name);
    let arms = variants.iter().map(|variant| {
        let (variant, text) = (ident(&variant.name), plain(&variant.text));
        quote!(Self::#variant => f.write_str(#text),)
    });
    let rest = other.map(|other| quote!(Self::#other(value) => value.fmt(f),));
    vec![quote! {
        impl fmt::Display for #name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self {
                    #(#arms)*
                    #rest
                }
            }
        }
    }]
}

/// A scalar of JSON as the text that stands for it in a URL.
fn plain(json: &str) -> String {
    let quoted = json.strip_prefix('"').and_then(|it| it.strip_suffix('"'));
    quoted.unwrap_or(json).to_owned()
}

fn number(text: &str) -> Literal {
    Literal::i64_unsuffixed(text.parse().unwrap_or_default())
}

fn json(
    scope: &Scope<'_>,
    item: &TypeItem,
    variants: &[EnumVariant],
    other: Option<&Ident>,
    kind: EnumKind,
) -> Vec<TokenStream> {
    let name = ident(&item.name);
    let mut items = Vec::new();
    if item.received {
        let (trait_name, reader, error) = (
            scope.runtime("FromJson"),
            scope.runtime("JsonReader"),
            scope.runtime("JsonError"),
        );
        let read = read(scope, item, variants, other, kind);
        items.push(quote! {
            impl #trait_name for #name {
                fn from_json(json: &mut #reader<'_>) -> Result<Self, #error> {
                    #read
                }
            }
        });
    }
    let (trait_name, writer) = (scope.runtime("ToJson"), scope.runtime("JsonWriter"));
    let write = match kind {
        EnumKind::Text => quote!(json.string(self.as_str());),
        EnumKind::Integer => quote!(json.value(&self.as_i64());),
        EnumKind::Mixed => {
            let arms = variants.iter().map(|variant| {
                let (variant, value) = (ident(&variant.name), literal(&variant.text));
                quote!(Self::#variant => json.value(&#value),)
            });
            let rest = other.map(|other| quote!(Self::#other(value) => json.value(value),));
            quote!(match self { #(#arms)* #rest })
        }
    };
    items.push(quote! {
        impl #trait_name for #name {
            fn to_json(&self, json: &mut #writer) {
                #write
            }
        }
    });
    items
}

/// A scalar of JSON as a Rust expression.
fn literal(json: &str) -> TokenStream {
    if let Ok(number) = json.parse::<i64>() {
        let number = Literal::i64_suffixed(number);
        return quote!(#number);
    }
    if let Ok(number) = json.parse::<f64>() {
        let number = Literal::f64_suffixed(number);
        return quote!(#number);
    }
    match json {
        "true" => quote!(true),
        "false" => quote!(false),
        text => {
            let text = plain(text);
            quote!(#text)
        }
    }
}

fn read(
    scope: &Scope<'_>,
    item: &TypeItem,
    variants: &[EnumVariant],
    other: Option<&Ident>,
    kind: EnumKind,
) -> TokenStream {
    let type_name = &item.name;
    match (kind, other) {
        (EnumKind::Integer, Some(_)) => quote!(json.read().map(|number: i64| Self::from(number))),
        (EnumKind::Text, _) => {
            let arms = variants.iter().map(|variant| {
                let (variant, text) = (ident(&variant.name), &variant.text);
                quote!(#text => Ok(Self::#variant),)
            });
            quote! {
                match &*json.read_str()? {
                    #(#arms)*
                    other => Err(json.unknown_variant(#type_name, other)),
                }
            }
        }
        (EnumKind::Integer, None) => {
            let arms = variants.iter().map(|variant| {
                let (variant, number) = (ident(&variant.name), number(&variant.text));
                quote!(#number => Ok(Self::#variant),)
            });
            quote! {
                match json.read::<i64>()? {
                    #(#arms)*
                    other => Err(json.unknown_variant(#type_name, &other.to_string())),
                }
            }
        }
        (EnumKind::Mixed, other) => {
            let value = scope.runtime("Value");
            let arms = variants.iter().map(|variant| {
                let (variant, text) = (ident(&variant.name), &variant.text);
                quote!(#text => Ok(Self::#variant),)
            });
            let rest = match other {
                Some(other) => quote!(_ => Ok(Self::#other(value)),),
                None => quote!(other => Err(json.unknown_variant(#type_name, other)),),
            };
            quote! {
                let value: #value = json.read()?;
                match value.to_string().as_str() {
                    #(#arms)*
                    #rest
                }
            }
        }
    }
}
