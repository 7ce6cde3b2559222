//! Operations.

use specwright_openapi::pagination::PagePlan;

use super::{Field, Server, TypeId, TypeRef};

/// The id and tags of an operation.
#[derive(Debug, Clone)]
pub struct OperationKey {
    /// The `operationId`, or the method and path.
    pub id: String,
    /// The method and path.
    pub place: String,
    /// Its tags.
    pub tags: Vec<String>,
}

impl OperationKey {
    /// Whether `key` is the `operationId` or `GET /path`.
    #[must_use]
    pub fn matches_id(&self, key: &str) -> bool {
        self.id == key || self.place == key
    }

    /// Whether `selector` is the id or a tag.
    #[must_use]
    pub fn is_selected_by(&self, selector: &str) -> bool {
        self.matches_id(selector) || self.tags.iter().any(|tag| tag == selector)
    }
}

/// An operation.
#[derive(Debug, Clone)]
pub struct Operation {
    /// Its id and tags.
    pub key: OperationKey,
    /// The `operationId`, if it has one.
    pub id: Option<String>,
    /// The method as it is sent.
    pub method: String,
    /// The path template.
    pub path: String,
    /// In a few words.
    pub summary: Option<String>,
    /// At length.
    pub description: Option<String>,
    /// A page to read more.
    pub external_docs: Option<String>,
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// A server of its own.
    pub server: Option<Server>,
    /// Its parameters.
    pub parameters: Vec<Parameter>,
    /// What it sends.
    pub body: Option<RequestBody>,
    /// What a success brings: the documented statuses with differing contents.
    pub success: Vec<SuccessResponse>,
    /// The same as a stream of items, if the server can also answer so.
    pub stream: Option<Content>,
    /// The headers of a successful response.
    pub headers: Vec<Field>,
    /// Documented errors with a typed body.
    pub errors: Vec<ErrorResponse>,
    /// Security requirements: one of these sets of schemes.
    pub security: Vec<Vec<String>>,
    /// How it pages.
    pub paging: Option<Paging>,
}

/// A parameter.
#[derive(Debug, Clone)]
pub struct Parameter {
    /// Its name.
    pub name: String,
    /// Where it goes.
    pub place: ParameterPlace,
    /// How its value is written.
    pub style: ParameterStyle,
    /// What it holds.
    pub ty: TypeRef,
    /// Whether it must be given.
    pub required: bool,
    /// What it is.
    pub description: Option<String>,
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// The value that the server assumes, as text.
    pub default: Option<String>,
    /// The smallest and largest documented value.
    pub range: (Option<i64>, Option<i64>),
    /// An example, as text.
    pub example: Option<String>,
}

/// Where a parameter goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ParameterPlace {
    /// Into the path.
    Path,
    /// Into the query.
    Query,
    /// Into a header.
    Header,
    /// Into a cookie.
    Cookie,
    /// It is the whole query.
    QueryString,
}

/// How the value of a parameter is written (OAS 3.0.3, Style Values).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParameterStyle {
    /// One plain value in the default style of its place.
    Plain,
    /// A value in a style.
    Styled {
        /// `form`, `simple` and so on, as the runtime names it.
        style: &'static str,
        /// Whether members are written apart.
        explode: bool,
        /// Whether reserved characters are sent as they are.
        allow_reserved: bool,
    },
    /// As JSON (`content: application/json`).
    Json,
}

/// What an operation sends.
#[derive(Debug, Clone)]
pub struct RequestBody {
    /// Whether it must be given.
    pub required: bool,
    /// What it is.
    pub description: Option<String>,
    /// The media types to choose from, the preferred first.
    pub contents: Vec<(String, Content)>,
}

/// What a body holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    /// JSON.
    Json(TypeRef),
    /// Form-urlencoded, with encodings of single properties.
    Form(TypeRef, Vec<PropertyEncoding>),
    /// The parts of a form.
    Multipart(TypeRef),
    /// Text.
    Text,
    /// Bytes.
    Binary,
    /// Server-sent events with JSON, or with text if the type is [`TypeRef::String`].
    Events(TypeRef),
    /// One JSON value per line.
    JsonLines(TypeRef),
}

