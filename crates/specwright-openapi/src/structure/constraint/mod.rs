//! What the tables demand of several fields together.

pub(super) mod names;
pub(super) mod parameters;

use specwright_diagnostics::{Rule, Severity};

use super::{INVALID_VALUE, MISSING_FIELD, shape::Version};
use crate::tree::{Node, Object};

pub(crate) static CONFLICTING_FIELDS: Rule = Rule {
    name: "structure/conflicting-fields",
    severity: Severity::Error,
    summary: "Fields that exclude each other are not used together.",
    explanation: "Some fields say the same thing in different ways, such as `example` and `examples`, or `schema` and \
        `content` of a parameter. Tools that read both cannot know which one holds.",
};

/// A demand on an object.
#[derive(Debug)]
pub(crate) struct Constraint {
    /// The field and the value that it must have for the demand to apply.
    when: Option<(&'static str, &'static str)>,
    check: Check,
    since: Version,
    until: Version,
}

/// The kinds of demands.
#[derive(Debug)]
pub(crate) enum Check {
    /// One of the fields is there, or more.
    AtLeastOne(&'static [&'static str]),
    /// One of the fields is there, or none.
    AtMostOne(&'static [&'static str]),
    ExactlyOne(&'static [&'static str]),
    /// Where the first is there, none of the others is.
    Excludes(&'static str, &'static [&'static str]),
    /// All of the fields are there.
    Required(&'static [&'static str]),
    /// The map in the field has exactly one entry.
    SingleEntry(&'static str),
    /// The object has a member that is no extension.
    NotEmpty,
    Custom(fn(&Object) -> Option<Breach>),
}

/// How an object breaks a demand.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Breach {
    pub(crate) rule: &'static Rule,
    /// The member that it shows at; the object itself if there is none.
    pub(crate) field: Option<String>,
    pub(crate) message: String,
}

impl Constraint {
    pub(crate) const fn always(check: Check) -> Self {
        Self {
            when: None,
            check,
            since: Version::V2_0,
            until: Version::V3_2,
        }
    }

    pub(crate) const fn when(field: &'static str, value: &'static str, check: Check) -> Self {
        Self {
            when: Some((field, value)),
            ..Self::always(check)
        }
    }

    pub(crate) const fn since(self, version: Version) -> Self {
        Self {
            since: version,
            ..self
        }
    }

    pub(crate) const fn until(self, version: Version) -> Self {
        Self {
            until: version,
            ..self
        }
    }

    /// How `object`, which is a `name`, breaks the demand of `version`.
    pub(crate) fn breach(&self, object: &Object, name: &str, version: Version) -> Option<Breach> {
        let applies = (self.since..=self.until).contains(&version)
            && self
                .when
                .is_none_or(|(field, value)| is(object, field, value));
        if !applies {
            return None;
        }
        let present =
            |fields: &'static [&'static str]| fields.iter().filter(|field| object.contains(field));
        match &self.check {
            Check::Custom(check) => check(object),
            Check::AtLeastOne(fields) => {
                let none = present(fields).next().is_none();
                none.then(|| missing(format!("the {name} needs one of {}", list(fields))))
            }
            Check::AtMostOne(fields) => conflict(&present(fields).copied().collect::<Vec<_>>()),
            Check::ExactlyOne(fields) => {
                match present(fields).copied().collect::<Vec<_>>().as_slice() {
                    [] => Some(missing(format!("the {name} needs one of {}", list(fields)))),
                    found => conflict(found),
                }
            }
            Check::Excludes(field, others) => {
                let other = present(others).next().filter(|_| object.contains(field))?;
                conflict(&[field, other])
            }
            Check::Required(fields) => {
                let absent = fields.iter().find(|field| !object.contains(field))?;
                let why = self
                    .when
                    .map(|(field, value)| format!(" with `{field}: {value}`"));
                let message = format!(
                    "missing field `{absent}` in the {name}{}",
                    why.unwrap_or_default()
                );
                Some(missing(message))
            }
            Check::SingleEntry(field) => {
                let entries = object.get(field)?.as_object()?.iter().count();
                (entries != 1).then(|| {
                    invalid(
                        field,
                        format!("expected exactly one entry, found {entries}"),
                    )
                })
            }
            Check::NotEmpty => {
                let empty = object.iter().all(|(key, _)| key.starts_with("x-"));
                empty.then(|| missing(format!("the {name} has no entry")))
            }
        }
    }
}

fn is(object: &Object, field: &str, value: &str) -> bool {
    object.get(field).and_then(Node::as_str) == Some(value)
}

fn list(fields: &[&str]) -> String {
    let quoted: Vec<String> = fields.iter().map(|field| format!("`{field}`")).collect();
    quoted.join(", ")
}

fn conflict(found: &[&str]) -> Option<Breach> {
    let [first, .., last] = found else {
        return None;
    };
    Some(Breach {
        rule: &CONFLICTING_FIELDS,
        field: Some((*last).to_owned()),
        message: format!("`{last}` cannot be used together with `{first}`"),
    })
}

fn missing(message: String) -> Breach {
    Breach {
        rule: &MISSING_FIELD,
        field: None,
        message,
    }
}

fn invalid(field: &str, message: String) -> Breach {
    Breach {
        rule: &INVALID_VALUE,
        field: Some(field.to_owned()),
        message,
    }
}
