//! The arguments of a call: their values, and the expressions that pass them.

use proc_macro2::TokenStream;
use quote::quote;
use specwright_openapi::Json;

use super::{
    choose::{Amount, Chooser},
    expression::Writer,
    texts::Texts,
};
use crate::{
    ir::{ParameterPlace, ParameterStyle},
    rust::{
        emit::ident,
        model::{Argument, ArgumentKind, BodyEnum, BodyKind, Model, Resource, RustType, TypeShape},
    },
};

/// What arguments are made from.
#[derive(Clone, Copy)]
pub(super) struct Source<'d> {
    pub(super) model: &'d Model,
    pub(super) resource: &'d Resource,
    /// The normal form as JSON.
    pub(super) root: &'d Json,
    /// The operation in it, with the parameters of its path item behind its own.
    pub(super) operation: &'d Json,
    pub(super) amount: Amount,
    /// The kinds of bodies to choose from, and which of them to send.
    pub(super) choice: Option<(&'d BodyEnum, usize)>,
}

/// An argument with its value.
pub(super) struct Chosen {
    /// `path`, `query`, `header`, `cookie`; empty for a body and a whole query.
    pub(super) place: &'static str,
    /// The name there, or `body` or `querystring`.
    pub(super) name: String,
    /// What it is on the wire.
    pub(super) value: Json,
    /// The expression that passes it.
    pub(super) passed: TokenStream,
}

impl<'d> Source<'d> {
    /// A value for the argument.
    ///
    /// # Errors
    /// Why there is none.
    pub(super) fn argument(&self, argument: &Argument) -> Result<Chosen, String> {
        match &argument.kind {
            ArgumentKind::Parameter { place, style, ty } => {
                let chosen = self.parameter(&argument.wire, *place, *style, ty);
                chosen.ok_or_else(|| {
                    format!("no value is known for the parameter `{}`", argument.wire)
                })
            }
            ArgumentKind::Body(kind) => self.body(kind, false),
            ArgumentKind::BodyChoice(_) => self.chosen_body(),
        }
    }

    fn parameter(
        &self,
        name: &str,
        place: ParameterPlace,
        style: ParameterStyle,
        ty: &RustType,
    ) -> Option<Chosen> {
        let place_name = match place {
            ParameterPlace::Path => "path",
            ParameterPlace::Query => "query",
            ParameterPlace::Header => "header",
            ParameterPlace::Cookie => "cookie",
            ParameterPlace::QueryString => "",
        };
        let texts = match (place, style) {
            (_, ParameterStyle::Styled { .. }) => Texts::Letters,
            (ParameterPlace::Header, _) => Texts::Header,
            _ if matches!(ty, RustType::Vec(_)) => Texts::Letters,
            _ => Texts::Any,
        };
        let is_json = style == ParameterStyle::Json;
        let chooser = self.chooser(texts, !is_json);
        let value = chooser.value(self.schema_of_parameter(name, place_name)?)?;
        let is_nothing = match &value {
            Json::String(text) => text.is_empty(),
            Json::Object(members) => members.is_empty(),
            Json::Array(items) => items.is_empty(),
            _ => false,
        };
        if is_nothing && !is_json {
            return None;
        }
        let passed = Writer { model: self.model }.argument(ty, &value)?;
        Some(Chosen {
            place: place_name,
            name: match place {
                ParameterPlace::QueryString => "querystring".to_owned(),
                _ => name.to_owned(),
            },
            value,
            passed,
        })
    }

