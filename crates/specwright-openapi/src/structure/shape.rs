//! The vocabulary of the tables.

use super::constraint::Constraint;

/// A version of the specification, without its patch number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Version {
    /// Swagger 2.0.
    V2_0,
    /// OpenAPI 3.0.
    V3_0,
    /// OpenAPI 3.1.
    V3_1,
    /// OpenAPI 3.2.
    V3_2,
}

impl Version {
    /// The text of the specification.
    #[must_use]
    pub fn link(self) -> &'static str {
        match self {
            Self::V2_0 => "https://spec.openapis.org/oas/v2.0.html",
            Self::V3_0 => "https://spec.openapis.org/oas/v3.0.4.html",
            Self::V3_1 => "https://spec.openapis.org/oas/v3.1.2.html",
            Self::V3_2 => "https://spec.openapis.org/oas/v3.2.0.html",
        }
    }
}

/// What a field holds.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Type {
    /// Anything, not looked into.
    Any,
    String,
    Boolean,
    /// An integer of 64 bits.
    Integer,
    Number,
    /// One of a set of strings.
    OneOf(&'static [&'static str]),
    Object(&'static Shape),
    /// The object, or a Reference Object in its place.
    OrReference(&'static Shape),
    /// The version's Schema Object, by reference or not.
    Schema,
    List(&'static Type),
    /// A list with at least one element.
    NonEmpty(&'static Type),
    Map(&'static Type),
    /// The first that fits by the kind of node.
    Either(&'static Type, &'static Type),
}

/// One kind of object.
#[derive(Debug)]
pub(crate) struct Shape {
    /// `Path Item Object`.
    pub(crate) name: &'static str,
    /// The section's anchor in the text of the specification.
    pub(crate) anchor: &'static str,
    /// The section of the Components Object for such objects.
    pub(crate) section: Option<&'static str>,
    pub(crate) fields: &'static [Field],
    pub(crate) rest: Rest,
    pub(crate) constraints: &'static [Constraint],
}

/// What keys an object may have besides its fields.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Rest {
    /// Only extensions (`x-…`).
    Extensions,
    /// Keys that begin with `/`, and extensions.
    Paths(&'static Type),
    /// Status codes, ranges such as `4XX`, and extensions.
    Statuses(&'static Type),
    /// Any key.
    All(&'static Type),
}

/// A field, in the versions that have it. A name may occur more than once, for different versions.
#[derive(Debug)]
pub(crate) struct Field {
    pub(crate) name: &'static str,
    pub(crate) holds: Type,
    pub(crate) required: bool,
    since: Version,
    until: Version,
}

pub(crate) const fn required(name: &'static str, holds: Type) -> Field {
    Field {
        required: true,
        ..optional(name, holds)
    }
}

pub(crate) const fn optional(name: &'static str, holds: Type) -> Field {
    Field {
        name,
        holds,
        required: false,
        since: Version::V2_0,
        until: Version::V3_2,
    }
}

impl Field {
    /// The field as it is from `version` on.
    pub(crate) const fn since(self, version: Version) -> Self {
        Self {
            since: version,
            ..self
        }
    }

    /// The field as it is up to `version`.
    pub(crate) const fn until(self, version: Version) -> Self {
        Self {
            until: version,
            ..self
        }
    }
}

impl Shape {
    pub(crate) fn fields(&self, version: Version) -> impl Iterator<Item = &'static Field> {
        let of_version = move |field: &&Field| (field.since..=field.until).contains(&version);
        self.fields.iter().filter(of_version)
    }

    pub(crate) fn field(&self, name: &str, version: Version) -> Option<&'static Field> {
        self.fields(version).find(|field| field.name == name)
    }
}

impl Rest {
    /// What a key holds that is no field; `None` if there must be no such key.
    pub(crate) fn holds(self, key: &str) -> Option<Type> {
        let extension = key.starts_with("x-").then_some(Type::Any);
        match self {
            Self::Extensions => extension,
            Self::Paths(holds) => key.starts_with('/').then_some(*holds).or(extension),
            Self::Statuses(holds) => is_status(key).then_some(*holds).or(extension),
            Self::All(holds) => extension.or(Some(*holds)),
        }
    }
}

impl Rest {
    /// What a key holds that is misspelt in a way that leaves no doubt, and how it is spelt: `4xx` for `4XX`.
    pub(crate) fn misspelt(self, key: &str) -> Option<(Type, String)> {
        match self {
            Self::Statuses(holds) => {
                let right = key.to_ascii_uppercase();
                (right != key && is_status(&right)).then_some((*holds, right))
            }
            _ => None,
        }
    }

    /// What keys may look like, for people.
    pub(crate) fn help(self) -> Option<&'static str> {
        match self {
            Self::All(_) => None,
            Self::Extensions => Some("names of extensions begin with `x-`"),
            Self::Paths(_) => Some("paths begin with `/`"),
            Self::Statuses(_) => {
                Some("expected a status such as `404`, a range such as `4XX`, or `default`")
            }
        }
    }
}

/// A status code or a range of them: `200`, `4XX` (OAS 3.0.3, Responses Object).
fn is_status(key: &str) -> bool {
    let digits = key.strip_suffix("XX").map_or((key, 3), |digit| (digit, 1));
    let (text, length) = digits;
    text.len() == length
        && text.starts_with(['1', '2', '3', '4', '5'])
        && text.bytes().all(|byte| byte.is_ascii_digit())
}
