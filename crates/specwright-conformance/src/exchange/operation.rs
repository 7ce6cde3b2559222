//! Operations made ready: what is looked at in every exchange, with its places in the document.

use specwright_diagnostics::Pointer;
use specwright_openapi::{
    Component, Description, Document, Node, OperationRef, Version,
    openapiv3::{
        self, Encoding, Header, MediaType as Media, ParameterSchemaOrContent, PathStyle,
        QueryStyle, ReferenceOr, RequestBody, Response, StatusCode,
    },
    parameter_data,
};

use super::{media::MediaType, security::Requirement, styles::Style};

/// An operation.
#[derive(Debug)]
pub(crate) struct Operation {
    pub(crate) method: String,
    /// Where it stands in the document.
    pub(crate) document: Pointer,
    pub(crate) parameters: Vec<Parameter>,
    pub(crate) body: Option<Body>,
    pub(crate) responses: Vec<Described>,
    pub(crate) security: Vec<Requirement>,
}

/// Where a parameter is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Path,
    Query,
    /// The whole query.
    QueryString,
    Header,
    Cookie,
}

/// A parameter or a header of a response.
#[derive(Debug)]
pub(crate) struct Parameter {
    pub(crate) name: String,
    pub(crate) place: Place,
    pub(crate) required: bool,
    pub(crate) style: Style,
    pub(crate) explode: bool,
    pub(crate) allow_empty: bool,
    pub(crate) schema: Option<Pointer>,
    /// The media type of a parameter with `content`.
    pub(crate) media: Option<Content>,
    pub(crate) document: Pointer,
}

/// A request body.
#[derive(Debug)]
pub(crate) struct Body {
    pub(crate) required: bool,
    pub(crate) content: Vec<Content>,
    pub(crate) document: Pointer,
}

/// What a body of one media type looks like.
#[derive(Debug)]
pub(crate) struct Content {
    /// The media type or range, as written.
    pub(crate) name: String,
    pub(crate) range: Option<MediaType>,
    pub(crate) schema: Option<Pointer>,
    /// The schema of each item of a sequence (from 3.2 on).
    pub(crate) items: Option<Pointer>,
    /// The fields of a form, where no schema in the document says them together (2.0).
    pub(crate) fields: Option<Vec<Field>>,
    pub(crate) encodings: Vec<(String, FieldWriting)>,
    pub(crate) document: Pointer,
}

/// A field of a form of 2.0.
#[derive(Debug)]
pub(crate) struct Field {
    pub(crate) name: String,
    pub(crate) required: bool,
    pub(crate) schema: Pointer,
}

/// How a field of a form is written (OAS 3.0.3, Encoding Object).
#[derive(Debug, Clone)]
pub(crate) struct FieldWriting {
    pub(crate) style: Style,
    pub(crate) explode: bool,
    pub(crate) content_type: Option<String>,
}

/// The responses that a status or a range of them is described by.
#[derive(Debug)]
pub(crate) struct Described {
    pub(crate) status: Status,
    pub(crate) headers: Vec<Parameter>,
    pub(crate) content: Vec<Content>,
    pub(crate) document: Pointer,
}

/// What a response is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Status {
    Code(u16),
    /// The first digit.
    Range(u16),
    Default,
}

/// Makes operations ready.
pub(crate) struct Preparer<'d> {
    pub(crate) description: &'d Description,
    pub(crate) document: &'d Document,
}

