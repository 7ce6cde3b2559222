//! Where references may stand, and what they lead to.

use specwright_diagnostics::{Pointer, Rule, Severity};

use super::{
    schema,
    shape::{Shape, Type, Version},
};
use crate::tree::Node;

pub(crate) static MISPLACED: Rule = Rule {
    name: "reference/misplaced",
    severity: Severity::Warning,
    summary: "References stand only where the specification provides for them.",
    explanation: "The specification says which places take a Reference Object. Anywhere else `$ref` is an unknown field, \
        and tools that go by the specification find nothing. Bundlers put the target in its place wherever it stands, \
        and so it is read here; what a bundler writes can be read by every tool.",
};

/// A `$ref` that the walk came by.
#[derive(Debug, Clone)]
pub(crate) struct FoundReference {
    /// The object that holds the `$ref`.
    pub(crate) pointer: Pointer,
    /// The reference as written.
    pub(crate) target: String,
    /// What it should lead to.
    pub(crate) holds: Type,
    /// The section for what it leads to; without one, the target is put in place of the reference.
    pub(crate) section: Option<&'static str>,
    /// Whether the specification has no reference there.
    pub(crate) misplaced: bool,
}

impl FoundReference {
    /// A reference that the tables provide for.
    pub(super) fn to(shape: &'static Shape, pointer: Pointer, target: String) -> Self {
        let holds = match shape.section {
            Some("schemas" | "definitions") => Type::Schema,
            Some(_) => Type::OrReference(shape),
            None => Type::Object(shape),
        };
        Self {
            pointer,
            target,
            holds,
            section: shape.section,
            misplaced: false,
        }
    }

    /// A reference where there is none by the tables.
    pub(crate) fn misplaced(holds: Type, pointer: Pointer, target: String) -> Self {
        Self {
            pointer,
            target,
            holds,
            section: None,
            misplaced: true,
        }
    }

    /// Whether it may lead to a member of a section.
    pub(crate) fn may_lead_into(&self, section: &str) -> bool {
        match self.holds {
            Type::Object(shape) if self.misplaced => shape.section == Some(section),
            _ if self.misplaced => false,
            _ => self.section.unwrap_or("pathItems") == section,
        }
    }

    /// Whether `node` is of a kind that may stand at its end.
    pub(crate) fn may_lead_to(&self, node: &Node, version: Version) -> bool {
        if self.misplaced {
            return self.holds.accepts(node);
        }
        let boolean = matches!(self.holds, Type::Schema) && version >= Version::V3_1;
        node.as_object().is_some() || (boolean && node.as_bool().is_some())
    }
}

impl Type {
    /// Whether a text in the field `$ref` is what the tables provide for: a reference, or data.
    pub(super) fn has_reference(self, version: Version) -> bool {
        match self {
            Self::Any | Self::OrReference(_) | Self::Schema | Self::Map(Self::Any) => true,
            Self::Object(shape) => shape.field("$ref", version).is_some(),
            Self::Either(first, second) => {
                first.has_reference(version) || second.has_reference(version)
            }
            _ => false,
        }
    }

    /// Whether something of this type is an object that can be empty.
    pub(crate) fn is_object(self) -> bool {
        matches!(
            self,
            Self::Object(_) | Self::OrReference(_) | Self::Schema | Self::Map(_)
        )
    }

    /// Whether `node` may take the place of a reference to this, which it also may as one more reference.
    fn accepts(self, node: &Node) -> bool {
        let scalar = matches!(node, Node::Number(_) | Node::Bool(_));
        self.fits(node)
            || (matches!(self, Self::String) && scalar)
            || node.get("$ref").and_then(Node::as_str).is_some()
    }

