//! The types that `type` names (JSON Schema 2020-12 Validation §6.1.1).

use crate::tree::{Node, Number};

const NAMES: [&str; 7] = [
    "string", "number", "integer", "boolean", "array", "object", "null",
];

/// A set of types.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in super::super) struct Types(u8);

impl Types {
    /// Every type but `null`; integers are numbers.
    pub(super) const NOT_NULL: Self = Self(0b011_1011);

    /// What the value of `type` names: one, or a list, in which a `null` that should have been in quotes counts.
    pub(in super::super) fn of(node: &Node) -> Self {
        match node {
            Node::String(name) => Self::named(name),
            Node::Null => Self::named("null"),
            Node::Array(items) => {
                let all = items
                    .iter()
                    .filter(|it| it.as_array().is_none())
                    .map(Self::of);
                let all = all.fold(Self::default(), |set, it| Self(set.0 | it.0));
                if all.contains("number") {
                    all.without("integer")
                } else {
                    all
                }
            }
            _ => Self::default(),
        }
    }

    fn named(name: &str) -> Self {
        Self(
            NAMES
                .iter()
                .zip(0..)
                .find(|(it, _)| **it == name)
                .map_or(0, |(_, bit)| 1 << bit),
        )
    }

    pub(super) fn contains(self, name: &str) -> bool {
        self.0 & Self::named(name).0 != 0
    }

    pub(super) fn without(self, name: &str) -> Self {
        Self(self.0 & !Self::named(name).0)
    }

    /// Those for which `keep` says so.
    pub(super) fn filter(self, keep: impl Fn(&str) -> bool) -> Self {
        self.names()
            .filter(|name| !keep(name))
            .fold(self, Self::without)
    }

    pub(super) fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether it is this type and no other.
    pub(super) fn is_only(self, name: &str) -> bool {
        !self.is_empty() && self == Self::named(name)
    }

    /// Whether every value of a type in `other` is of a type in this set.
    pub(super) fn covers(self, other: Self) -> bool {
        let other = if self.contains("number") {
            other.without("integer")
        } else {
            other
        };
        other.0 & !self.0 == 0
    }

    pub(in super::super) fn names(self) -> impl Iterator<Item = &'static str> {
        NAMES.into_iter().filter(move |name| self.contains(name))
    }
}

/// The one type of a value; `None` for objects and arrays, about whose type nobody asks.
pub(super) fn of_scalar(value: &Node) -> Option<&'static str> {
    match value {
        Node::Null => Some("null"),
        Node::Bool(_) => Some("boolean"),
        Node::Number(Number::Integer(_)) => Some("integer"),
        Node::Number(Number::Float(_)) => Some("number"),
        Node::String(_) => Some("string"),
        Node::Array(_) | Node::Object(_) => None,
    }
}

/// Whether a value is of a type; numbers without a fraction are integers, however they are written.
pub(super) fn is(value: &Node, name: &str) -> bool {
    match (name, value) {
        ("number", Node::Number(_)) | ("array", Node::Array(_)) | ("object", Node::Object(_)) => {
            true
        }
        ("integer", Node::Number(Number::Float(number))) => number.fract() == 0.0,
        _ => of_scalar(value) == Some(name),
    }
}

#[cfg(test)]
mod tests {
    use super::{super::super::testing::node, *};

    fn types(text: &str) -> Types {
        Types::of(&node(text))
    }

    #[test]
    fn sets() {
        let cases: &[(&str, &[&str])] = &[
            ("string", &["string"]),
            ("'null'", &["null"]),
            ("[object, ~]", &["object", "null"]),
            (
                "['null', integer, string, string]",
                &["string", "integer", "null"],
            ),
            ("[integer, number]", &["number"]),
            ("[text, 1, [string]]", &[]),
            ("[]", &[]),
            ("{}", &[]),
        ];
        for (text, expected) in cases {
            assert_eq!(types(text).names().collect::<Vec<_>>(), *expected, "{text}");
        }
        assert_eq!(
            types("[string, number, boolean, array, object]"),
            Types::NOT_NULL
        );
    }

    #[test]
    fn covering() {
        let cases = [
            ("[string, 'null']", "string", true),
            ("string", "[string, 'null']", false),
            ("number", "integer", true),
            ("integer", "number", false),
            ("string", "[]", true),
        ];
        for (one, other, expected) in cases {
            assert_eq!(types(one).covers(types(other)), expected, "{one} {other}");
        }
    }

    #[test]
    fn values() {
        let cases = [
            ("1", "integer", true),
            ("1.0", "integer", true),
            ("1.5", "integer", false),
            ("1", "number", true),
            ("'1'", "integer", false),
            ("{}", "object", true),
            ("[]", "array", true),
            ("~", "null", true),
            ("[]", "object", false),
        ];
        for (value, name, expected) in cases {
            assert_eq!(is(&node(value), name), expected, "{value} {name}");
        }
    }
}
