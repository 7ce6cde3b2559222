//! The identity of a kind of finding.

use crate::Severity;

/// A kind of finding: its name, default severity and explanation.
///
/// Rules are `static` items that live beside the code that checks them.
#[derive(Debug)]
pub struct Rule {
    /// `group/kebab-case-name`, for example `reference/unresolved`. Stable across releases.
    pub name: &'static str,
    /// The severity of a finding unless the check says otherwise.
    pub severity: Severity,
    /// One sentence: what is demanded.
    pub summary: &'static str,
    /// Why it is demanded, where the rule comes from, and how to satisfy it.
    pub explanation: &'static str,
}

impl Rule {
    /// The part of the name before the slash, for example `reference`.
    #[must_use]
    pub fn group(&self) -> &'static str {
        self.name
            .split_once('/')
            .map_or(self.name, |(group, _)| group)
    }
}

impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Rule {}