    /// Whether `node` is of the kind that this is.
    pub(crate) fn fits(self, node: &Node) -> bool {
        match self {
            Self::Any => true,
            Self::Boolean => matches!(node, Node::Bool(_)),
            Self::String | Self::OneOf(_) => matches!(node, Node::String(_)),
            Self::List(_) | Self::NonEmpty(_) => matches!(node, Node::Array(_)),
            Self::Object(_) | Self::OrReference(_) | Self::Map(_) | Self::Schema => {
                matches!(node, Node::Object(_))
            }
            Self::Integer | Self::Number => matches!(node, Node::Number(_)),
            Self::Either(first, second) => first.fits(node) || second.fits(node),
        }
    }

    /// The kind of node that this is, with an article: `a string`.
    pub(super) fn kind(self) -> &'static str {
        match self {
            Self::Any => "a value",
            Self::String | Self::OneOf(_) => "a string",
            Self::Boolean => "a boolean",
            Self::Integer => "an integer",
            Self::Number => "a number",
            Self::Object(_) | Self::OrReference(_) | Self::Map(_) | Self::Schema => "an object",
            Self::List(_) | Self::NonEmpty(_) => "an array",
            Self::Either(Self::Boolean, Self::Schema) => "a boolean or an object",
            Self::Either(Self::OneOf(_), _) => "a string or an array",
            Self::Either(Self::Schema, _) => "an object or an array",
            Self::Either(first, _) => first.kind(),
        }
    }

    /// The name of the object or the kind of node, with an article: `an Operation Object`, `a string`.
    pub(crate) fn name(self, version: Version) -> String {
        let name = match self {
            Self::Object(shape) | Self::OrReference(shape) => shape.name,
            Self::Schema => schema(version).name,
            _ => return self.kind().to_owned(),
        };
        let vowel = name.starts_with(['A', 'E', 'I', 'O', 'U', 'X']);
        format!("{} {name}", if vowel { "an" } else { "a" })
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::{swagger2, v3},
        *,
    };

    #[test]
    fn places_of_references() {
        const TEXT: Type = Type::String;
        for (holds, version, expected) in [
            (Type::Any, Version::V3_0, true),
            (Type::Schema, Version::V3_0, true),
            (Type::OrReference(&v3::TAG), Version::V3_0, true),
            (Type::Object(&v3::SCHEMA_3_1), Version::V3_1, true),
            (Type::Object(&v3::TAG), Version::V3_0, false),
            (Type::Map(&Type::Any), Version::V3_0, true),
            (Type::Map(&Type::Schema), Version::V3_0, false),
            (Type::List(&Type::Any), Version::V3_0, false),
            (
                Type::Either(&Type::Boolean, &Type::Schema),
                Version::V3_0,
                true,
            ),
            (
                Type::Either(&TEXT, &Type::List(&TEXT)),
                Version::V3_1,
                false,
            ),
            (TEXT, Version::V3_0, false),
        ] {
            assert_eq!(holds.has_reference(version), expected, "{holds:?}");
        }
    }

    #[test]
    fn what_may_take_the_place_of_a_misplaced_reference() {
        let text = Node::String("text".to_owned());
        let reference: crate::tree::Object =
            [("$ref".to_owned(), text.clone())].into_iter().collect();
        let reference = Node::Object(reference);
        assert!(Type::String.accepts(&text));
        assert!(Type::String.accepts(&Node::Bool(true)));
        assert!(!Type::String.accepts(&Node::Null));
        assert!(!Type::Object(&v3::TAG).accepts(&text));
        for holds in [Type::String, Type::List(&Type::Any), Type::Object(&v3::TAG)] {
            assert!(holds.accepts(&reference), "{holds:?}");
        }
    }

    #[test]
    fn names_have_the_right_article() {
        for (holds, expected) in [
            (Type::Object(&v3::INFO), "an Info Object"),
            (Type::Object(&swagger2::SCHEMA), "a Schema Object"),
            (Type::Schema, "a Schema Object"),
            (Type::Map(&Type::Schema), "an object"),
            (Type::String, "a string"),
        ] {
            assert_eq!(holds.name(Version::V2_0), expected);
        }
    }
}
