//! The structure that a version of the specification demands, as tables, and the check of a tree against them.
//!
//! A table entry says which fields an object has, what they hold and which are required. The check reports each
//! departure and removes what nobody could use, so that what is left can be read without further questions.

mod check;
mod constraint;
mod nearest;
mod place;
mod shape;
mod swagger2;
mod v3;

pub(crate) use check::check;
pub(crate) use constraint::CONFLICTING_FIELDS;
pub use nearest::nearest;
pub(crate) use place::{FoundReference, MISPLACED};
pub use shape::Version;
pub(crate) use shape::{Shape, Type};

use specwright_diagnostics::Pointer;

/// The shape of a whole document.
pub(crate) fn document(version: Version) -> &'static Shape {
    match version {
        Version::V2_0 => &swagger2::DOCUMENT,
        _ => &v3::DOCUMENT,
    }
}

/// The shape of a schema.
pub(crate) fn schema(version: Version) -> &'static Shape {
    match version {
        Version::V2_0 => &swagger2::SCHEMA,
        Version::V3_0 => &v3::SCHEMA_3_0,
        Version::V3_1 | Version::V3_2 => &v3::SCHEMA_3_1,
    }
}

/// Where the objects of a section stand that references lead to: `/components/schemas`, in 2.0 `/definitions`.
pub(crate) fn section(version: Version, name: &str) -> Pointer {
    match version {
        Version::V2_0 => Pointer::root().join(name),
        _ => Pointer::root().join("components").join(name),
    }
}

/// The name of the section that `pointer` is a member of.
pub(crate) fn section_of(version: Version, pointer: &Pointer) -> Option<&'static str> {
    let segments: Vec<String> = pointer.segments().collect();
    match (version, segments.as_slice()) {
        (Version::V2_0, [section, _]) => {
            let known = ["definitions", "parameters", "responses"];
            known.into_iter().find(|name| name == section)
        }
        (Version::V2_0, _) => None,
        (_, [components, section, _]) if components == "components" => v3::COMPONENTS
            .field(section, version)
            .map(|field| field.name),
        _ => None,
    }
}

use specwright_diagnostics::{Rule, Severity};

pub(crate) static WRONG_TYPE: Rule = Rule {
    name: "structure/wrong-type",
    severity: Severity::Error,
    summary: "Every field holds the type that the specification gives it.",
    explanation: "The specification lists for each object which fields it has and what they hold. A value of another \
        type cannot be used and is left out; the rest of the document is read as if it were not there.",
};

pub(crate) static MISSING_FIELD: Rule = Rule {
    name: "structure/missing-field",
    severity: Severity::Error,
    summary: "Every required field is present.",
    explanation: "Tools that read the document count on its required fields. Add the field, or remove the object that \
        needs it.",
};

pub(crate) static UNKNOWN_FIELD: Rule = Rule {
    name: "structure/unknown-field",
    severity: Severity::Error,
    summary: "Objects have only the fields of their version, and extensions that begin with `x-`.",
    explanation: "A field that the specification does not know is ignored by tools, often because it is misspelt or \
        stands one level too high or too deep. Data of your own belongs into fields whose names begin with `x-`.",
};

pub(crate) static INVALID_VALUE: Rule = Rule {
    name: "structure/invalid-value",
    severity: Severity::Error,
    summary: "A field holds one of the values that the specification allows for it.",
    explanation: "Some fields, such as a parameter's `in`, take only the values that the specification lists, and \
        lengths and counts are whole numbers from 0. Any other value has no meaning and is left out, together with an \
        object that cannot do without it.",
};

pub(crate) static NUMBER_RANGE: Rule = Rule {
    name: "structure/number-range",
    severity: Severity::Warning,
    summary: "Numbers fit 64 bits.",
    explanation: "JSON allows numbers of any size, but most readers hold integers in 64 bits and others in IEEE 754 \
        doubles (RFC 8259 §6). A number beyond that is read as the nearest double or, where only an integer makes \
        sense, left out.",
};

pub(crate) static DUPLICATE_KEY: Rule = Rule {
    name: "syntax/duplicate-key",
    severity: Severity::Error,
    summary: "A mapping holds each key once.",
    explanation: "YAML forbids equal keys in one mapping (YAML 1.2.2 §3.2.1.3) and RFC 8259 §4 warns that JSON readers \
        disagree about them. The last one is used.",
};

pub(crate) static IGNORED_SIBLING: Rule = Rule {
    name: "reference/ignored-sibling",
    severity: Severity::Warning,
    summary: "A Reference Object has no other fields.",
    explanation: "In OpenAPI 3.0 whatever stands beside `$ref` is ignored (OAS 3.0.3, Reference Object). To add a \
        description or `nullable` to a referenced schema, wrap the reference: `allOf: [{$ref: …}]`.",
};
