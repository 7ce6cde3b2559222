//! Structs with their JSON.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::{deprecated, docs, ident, rust_type};
use crate::rust::model::{RustType, StructField, TypeItem};

type AdditionalField = (String, RustType);

/// The struct and, if responses hold it, how it is read and written.
pub(super) fn structure(
    item: &TypeItem,
    fields: &[StructField],
    additional: Option<&AdditionalField>,
) -> Vec<TokenStream> {
    let mut items = vec![definition(item, fields, additional)];
    if item.received {
        items.push(from_json(item, fields, additional));
        items.push(to_json(item, fields, additional));
    }
    items
}

fn definition(
    item: &TypeItem,
    fields: &[StructField],
    additional: Option<&AdditionalField>,
) -> TokenStream {
    let name = ident(&item.name);
    let about = docs::docs(&[item
        .description
        .clone()
        .unwrap_or_else(|| format!("The object `{}`.", item.name))]);
    let deprecated = deprecated(item.deprecated);
    let mut members: Vec<TokenStream> = fields.iter().map(member).collect();
    if let Some((name, ty)) = additional {
        let name = ident(name);
        let ty = rust_type(ty);
        members.push(quote! {
            /// Properties that the description does not name.
            pub #name: Map<String, #ty>,
        });
    }
    quote! {
        #about
        #deprecated
        #[derive(Debug, Clone, PartialEq)]
        #[non_exhaustive]
        pub struct #name {
            #(#members)*
        }
    }
}

fn member(field: &StructField) -> TokenStream {
    let name = ident(&field.name);
    let text = field
        .description
        .clone()
        .unwrap_or_else(|| format!("The property `{}`.", field.key));
    let about = docs::docs(&[text]);
    let deprecated = deprecated(field.deprecated);
    let ty = rust_type(&field.ty);
    let ty = if field.optional {
        quote!(Option<#ty>)
    } else {
        ty
    };
    quote! {
        #about
        #deprecated
        pub #name: #ty,
    }
}

/// The variable that holds a field while its object is read; `json` and `key` are taken.
fn local(name: &str) -> Ident {
    match name {
        "json" | "key" => ident(&format!("{name}_value")),
        name => ident(name),
    }
}

fn from_json(
    item: &TypeItem,
    fields: &[StructField],
    additional: Option<&AdditionalField>,
) -> TokenStream {
    let name = ident(&item.name);
    let mut locals: Vec<TokenStream> = Vec::new();
    let mut arms: Vec<TokenStream> = Vec::new();
    let mut members: Vec<TokenStream> = Vec::new();
    for field in fields {
        let (key, member, local) = (&field.key, ident(&field.name), local(&field.name));
        locals.push(quote!(let mut #local = None;));
        arms.push(match (field.lenient, field.optional) {
            (true, true) => quote!(#key => #local = json.read_lenient_map()?,),
            (true, false) => {
                quote!(#key => #local = Some(json.read_lenient_map()?.unwrap_or_default()),)
            }
            (false, true) => quote!(#key => #local = json.read()?,),
            (false, false) => quote!(#key => #local = Some(json.read()?),),
        });
        members.push(match field.optional {
            true if member == local => quote!(#member,),
            true => quote!(#member: #local,),
            false => quote!(#member: json.required(#key, #local)?,),
        });
    }
    let rest = match additional {
        Some((name, _)) => {
            let (member, local) = (ident(name), local(name));
            locals.push(quote!(let mut #local = Map::new();));
            members.push(if member == local {
                quote!(#member,)
            } else {
                quote!(#member: #local,)
            });
            quote! {
                _ => {
                    #local.insert(key.into_owned(), json.read()?);
                }
            }
        }
        None => quote!(_ => json.skip()?,),
    };
    quote! {
        impl FromJson for #name {
            fn from_json(json: &mut JsonReader<'_>) -> Result<Self, JsonError> {
                #(#locals)*
                json.begin_object()?;
                while let Some(key) = json.next_key()? {
                    match &*key {
                        #(#arms)*
                        #rest
                    }
                }
                Ok(Self { #(#members)* })
            }
        }
    }
}

fn to_json(
    item: &TypeItem,
    fields: &[StructField],
    additional: Option<&AdditionalField>,
) -> TokenStream {
    let name = ident(&item.name);
    let fields = fields.iter().map(|field| {
        let (key, member) = (&field.key, ident(&field.name));
        if field.optional {
            quote!(json.optional(#key, &self.#member);)
        } else {
            quote!(json.field(#key, &self.#member);)
        }
    });
    let rest = additional.map(|(name, _)| {
        let member = ident(name);
        quote!(json.fields(&self.#member);)
    });
    quote! {
        impl ToJson for #name {
            fn to_json(&self, json: &mut JsonWriter) {
                json.begin_object();
                #(#fields)*
                #rest
                json.end_object();
            }
        }
    }
}
