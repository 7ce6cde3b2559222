//! Arguments of operations: how callers give them, and what the runtime is handed.

use proc_macro2::TokenStream;
use quote::quote;

use super::{ident, scope::Scope};
use crate::{
    ir::{ParameterPlace, ParameterStyle, PropertyEncoding},
    rust::model::{Argument, ArgumentKind, BodyKind, Model, NamedKind, Operation, RustType},
};

/// How a value is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Value {
    /// Anything that converts into the type.
    Into,
    /// The value itself.
    Copied,
    /// A slice of texts.
    Texts,
    /// A slice of the items.
    Slice,
    /// A reference.
    Borrowed,
}

impl Value {
    pub(super) fn of(ty: &RustType) -> Self {
        match ty {
            RustType::String
            | RustType::Text(_)
            | RustType::Decimal
            | RustType::Named(_, NamedKind::OpenEnum) => Self::Into,
            RustType::Integer(_)
            | RustType::F64
            | RustType::Bool
            | RustType::Named(_, NamedKind::ClosedEnum) => Self::Copied,
            RustType::Vec(item) if matches!(**item, RustType::String | RustType::Text(_)) => {
                Self::Texts
            }
            RustType::Vec(_) => Self::Slice,
            _ => Self::Borrowed,
        }
    }
}

