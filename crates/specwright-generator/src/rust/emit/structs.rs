//! Structs with their JSON.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::{deprecated, docs, ident, scope::Scope};
use crate::rust::model::{FieldForm, NamedKind, RustType, StructField, TypeItem};

type AdditionalField = (String, RustType);

/// The struct, how it is made, and how it is read and written.
pub(super) fn structure(
    scope: &Scope<'_>,
    item: &TypeItem,
    fields: &[StructField],
    additional: Option<&AdditionalField>,
) -> Vec<TokenStream> {
    let mut items = vec![definition(scope, item, fields, additional)];
    if item.sent {
        items.extend(constructor(scope, item, fields, additional));
    }
    if item.received {
        items.push(from_json(scope, item, fields, additional));
    }
    items.push(to_json(scope, item, fields, additional));
    items
}

fn definition(
    scope: &Scope<'_>,
    item: &TypeItem,
    fields: &[StructField],
    additional: Option<&AdditionalField>,
) -> TokenStream {
    let name = ident(&item.name);
    let about = docs::described(item.description.as_ref(), || {
        format!("The object `{}`.", item.name)
    });
    let deprecated = deprecated(item.deprecated);
    let mut members: Vec<TokenStream> = fields.iter().map(|it| member(scope, it)).collect();
    if let Some((name, ty)) = additional {
        let (name, ty, map) = (ident(name), scope.ty(ty), scope.runtime("Map"));
        members.push(quote! {
            /// Properties that the description does not name.
            pub #name: #map<String, #ty>,
        });
    }
    // Those who send a type make values of it, which `..` keeps open for later properties.
    let default = (item.sent && fields.iter().all(has_default)).then(|| quote!(, Default));
    let open = (!item.sent).then(|| quote!(#[non_exhaustive]));
    quote! {
        #about
        #deprecated
        #[derive(Clone #default)]
        #open
        pub struct #name {
            #(#members)*
        }
    }
}

fn has_default(field: &StructField) -> bool {
    field.form != FieldForm::Required
}

fn member(scope: &Scope<'_>, field: &StructField) -> TokenStream {
    let name = ident(&field.name);
    let about = docs::docs(&field.docs);
    let deprecated = deprecated(field.deprecated);
    let ty = scope.ty(&field.ty);
    let ty = match field.form {
        FieldForm::Required => ty,
        FieldForm::Nullable | FieldForm::Optional => quote!(Option<#ty>),
        FieldForm::Patch => {
            let patch = scope.runtime("Patch");
            quote!(#patch<#ty>)
        }
    };
    quote! {
        #about
        #deprecated
        pub #name: #ty,
    }
}

/// `new` with what is required, unless `Default` says it all.
fn constructor(
    scope: &Scope<'_>,
    item: &TypeItem,
    fields: &[StructField],
    additional: Option<&AdditionalField>,
) -> Option<TokenStream> {
    if fields.iter().all(has_default) {
        return None;
    }
    let name = ident(&item.name);
    let asked = fields
        .iter()
        .filter(|it| it.form == FieldForm::Required && it.constant.is_none());
    let arguments = asked.clone().map(|field| {
        let (name, ty) = (ident(&field.name), scope.ty(&field.ty));
        match converts(&field.ty) {
            true => quote!(#name: impl Into<#ty>),
            false => quote!(#name: #ty),
        }
    });
    let members = fields.iter().map(|field| {
        let name = ident(&field.name);
        match (field.form, &field.constant) {
            (FieldForm::Required, Some(constant)) => quote!(#name: #constant.to_owned(),),
            (FieldForm::Required, None) if converts(&field.ty) => quote!(#name: #name.into(),),
            (FieldForm::Required, None) => quote!(#name,),
            (FieldForm::Patch, _) => {
                let patch = scope.runtime("Patch");
                quote!(#name: #patch::Absent,)
            }
            (FieldForm::Nullable | FieldForm::Optional, _) => quote!(#name: None,),
        }
    });
    let rest = additional.map(|(name, _)| {
        let (name, map) = (ident(name), scope.runtime("Map"));
        quote!(#name: #map::new(),)
    });
    Some(quote! {
        impl #name {
            /// The object with what it must have and nothing else.
            #[must_use]
            pub fn new(#(#arguments),*) -> Self {
                Self { #(#members)* #rest }
            }
        }
    })
}

/// Whether callers may give anything that converts into the type.
fn converts(ty: &RustType) -> bool {
    matches!(
        ty,
        RustType::String
            | RustType::Text(_)
            | RustType::Box(_)
            | RustType::Named(_, NamedKind::OpenEnum)
    )
}

/// The variable that holds a field while its object is read; `json` is taken.
fn local(name: &str) -> Ident {
    match name {
        "json" => ident("json_value"),
        name => ident(name),
    }
}

fn from_json(
    scope: &Scope<'_>,
    item: &TypeItem,
    fields: &[StructField],
    additional: Option<&AdditionalField>,
) -> TokenStream {
    let name = ident(&item.name);
    let (trait_name, reader, error) = (
        scope.runtime("FromJson"),
        scope.runtime("JsonReader"),
        scope.runtime("JsonError"),
    );
    let locals = fields.iter().map(|field| {
        let local = local(&field.name);
        match field.form {
            _ if field.lenient => {
                let lenient = scope.runtime("LenientMap");
                quote!(let mut #local = #lenient::default();)
            }
            FieldForm::Patch => {
                let patch = scope.runtime("Patch");
                quote!(let mut #local = #patch::Absent;)
            }
            _ => quote!(let mut #local = None;),
        }
    });
    let slots = |required: bool| {
        let of = fields
            .iter()
            .filter(move |it| (it.form == FieldForm::Required) == required);
        let slots = of.map(|field| {
            let (key, local) = (&field.key, local(&field.name));
            quote!((#key, &mut #local))
        });
        quote!(&mut [#(#slots),*])
    };
    let (required, optional) = (slots(true), slots(false));
    let members = fields.iter().map(|field| {
        let (member, local) = (ident(&field.name), local(&field.name));
        match field.form {
            FieldForm::Required => member_value(&member, &local),
            _ if field.lenient => quote!(#member: #local.into_inner(),),
            _ => member_value(&member, &local),
        }
    });
    let (rest, read, rest_member) = match additional {
        Some((name, _)) => {
            let (member, local, map) = (ident(name), local(name), scope.runtime("Map"));
            (
                Some(quote!(let mut #local = #map::new();)),
                quote!(json.object_with_rest(#required, #optional, &mut #local)?;),
                Some(member_value(&member, &local)),
            )
        }
        None => (None, quote!(json.object(#required, #optional)?;), None),
    };
    let present = present(fields);
    quote! {
        impl #trait_name for #name {
            fn from_json(json: &mut #reader<'_>) -> Result<Self, #error> {
                #(#locals)*
                #rest
                #read
                #present
                Ok(Self { #(#members)* #rest_member })
            }
        }
    }
}

/// `name`, or `name: other`.
fn member_value(member: &Ident, local: &Ident) -> TokenStream {
    if member == local {
        quote!(#member,)
    } else {
        quote!(#member: #local,)
    }
}

/// Takes the required fields out of their options.
fn present(fields: &[StructField]) -> Option<TokenStream> {
    let required: Vec<_> = fields
        .iter()
        .filter(|it| it.form == FieldForm::Required)
        .map(|field| {
            let local = local(&field.name);
            let value = if field.lenient {
                quote!(#local.into_inner())
            } else {
                quote!(#local)
            };
            (local, value)
        })
        .collect();
    let (names, values): (Vec<_>, Vec<_>) = required.into_iter().unzip();
    match (names.as_slice(), values.as_slice()) {
        ([], _) => None,
        ([name], [value]) => Some(quote! {
            let Some(#name) = #value else {
                return Err(json.incomplete());
            };
        }),
        _ => Some(quote! {
            let (#(Some(#names)),*) = (#(#values),*) else {
                return Err(json.incomplete());
            };
        }),
    }
}

fn to_json(
    scope: &Scope<'_>,
    item: &TypeItem,
    fields: &[StructField],
    additional: Option<&AdditionalField>,
) -> TokenStream {
    let name = ident(&item.name);
    let (trait_name, writer) = (scope.runtime("ToJson"), scope.runtime("JsonWriter"));
    let fields = fields.iter().map(|field| {
        let (key, member) = (&field.key, ident(&field.name));
        match field.form {
            FieldForm::Required | FieldForm::Nullable => quote!(json.field(#key, &self.#member);),
            FieldForm::Optional => quote!(json.optional(#key, &self.#member);),
            FieldForm::Patch => quote!(json.patch(#key, &self.#member);),
        }
    });
    let rest = additional.map(|(name, _)| {
        let member = ident(name);
        quote!(json.fields(&self.#member);)
    });
    quote! {
        impl #trait_name for #name {
            fn to_json(&self, json: &mut #writer) {
                json.begin_object();
                #(#fields)*
                #rest
                json.end_object();
            }
        }
    }
}
