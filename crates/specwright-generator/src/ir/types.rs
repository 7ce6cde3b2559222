//! Types.

use specwright_openapi::diagnostics::Pointer;

/// The index of a type in [`Api::types`](super::Api::types).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeId(pub usize);

/// A type with a name of its own.
#[derive(Debug, Clone)]
pub struct TypeDef {
    /// The component that it comes from; `None` for inline schemas.
    pub component: Option<String>,
    /// Words of the API that name it, from the outside in: `["Conversation", "sequence"]`.
    pub words: Vec<String>,
    /// The component that it is or is inside of; `None` inside of an operation.
    pub root: Option<String>,
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
    /// A set of values.
    Enum(EnumShape),
    /// One of several types.
    Union(UnionShape),
    /// The parts of a `multipart` body.
    Parts(Vec<Part>),
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
    /// Whether only the server sets it.
    pub read_only: bool,
    /// Whether only requests hold it.
    pub write_only: bool,
    /// The only text that it can have.
    pub constant: Option<String>,
    /// The value that the server assumes, as text.
    pub default: Option<String>,
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

/// A set of values.
#[derive(Debug, Clone)]
pub struct EnumShape {
    /// The values in the order of the document, each once.
    pub values: Vec<EnumValue>,
    /// What they are.
    pub kind: EnumKind,
    /// Whether the document allows any other value of the kind too.
    pub open: bool,
}

/// What the values of an enum are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EnumKind {
    /// Texts.
    Text,
    /// Integers of 64 bits.
    Integer,
    /// Scalars of several kinds, as JSON.
    Mixed,
}

/// A value of an enum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnumValue {
    /// The text, or the value as JSON if the kind is not [`EnumKind::Text`].
    pub text: String,
    /// A name that the document gives it (`x-enum-varnames`).
    pub name: Option<String>,
    /// What it means (`x-enum-descriptions`).
    pub description: Option<String>,
}

/// One of several types.
#[derive(Debug, Clone)]
pub struct UnionShape {
    /// The types in the order of the document.
    pub variants: Vec<UnionVariant>,
    /// The property whose value tells them apart, if there is one.
    pub tag: Option<String>,
}

/// A type of a union.
#[derive(Debug, Clone)]
pub struct UnionVariant {
    /// Words of the API that name it.
    pub words: String,
    /// The type.
    pub ty: TypeRef,
    /// The values of the tag that stand for it.
    pub tags: Vec<String>,
    /// Whether the type itself has the tag as a property.
    pub holds_tag: bool,
    /// What kind of JSON it is, if all its values are of one.
    pub kind: Option<JsonKind>,
    /// The properties that its objects always have.
    pub required: Vec<String>,
}

/// The kinds of JSON values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum JsonKind {
    /// `"…"`
    String,
    /// `1.5`
    Number,
    /// `true`
    Boolean,
    /// `[…]`
    Array,
    /// `{…}`
    Object,
}

/// A part of a `multipart` body.
#[derive(Debug, Clone)]
pub struct Part {
    /// Its name, type and so on.
    pub field: Field,
    /// Its media type, if the document says it.
    pub content_type: Option<String>,
}

/// A use of a type.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum TypeRef {
    /// A text.
    String,
    /// A text in a known format, kept in the spelling of the server.
    Text(TextFormat),
    /// An integer.
    Integer(IntegerSize),
    /// A number.
    Number,
    /// A number that is kept exactly (`format: decimal`).
    Decimal,
    /// A truth value.
    Boolean,
    /// Any JSON.
    Json,
    /// A file in a `multipart` body.
    File,
    /// A list.
    List(Box<TypeRef>),
    /// A map from texts.
    Map(Box<TypeRef>),
    /// An array whose elements have a type each.
    Tuple(Vec<TypeRef>),
    /// What may be null inside of a list, map, tuple or union.
    Nullable(Box<TypeRef>),
    /// A type with a name.
    Named(TypeId),
}

/// Formats of texts (OpenAPI Format Registry).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TextFormat {
    /// `date-time`: RFC 3339, or what the vendor takes for it.
    DateTime,
    /// `date`: RFC 3339 `full-date`.
    Date,
    /// `time`: RFC 3339 `full-time`.
    Time,
    /// `duration`: ISO 8601.
    Duration,
    /// `uuid`: RFC 9562.
    Uuid,
    /// `uri`: RFC 3986.
    Uri,
    /// `byte`, `base64url`: RFC 4648.
    Base64,
}

/// Sizes of integers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum IntegerSize {
    /// 32 bits with sign.
    I32,
    /// 64 bits with sign.
    I64,
    /// 32 bits without sign.
    U32,
    /// 64 bits without sign.
    U64,
    /// 128 bits with sign.
    I128,
}

impl TypeRef {
    /// The named types in it.
    pub fn named(&self) -> impl Iterator<Item = TypeId> {
        let mut found = Vec::new();
        self.each_named(&mut |id| found.push(id));
        found.into_iter()
    }

    fn each_named(&self, visit: &mut impl FnMut(TypeId)) {
        match self {
            Self::Named(id) => visit(*id),
            Self::List(inner) | Self::Map(inner) | Self::Nullable(inner) => inner.each_named(visit),
            Self::Tuple(elements) => elements.iter().for_each(|it| it.each_named(visit)),
            _ => {}
        }
    }

    /// Puts other ids in place.
    pub(crate) fn renumber(&mut self, new: &dyn Fn(TypeId) -> TypeId) {
        match self {
            Self::Named(id) => *id = new(*id),
            Self::List(inner) | Self::Map(inner) | Self::Nullable(inner) => inner.renumber(new),
            Self::Tuple(elements) => elements.iter_mut().for_each(|it| it.renumber(new)),
            _ => {}
        }
    }
}

impl Shape {
    /// Every type that it holds.
    pub(crate) fn types(&self) -> Vec<&TypeRef> {
        match self {
            Self::Object(object) => {
                let mut types: Vec<_> = object.fields.iter().map(|it| &it.ty).collect();
                if let Additional::Allowed(ty) = &object.additional {
                    types.push(ty);
                }
                types
            }
            Self::Enum(_) => Vec::new(),
            Self::Union(union) => union.variants.iter().map(|it| &it.ty).collect(),
            Self::Parts(parts) => parts.iter().map(|it| &it.field.ty).collect(),
        }
    }

    pub(crate) fn types_mut(&mut self) -> Vec<&mut TypeRef> {
        match self {
            Self::Object(object) => {
                let mut types: Vec<_> = object.fields.iter_mut().map(|it| &mut it.ty).collect();
                if let Additional::Allowed(ty) = &mut object.additional {
                    types.push(ty);
                }
                types
            }
            Self::Enum(_) => Vec::new(),
            Self::Union(union) => union.variants.iter_mut().map(|it| &mut it.ty).collect(),
            Self::Parts(parts) => parts.iter_mut().map(|it| &mut it.field.ty).collect(),
        }
    }
}
