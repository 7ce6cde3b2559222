//! The facts about an API that a client needs, in the terms of OpenAPI and without names of any language.

use specwright_openapi::{diagnostics::Pointer, pagination::PagePlan};

/// An API.
#[derive(Debug, Clone, Default)]
pub struct Api {
    /// `info.title`.
    pub title: String,
    /// `info.version`.
    pub version: String,
    /// `info.description`.
    pub description: Option<String>,
    /// The servers of the document, the default first.
    pub servers: Vec<Server>,
    /// The security schemes that operations name.
    pub security_schemes: Vec<SecurityScheme>,
    /// Tags with their descriptions.
    pub tags: Vec<Tag>,
    /// Every named type.
    pub types: Vec<TypeDef>,
    /// The operations that can be generated.
    pub operations: Vec<Operation>,
    /// Id and tags of every operation of the document.
    pub all_operations: Vec<OperationKey>,
}

/// A server with its variables.
#[derive(Debug, Clone)]
pub struct Server {
    /// The URL template.
    pub url: String,
    /// The variables in it.
    pub variables: Vec<ServerVariable>,
}

/// A variable of a server's URL.
#[derive(Debug, Clone)]
pub struct ServerVariable {
    /// The name between braces.
    pub name: String,
    /// The value unless another is given.
    pub default: String,
    /// The values that are allowed; empty if any is.
    pub allowed: Vec<String>,
    /// What it is.
    pub description: Option<String>,
}

/// A security scheme.
#[derive(Debug, Clone)]
pub struct SecurityScheme {
    /// The name of the component.
    pub name: String,
    /// How it works.
    pub kind: SecurityKind,
    /// What it is.
    pub description: Option<String>,
}

/// How a security scheme works.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SecurityKind {
    /// `Authorization: Bearer` (RFC 6750), which OAuth 2 and OpenID Connect come down to as well.
    Bearer,
    /// `Authorization: Basic` (RFC 7617).
    Basic,
    /// A key in a query parameter, header or cookie.
    ApiKey {
        /// `query`, `header` or `cookie`.
        place: &'static str,
        /// The name there.
        name: String,
    },
}

/// A tag.
#[derive(Debug, Clone)]
pub struct Tag {
    /// Its name.
    pub name: String,
    /// What it stands for.
    pub description: Option<String>,
}

/// The index of a type in [`Api::types`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeId(pub usize);

/// A type with a name of its own.
#[derive(Debug, Clone)]
pub struct TypeDef {
    /// The component that it comes from; `None` for inline schemas.
    pub component: Option<String>,
    /// Words of the API that name it, from the outside in: `["Conversation", "sequence"]`.
    pub words: Vec<String>,
    /// The type that it is defined inside of.
    pub parent: Option<TypeId>,
    /// What it is.
    pub description: Option<String>,
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// What it consists of.
    pub shape: Shape,
    /// Whether responses hold it.
    pub received: bool,
    /// Whether request bodies hold it.
    pub sent: bool,
    /// Where its schema stands.
    pub pointer: Pointer,
}

/// What a named type consists of.
#[derive(Debug, Clone)]
pub enum Shape {
    /// An object with known properties.
    Object(ObjectShape),
    /// A set of texts.
    Enum(EnumShape),
}

/// An object.
#[derive(Debug, Clone, Default)]
pub struct ObjectShape {
    /// Its properties in the order of the document.
    pub fields: Vec<Field>,
    /// What other properties it may have.
    pub additional: Additional,
}

/// A property.
#[derive(Debug, Clone)]
pub struct Field {
    /// The key.
    pub name: String,
    /// What it holds when it is there and not null.
    pub ty: TypeRef,
    /// Whether it is always there.
    pub required: bool,
    /// Whether it may be null.
    pub nullable: bool,
    /// What it is.
    pub description: Option<String>,
    /// Whether it is deprecated.
    pub deprecated: bool,
}

/// Properties that a schema does not name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Additional {
    /// Not spoken of, or forbidden: read over.
    #[default]
    Unspoken,
    /// Explicitly allowed with these values: kept.
    Allowed(TypeRef),
}

/// A set of texts.
#[derive(Debug, Clone)]
pub struct EnumShape {
    /// The texts in the order of the document, each once.
    pub values: Vec<String>,
    /// Whether any other text is allowed too.
    pub open: bool,
}

/// A use of a type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TypeRef {
    /// A text.
    String,
    /// A text that is a date and time (RFC 3339, or what the vendor takes for it).
    DateTime,
    /// An integer of 32 bits.
    Int32,
    /// An integer of 64 bits.
    Int64,
    /// A number.
    Number,
    /// A truth value.
    Boolean,
    /// Any JSON.
    Json,
    /// A list.
    List(Box<TypeRef>),
    /// A map from texts.
    Map(Box<TypeRef>),
    /// A type with a name.
    Named(TypeId),
}

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
    /// Its path and query parameters.
    pub parameters: Vec<Parameter>,
    /// What a success brings; `None` for no content.
    pub success: Option<TypeRef>,
    /// Documented errors with a typed body.
    pub errors: Vec<ErrorResponse>,
    /// Security requirements: one of these sets of schemes.
    pub security: Vec<Vec<String>>,
    /// How it pages.
    pub paging: Option<Paging>,
}

/// A parameter with one plain value.
#[derive(Debug, Clone)]
pub struct Parameter {
    /// Its name.
    pub name: String,
    /// Where it goes.
    pub place: ParameterPlace,
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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParameterPlace {
    /// Into the path.
    Path,
    /// Into the query.
    Query,
}

/// A documented error with its body.
#[derive(Debug, Clone)]
pub struct ErrorResponse {
    /// For which statuses.
    pub status: Statuses,
    /// What the body holds.
    pub body: TypeRef,
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

/// How an operation pages, with the places in the response as paths through types.
#[derive(Debug, Clone)]
pub struct Paging {
    /// The plan.
    pub plan: PagePlan,
    /// The type of an item.
    pub item: TypeRef,
    /// The way from the body to the items.
    pub items: FieldPath,
    /// The way to each signal that the plan names.
    pub signals: Vec<(Signal, FieldPath)>,
}

/// What a page tells about the walk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signal {
    /// The next cursor.
    Next,
    /// The previous cursor.
    Previous,
    /// Whether there is more.
    HasMore,
    /// The number of this page.
    Current,
    /// The number of the last page.
    Last,
    /// The number of all items.
    Total,
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
    /// Whether it may be absent or null.
    pub optional: bool,
}

impl Api {
    /// The definition of a type.
    #[must_use]
    pub fn type_def(&self, id: TypeId) -> Option<&TypeDef> {
        self.types.get(id.0)
    }
}

impl TypeRef {
    /// The named type at the core of lists and maps.
    #[must_use]
    pub fn named(&self) -> Option<TypeId> {
        match self {
            Self::Named(id) => Some(*id),
            Self::List(inner) | Self::Map(inner) => inner.named(),
            _ => None,
        }
    }
}
