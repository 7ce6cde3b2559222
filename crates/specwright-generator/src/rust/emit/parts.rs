//! Forms with files.

use proc_macro2::TokenStream;
use quote::quote;

use super::{deprecated, docs, ident, scope::Scope};
use crate::rust::model::{PartField, RustType, TypeItem};

/// The struct and the form that it becomes.
pub(super) fn parts(scope: &Scope<'_>, item: &TypeItem, fields: &[PartField]) -> Vec<TokenStream> {
    let mut items = vec![definition(scope, item, fields)];
    items.extend(constructor(scope, item, fields));
    items.push(form(scope, item, fields));
    items
}

fn definition(scope: &Scope<'_>, item: &TypeItem, fields: &[PartField]) -> TokenStream {
    let name = ident(&item.name);
    let about = docs::described(item.description.as_ref(), || {
        format!("The form `{}`.", item.name)
    });
    let deprecated_type = deprecated(item.deprecated);
    let members = fields.iter().map(|field| {
        let (name, ty) = (ident(&field.name), scope.ty(&field.ty));
        let (about, deprecated) = (docs::docs(&field.docs), deprecated(field.deprecated));
        let ty = if field.optional {
            quote!(Option<#ty>)
        } else {
            ty
        };
        quote!(#about #deprecated pub #name: #ty,)
    });
    let default = fields
        .iter()
        .all(|it| it.optional)
        .then(|| quote!(, Default));
    quote! {
        #about
        #deprecated_type
        #[derive(Debug #default)]
        pub struct #name {
            #(#members)*
        }
    }
}

fn constructor(scope: &Scope<'_>, item: &TypeItem, fields: &[PartField]) -> Option<TokenStream> {
    let required = fields.iter().filter(|it| !it.optional);
    let count = required.clone().count();
    if count == 0 {
        return None;
    }
    let name = ident(&item.name);
    let arguments = required.map(|field| {
        let (name, ty) = (ident(&field.name), scope.ty(&field.ty));
        match field.ty {
            RustType::String => quote!(#name: impl Into<String>),
            _ => quote!(#name: #ty),
        }
    });
    let members = fields.iter().map(|field| {
        let name = ident(&field.name);
        match (field.optional, &field.ty) {
            (true, _) => quote!(#name: None,),
            (false, RustType::String) => quote!(#name: #name.into(),),
            (false, _) => quote!(#name,),
        }
    });
    Some(quote! {
        impl #name {
            /// The form with what it must have and nothing else.
            #[must_use]
            pub fn new(#(#arguments),*) -> Self {
                Self { #(#members)* }
            }
        }
    })
}

fn form(scope: &Scope<'_>, item: &TypeItem, fields: &[PartField]) -> TokenStream {
    let (name, multipart) = (ident(&item.name), scope.runtime("Multipart"));
    let adds = fields.iter().map(|field| {
        let (key, member) = (&field.key, ident(&field.name));
        let add = |value: TokenStream, borrowed: TokenStream| match (&field.ty, &field.content_type)
        {
            (RustType::File, content_type) => {
                let add = file(key, content_type.as_ref(), &value);
                quote!(form = #add;)
            }
            (RustType::Vec(_), content_type) if field.ty.is_file() => {
                let add = file(key, content_type.as_ref(), &quote!(file));
                quote! {
                    for file in #value {
                        form = #add;
                    }
                }
            }
            (_, Some(content_type)) => quote!(form = form.encoded(#key, #content_type, #borrowed);),
            (_, None) => quote!(form = form.value(#key, #borrowed);),
        };
        if field.optional {
            let add = add(quote!(value), quote!(&value));
            quote! {
                if let Some(value) = parts.#member {
                    #add
                }
            }
        } else {
            add(quote!(parts.#member), quote!(&parts.#member))
        }
    });
    quote! {
        impl From<#name> for #multipart {
            fn from(parts: #name) -> Self {
                let mut form = Self::new();
                #(#adds)*
                form
            }
        }
    }
}

/// Adds a file, of the media type that the document names unless the file has one of its own.
fn file(key: &str, content_type: Option<&String>, value: &TokenStream) -> TokenStream {
    match content_type {
        Some(content_type) => quote!(form.file_as(#key, #content_type, #value)),
        None => quote!(form.file(#key, #value)),
    }
}
