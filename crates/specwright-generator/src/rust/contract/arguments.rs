//! The arguments of a call: their values, and the expressions that pass them.

use specwright_openapi::{Json, OperationRef};

use super::{
    choose::{Amount, Chooser},
    texts::Texts,
};
use crate::{
    ir::{EnumKind, IntegerSize, ParameterPlace, ParameterStyle},
    rust::{
        emit::{Value, text_type, value_of},
        model::{
            Argument, ArgumentKind, BodyEnum, BodyKind, Model, NamedKind, PartField, Resource,
            RustType, TypeShape,
        },
    },
};

/// What arguments are made from.
#[derive(Clone, Copy)]
pub(super) struct Source<'d> {
    pub(super) model: &'d Model,
    pub(super) resource: &'d Resource,
    /// The normal form as JSON.
    pub(super) root: &'d Json,
    pub(super) operation: &'d OperationRef<'d>,
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
    pub(super) passed: String,
}

impl Source<'_> {
    /// A value for the argument.
    ///
    /// # Errors
    /// Why there is none.
    pub(super) fn argument(&self, argument: &Argument) -> Result<Chosen, String> {
        match &argument.kind {
            ArgumentKind::Parameter { place, style, ty } => {
                self.parameter(argument, *place, *style, ty)
            }
            ArgumentKind::Body(kind) => self.body(kind, false),
            ArgumentKind::BodyChoice(_) => self.chosen_body(),
        }
    }

    fn parameter(
        &self,
        argument: &Argument,
        place: ParameterPlace,
        style: ParameterStyle,
        ty: &RustType,
    ) -> Result<Chosen, String> {
        let place_name = match place {
            ParameterPlace::Path => "path",
            ParameterPlace::Query => "query",
            ParameterPlace::Header => "header",
            ParameterPlace::Cookie => "cookie",
            ParameterPlace::QueryString => "",
        };
        let no_value = || format!("no value is known for the parameter `{}`", argument.wire);
        let schema = self
            .schema_of_parameter(&argument.wire, place_name)
            .ok_or_else(no_value)?;
        let texts = match (place, style) {
            (_, ParameterStyle::Styled { .. }) => Texts::Letters,
            (ParameterPlace::QueryString, _) => Texts::Any,
            (ParameterPlace::Header, _) => Texts::Header,
            _ if matches!(ty, RustType::Vec(_)) => Texts::Letters,
            _ => Texts::Any,
        };
        let is_whole = place == ParameterPlace::QueryString || style == ParameterStyle::Json;
        let chooser = self.chooser(texts, !is_whole);
        let value = chooser.value(&schema).ok_or_else(no_value)?;
        let is_nothing = |it: &Json| {
            it.as_str().is_some_and(str::is_empty) || it.as_object().is_some_and(|it| it.is_empty())
        };
        if !is_whole && is_nothing(&value) {
            return Err(no_value());
        }
        let read = match place {
            ParameterPlace::QueryString => ("all_of", "\"querystring\"".to_owned()),
            _ => ("value", format!("{place_name:?}, {:?}", argument.wire)),
        };
        let passed = self.passed(ty, &value, &read, false);
        Ok(Chosen {
            place: place_name,
            name: match place {
                ParameterPlace::QueryString => "querystring".to_owned(),
                _ => argument.wire.clone(),
            },
            value,
            passed,
        })
    }

    fn chooser(&self, texts: Texts, is_flat: bool) -> Chooser<'_> {
        Chooser {
            root: self.root,
            amount: self.amount,
            texts,
            is_flat,
        }
    }

    /// The schema of a parameter in the normal form; of one in 3.2's whole query, that of its content.
    fn schema_of_parameter(&self, name: &str, place: &str) -> Option<Json> {
        let item = self.root.get("paths")?.get(self.operation.path)?;
        let own = item.get(self.operation.method.to_lowercase());
        let lists = own
            .into_iter()
            .chain([item])
            .filter_map(|it| it.get("parameters")?.as_array());
        let mut all = lists.flatten().filter_map(|node| {
            let reference = node.get("$ref").and_then(Json::as_str);
            match reference {
                Some(reference) => self.root.pointer(reference.strip_prefix('#')?),
                None => Some(node),
            }
        });
        let found = all.find(|it| {
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
        found.get("schema").or_else(content).cloned()
    }

    /// The body of one of several kinds, wrapped in its variant.
    fn chosen_body(&self) -> Result<Chosen, String> {
        let none = || "no value is known for the body".to_owned();
        let (choice, index) = self.choice.ok_or_else(none)?;
        let (variant, kind) = choice.variants.get(index).ok_or_else(none)?;
        let mut chosen = self.body(kind, true)?;
        let (root, module) = (&self.model.crate_name, &self.resource.module);
        chosen.passed = format!(
            "{root}::{module}::{}::{variant}({})",
            choice.name, chosen.passed
        );
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
        let no_value = || format!("no value is known for a body of `{media}`");
        let schema = self.schema_of_body(media);
        let whole = ("all_of", "\"body\"".to_owned());
        let chosen = |value, passed| Chosen {
            place: "",
            name: "body".to_owned(),
            value,
            passed,
        };
        match kind {
            BodyKind::Json { ty, .. } => {
                let value = match &schema {
                    Some(schema) => self
                        .chooser(Texts::Any, false)
                        .value(schema)
                        .ok_or_else(no_value)?,
                    None => Json::from("anything"),
                };
                let passed = self.passed_body(ty, &value, &whole, is_owned);
                Ok(chosen(value, passed))
            }
            BodyKind::Form { ty, encodings } => {
                let texts = match encodings.is_empty() {
                    true => Texts::Any,
                    false => Texts::Letters,
                };
                let schema = schema.ok_or_else(no_value)?;
                let value = self
                    .chooser(texts, true)
                    .value(&schema)
                    .ok_or_else(no_value)?;
                let is_empty = value.as_object().is_none_or(serde_json::Map::is_empty);
                if is_empty {
                    return Err(no_value());
                }
                let passed = self.passed_body(ty, &value, &whole, is_owned);
                Ok(chosen(value, passed))
            }
            BodyKind::Multipart { ty, .. } => {
                let schema = schema.ok_or_else(no_value)?;
                let mut value = self
                    .chooser(Texts::Any, false)
                    .value(&schema)
                    .ok_or_else(no_value)?;
                let passed = self.parts(ty, &mut value).ok_or_else(no_value)?;
                Ok(chosen(value, passed))
            }
            BodyKind::Text { .. } => {
                let value = schema.and_then(|it| self.chooser(Texts::Any, false).value(&it));
                let text = value
                    .as_ref()
                    .and_then(Json::as_str)
                    .unwrap_or("text")
                    .to_owned();
                let passed = format!("{text:?}{}", if is_owned { ".to_owned()" } else { "" });
                Ok(chosen(Json::String(text), passed))
            }
            BodyKind::Binary { .. } => {
                let (value, text) = octets(media, schema.as_ref(), self).ok_or_else(no_value)?;
                let passed = format!("{text:?}{}", if is_owned { ".into()" } else { "" });
                Ok(chosen(value, passed))
            }
        }
    }

    fn schema_of_body(&self, media: &str) -> Option<Json> {
        let item = self.root.get("paths")?.get(self.operation.path)?;
        let body = item
            .get(self.operation.method.to_lowercase())?
            .get("requestBody")?;
        let body = match body.get("$ref").and_then(Json::as_str) {
            Some(reference) => self.root.pointer(reference.strip_prefix('#')?)?,
            None => body,
        };
        let content = body.get("content")?.as_object()?;
        let essence = |text: &str| {
            text.split(';')
                .next()
                .unwrap_or_default()
                .trim()
                .to_ascii_lowercase()
        };
        let like = || {
            content
                .iter()
                .find(|(name, _)| essence(name) == essence(media))
                .map(|(_, it)| it)
        };
        content.get(media).or_else(like)?.get("schema").cloned()
    }

    /// The expression for a value of a parameter: a literal where one can be written, else what is read from `given`.
    fn passed(&self, ty: &RustType, value: &Json, read: &(&str, String), is_owned: bool) -> String {
        let decoded = |ty: &RustType| format!("given.{}::<{}>({})?", read.0, self.path(ty), read.1);
        if let RustType::Named(name, NamedKind::OpenEnum | NamedKind::ClosedEnum) = ty
            && let Some(variant) = self.variant(name, value)
        {
            return variant;
        }
        match (ty, value) {
            (RustType::String, Json::String(text)) if is_owned => format!("{text:?}.to_owned()"),
            (RustType::String | RustType::Text(_), Json::String(text)) if !is_owned => {
                format!("{text:?}")
            }
            (RustType::Integer(_), Json::Number(number)) if number.is_i64() => number.to_string(),
            (RustType::F64, Json::Number(number)) => number
                .as_f64()
                .map_or_else(|| decoded(ty), |it| format!("{it:?}")),
            (RustType::Bool, Json::Bool(is)) => is.to_string(),
            (ty, value) if !is_owned => match value_of(ty) {
                Value::Into | Value::Copied => decoded(ty),
                Value::Texts => match strings(value) {
                    Some(texts) => format!("&[{}]", texts.join(", ")),
                    None => format!("&{}", decoded(ty)),
                },
                Value::Slice | Value::Borrowed => format!("&{}", decoded(ty)),
            },
            (ty, _) => decoded(ty),
        }
    }

    /// The expression for a whole body.
    fn passed_body(
        &self,
        ty: &RustType,
        value: &Json,
        read: &(&str, String),
        is_owned: bool,
    ) -> String {
        let is_borrowed = matches!(
            ty,
            RustType::String | RustType::Text(_) | RustType::Named(_, NamedKind::OpenEnum)
        );
        if is_borrowed && !is_owned {
            return format!("&given.{}::<{}>({})?", read.0, self.path(ty), read.1);
        }
        self.passed(ty, value, read, is_owned)
    }

    /// The variant of an enum of texts.
    fn variant(&self, name: &str, value: &Json) -> Option<String> {
        let item = self.model.types.iter().find(|it| it.name == name)?;
        let TypeShape::Enum { variants, kind, .. } = &item.shape else {
            return None;
        };
        let text = match (kind, value) {
            (EnumKind::Text, Json::String(text)) => text.clone(),
            (EnumKind::Integer, Json::Number(number)) => number.to_string(),
            _ => return None,
        };
        let variant = variants.iter().find(|it| it.text == text)?;
        Some(format!(
            "{}::types::{name}::{}",
            self.model.crate_name, variant.name
        ))
    }

    /// A form with files as a struct; the contents of its files are put into the value.
    fn parts(&self, ty: &RustType, value: &mut Json) -> Option<String> {
        let RustType::Named(name, NamedKind::Parts) = ty else {
            return None;
        };
        let item = self.model.types.iter().find(|it| it.name == *name)?;
        let TypeShape::Parts(fields) = &item.shape else {
            return None;
        };
        let members = value.as_object_mut()?;
        let fields: Vec<String> = fields.iter().map(|it| self.part(it, members)).collect();
        (!members.is_empty()).then(|| {
            let root = &self.model.crate_name;
            format!("{root}::types::{name} {{ {} }}", fields.join(", "))
        })
    }

    fn part(&self, field: &PartField, members: &mut serde_json::Map<String, Json>) -> String {
        let name = &field.name;
        let Some(value) = members.get_mut(&field.key) else {
            return match field.optional {
                true => format!("{name}: None"),
                false => format!("{name}: given.value(\"body\", {:?})?", field.key),
            };
        };
        let plain = match &field.ty {
            RustType::File => {
                *value = Json::from("octets");
                "contract::File::new(\"octets\")".to_owned()
            }
            ty if ty.is_file() => {
                *value = Json::from(vec!["octets"]);
                "vec![contract::File::new(\"octets\")]".to_owned()
            }
            _ => format!("given.value(\"body\", {:?})?", field.key),
        };
        match field.optional {
            true => format!("{name}: Some({plain})"),
            false => format!("{name}: {plain}"),
        }
    }

    /// A type as users of the crate write it.
    fn path(&self, ty: &RustType) -> String {
        let root = &self.model.crate_name;
        let own = |name: &str| format!("{root}::runtime::{name}");
        match ty {
            RustType::String => "String".to_owned(),
            RustType::Text(format) => own(text_type(*format)),
            RustType::Integer(size) => match size {
                IntegerSize::I32 => "i32",
                IntegerSize::I64 => "i64",
                IntegerSize::U32 => "u32",
                IntegerSize::U64 => "u64",
                IntegerSize::I128 => "i128",
            }
            .to_owned(),
            RustType::F64 => "f64".to_owned(),
            RustType::Decimal => own("Decimal"),
            RustType::Bool => "bool".to_owned(),
            RustType::Json => own("Value"),
            RustType::File => own("File"),
            RustType::Vec(item) => format!("Vec<{}>", self.path(item)),
            RustType::Map(value) => format!("{}<String, {}>", own("Map"), self.path(value)),
            RustType::Tuple(elements) => {
                let elements: Vec<String> = elements
                    .iter()
                    .map(|it| format!("{},", self.path(it)))
                    .collect();
                format!("({})", elements.join(" "))
            }
            RustType::Option(inner) => format!("Option<{}>", self.path(inner)),
            RustType::Box(inner) => format!("Box<{}>", self.path(inner)),
            RustType::Named(name, _) => format!("{root}::types::{name}"),
        }
    }
}

/// Texts as literals, if all values are texts.
fn strings(value: &Json) -> Option<Vec<String>> {
    let texts = value.as_array()?.iter().map(Json::as_str);
    texts.map(|it| Some(format!("{:?}", it?))).collect()
}

/// Octets for a media type, and what they say.
fn octets(media: &str, schema: Option<&Json>, source: &Source<'_>) -> Option<(Json, String)> {
    let essence = media
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    if essence.starts_with("multipart/") {
        return None;
    }
    let chosen = || source.chooser(Texts::Any, false).value(schema?);
    if matches!(
        essence.as_str(),
        "application/x-ndjson" | "application/jsonl" | "application/x-jsonlines"
    ) {
        let value = chosen()?;
        let line = format!("{value}\n");
        return Some((Json::Array(vec![value]), line));
    }
    if specwright_openapi::is_json(media) {
        let value = chosen()?;
        let text = value.to_string();
        return Some((value, text));
    }
    Some((Json::from("octets"), "octets".to_owned()))
}
