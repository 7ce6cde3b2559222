//! Responses.

use specwright_openapi::{
    OperationRef,
    diagnostics::Pointer,
    openapiv3::{MediaType, ParameterSchemaOrContent, ReferenceOr, Response, StatusCode},
};

use super::{
    Lowerer,
    bodies::{Codec, essence, is_binary},
    site::Site,
    view::View,
};
use crate::ir::{Content, ErrorResponse, Field, Statuses, SuccessResponse};

/// What is known of successes.
#[derive(Default)]
pub(super) struct Success {
    pub(super) responses: Vec<SuccessResponse>,
    pub(super) stream: Option<Content>,
    pub(super) headers: Vec<Field>,
}

impl<'a> Lowerer<'a> {
    pub(super) fn success(&mut self, from: &OperationRef<'a>, id: &str) -> Success {
        let mut success = Success::default();
        let mut listed = self.listed(from, is_success);
        let head_only = from.method == "HEAD";
        // Without a documented success, `default` is that of everything (OAS 3.0.3, Responses Object).
        if listed.is_empty() && !from.operation.responses.responses.keys().any(is_redirect) {
            listed.extend(
                from.operation
                    .responses
                    .default
                    .as_ref()
                    .map(|it| (Statuses::Default, it)),
            );
        }
        let several = listed.len() > 1;
        for (status, node) in listed {
            let Some(found) = self.description.resolve::<Response>(node) else {
                continue;
            };
            let response = found.object;
            let pointer = response_pointer(from, status, found.name);
            let word = if several && !success.responses.is_empty() {
                format!("{} response", status.words())
            } else {
                "response".to_owned()
            };
            let content = if head_only || matches!(status, Statuses::Code(204 | 205)) {
                None
            } else {
                self.best(response, id, &word, &pointer, &mut success.stream)
            };
            for field in self.headers(response, id, &pointer) {
                if !success
                    .headers
                    .iter()
                    .any(|it| it.name.eq_ignore_ascii_case(&field.name))
                {
                    success.headers.push(field);
                }
            }
            success.responses.push(SuccessResponse {
                status,
                content,
                description: response.description.clone(),
            });
        }
        // Statuses with the same content are one result.
        let mut kept: Vec<SuccessResponse> = Vec::new();
        for response in std::mem::take(&mut success.responses) {
            let known = |it: &SuccessResponse| match (&it.content, &response.content) {
                (None, None) => true,
                (Some(left), Some(right)) => left.1 == right.1,
                _ => false,
            };
            if !kept.iter().any(known) {
                kept.push(response);
            }
        }
        success.responses = kept;
        success
    }

    /// The content that is asked for: JSON before text before bytes; streams stand apart.
    fn best(
        &mut self,
        response: &'a Response,
        id: &str,
        word: &str,
        pointer: &Pointer,
        stream: &mut Option<Content>,
    ) -> Option<(String, Content)> {
        let mut medias: Vec<(Codec, &'a String, &'a MediaType)> = response
            .content
            .iter()
            .map(|(name, media)| (self.response_codec(name, media), name, media))
            .collect();
        medias.sort_by_key(|(codec, ..)| rank(*codec));
        let mut chosen: Option<(String, Content)> = None;
        let (mut chosen_codec, mut chosen_schema) = (None, None);
        for (codec, name, media) in medias {
            let at = pointer.join("content").join(name).join("schema");
            let streams = matches!(codec, Codec::Events | Codec::JsonLines);
            if chosen.is_none() {
                let content = self.content(codec, media, &Site::of_operation(id, word, at));
                (chosen_codec, chosen_schema) = (Some(codec), media.schema.as_ref());
                chosen = Some((name.clone(), content));
            } else if streams && stream.is_none() {
                let word = format!("{word} item");
                *stream = Some(self.content(codec, media, &Site::of_operation(id, &word, at)));
            } else if codec == Codec::Binary
                && chosen_codec == Some(Codec::Json)
                && essence(name) != "*/*"
                && media.schema.is_some()
                && media.schema.as_ref() != chosen_schema
            {
                let reason = format!(
                    "the response can also be `{name}`, which needs `configure` and `send_raw`"
                );
                self.lose(&pointer.join("content").join(name), &reason);
            }
        }
        chosen
    }

    /// The codec of a response; a media type that tells nothing is what its schema says.
    fn response_codec(&self, name: &str, media: &MediaType) -> Codec {
        let codec = Codec::of(name);
        let schema = media
            .schema
            .as_ref()
            .and_then(|it| self.description.resolve(it));
        let Some(schema) = schema else {
            return match codec {
                Codec::Form | Codec::Multipart => Codec::Binary,
                other => other,
            };
        };
        let view = View::of(schema.object);
        match codec {
            Codec::Json if is_binary(&view) => Codec::Binary,
            Codec::Binary if essence(name) == "*/*" && !is_binary(&view) => Codec::Json,
            Codec::Form | Codec::Multipart => Codec::Binary,
            other => other,
        }
    }

