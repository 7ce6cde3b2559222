//! Enums of texts.

use proc_macro2::TokenStream;
use quote::quote;

use super::{deprecated, docs, ident};
use crate::rust::model::{EnumVariant, TypeItem};

/// The enum with its conversions.
pub(super) fn enumeration(
    item: &TypeItem,
    variants: &[EnumVariant],
    other: Option<&str>,
) -> Vec<TokenStream> {
    let mut items = vec![
        definition(item, variants, other),
        as_str(item, variants, other),
        display(item),
    ];
    if let Some(other) = other {
        items.extend(conversions(item, variants, other));
    }
    if item.received {
        items.extend(json(item, variants, other));
    }
    items
}

fn definition(item: &TypeItem, variants: &[EnumVariant], other: Option<&str>) -> TokenStream {
    let name = ident(&item.name);
    let about = docs::docs(&[item
        .description
        .clone()
        .unwrap_or_else(|| format!("The values of `{}`.", item.name))]);
    let deprecated = deprecated(item.deprecated);
    let members = variants.iter().map(|variant| {
        let name = ident(&variant.name);
        let about = docs::verbatim(&[code_span(&variant.text)]);
        quote!(#about #name,)
    });
    match other {
        Some(other) => {
            let other = ident(other);
            quote! {
                #about
                #deprecated
                #[derive(Debug, Clone, PartialEq, Eq, Hash)]
                #[non_exhaustive]
                pub enum #name {
                    #(#members)*
                    /// Any other text.
                    #other(String),
                }
            }
        }
        None => quote! {
            #about
            #deprecated
            #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
            #[non_exhaustive]
            pub enum #name {
                #(#members)*
            }
        },
    }
}

/// A text as a Markdown code span that nothing in it can end.
fn code_span(text: &str) -> String {
    let printed: String = text
        .chars()
        .map(|it| {
            if it.is_control() || it == '`' {
                '\u{fffd}'
            } else {
                it
            }
        })
        .collect();
    if printed.trim().is_empty() {
        "An empty text.".to_owned()
    } else {
        format!("`{printed}`")
    }
}

fn as_str(item: &TypeItem, variants: &[EnumVariant], other: Option<&str>) -> TokenStream {
    let name = ident(&item.name);
    let arms = variants.iter().map(|variant| {
        let (variant, text) = (ident(&variant.name), &variant.text);
        quote!(Self::#variant => #text,)
    });
    let signature = match other {
        Some(_) => quote!(pub fn as_str(&self) -> &str),
        None => quote!(pub fn as_str(self) -> &'static str),
    };
    let rest = other.map(|other| {
        let other = ident(other);
        quote!(Self::#other(text) => text,)
    });
    quote! {
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
    }
}

fn display(item: &TypeItem) -> TokenStream {
    let name = ident(&item.name);
    quote! {
        impl fmt::Display for #name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }
    }
}

fn conversions(item: &TypeItem, variants: &[EnumVariant], other: &str) -> Vec<TokenStream> {
    let (name, other) = (ident(&item.name), ident(other));
    let arms = variants.iter().map(|variant| {
        let (variant, text) = (ident(&variant.name), &variant.text);
        quote!(#text => Self::#variant,)
    });
    vec![
        quote! {
            impl From<&str> for #name {
                fn from(text: &str) -> Self {
                    match text {
                        #(#arms)*
                        other => Self::#other(other.to_owned()),
                    }
                }
            }
        },
        quote! {
            impl From<String> for #name {
                fn from(text: String) -> Self {
                    Self::from(text.as_str())
                }
            }
        },
    ]
}

fn json(item: &TypeItem, variants: &[EnumVariant], other: Option<&str>) -> Vec<TokenStream> {
    let (name, type_name) = (ident(&item.name), &item.name);
    let read = if other.is_some() {
        quote!(Ok(Self::from(&*json.read_str()?)))
    } else {
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
    };
    vec![
        quote! {
            impl FromJson for #name {
                fn from_json(json: &mut JsonReader<'_>) -> Result<Self, JsonError> {
                    #read
                }
            }
        },
        quote! {
            impl ToJson for #name {
                fn to_json(&self, json: &mut JsonWriter) {
                    json.string(self.as_str());
                }
            }
        },
    ]
}
