//! A document as it was written: ordered, with exact numbers and no types of OpenAPI yet.

use specwright_diagnostics::Pointer;

use crate::members::Members;

/// One node of a document.
#[derive(Debug, Clone, PartialEq)]
pub enum Node {
    /// `null`, or a YAML value left out.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number.
    Number(Number),
    /// A text.
    String(String),
    /// A sequence.
    Array(Vec<Node>),
    /// A mapping.
    Object(Object),
}

/// A number, exact as far as 128 bits or an IEEE 754 double can hold it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Number {
    /// A number written without fraction or exponent that fits 128 bits.
    Integer(i128),
    /// Any other number.
    Float(f64),
}

/// A mapping whose keys keep the order of the text.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Object {
    entries: Members,
    duplicates: Vec<String>,
}

impl Object {
    /// Adds a member; a key seen before takes the later value and is remembered in [`Object::duplicates`].
    pub fn insert(&mut self, key: String, value: Node) {
        self.duplicates.extend(self.entries.insert(key, value));
    }

    /// The value of `key`.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entries.get(key)
    }

    /// `key` as this mapping holds it.
    #[must_use]
    pub fn get_key(&self, key: &str) -> Option<&str> {
        self.entries.get_key(key)
    }

    /// The value of `key`, to be changed in place.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut Node> {
        self.entries.get_mut(key)
    }

    /// Removes a member and keeps the order of the others.
    pub fn remove(&mut self, key: &str) -> Option<Node> {
        self.entries.remove(key)
    }

    /// Keeps the members for which `keep` says so.
    pub fn retain(&mut self, keep: impl FnMut(&str, &mut Node) -> bool) {
        self.entries.retain(keep);
    }

    /// The members in the order of the text.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Node)> {
        self.entries.iter()
    }

    /// The members, their values to be changed in place.
    pub(crate) fn iter_mut(&mut self) -> impl Iterator<Item = (&str, &mut Node)> {
        self.entries.iter_mut()
    }

    /// The members themselves, in the order of the text.
    pub(crate) fn into_members(self) -> impl Iterator<Item = (String, Node)> {
        self.entries.into_members()
    }

    /// The same value for libraries that speak `serde_json`; see [`Node::to_json`].
    #[must_use]
    pub fn to_json(&self) -> serde_json::Value {
        let members = self
            .iter()
            .map(|(key, node)| (key.to_owned(), node.to_json()));
        serde_json::Value::Object(members.collect())
    }

    /// Whether `key` is present.
    #[must_use]
    pub fn contains(&self, key: &str) -> bool {
        self.entries.get(key).is_some()
    }

    /// Keys that the text holds more than once.
    #[must_use]
    pub fn duplicates(&self) -> &[String] {
        &self.duplicates
    }
}

impl FromIterator<(String, Node)> for Object {
    fn from_iter<I: IntoIterator<Item = (String, Node)>>(members: I) -> Self {
        let mut object = Self::default();
        for (key, node) in members {
            object.insert(key, node);
        }
        object
    }
}

impl Node {
    /// The text, if this is one.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    /// The mapping, if this is one.
    #[must_use]
    pub fn as_object(&self) -> Option<&Object> {
        match self {
            Self::Object(object) => Some(object),
            _ => None,
        }
    }

    /// The sequence, if this is one.
    #[must_use]
    pub fn as_array(&self) -> Option<&[Node]> {
        match self {
            Self::Array(items) => Some(items),
            _ => None,
        }
    }

    /// The truth value, if this is one.
    #[must_use]
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Bool(value) => Some(*value),
            _ => None,
        }
    }

    /// The member `key` of a mapping.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.as_object()?.get(key)
    }

    /// The node at `pointer` (RFC 6901 §4) below this one.
    #[must_use]
    pub fn at(&self, pointer: &Pointer) -> Option<&Node> {
        pointer
            .segments()
            .try_fold(self, |node, segment| match node {
                Self::Object(object) => object.get(&segment),
                Self::Array(items) => items.get(array_index(&segment)?),
                _ => None,
            })
    }

    /// The node at `pointer`, to be changed in place.
    pub fn at_mut(&mut self, pointer: &Pointer) -> Option<&mut Node> {
        pointer
            .segments()
            .try_fold(self, |node, segment| match node {
                Self::Object(object) => object.get_mut(&segment),
                Self::Array(items) => items.get_mut(array_index(&segment)?),
                _ => None,
            })
    }

    /// What the node is, with an article: `a string`, `an object`, `null`.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "a boolean",
            Self::Number(Number::Integer(_)) => "an integer",
            Self::Number(Number::Float(_)) => "a number",
            Self::String(_) => "a string",
            Self::Array(_) => "an array",
            Self::Object(_) => "an object",
        }
    }

    /// The same value for libraries that speak `serde_json`.
    ///
    /// Integers beyond 64 bits become doubles, numbers that are not finite become `null`.
    #[must_use]
    pub fn to_json(&self) -> serde_json::Value {
        use serde_json::Value;
        match self {
            Self::Null => Value::Null,
            Self::Bool(value) => Value::Bool(*value),
            Self::Number(number) => number.to_json(),
            Self::String(text) => Value::String(text.clone()),
            Self::Array(items) => items.iter().map(Self::to_json).collect(),
            Self::Object(object) => object.to_json(),
        }
    }
}

impl Number {
    /// The value as a double, possibly rounded.
    #[must_use]
    #[expect(
        clippy::cast_precision_loss,
        reason = "rounding is what this function promises"
    )]
    pub fn as_f64(self) -> f64 {
        match self {
            Self::Integer(value) => value as f64,
            Self::Float(value) => value,
        }
    }

    /// The value as an integer if it has no fraction and fits 64 bits.
    #[must_use]
    pub fn as_i64(self) -> Option<i64> {
        match self {
            Self::Integer(value) => i64::try_from(value).ok(),
            Self::Float(value) => float_to_i64(value),
        }
    }

    fn to_json(self) -> serde_json::Value {
        match self {
            Self::Integer(value) => match (u64::try_from(value), i64::try_from(value)) {
                (Ok(value), _) => value.into(),
                (_, Ok(value)) => value.into(),
                _ => self.as_f64().into(),
            },
            Self::Float(value) => value.into(),
        }
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "the range is checked first"
)]
fn float_to_i64(value: f64) -> Option<i64> {
    let bound = 9_223_372_036_854_775_808.0;
    (value.fract() == 0.0 && (-bound..bound).contains(&value)).then_some(value as i64)
}

/// An array index of a JSON pointer: digits without a leading zero (RFC 6901 §4).
fn array_index(segment: &str) -> Option<usize> {
    let canonical = segment == "0" || !segment.starts_with(['0', '+']);
    canonical.then(|| segment.parse().ok()).flatten()
}