    pub(super) fn errors(&mut self, from: &OperationRef<'a>, id: &str) -> Vec<ErrorResponse> {
        let mut all = self.listed(from, |status| {
            !is_success(status) && !is_redirect(status) && !is_information(status)
        });
        let taken = self.listed(from, is_success).is_empty()
            && !from.operation.responses.responses.keys().any(is_redirect);
        if !taken {
            all.extend(
                from.operation
                    .responses
                    .default
                    .as_ref()
                    .map(|it| (Statuses::Default, it)),
            );
        }
        all.into_iter()
            .filter_map(|(status, response)| self.error(status, response, from, id))
            .collect()
    }

    fn error(
        &mut self,
        status: Statuses,
        node: &'a ReferenceOr<Response>,
        from: &OperationRef<'a>,
        id: &str,
    ) -> Option<ErrorResponse> {
        let found = self.description.resolve::<Response>(node)?;
        let response = found.object;
        let pointer = response_pointer(from, status, found.name);
        let mut stream = None;
        let (_, body) = match found.name {
            // A shared response has shared types.
            Some(name) => self.best(response, name, "response", &pointer, &mut stream)?,
            None => self.best(response, id, &status.words(), &pointer, &mut stream)?,
        };
        let body = match body {
            Content::Json(_) | Content::Text => body,
            _ => return None,
        };
        Some(ErrorResponse {
            status,
            body,
            description: response.description.clone(),
        })
    }

    fn headers(&mut self, response: &'a Response, id: &str, pointer: &Pointer) -> Vec<Field> {
        let mut fields = Vec::new();
        for (name, node) in &response.headers {
            // OAS 3.0.3, Response Object: `Content-Type` is ignored.
            if name.eq_ignore_ascii_case("content-type") {
                continue;
            }
            let Some(found) = self.description.resolve(node) else {
                continue;
            };
            let header = found.object;
            let at = pointer.join("headers").join(name);
            let ty = match &header.format {
                ParameterSchemaOrContent::Schema(schema) => {
                    self.schema(
                        schema,
                        &Site::of_operation(id, &format!("{name} header"), at.join("schema")),
                    )
                    .ty
                }
                ParameterSchemaOrContent::Content(_) => crate::ir::TypeRef::String,
            };
            fields.push(Field {
                name: name.clone(),
                ty,
                required: header.required,
                nullable: false,
                read_only: false,
                write_only: false,
                constant: None,
                default: None,
                description: header.description.clone(),
                deprecated: header.deprecated.unwrap_or_default(),
            });
        }
        fields
    }

    /// The responses with a status that fits, in the order of the statuses.
    fn listed(
        &self,
        from: &OperationRef<'a>,
        fits: impl Fn(&StatusCode) -> bool,
    ) -> Vec<(Statuses, &'a ReferenceOr<Response>)> {
        let responses = from.operation.responses.responses.iter();
        let mut listed: Vec<_> = responses
            .filter(|(status, _)| fits(status))
            .map(|(status, response)| match status {
                StatusCode::Code(code) => (Statuses::Code(*code), response),
                StatusCode::Range(digit) => (Statuses::Range(*digit), response),
            })
            .collect();
        listed.sort_by_key(|(status, _)| *status);
        listed
    }
}

fn rank(codec: Codec) -> u8 {
    match codec {
        Codec::Json => 0,
        Codec::Events => 1,
        Codec::JsonLines => 2,
        Codec::Text => 3,
        Codec::Form | Codec::Multipart | Codec::Binary => 4,
    }
}

fn response_pointer(from: &OperationRef<'_>, status: Statuses, component: Option<&str>) -> Pointer {
    match component {
        Some(name) => Pointer::root()
            .join("components")
            .join("responses")
            .join(name),
        None => {
            let key = match status {
                Statuses::Code(code) => code.to_string(),
                Statuses::Range(digit) => format!("{digit}XX"),
                Statuses::Default => "default".to_owned(),
            };
            from.pointer.join("responses").join(&key)
        }
    }
}

fn is_success(status: &StatusCode) -> bool {
    matches!(status, StatusCode::Code(200..=299) | StatusCode::Range(2))
}

fn is_redirect(status: &StatusCode) -> bool {
    matches!(status, StatusCode::Code(300..=399) | StatusCode::Range(3))
}

fn is_information(status: &StatusCode) -> bool {
    matches!(status, StatusCode::Code(0..=199) | StatusCode::Range(1))
}
