//! Values as they come: from a body that was read, or from the tree of a document.

use serde_json::Value;
use specwright_openapi::{Node, Number};

/// What a value is, with what is in it.
pub(crate) enum Look<'a, I> {
    Null,
    Bool(bool),
    Number(Number),
    Text(&'a str),
    List(&'a [I]),
    Map,
}

/// A JSON value that a schema can be held against.
pub(crate) trait Instance: Sized {
    /// What the value is.
    fn look(&self) -> Look<'_, Self>;

    /// The member of this name, if the value is an object that has it.
    fn member(&self, name: &str) -> Option<&Self>;

    /// How many members the value has if it is an object.
    fn size(&self) -> usize;

    /// The members of an object; nothing for other values.
    fn members(&self) -> impl Iterator<Item = (&str, &Self)>;
}

impl Instance for Value {
    fn look(&self) -> Look<'_, Self> {
        match self {
            Self::Null => Look::Null,
            Self::Bool(value) => Look::Bool(*value),
            Self::Number(number) => Look::Number(of_json(number)),
            Self::String(text) => Look::Text(text),
            Self::Array(items) => Look::List(items),
            Self::Object(_) => Look::Map,
        }
    }

    fn member(&self, name: &str) -> Option<&Self> {
        self.as_object()?.get(name)
    }

    fn size(&self) -> usize {
        self.as_object().map_or(0, serde_json::Map::len)
    }

    fn members(&self) -> impl Iterator<Item = (&str, &Self)> {
        let members = self.as_object().into_iter().flatten();
        members.map(|(name, value)| (name.as_str(), value))
    }
}

impl Instance for Node {
    fn look(&self) -> Look<'_, Self> {
        match self {
            Self::Null => Look::Null,
            Self::Bool(value) => Look::Bool(*value),
            Self::Number(number) => Look::Number(*number),
            Self::String(text) => Look::Text(text),
            Self::Array(items) => Look::List(items),
            Self::Object(_) => Look::Map,
        }
    }

    fn member(&self, name: &str) -> Option<&Self> {
        self.get(name)
    }

    fn size(&self) -> usize {
        self.as_object().map_or(0, |it| it.iter().count())
    }

    fn members(&self) -> impl Iterator<Item = (&str, &Self)> {
        self.as_object().into_iter().flat_map(|it| it.iter())
    }
}

fn of_json(number: &serde_json::Number) -> Number {
    let integer = number.as_i64().map(i128::from);
    match integer.or_else(|| number.as_u64().map(i128::from)) {
        Some(value) => Number::Integer(value),
        None => Number::Float(number.as_f64().unwrap_or(f64::NAN)),
    }
}

/// Whether two values are the same (JSON Schema 2020-12 Core §4.2.2): numbers by value, objects without regard to order.
pub(crate) fn equal<I: Instance, J: Instance>(one: &I, other: &J) -> bool {
    match (one.look(), other.look()) {
        (Look::Null, Look::Null) => true,
        (Look::Bool(one), Look::Bool(other)) => one == other,
        (Look::Number(one), Look::Number(other)) => order(one, other).is_some_and(|it| it.is_eq()),
        (Look::Text(one), Look::Text(other)) => one == other,
        (Look::List(one), Look::List(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| equal(one, other))
        }
        (Look::Map, Look::Map) => {
            one.size() == other.size()
                && one
                    .members()
                    .all(|(name, value)| other.member(name).is_some_and(|it| equal(value, it)))
        }
        _ => false,
    }
}

/// Which number is greater, by value.
pub(crate) fn order(one: Number, other: Number) -> Option<std::cmp::Ordering> {
    match (one, other) {
        (Number::Integer(one), Number::Integer(other)) => Some(one.cmp(&other)),
        _ => one.as_f64().partial_cmp(&other.as_f64()),
    }
}
