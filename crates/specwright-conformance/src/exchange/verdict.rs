//! What is known about a request or a response.

use std::fmt;

use specwright_diagnostics::{Pointer, Rule, Severity};

use super::rules;
use crate::schema::{Checked, Undecidable, Violation};

/// What is known about a request or a response.
#[derive(Debug, Clone, Default)]
pub struct Verdict {
    /// What departs from the document, or is worth knowing.
    pub findings: Vec<Finding>,
    /// What the document does not say.
    pub undecided: Vec<Undecided>,
}

/// What a verdict comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Everything is as the document has it.
    Conforms,
    /// Something is not.
    Violates,
    /// Nothing is known to be wrong, but not everything can be told.
    Undecided,
}

/// A departure from the document.
#[derive(Debug, Clone)]
pub struct Finding {
    /// The rule; its severity says whether this is a violation or only worth knowing.
    pub rule: &'static Rule,
    /// The part of the message that it is about.
    pub part: Part,
    /// Where in the value of the part.
    pub instance: Pointer,
    /// Where the document ([`specwright_openapi::Document`]) says what is demanded.
    pub document: Pointer,
    /// What was expected and what was found, in one line without a full stop.
    pub message: String,
}

/// Something that cannot be told.
#[derive(Debug, Clone)]
pub struct Undecided {
    /// The part of the message that it is about.
    pub part: Part,
    /// Where in the value of the part.
    pub instance: Pointer,
    /// The place in the document that does not say it.
    pub document: Pointer,
    /// Why not.
    pub reason: String,
}

/// A part of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// The method.
    Method,
    /// The path as a whole.
    Url,
    /// The parameter of this name in the path.
    Path(String),
    /// The parameter of this name in the query.
    Query(String),
    /// The query as a whole.
    QueryString,
    /// The header field of this name.
    Header(String),
    /// The cookie of this name.
    Cookie(String),
    /// The body.
    Body,
    /// The status.
    Status,
    /// Credentials, wherever they are.
    Credentials,
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Method => f.write_str("the method"),
            Self::Url => f.write_str("the path"),
            Self::Path(name) => write!(f, "the path parameter `{name}`"),
            Self::Query(name) => write!(f, "the query parameter `{name}`"),
            Self::QueryString => f.write_str("the query"),
            Self::Header(name) => write!(f, "the header `{name}`"),
            Self::Cookie(name) => write!(f, "the cookie `{name}`"),
            Self::Body => f.write_str("the body"),
            Self::Status => f.write_str("the status"),
            Self::Credentials => f.write_str("the credentials"),
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.part)?;
        if !self.instance.is_root() {
            write!(f, " at {}", self.instance)?;
        }
        write!(f, ": {} ({})", self.message, self.rule.name)
    }
}

impl Verdict {
    /// What the verdict comes to. Findings of severity `info` count for nothing.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        if self.violations().next().is_some() {
            Outcome::Violates
        } else if self.undecided.is_empty() {
            Outcome::Conforms
        } else {
            Outcome::Undecided
        }
    }

    /// The findings that are more than worth knowing.
    pub fn violations(&self) -> impl Iterator<Item = &Finding> {
        self.findings
            .iter()
            .filter(|it| it.rule.severity != Severity::Info)
    }

    pub(crate) fn find(
        &mut self,
        rule: &'static Rule,
        part: Part,
        document: &Pointer,
        message: impl Into<String>,
    ) {
        self.findings.push(Finding {
            rule,
            part,
            instance: Pointer::root(),
            document: document.clone(),
            message: message.into(),
        });
    }

    pub(crate) fn leave_open(&mut self, part: Part, document: &Pointer, reason: impl Into<String>) {
        self.undecided.push(Undecided {
            part,
            instance: Pointer::root(),
            document: document.clone(),
            reason: reason.into(),
        });
    }

    /// Takes over what is known about the value of a part.
    pub(crate) fn take(&mut self, rule: &'static Rule, part: &Part, checked: Checked) {
        let findings = checked.violations.into_iter().map(|it: Violation| Finding {
            rule,
            part: part.clone(),
            instance: it.instance,
            document: it.schema,
            message: it.message,
        });
        self.findings.extend(findings);
        let open = checked
            .undecided
            .into_iter()
            .map(|it: Undecidable| Undecided {
                part: part.clone(),
                instance: it.instance,
                document: it.schema,
                reason: it.reason,
            });
        self.undecided.extend(open);
    }

    /// The rule for parameters or headers that are wrong, by the part.
    pub(crate) fn rule_of(part: &Part, in_response: bool) -> &'static Rule {
        match part {
            Part::Body => &rules::INVALID_BODY,
            Part::Header(_) if in_response => &rules::INVALID_HEADER,
            _ => &rules::INVALID_PARAMETER,
        }
    }
}