/// How a property of a form is written (OAS 3.0.3, Encoding Object).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PropertyEncoding {
    /// The property.
    pub name: String,
    /// Its style, as the runtime names it.
    pub style: Option<&'static str>,
    /// Whether members are written apart.
    pub explode: bool,
    /// Its media type.
    pub content_type: Option<String>,
}

/// A successful response.
#[derive(Debug, Clone)]
pub struct SuccessResponse {
    /// For which statuses.
    pub status: Statuses,
    /// What the body holds, with its media type; `None` if there is none.
    pub content: Option<(String, Content)>,
    /// What it means.
    pub description: String,
}

/// A documented error with its body.
#[derive(Debug, Clone)]
pub struct ErrorResponse {
    /// For which statuses.
    pub status: Statuses,
    /// What the body holds: JSON or text.
    pub body: Content,
    /// What it means.
    pub description: String,
}

/// Statuses of a response.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Statuses {
    /// One status.
    Code(u16),
    /// A hundred statuses: 4 for 400 to 499.
    Range(u16),
    /// Those that are not listed.
    Default,
}

impl Statuses {
    /// The reason phrase (RFC 9110 section 15), or what comes nearest.
    #[must_use]
    pub fn words(self) -> String {
        let words = match self {
            Self::Default => "default",
            Self::Range(2) => "success",
            Self::Range(4) => "client error",
            Self::Range(5) => "server error",
            Self::Range(digit) => return format!("status {digit}xx"),
            Self::Code(200) => "ok",
            Self::Code(201) => "created",
            Self::Code(202) => "accepted",
            Self::Code(203) => "non authoritative information",
            Self::Code(204) => "no content",
            Self::Code(205) => "reset content",
            Self::Code(206) => "partial content",
            Self::Code(207) => "multi status",
            Self::Code(400) => "bad request",
            Self::Code(401) => "unauthorized",
            Self::Code(402) => "payment required",
            Self::Code(403) => "forbidden",
            Self::Code(404) => "not found",
            Self::Code(405) => "method not allowed",
            Self::Code(406) => "not acceptable",
            Self::Code(408) => "request timeout",
            Self::Code(409) => "conflict",
            Self::Code(410) => "gone",
            Self::Code(412) => "precondition failed",
            Self::Code(413) => "content too large",
            Self::Code(415) => "unsupported media type",
            Self::Code(422) => "unprocessable content",
            Self::Code(423) => "locked",
            Self::Code(429) => "too many requests",
            Self::Code(500) => "internal server error",
            Self::Code(501) => "not implemented",
            Self::Code(502) => "bad gateway",
            Self::Code(503) => "service unavailable",
            Self::Code(504) => "gateway timeout",
            Self::Code(code) => return format!("status {code}"),
        };
        words.to_owned()
    }
}

/// How an operation pages, with the places in the response as paths through types.
#[derive(Debug, Clone)]
pub struct Paging {
    /// The plan.
    pub plan: PagePlan,
    /// The position in a request's body is a number.
    pub is_number: bool,
    /// The type of a page.
    pub page: TypeRef,
    /// The type of an item.
    pub item: TypeRef,
    /// The way from the body to the items.
    pub items: FieldPath,
    /// Where each signal is that the plan names.
    pub signals: Vec<(Signal, SignalPlace)>,
}

/// Where a page tells something.
#[derive(Debug, Clone)]
pub enum SignalPlace {
    /// In a field of the body.
    Field(FieldPath),
    /// In a field of the last item.
    LastItem(FieldPath),
    /// In a field of the first item.
    FirstItem(FieldPath),
    /// In the JSON of the last item, at a pointer where no typed field is.
    LastItemPointer(String),
    /// The same of the first item.
    FirstItemPointer(String),
    /// In the body, at a JSON pointer where no typed field is.
    Pointer(String),
    /// In a header.
    Header(String),
}