    fn chooser(&self, texts: Texts, is_flat: bool) -> Chooser<'d> {
        Chooser {
            root: self.root,
            amount: self.amount,
            texts,
            is_flat,
        }
    }

    /// What a reference leads to.
    fn resolved(&self, node: &'d Json) -> Option<&'d Json> {
        match node.get("$ref").and_then(Json::as_str) {
            Some(reference) => self.root.pointer(reference.strip_prefix('#')?),
            None => Some(node),
        }
    }

    /// The schema of a parameter, or of its content.
    fn schema_of_parameter(&self, name: &str, place: &str) -> Option<&'d Json> {
        let all = self.operation.get("parameters")?.as_array()?;
        let found = all.iter().filter_map(|it| self.resolved(it)).find(|it| {
            let is_own = it.get("name").and_then(Json::as_str) == Some(name);
            is_own && (place.is_empty() || it.get("in").and_then(Json::as_str) == Some(place))
        })?;
        let content = || {
            found
                .get("content")?
                .as_object()?
                .values()
                .next()?
                .get("schema")
        };
        found.get("schema").or_else(content)
    }

    /// The schema of a body of the media type.
    fn schema_of_body(&self, media: &str) -> Option<&'d Json> {
        let body = self.resolved(self.operation.get("requestBody")?)?;
        let content = body.get("content")?.as_object()?;
        let like = || {
            let mut all = content.iter();
            let (_, found) = all.find(|(name, _)| essence(name) == essence(media))?;
            Some(found)
        };
        content.get(media).or_else(like)?.get("schema")
    }

    /// The body of one of several kinds, in its variant.
    fn chosen_body(&self) -> Result<Chosen, String> {
        let none = || "no value is known for the body".to_owned();
        let (choice, index) = self.choice.ok_or_else(none)?;
        let (variant, kind) = choice.variants.get(index).ok_or_else(none)?;
        let mut chosen = self.body(kind, true)?;
        let (root, module) = (ident(&self.model.crate_name), ident(&self.resource.module));
        let (choice, variant, held) = (ident(&choice.name), ident(variant), chosen.passed);
        chosen.passed = quote!(#root::#module::#choice::#variant(#held));
        Ok(chosen)
    }

    fn body(&self, kind: &BodyKind, is_owned: bool) -> Result<Chosen, String> {
        let media = match kind {
            BodyKind::Json { media, .. }
            | BodyKind::Multipart { media, .. }
            | BodyKind::Text { media }
            | BodyKind::Binary { media } => media.as_str(),
            BodyKind::Form { .. } => "application/x-www-form-urlencoded",
        };
        let found = self.body_of(kind, media, is_owned);
        let (value, passed) =
            found.ok_or_else(|| format!("no value is known for a body of `{media}`"))?;
        Ok(Chosen {
            place: "",
            name: "body".to_owned(),
            value,
            passed,
        })
    }

    fn body_of(&self, kind: &BodyKind, media: &str, is_owned: bool) -> Option<(Json, TokenStream)> {
        let schema = self.schema_of_body(media);
        let writer = Writer { model: self.model };
        let chosen = |texts, is_flat| self.chooser(texts, is_flat).value(schema?);
        let passed = |ty: &RustType, value: &Json| match is_owned {
            true => writer.owned(ty, value),
            false => writer.body(ty, value),
        };
        match kind {
            BodyKind::Json { ty, .. } => {
                let value = match schema {
                    Some(_) => chosen(Texts::Any, false)?,
                    None => Json::from("anything"),
                };
                let passed = passed(ty, &value)?;
                Some((value, passed))
            }
            BodyKind::Form { ty, encodings } => {
                let texts = match encodings.is_empty() {
                    true => Texts::Any,
                    false => Texts::Letters,
                };
                let value = chosen(texts, true)?;
                let passed = passed(ty, &value)?;
                value
                    .as_object()
                    .is_some_and(|it| !it.is_empty())
                    .then_some((value, passed))
            }
            BodyKind::Multipart { ty, .. } => {
                let mut value = chosen(Texts::Any, false)?;
                self.fill_files(ty, &mut value);
                let passed = writer.owned(ty, &value)?;
                value
                    .as_object()
                    .is_some_and(|it| !it.is_empty())
                    .then_some((value, passed))
            }
            BodyKind::Text { .. } => {
                let value = chosen(Texts::Any, false);
                let text = value
                    .as_ref()
                    .and_then(Json::as_str)
                    .unwrap_or("text")
                    .to_owned();
                let passed = match is_owned {
                    true => quote!(#text.to_owned()),
                    false => quote!(#text),
                };
                Some((Json::String(text), passed))
            }
            BodyKind::Binary { .. } => {
                let (value, text) = octets(media, &|| chosen(Texts::Any, false))?;
                let passed = match is_owned {
                    true => quote!(#text.into()),
                    false => quote!(#text),
                };
                Some((value, passed))
            }
        }
    }

    /// Gives the files of a form their contents.
    fn fill_files(&self, ty: &RustType, value: &mut Json) {
        let item = ty
            .named()
            .and_then(|name| self.model.types.iter().find(|it| it.name == name));
        let Some(TypeShape::Parts(fields)) = item.map(|it| &it.shape) else {
            return;
        };
        let Some(members) = value.as_object_mut() else {
            return;
        };
        for field in fields.iter().filter(|it| it.ty.is_file()) {
            if let Some(value) = members.get_mut(&field.key) {
                *value = match field.ty {
                    RustType::Vec(_) => Json::from(vec!["octets"]),
                    _ => Json::from("octets"),
                };
            }
        }
    }
}

fn essence(media: &str) -> String {
    let essence = media.split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}

/// Octets for a media type, and what they say.
fn octets(media: &str, chosen: &dyn Fn() -> Option<Json>) -> Option<(Json, String)> {
    let essence = essence(media);
    if essence.starts_with("multipart/") {
        return None;
    }
    if matches!(
        essence.as_str(),
        "application/x-ndjson" | "application/jsonl" | "application/x-jsonlines"
    ) {
        // Only a schema of the whole sequence says what it holds.
        let value = chosen()?;
        let lines = value.as_array()?.iter().map(|it| format!("{it}\n"));
        let lines = lines.collect();
        return Some((value, lines));
    }
    if specwright_openapi::is_json(media) {
        let value = chosen()?;
        let text = value.to_string();
        return Some((value, text));
    }
    Some((Json::from("octets"), "octets".to_owned()))
}