impl Preparer<'_> {
    pub(crate) fn operation(&self, operation: &OperationRef<'_>) -> Operation {
        let description = self.description;
        let parameters = description.parameters(operation);
        let body = operation.operation.request_body.as_ref();
        let responses = &operation.operation.responses;
        let at = operation.pointer.join("responses");
        let default = responses.default.as_ref();
        let described = responses
            .responses
            .iter()
            .map(|(status, response)| (of(status), response, self.at_status(&at, status)))
            .chain(default.map(|it| (Status::Default, it, at.join("default"))));
        Operation {
            method: operation.method.to_owned(),
            document: self.place(&operation.pointer),
            parameters: parameters
                .iter()
                .filter_map(|(_, at)| self.parameter(operation, at))
                .collect(),
            body: body.and_then(|body| self.body(body, &operation.pointer.join("requestBody"))),
            responses: described
                .filter_map(|(status, response, at)| self.response(status, response, &at))
                .collect(),
            security: Requirement::all(description, self.document, operation),
        }
    }

    /// Where a response stands; the letters of a range may be small, which is reported elsewhere.
    fn at_status(&self, at: &Pointer, status: &StatusCode) -> Pointer {
        let own = at.join(&status.to_string());
        let small = at.join(&status.to_string().to_ascii_lowercase());
        match self.document.at(&self.place(&own)) {
            None if self.document.at(&self.place(&small)).is_some() => small,
            _ => own,
        }
    }

    /// Where something of the normal form stands in the document.
    fn place(&self, normal: &Pointer) -> Pointer {
        self.description.document_pointer(normal)
    }

    /// The object behind a reference, and where it stands in the normal form.
    fn follow<'a, T: Component>(
        &'a self,
        node: &'a ReferenceOr<T>,
        at: &Pointer,
    ) -> Option<(&'a T, Pointer)> {
        let object = self.description.resolve(node)?.object;
        let mut at = at.clone();
        let mut node = node;
        for _ in 0..64 {
            let ReferenceOr::Reference { reference } = node else {
                break;
            };
            at = Pointer::parse(reference.strip_prefix('#')?)?;
            let components = self.description.document().components.as_ref()?;
            node = T::find(components, &at.last()?)?.1;
        }
        Some((object, at))
    }

    fn parameter(&self, operation: &OperationRef<'_>, at: &Pointer) -> Option<Parameter> {
        let index: usize = at.last()?.parse().ok()?;
        let list = match at.strip_prefix(&operation.pointer) {
            Some(_) => &operation.operation.parameters,
            None => &operation.item.parameters,
        };
        let (parameter, at) = self.follow(list.get(index)?, at)?;
        let data = parameter_data(parameter);
        let (place, style, allow_empty) = match parameter {
            openapiv3::Parameter::Query {
                style,
                allow_empty_value,
                ..
            } => {
                let whole = data.extensions.contains_key("x-specwright-querystring");
                let place = if whole {
                    Place::QueryString
                } else {
                    Place::Query
                };
                (place, of_query(style), *allow_empty_value == Some(true))
            }
            openapiv3::Parameter::Header { .. } => (Place::Header, Style::Simple, false),
            openapiv3::Parameter::Path { style, .. } => (Place::Path, of_path(style), false),
            openapiv3::Parameter::Cookie { .. } => (Place::Cookie, Style::Form, false),
        };
        // OAS 3.0.3, Parameter Object: definitions of these are ignored.
        let ignored = ["accept", "content-type", "authorization"];
        if place == Place::Header && ignored.contains(&data.name.to_ascii_lowercase().as_str()) {
            return None;
        }
        Some(Parameter {
            name: data.name.clone(),
            place,
            required: data.required || place == Place::Path,
            style,
            explode: data
                .explode
                .unwrap_or(matches!(style, Style::Form | Style::DeepObject)),
            allow_empty,
            schema: self.schema_of(&data.format, &at),
            media: self.media_of(&data.format, &at),
            document: self.place(&at),
        })
    }

    fn schema_of(&self, format: &ParameterSchemaOrContent, at: &Pointer) -> Option<Pointer> {
        match format {
            ParameterSchemaOrContent::Schema(_) => self.schema(at),
            ParameterSchemaOrContent::Content(_) => None,
        }
    }

    fn media_of(&self, format: &ParameterSchemaOrContent, at: &Pointer) -> Option<Content> {
        match format {
            ParameterSchemaOrContent::Schema(_) => None,
            ParameterSchemaOrContent::Content(content) => self
                .content(content, &at.join("content"))
                .into_iter()
                .next(),
        }
    }

    /// Where the schema of an object of the normal form stands in the document; `None` if the document has none there.
    fn schema(&self, holder: &Pointer) -> Option<Pointer> {
        let place = self.place(&holder.join("schema"));
        let own = self.place(holder).join("schema");
        let is_there = self.document.version() == Version::V2_0 || self.document.at(&own).is_some();
        is_there.then_some(if self.document.at(&own).is_some() {
            own
        } else {
            place
        })
    }

    fn body(&self, body: &ReferenceOr<RequestBody>, at: &Pointer) -> Option<Body> {
        let (body, at) = self.follow(body, at)?;
        Some(Body {
            required: body.required,
            content: self.content(&body.content, &at.join("content")),
            document: self.place(&at),
        })
    }

    fn content(&self, content: &openapiv3::Content, at: &Pointer) -> Vec<Content> {
        let media = content.iter().map(|(name, media)| {
            let at = at.join(name);
            let range = MediaType::parse(name);
            let is_form = range
                .as_ref()
                .is_some_and(|it| it.is_form() || it.is_multipart());
            let is_split = is_form && self.document.version() == Version::V2_0;
            let fields = is_split.then(|| self.fields(media, &at.join("schema")));
            let place = self.place(&at);
            let items = place.join("itemSchema");
            Content {
                name: name.clone(),
                range,
                schema: match fields {
                    Some(_) => None,
                    None => media.schema.as_ref().and_then(|_| self.schema(&at)),
                },
                items: self.document.at(&items).map(|_| items),
                fields,
                encodings: media
                    .encoding
                    .iter()
                    .map(|(name, it)| (name.clone(), writing(it)))
                    .collect(),
                document: place,
            }
        });
        media.collect()
    }

    fn fields(&self, media: &Media, at: &Pointer) -> Vec<Field> {
        let Some(schema) = media
            .schema
            .as_ref()
            .and_then(|it| self.description.resolve(it))
        else {
            return Vec::new();
        };
        let openapiv3::SchemaKind::Type(openapiv3::Type::Object(object)) =
            &schema.object.schema_kind
        else {
            return Vec::new();
        };
        let names = object.properties.keys();
        names
            .map(|name| Field {
                name: name.clone(),
                required: object.required.contains(name),
                schema: self.place(&at.join("properties").join(name)),
            })
            .collect()
    }

    fn response(
        &self,
        status: Status,
        response: &ReferenceOr<Response>,
        at: &Pointer,
    ) -> Option<Described> {
        let (response, at) = self.follow(response, at)?;
        let headers = response.headers.iter().filter_map(|(name, header)| {
            let at = at.join("headers").join(name);
            // OAS 3.0.3, Response Object: `Content-Type` is ignored.
            let is_ignored = name.eq_ignore_ascii_case("content-type");
            (!is_ignored)
                .then(|| self.header(name, header, &at))
                .flatten()
        });
        Some(Described {
            status,
            headers: headers.collect(),
            content: self.content(&response.content, &at.join("content")),
            document: self.place(&at),
        })
    }

    fn header(&self, name: &str, header: &ReferenceOr<Header>, at: &Pointer) -> Option<Parameter> {
        let (header, at) = self.follow(header, at)?;
        let document = self.place(&at);
        let explode = self.document.at(&document.join("explode"));
        Some(Parameter {
            name: name.to_owned(),
            place: Place::Header,
            required: header.required,
            style: Style::Simple,
            explode: explode.and_then(Node::as_bool) == Some(true),
            allow_empty: false,
            schema: self.schema_of(&header.format, &at),
            media: self.media_of(&header.format, &at),
            document,
        })
    }
}