/// The type of an argument in a signature.
pub(super) fn signature(scope: &Scope<'_>, argument: &Argument) -> TokenStream {
    match &argument.kind {
        ArgumentKind::Parameter { ty, .. } => taken(scope, ty),
        ArgumentKind::Body(kind) => match kind {
            BodyKind::Json { ty, .. } | BodyKind::Form { ty, .. } => match ty {
                RustType::String | RustType::Text(_) | RustType::Named(_, NamedKind::OpenEnum) => {
                    let ty = scope.ty(ty);
                    quote!(&#ty)
                }
                ty => taken(scope, ty),
            },
            BodyKind::Multipart { ty, .. } => scope.ty(ty),
            BodyKind::Text { .. } => quote!(impl Into<String>),
            BodyKind::Binary { .. } => {
                let body = scope.runtime("Body");
                quote!(impl Into<#body>)
            }
        },
        ArgumentKind::BodyChoice(name) => {
            let name = ident(name);
            quote!(impl Into<#name>)
        }
    }
}

fn taken(scope: &Scope<'_>, ty: &RustType) -> TokenStream {
    let plain = scope.ty(ty);
    match (Value::of(ty), ty) {
        (Value::Into, _) => quote!(impl Into<#plain>),
        (Value::Copied, _) => plain,
        (Value::Texts, _) => quote!(&[&str]),
        (Value::Slice, RustType::Vec(item)) => {
            let item = scope.ty(item);
            quote!(&[#item])
        }
        _ => quote!(&#plain),
    }
}

/// The statement that puts an argument into a request.
pub(super) fn set(
    scope: &Scope<'_>,
    operation: &Operation,
    argument: &Argument,
    request: &TokenStream,
) -> TokenStream {
    let name = ident(&argument.name);
    match &argument.kind {
        ArgumentKind::Parameter { place, style, ty } => {
            parameter(scope, &argument.wire, *place, *style, ty, &name, request)
        }
        ArgumentKind::Body(kind) => {
            let taken = match kind {
                BodyKind::Json { ty, .. } | BodyKind::Form { ty, .. } => match Value::of(ty) {
                    Value::Copied => quote!(&#name),
                    _ => quote!(#name),
                },
                _ => quote!(#name),
            };
            body(scope, kind, &taken, request)
        }
        ArgumentKind::BodyChoice(choice) => {
            let enumeration = ident(choice);
            let variants = operation.body.iter().flat_map(|it| &it.variants);
            let arms = variants.map(|(variant, kind)| {
                let variant = ident(variant);
                let value = match kind {
                    BodyKind::Json { .. } | BodyKind::Form { .. } => quote!(&value),
                    _ => quote!(value),
                };
                let set = body(scope, kind, &value, request);
                quote!(#enumeration::#variant(value) => { #set })
            });
            quote!(match #name.into() { #(#arms)* })
        }
    }
}

fn parameter(
    scope: &Scope<'_>,
    wire: &str,
    place: ParameterPlace,
    style: ParameterStyle,
    ty: &RustType,
    name: &proc_macro2::Ident,
    request: &TokenStream,
) -> TokenStream {
    let converted = match (Value::of(ty), ty) {
        (Value::Into, _) => {
            let ty = scope.ty(ty);
            quote!(Into::<#ty>::into(#name))
        }
        _ => quote!(#name),
    };
    let referred = match Value::of(ty) {
        Value::Borrowed => quote!(#name),
        _ => quote!(&#converted),
    };
    if place == ParameterPlace::QueryString {
        return match style {
            ParameterStyle::Json => quote!(#request.query_string_json(#referred);),
            _ => quote!(#request.query_string(#referred);),
        };
    }
    let function = ident(match place {
        ParameterPlace::Path => "path",
        ParameterPlace::Query | ParameterPlace::QueryString => "query",
        ParameterPlace::Header => "header",
        ParameterPlace::Cookie => "cookie",
    });
    let (style, explode, reserved, json) = match style {
        ParameterStyle::Plain => {
            let value = match Value::of(ty) {
                Value::Into => quote!(#name.into()),
                _ => converted,
            };
            return quote!(#request.#function(#wire, #value););
        }
        ParameterStyle::Json => (None, None, false, true),
        ParameterStyle::Styled {
            style,
            explode,
            allow_reserved,
        } => {
            let default = match place {
                ParameterPlace::Path | ParameterPlace::Header => "Simple",
                _ => "Form",
            };
            let style_name = (style != default).then(|| {
                let (types, style) = (scope.runtime("Style"), ident(style));
                quote!(.style(#types::#style))
            });
            // The default of `explode` goes with the style.
            let usual = matches!(style, "Form" | "DeepObject");
            let explode = (explode != usual).then(|| quote!(.explode(#explode)));
            (style_name, explode, allow_reserved, false)
        }
    };
    let types = scope.runtime("Parameter");
    let reserved = reserved.then(|| quote!(.allow_reserved()));
    let json = json.then(|| quote!(.json()));
    quote!(#request.parameter(#types::#function(#wire) #style #explode #reserved #json, #referred);)
}

fn body(
    scope: &Scope<'_>,
    kind: &BodyKind,
    value: &TokenStream,
    request: &TokenStream,
) -> TokenStream {
    match kind {
        BodyKind::Json { media, .. } if media == "application/json" => {
            quote!(#request.json(#value);)
        }
        BodyKind::Json { media, ty } => match Value::of(ty) {
            // A slice is no object of a trait, a reference to one is.
            Value::Texts | Value::Slice => quote!(#request.json_as(#media, &#value);),
            _ => quote!(#request.json_as(#media, #value);),
        },
        BodyKind::Form { encodings, ty } => {
            let encodings = encodings.iter().map(|it| encoding(scope, it));
            let value = match Value::of(ty) {
                Value::Texts | Value::Slice => quote!(&#value),
                _ => quote!(#value),
            };
            let encodings: Vec<_> = encodings.collect();
            if encodings.is_empty() {
                quote!(#request.form(#value, &[]);)
            } else {
                quote!(#request.form(#value, const { &[#(#encodings),*] });)
            }
        }
        BodyKind::Multipart { media, .. } if media == "multipart/form-data" => {
            quote!(#request.multipart(#value.into());)
        }
        BodyKind::Multipart { media, .. } => quote!(#request.multipart_as(#media, #value.into());),
        BodyKind::Text { media } => quote!(#request.text(#media, #value.into());),
        BodyKind::Binary { media } => quote!(#request.body(#media, #value);),
    }
}

fn encoding(scope: &Scope<'_>, encoding: &PropertyEncoding) -> TokenStream {
    let (types, name) = (scope.runtime("Encoding"), &encoding.name);
    let style = encoding.style.filter(|it| *it != "Form").map(|style| {
        let (types, style) = (scope.runtime("Style"), ident(style));
        quote!(.style(#types::#style))
    });
    let explode = (!encoding.explode).then(|| quote!(.explode(false)));
    let media = encoding
        .content_type
        .as_ref()
        .map(|media| quote!(.content_type(#media)));
    quote!(#types::new(#name) #style #explode #media)
}

/// A value for an example; the name of a parameter of the example's function where none can be written down.
pub(super) fn example(argument: &Argument) -> String {
    let name = &argument.name;
    match &argument.kind {
        ArgumentKind::Parameter { ty, .. } => match (Value::of(ty), ty) {
            (_, RustType::Integer(_)) => "1".to_owned(),
            (_, RustType::F64) => "1.0".to_owned(),
            (_, RustType::Bool) => "true".to_owned(),
            (_, RustType::Decimal) => "1_u64".to_owned(),
            (Value::Into, RustType::Named(..)) => name.clone(),
            (Value::Into, _) => format!("{:?}", argument.example),
            (Value::Texts, _) => format!("&[{:?}]", argument.wire),
            (Value::Slice, _) => "&[]".to_owned(),
            (Value::Copied, _) => name.clone(),
            (Value::Borrowed, _) => format!("&{name}"),
        },
        ArgumentKind::Body(BodyKind::Json { ty, .. } | BodyKind::Form { ty, .. }) => {
            match Value::of(ty) {
                Value::Slice | Value::Texts => "&[]".to_owned(),
                Value::Copied => name.clone(),
                _ => format!("&{name}"),
            }
        }
        ArgumentKind::Body(BodyKind::Text { .. }) => "\"text\"".to_owned(),
        ArgumentKind::Body(BodyKind::Binary { .. }) => "\"bytes\"".to_owned(),
        ArgumentKind::Body(BodyKind::Multipart { .. }) | ArgumentKind::BodyChoice(_) => {
            name.clone()
        }
    }
}

/// The parameter of the example's function for an argument, if it needs one.
pub(super) fn hidden_example(model: &Model, argument: &Argument) -> Option<String> {
    let ty = match &argument.kind {
        ArgumentKind::Parameter { ty, .. } => match Value::of(ty) {
            Value::Borrowed => ty,
            Value::Into | Value::Copied if matches!(ty, RustType::Named(..)) => ty,
            _ => return None,
        },
        ArgumentKind::Body(BodyKind::Json { ty, .. } | BodyKind::Form { ty, .. }) => {
            match Value::of(ty) {
                Value::Slice | Value::Texts => return None,
                _ => ty,
            }
        }
        ArgumentKind::Body(BodyKind::Multipart { ty, .. }) => ty,
        ArgumentKind::Body(_) => return None,
        ArgumentKind::BodyChoice(name) => {
            let module = module_of(model, name)?;
            return Some(format!(
                "{}: {}::{module}::{name}",
                argument.name, model.crate_name
            ));
        }
    };
    Some(format!("{}: {}", argument.name, path(model, ty)))
}

fn module_of<'m>(model: &'m Model, body: &str) -> Option<&'m str> {
    let found = model.resources.iter().find(|resource| {
        resource
            .operations
            .iter()
            .any(|it| it.body.as_ref().is_some_and(|it| it.name == body))
    });
    found.map(|it| it.module.as_str())
}

/// A type as users of the crate write it.
fn path(model: &Model, ty: &RustType) -> String {
    let root = &model.crate_name;
    match ty {
        RustType::String => "String".to_owned(),
        RustType::Text(format) => format!("{root}::runtime::{}", super::scope::text_type(*format)),
        RustType::Integer(_) => "i64".to_owned(),
        RustType::F64 => "f64".to_owned(),
        RustType::Decimal => format!("{root}::runtime::Decimal"),
        RustType::Bool => "bool".to_owned(),
        RustType::Json => format!("{root}::runtime::Value"),
        RustType::File => format!("{root}::runtime::File"),
        RustType::Vec(item) => format!("Vec<{}>", path(model, item)),
        RustType::Map(value) => format!("{root}::runtime::Map<String, {}>", path(model, value)),
        RustType::Tuple(elements) => {
            let elements: Vec<String> = elements
                .iter()
                .map(|it| format!("{},", path(model, it)))
                .collect();
            format!("({})", elements.join(" "))
        }
        RustType::Option(inner) => format!("Option<{}>", path(model, inner)),
        RustType::Box(inner) => format!("Box<{}>", path(model, inner)),
        RustType::Named(name, _) => format!("{root}::types::{name}"),
    }
}
