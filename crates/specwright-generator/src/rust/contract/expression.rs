//! Values as the expressions that somebody would write for them.

use proc_macro2::TokenStream;
use quote::quote;
use specwright_openapi::Json;

use crate::{
    ir::{EnumKind, JsonKind},
    rust::{
        emit::{Value, ident, text_type, value_of},
        model::{
            EnumVariant, FieldForm, Model, NamedKind, PartField, RustType, StructField, TypeItem,
            TypeShape, UnionVariant,
        },
    },
};

type Object = serde_json::Map<String, Json>;

/// Writes values for the types of a crate.
#[derive(Clone, Copy)]
pub(super) struct Writer<'m> {
    pub(super) model: &'m Model,
}

impl Writer<'_> {
    /// The argument that a parameter takes; `None` if the type has no such value.
    pub(super) fn argument(&self, ty: &RustType, value: &Json) -> Option<TokenStream> {
        match (value_of(ty), ty, value) {
            (Value::Into, RustType::String | RustType::Text(_), Json::String(text)) => {
                Some(quote!(#text))
            }
            (Value::Into, RustType::Decimal, value) => {
                let (decimal, text) = (self.path(ty), value.to_string());
                Some(quote!(contract::value::<#decimal>(#text)?))
            }
            (Value::Into | Value::Copied, ..) => self.owned(ty, value),
            (Value::Texts, _, Json::Array(texts)) => {
                let texts: Option<Vec<&str>> = texts.iter().map(Json::as_str).collect();
                let texts = texts?;
                Some(quote!(&[#(#texts),*]))
            }
            (Value::Slice, RustType::Vec(item), Json::Array(values)) => {
                let values = self.each(item, values)?;
                Some(quote!(&[#(#values),*]))
            }
            (Value::Texts | Value::Slice, ..) => None,
            (Value::Borrowed, ..) => {
                let value = self.owned(ty, value)?;
                Some(quote!(&#value))
            }
        }
    }

    /// The argument that a JSON body or a form takes.
    pub(super) fn body(&self, ty: &RustType, value: &Json) -> Option<TokenStream> {
        match ty {
            RustType::String | RustType::Text(_) | RustType::Named(_, NamedKind::OpenEnum) => {
                let plain = self.path(ty);
                Some(match value {
                    Json::String(text) if matches!(ty, RustType::Text(_)) => {
                        quote!(&#plain::from(#text))
                    }
                    value => {
                        let value = self.owned(ty, value)?;
                        quote!(&#value)
                    }
                })
            }
            ty => self.argument(ty, value),
        }
    }

    fn each(&self, ty: &RustType, values: &[Json]) -> Option<Vec<TokenStream>> {
        values.iter().map(|it| self.owned(ty, it)).collect()
    }

    /// The value itself.
    pub(super) fn owned(&self, ty: &RustType, value: &Json) -> Option<TokenStream> {
        Some(match (ty, value) {
            (RustType::String, Json::String(text)) => quote!(#text.to_owned()),
            (RustType::Text(_), Json::String(text)) => quote!(#text.into()),
            (RustType::Integer(_), Json::Number(number)) => {
                let number = number.as_i64()?;
                let plain = proc_macro2::Literal::u64_unsuffixed(number.unsigned_abs());
                match number < 0 {
                    true => quote!(-#plain),
                    false => quote!(#plain),
                }
            }
            (RustType::F64, Json::Number(number)) => {
                let number = number.as_f64()?;
                let plain = proc_macro2::Literal::f64_unsuffixed(number.abs());
                match number < 0.0 {
                    true => quote!(-#plain),
                    false => quote!(#plain),
                }
            }
            (RustType::Bool, Json::Bool(is)) => quote!(#is),
            (RustType::Json | RustType::Decimal, value) => {
                let text = value.to_string();
                quote!(contract::value(#text)?)
            }
            (RustType::Vec(item), Json::Array(values)) => {
                let values = self.each(item, values)?;
                quote!(vec![#(#values),*])
            }
            (RustType::Map(item), Json::Object(members)) => {
                let map = self.own("Map");
                let pairs = members.iter().map(|(name, value)| {
                    let value = self.owned(item, value)?;
                    Some(quote!((#name.to_owned(), #value)))
                });
                let pairs: Vec<TokenStream> = pairs.collect::<Option<_>>()?;
                quote!(#map::from_iter([#(#pairs),*]))
            }
            (RustType::Tuple(types), Json::Array(values)) if types.len() == values.len() => {
                let values = types.iter().zip(values).map(|(ty, it)| self.owned(ty, it));
                let values: Vec<TokenStream> = values.collect::<Option<_>>()?;
                quote!((#(#values,)*))
            }
            (RustType::Option(_), Json::Null) => quote!(None),
            (RustType::Option(inner), value) => {
                let value = self.owned(inner, value)?;
                quote!(Some(#value))
            }
            (RustType::Box(inner), value) => {
                let value = self.owned(inner, value)?;
                quote!(Box::new(#value))
            }
            (RustType::Named(name, _), value) => self.named(name, value)?,
            _ => return None,
        })
    }

    fn named(&self, name: &str, value: &Json) -> Option<TokenStream> {
        let item = self.model.types.iter().find(|it| it.name == name)?;
        match (&item.shape, value) {
            (TypeShape::Struct { fields, additional }, Json::Object(members)) => {
                self.structure(item, fields, additional.as_ref(), members)
            }
            (
                TypeShape::Enum {
                    variants,
                    other,
                    kind,
                },
                value,
            ) => self.enumeration(item, variants, other.as_ref(), *kind, value),
            (
                TypeShape::Union {
                    variants,
                    tag,
                    other,
                },
                value,
            ) => self.union(item, variants, tag.as_deref(), other, value),
            (TypeShape::Parts(fields), Json::Object(members)) => {
                let path = self.api_type(name);
                let fields = fields.iter().map(|it| self.part(it, members.get(&it.key)));
                let fields: Vec<TokenStream> = fields.collect::<Option<_>>()?;
                Some(quote!(#path { #(#fields),* }))
            }
            _ => None,
        }
    }

    fn structure(
        &self,
        item: &TypeItem,
        fields: &[StructField],
        additional: Option<&(String, RustType)>,
        members: &Object,
    ) -> Option<TokenStream> {
        let path = self.api_type(&item.name);
        let is_open = fields.iter().all(|it| it.form != FieldForm::Required);
        let mut given = Vec::new();
        for field in fields {
            let (name, value) = (ident(&field.name), members.get(&field.key));
            let patch = self.own("Patch");
            let value = match (field.form, value) {
                // `Default` says it.
                (FieldForm::Nullable | FieldForm::Optional, None | Some(Json::Null))
                | (FieldForm::Patch, None)
                    if is_open =>
                {
                    continue;
                }
                (FieldForm::Required, value) => self.owned(&field.ty, value?)?,
                (FieldForm::Nullable | FieldForm::Optional, None | Some(Json::Null)) => {
                    quote!(None)
                }
                (FieldForm::Patch, None) => quote!(#patch::Absent),
                (FieldForm::Patch, Some(Json::Null)) => quote!(#patch::Null),
                (FieldForm::Nullable | FieldForm::Optional, Some(value)) => {
                    let value = self.owned(&field.ty, value)?;
                    quote!(Some(#value))
                }
                (FieldForm::Patch, Some(value)) => {
                    let value = self.owned(&field.ty, value)?;
                    quote!(#patch::Value(#value))
                }
            };
            given.push(quote!(#name: #value));
        }
        let further: Object = members
            .iter()
            .filter(|(name, _)| !fields.iter().any(|it| it.key == **name))
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect();
        match additional {
            Some((name, ty)) if !further.is_empty() || !is_open => {
                let name = ident(name);
                let map = RustType::Map(Box::new(ty.clone()));
                let value = self.owned(&map, &Json::Object(further))?;
                given.push(quote!(#name: #value));
            }
            Some(_) => {}
            // The type has no place for them.
            None if !further.is_empty() => return None,
            None => {}
        }
        let count = fields.len() + usize::from(additional.is_some());
        let rest = (given.len() < count).then(|| quote!(..#path::default()));
        Some(quote!(#path { #(#given,)* #rest }))
    }

    fn enumeration(
        &self,
        item: &TypeItem,
        variants: &[EnumVariant],
        other: Option<&String>,
        kind: EnumKind,
        value: &Json,
    ) -> Option<TokenStream> {
        let path = self.api_type(&item.name);
        let text = match (kind, value) {
            (EnumKind::Text, Json::String(text)) => text.clone(),
            (EnumKind::Text, _) => return None,
            (EnumKind::Integer | EnumKind::Mixed, value) => value.to_string(),
        };
        if let Some(variant) = variants.iter().find(|it| it.text == text) {
            let variant = ident(&variant.name);
            return Some(quote!(#path::#variant));
        }
        let other = ident(other?);
        Some(match (kind, value) {
            (EnumKind::Text, _) => quote!(#path::from(#text)),
            (EnumKind::Integer, value) => {
                let number =
                    proc_macro2::Literal::i64_unsuffixed(value.as_i64().filter(|it| *it >= 0)?);
                quote!(#path::#other(#number))
            }
            (EnumKind::Mixed, _) => quote!(#path::#other(contract::value(#text)?)),
        })
    }

    /// The variant that has the tag of the value, or else the one that knows most of it; what none knows is any JSON.
    fn union(
        &self,
        item: &TypeItem,
        variants: &[UnionVariant],
        tag: Option<&str>,
        other: &str,
        value: &Json,
    ) -> Option<TokenStream> {
        let path = self.api_type(&item.name);
        let tagged = tag.and_then(|it| value.get(it)).and_then(Json::as_str);
        let is_tagged =
            |it: &&UnionVariant| tagged.is_some_and(|tag| it.tags.iter().any(|own| own == tag));
        let written = |variant: &UnionVariant| {
            let mut held = value.clone();
            if let (Some(tag), Json::Object(members), false) = (tag, &mut held, variant.holds_tag) {
                members.shift_remove(tag);
            }
            let value = self.owned(&variant.ty, &held)?;
            let name = ident(&variant.name);
            Some(quote!(#path::#name(#value)))
        };
        if let Some(variant) = variants.iter().find(is_tagged)
            && let Some(written) = written(variant)
        {
            return Some(written);
        }
        let fitting = variants
            .iter()
            .filter(|it| it.tags.is_empty() || tag.is_none());
        let fitting = fitting.filter(|it| it.kind.is_none_or(|kind| kind_of(value) == Some(kind)));
        let mut fitting: Vec<&UnionVariant> = fitting
            .filter(|it| it.required.iter().all(|name| value.get(name).is_some()))
            .collect();
        fitting.sort_by_key(|it| std::cmp::Reverse(it.required.len()));
        let found = fitting.into_iter().find_map(written);
        found.or_else(|| {
            let (other, text) = (ident(other), value.to_string());
            Some(quote!(#path::#other(contract::value(#text)?)))
        })
    }

    fn part(&self, field: &PartField, value: Option<&Json>) -> Option<TokenStream> {
        let name = ident(&field.name);
        let content = |it: &Json| {
            let text = it.as_str().unwrap_or("octets").to_owned();
            quote!(contract::File::new(#text))
        };
        let value = match (&field.ty, value) {
            (_, None) if field.optional => return Some(quote!(#name: None)),
            (RustType::File, Some(value)) => content(value),
            (ty, Some(Json::Array(values))) if ty.is_file() => {
                let files = values.iter().map(content);
                quote!(vec![#(#files),*])
            }
            (ty, value) => self.owned(ty, value?)?,
        };
        Some(match field.optional {
            true => quote!(#name: Some(#value)),
            false => quote!(#name: #value),
        })
    }

    fn root(&self) -> proc_macro2::Ident {
        ident(&self.model.crate_name)
    }

    /// A name of the runtime.
    fn own(&self, name: &str) -> TokenStream {
        let (root, name) = (self.root(), ident(name));
        quote!(#root::runtime::#name)
    }

    fn api_type(&self, name: &str) -> TokenStream {
        let (root, name) = (self.root(), ident(name));
        quote!(#root::types::#name)
    }

    /// A type as users of the crate write it.
    fn path(&self, ty: &RustType) -> TokenStream {
        match ty {
            RustType::String => quote!(String),
            RustType::Text(format) => self.own(text_type(*format)),
            RustType::Decimal => self.own("Decimal"),
            RustType::Named(name, _) => self.api_type(name),
            _ => quote!(_),
        }
    }
}

fn kind_of(value: &Json) -> Option<JsonKind> {
    Some(match value {
        Json::Null => return None,
        Json::Bool(_) => JsonKind::Boolean,
        Json::Number(_) => JsonKind::Number,
        Json::String(_) => JsonKind::String,
        Json::Array(_) => JsonKind::Array,
        Json::Object(_) => JsonKind::Object,
    })
}
