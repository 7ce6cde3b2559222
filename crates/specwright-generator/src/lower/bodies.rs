//! Request bodies and what a media type makes of a schema.

use specwright_openapi::{
    Json, OperationRef,
    diagnostics::Pointer,
    is_json,
    openapiv3::{MediaType, QueryStyle, ReferenceOr, RequestBody as Body, Schema},
};

use super::{
    Lowerer,
    flat::Flat,
    schemas::Use,
    site::Site,
    view::{Kind, View},
};
use crate::ir::{Content, Field, Part, PropertyEncoding, RequestBody, Shape, TypeRef};

/// What a media type's bodies are made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Codec {
    Json,
    Multipart,
    Form,
    JsonLines,
    Events,
    Text,
    Binary,
}

impl Codec {
    pub(super) fn of(media_type: &str) -> Self {
        let essence = essence(media_type);
        if is_json(media_type) || essence.contains("+json") || essence == "application/*" {
            return Self::Json;
        }
        match essence.as_str() {
            "application/x-www-form-urlencoded" => Self::Form,
            "text/event-stream" => Self::Events,
            "application/jsonl"
            | "application/x-ndjson"
            | "application/ndjson"
            | "application/json-seq"
            | "application/x-jsonlines"
            | "application/stream+json" => Self::JsonLines,
            "application/xml"
            | "application/yaml"
            | "application/x-yaml"
            | "application/graphql"
            | "application/javascript"
            | "application/toml"
            | "application/jwt" => Self::Text,
            other if other.starts_with("multipart/") => Self::Multipart,
            other
                if other.starts_with("text/")
                    || other.ends_with("+xml")
                    || other.ends_with("+yaml") =>
            {
                Self::Text
            }
            _ => Self::Binary,
        }
    }
}

/// A media type without its parameters.
pub(super) fn essence(media_type: &str) -> String {
    media_type
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase()
}