impl Status {
    /// How specifically this names a status, if it does.
    pub(crate) fn fit(self, status: u16) -> Option<u8> {
        match self {
            Self::Code(code) => (code == status).then_some(2),
            Self::Range(digit) => (digit == status / 100).then_some(1),
            Self::Default => Some(0),
        }
    }
}

fn of(status: &StatusCode) -> Status {
    match status {
        StatusCode::Code(code) => Status::Code(*code),
        StatusCode::Range(digit) => Status::Range(*digit),
    }
}

fn of_query(style: &QueryStyle) -> Style {
    match style {
        QueryStyle::Form => Style::Form,
        QueryStyle::SpaceDelimited => Style::SpaceDelimited,
        QueryStyle::PipeDelimited => Style::PipeDelimited,
        QueryStyle::DeepObject => Style::DeepObject,
    }
}

fn of_path(style: &PathStyle) -> Style {
    match style {
        PathStyle::Matrix => Style::Matrix,
        PathStyle::Label => Style::Label,
        PathStyle::Simple => Style::Simple,
    }
}

fn writing(encoding: &Encoding) -> FieldWriting {
    let style = encoding.style.as_ref().map_or(Style::Form, of_query);
    FieldWriting {
        style,
        explode: encoding.explode,
        content_type: encoding.content_type.clone(),
    }
}
