//! What can be wrong with a JSON text, without the text itself.

use std::fmt;

/// The kinds of JSON value (RFC 8259, section 3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum JsonKind {
    /// `null`
    Null,
    /// `true` or `false`
    Boolean,
    /// a number
    Number,
    /// a string
    String,
    /// an array
    Array,
    /// an object
    Object,
}

impl fmt::Display for JsonKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Null => "null",
            Self::Boolean => "a boolean",
            Self::Number => "a number",
            Self::String => "a string",
            Self::Array => "an array",
            Self::Object => "an object",
        })
    }
}

/// What went wrong at one place of a JSON text.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum JsonErrorKind {
    /// The text is not JSON; the field says what was expected or what is wrong.
    Syntax(&'static str),
    /// The text ends inside a value.
    UnexpectedEnd,
    /// The text is not UTF-8 from here on (RFC 8259, section 8.1).
    InvalidUtf8,
    /// Arrays and objects are nested deeper than
    /// [`JsonReader::MAX_DEPTH`](super::JsonReader::MAX_DEPTH).
    TooDeep,
    /// The value has another type than the model wants.
    Mismatch {
        /// what the model wants, with its article: `a string`
        expected: &'static str,
        /// what is there
        found: JsonKind,
    },
    /// A number with a fractional part where an integer is wanted.
    NotIntegral {
        /// the number as written
        text: String,
    },
    /// A number that does not fit the Rust type.
    OutOfRange {
        /// the Rust type
        target: &'static str,
        /// the number as written
        text: String,
    },
    /// A required field is absent from the object that ends here.
    MissingField(&'static str),
    /// A value outside a closed enumeration.
    UnknownVariant {
        /// the enumeration's Rust name
        type_name: &'static str,
        /// the value as received
        value: String,
    },
    /// A reason given by hand-written code, see [`JsonReader::error`](super::JsonReader::error).
    Custom(String),
}

impl JsonErrorKind {
    /// Whether the text is not JSON at this place, as opposed to JSON that does not fit.
    pub fn is_syntax(&self) -> bool {
        match self {
            Self::Syntax(_) | Self::UnexpectedEnd | Self::InvalidUtf8 | Self::TooDeep => true,
            Self::Mismatch { .. }
            | Self::NotIntegral { .. }
            | Self::OutOfRange { .. }
            | Self::MissingField(_)
            | Self::UnknownVariant { .. }
            | Self::Custom(_) => false,
        }
    }
}

impl fmt::Display for JsonErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Syntax(message) => f.write_str(message),
            Self::UnexpectedEnd => f.write_str("the text ends inside a value"),
            Self::InvalidUtf8 => f.write_str("the text is not valid UTF-8"),
            Self::TooDeep => write!(
                f,
                "nested deeper than {} levels",
                super::JsonReader::MAX_DEPTH
            ),
            Self::Mismatch { expected, found } => write!(f, "expected {expected}, found {found}"),
            Self::NotIntegral { text } => write!(
                f,
                "expected an integer, found the number {}",
                Shortened(text)
            ),
            Self::OutOfRange { target, text } => {
                write!(f, "the number {} does not fit {target}", Shortened(text))
            }
            Self::MissingField(name) => write!(f, "missing field `{name}`"),
            Self::UnknownVariant { type_name, value } => {
                write!(
                    f,
                    "unknown value `{}` of {type_name}",
                    Shortened(value).to_string().escape_debug()
                )
            }
            Self::Custom(message) => f.write_str(message),
        }
    }
}

/// A text from a document, cut so that a message stays one line.
struct Shortened<'a>(&'a str);

impl fmt::Display for Shortened<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const LONGEST: usize = 60;
        match self.0.char_indices().nth(LONGEST) {
            Some((end, _)) => write!(f, "{}…", self.0.get(..end).unwrap_or_default()),
            None => f.write_str(self.0),
        }
    }
}

/// The first problem of a JSON text: what, and at which byte.
///
/// One pointer in size, so that it costs nothing on the good path. The JSON path, line and excerpt
/// are computed by whoever holds the text, when they are wanted: see
/// [`DecodeError`](crate::DecodeError).
#[derive(Clone, PartialEq, Eq)]
pub struct JsonError(Box<(JsonErrorKind, usize)>);

impl JsonError {
    /// An error at `offset`, counted in bytes from the start of the text.
    pub fn new(kind: JsonErrorKind, offset: usize) -> Self {
        Self(Box::new((kind, offset)))
    }

    /// What went wrong.
    pub fn kind(&self) -> &JsonErrorKind {
        &self.0.0
    }

    /// Where: bytes from the start of the text.
    pub fn offset(&self) -> usize {
        self.0.1
    }
}

impl fmt::Debug for JsonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JsonError")
            .field("kind", self.kind())
            .field("offset", &self.offset())
            .finish()
    }
}

impl fmt::Display for JsonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at byte {}", self.kind(), self.offset())
    }
}

impl std::error::Error for JsonError {}

/// A value that JSON cannot express: a number that is not finite.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EncodeError {
    path: String,
    message: &'static str,
}

impl EncodeError {
    pub(crate) fn new(path: String, message: &'static str) -> Self {
        Self { path, message }
    }

    /// The JSON path of the value, such as `$.items[2].price`.
    pub fn path(&self) -> &str {
        &self.path
    }
}

impl fmt::Display for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.message)
    }
}

impl std::error::Error for EncodeError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_is_one_pointer() {
        assert_eq!(size_of::<JsonError>(), size_of::<usize>());
        assert_eq!(size_of::<Result<(), JsonError>>(), size_of::<usize>());
    }

    #[test]
    fn long_values_are_cut_in_messages() {
        let kind = JsonErrorKind::UnknownVariant {
            type_name: "Status",
            value: "é".repeat(500),
        };
        assert_eq!(
            kind.to_string(),
            format!("unknown value `{}…` of Status", "é".repeat(60))
        );
    }
}