impl<'a> Lowerer<'a> {
    pub(super) fn request_body(
        &mut self,
        from: &OperationRef<'a>,
        id: &str,
    ) -> Option<RequestBody> {
        let node = from.operation.request_body.as_ref()?;
        let pointer = from.pointer.join("requestBody");
        let found = self.description.resolve::<Body>(node)?;
        let body = found.object;
        let pointer = match found.name {
            Some(name) => Pointer::root()
                .join("components")
                .join("requestBodies")
                .join(name),
            None => pointer,
        };
        let mut contents: Vec<(String, Content)> = Vec::new();
        let mut schemas: Vec<(Codec, Option<&'a ReferenceOr<Schema>>)> = Vec::new();
        let mut medias: Vec<(Codec, &'a String, &'a MediaType)> = body
            .content
            .iter()
            .map(|(name, media)| (body_codec(name, media, self), name, media))
            .collect();
        medias.sort_by_key(|(codec, ..)| *codec);
        for (codec, name, media) in medias {
            // Another spelling of what can be sent already adds nothing.
            let same = |it: &(Codec, Option<&'a ReferenceOr<Schema>>)| {
                it.0 == codec
                    && (it.1 == media.schema.as_ref()
                        || matches!(codec, Codec::Text | Codec::Binary))
            };
            let shadowed = matches!(codec, Codec::Text | Codec::Form | Codec::Binary)
                && schemas
                    .iter()
                    .any(|it| it.0 == Codec::Json && it.1 == media.schema.as_ref());
            if schemas.iter().any(same) || shadowed {
                continue;
            }
            schemas.push((codec, media.schema.as_ref()));
            let at = pointer.join("content").join(name).join("schema");
            let word = if contents.is_empty() {
                "body".to_owned()
            } else {
                format!("{codec:?} body")
            };
            let content = self.body_content(codec, name, media, &Site::of_operation(id, &word, at));
            contents.push((concrete(name, codec), content));
        }
        if contents.is_empty() {
            if !body.required {
                return None;
            }
            contents.push(("application/octet-stream".to_owned(), Content::Binary));
        }
        Some(RequestBody {
            required: body.required,
            description: body.description.clone(),
            contents,
        })
    }

    fn body_content(
        &mut self,
        codec: Codec,
        name: &str,
        media: &'a MediaType,
        site: &Site,
    ) -> Content {
        match codec {
            Codec::Form => {
                let ty = self.media_type(media, site).inner();
                let encodings = media
                    .encoding
                    .iter()
                    .map(|(name, encoding)| PropertyEncoding {
                        name: name.clone(),
                        style: encoding.style.as_ref().map(style_name),
                        explode: encoding.explode,
                        content_type: encoding.content_type.clone(),
                    });
                Content::Form(ty, encodings.collect())
            }
            Codec::Multipart => self.multipart(media, site),
            Codec::Events | Codec::JsonLines => {
                let reason =
                    format!("a body of `{name}` is given as bytes: its items have no type");
                self.lose(&site.pointer, &reason);
                Content::Binary
            }
            _ => self.content(codec, media, site),
        }
    }

    /// What a body of a media type holds, apart from forms.
    pub(super) fn content(&mut self, codec: Codec, media: &'a MediaType, site: &Site) -> Content {
        match codec {
            Codec::Json | Codec::Form | Codec::Multipart => {
                Content::Json(self.media_type(media, site).inner())
            }
            Codec::Text => Content::Text,
            Codec::Binary => Content::Binary,
            Codec::Events => Content::Events(self.sequence_item(media, site)),
            Codec::JsonLines => Content::JsonLines(self.sequence_item(media, site)),
        }
    }

    /// The type of one item of a sequence: that of `itemSchema`, or else of the schema.
    fn sequence_item(&mut self, media: &'a MediaType, site: &Site) -> TypeRef {
        let sequential = media.extensions.contains_key("x-specwright-sequential");
        let Some(node) = &media.schema else {
            return TypeRef::String;
        };
        if sequential
            && let Some(found) = self.description.resolve(node)
            && let Some(items) = View::of(found.object).items
        {
            return self.boxed(items, &site.named("item")).inner();
        }
        let lowered = self.schema(node, site).inner();
        match lowered {
            TypeRef::List(item) if !sequential => *item,
            other => other,
        }
    }

    pub(super) fn media_type(&mut self, media: &'a MediaType, site: &Site) -> Use {
        match &media.schema {
            Some(schema) => self.schema(schema, site),
            None => Use {
                ty: TypeRef::Json,
                nullable: true,
            },
        }
    }

    /// The parts of a form: its files are streamed, so it has a type of its own.
    fn multipart(&mut self, media: &'a MediaType, site: &Site) -> Content {
        let Some(found) = media
            .schema
            .as_ref()
            .and_then(|it| self.description.resolve(it))
        else {
            return Content::Binary;
        };
        let component = found.name;
        let at = component.map_or_else(|| site.clone(), Site::of_component);
        let flat = self.flatten(found.object, &at);
        let mut whole = flat.clone();
        self.gather(&mut whole, &flat.unions, site);
        if whole.properties.is_empty() {
            return Content::Binary;
        }
        whole.unions = Vec::new();
        let key = component.unwrap_or_default().to_owned();
        if component.is_some()
            && let Some(known) = self.forms.get(&key)
        {
            return Content::Multipart(TypeRef::Named(*known));
        }
        let named = match component {
            Some(name) => Site {
                component: None,
                root: Some(name.to_owned()),
                ..Site::of_component(name).named("form")
            },
            None => site.clone(),
        };
        let id = self.define(&whole, Shape::Parts(Vec::new()), &named);
        let parts = whole.properties.iter().map(|property| {
            let encoding = media.encoding.get(property.name);
            let field = self.part(property, &whole);
            let content_type = encoding.and_then(|it| it.content_type.clone());
            Part {
                field,
                content_type,
            }
        });
        let parts: Vec<Part> = parts.collect();
        self.complete(id, Shape::Parts(parts));
        if component.is_some() {
            self.forms.insert(key, id);
        }
        Content::Multipart(TypeRef::Named(id))
    }

    fn part(&mut self, property: &super::flat::Property<'a>, flat: &Flat<'a>) -> Field {
        let binary = property.nodes.iter().rev().find_map(|(node, _)| {
            let schema = self.description.resolve_boxed(node)?.object;
            self.file(schema, 0)
        });
        match binary {
            Some(ty) => {
                let mut field = self.field_of(property, flat, Use::from(ty));
                field.nullable = false;
                field
            }
            None => self.field(property, flat),
        }
    }

    /// A file or a list of files, if the schema is binary.
    fn file(&self, schema: &'a Schema, depth: usize) -> Option<TypeRef> {
        if depth > 4 {
            return None;
        }
        let view = View::of(schema);
        if is_binary(&view) {
            return Some(TypeRef::File);
        }
        let below = |schema: &'a Schema| self.file(schema, depth + 1);
        if let Some(items) = view.items.filter(|_| view.kind == Some(Kind::Array)) {
            let inner = below(self.description.resolve_boxed(items)?.object)?;
            return (inner == TypeRef::File).then(|| TypeRef::List(Box::new(inner)));
        }
        let parts = view.all_of.iter().chain(view.one_of).chain(view.any_of);
        parts
            .filter_map(|it| self.description.resolve(it))
            .find_map(|it| below(it.object))
    }
}

/// Whether the schema is that of raw bytes.
pub(super) fn is_binary(view: &View<'_>) -> bool {
    let media = view.data.extensions.get("x-specwright-content-media-type");
    let encoded = view
        .data
        .extensions
        .contains_key("x-specwright-content-encoding");
    let format = matches!(view.format.as_deref(), Some("binary" | "file"));
    let bytes = media
        .and_then(Json::as_str)
        .is_some_and(|it| it.ends_with("/octet-stream") || it.starts_with("image/"));
    view.values.is_empty()
        && (format || (bytes && !encoded))
        && matches!(view.kind, None | Some(Kind::String))
}

/// The codec of a body: a JSON media type over raw bytes is a file all the same.
fn body_codec(name: &str, media: &MediaType, lowerer: &Lowerer<'_>) -> Codec {
    let codec = Codec::of(name);
    let binary = || {
        let found = media
            .schema
            .as_ref()
            .and_then(|it| lowerer.description.resolve(it));
        found.is_some_and(|it| is_binary(&View::of(it.object)))
    };
    match codec {
        // `*/*` with a schema that is no file: JSON is the one thing that can carry it.
        Codec::Binary if essence(name) == "*/*" && media.schema.is_some() && !binary() => {
            Codec::Json
        }
        other => other,
    }
}

/// A media type that can be sent: ranges such as `*/*` cannot.
fn concrete(name: &str, codec: Codec) -> String {
    if !name.contains('*') {
        return name.to_owned();
    }
    match codec {
        Codec::Json => "application/json",
        Codec::Text => "text/plain",
        Codec::Multipart => "multipart/form-data",
        _ => "application/octet-stream",
    }
    .to_owned()
}

pub(super) fn style_name(style: &QueryStyle) -> &'static str {
    match style {
        QueryStyle::Form => "Form",
        QueryStyle::SpaceDelimited => "SpaceDelimited",
        QueryStyle::PipeDelimited => "PipeDelimited",
        QueryStyle::DeepObject => "DeepObject",
    }
}