impl SignalPlace {
    /// The way through types, if it is one.
    pub fn way_mut(&mut self) -> Option<&mut FieldPath> {
        match self {
            Self::Field(way) | Self::LastItem(way) | Self::FirstItem(way) => Some(way),
            Self::LastItemPointer(_)
            | Self::FirstItemPointer(_)
            | Self::Pointer(_)
            | Self::Header(_) => None,
        }
    }
}

/// What a page tells about the walk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signal {
    /// The next cursor, key, URL or number.
    Next,
    /// The same of the way back.
    Previous,
    /// Whether there is more.
    HasMore,
    /// Whether this is the last page.
    IsLast,
    /// The number of this page.
    Current,
    /// The number of the last page.
    Last,
    /// The number of all items.
    Total,
    /// The page size that was served.
    Size,
}

/// A way through objects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldPath {
    /// The fields to pass, each with the type that has it.
    pub steps: Vec<FieldStep>,
    /// What is at the end.
    pub ty: TypeRef,
}

/// One field on a way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldStep {
    /// The type that has the field.
    pub owner: TypeId,
    /// The key.
    pub field: String,
}

impl Content {
    /// The type that it holds.
    #[must_use]
    pub fn ty(&self) -> Option<&TypeRef> {
        match self {
            Self::Json(ty)
            | Self::Form(ty, _)
            | Self::Multipart(ty)
            | Self::Events(ty)
            | Self::JsonLines(ty) => Some(ty),
            Self::Text | Self::Binary => None,
        }
    }

    fn ty_mut(&mut self) -> Option<&mut TypeRef> {
        match self {
            Self::Json(ty)
            | Self::Form(ty, _)
            | Self::Multipart(ty)
            | Self::Events(ty)
            | Self::JsonLines(ty) => Some(ty),
            Self::Text | Self::Binary => None,
        }
    }
}

impl Operation {
    /// The types of what it sends.
    pub(crate) fn sent(&self) -> impl Iterator<Item = &TypeRef> {
        let parameters = self.parameters.iter().map(|it| &it.ty);
        let bodies = self.body.iter().flat_map(|it| &it.contents);
        parameters.chain(bodies.filter_map(|(_, content)| content.ty()))
    }

    /// The types of what it receives.
    pub(crate) fn received(&self) -> impl Iterator<Item = &TypeRef> {
        let successes = self
            .success
            .iter()
            .filter_map(|it| it.content.as_ref()?.1.ty());
        let errors = self.errors.iter().filter_map(|it| it.body.ty());
        let streams = self.stream.iter().filter_map(Content::ty);
        let headers = self.headers.iter().map(|it| &it.ty);
        successes.chain(errors).chain(streams).chain(headers)
    }

    pub(crate) fn types_mut(&mut self) -> Vec<&mut TypeRef> {
        let mut types: Vec<&mut TypeRef> =
            self.parameters.iter_mut().map(|it| &mut it.ty).collect();
        let bodies = self.body.iter_mut().flat_map(|it| &mut it.contents);
        types.extend(bodies.filter_map(|(_, content)| content.ty_mut()));
        let successes = self
            .success
            .iter_mut()
            .filter_map(|it| it.content.as_mut()?.1.ty_mut());
        types.extend(successes);
        types.extend(self.errors.iter_mut().filter_map(|it| it.body.ty_mut()));
        types.extend(self.stream.iter_mut().filter_map(Content::ty_mut));
        types.extend(self.headers.iter_mut().map(|it| &mut it.ty));
        types
    }

    /// The JSON that a success always brings, if there is one such type.
    #[must_use]
    pub fn json_success(&self) -> Option<&TypeRef> {
        self.success.iter().find_map(|it| match &it.content {
            Some((_, Content::Json(ty))) => Some(ty),
            _ => None,
        })
    }
}
