//! Which rules apply, and how severely.

use std::collections::BTreeMap;

use specwright_openapi::diagnostics::Severity;

use super::{DocumentRule, Set};

/// Which rules apply, and how severely.
#[derive(Debug, Clone)]
pub struct Config {
    set: Option<Set>,
    rules: BTreeMap<String, Option<Severity>>,
}

impl Config {
    /// The rules of a set with their own severities.
    #[must_use]
    pub fn new(set: Set) -> Self {
        Self {
            set: Some(set),
            rules: BTreeMap::new(),
        }
    }

    /// No rule but those that [`Config::rule`] adds.
    #[must_use]
    pub fn none() -> Self {
        Self {
            set: None,
            rules: BTreeMap::new(),
        }
    }

    /// Gives a rule a severity, or takes it out with `None`.
    #[must_use]
    pub fn rule(mut self, name: impl Into<String>, severity: Option<Severity>) -> Self {
        self.rules.insert(name.into(), severity);
        self
    }

    /// The severity of a rule; `None` if it does not apply.
    #[must_use]
    pub fn severity(&self, rule: &DocumentRule) -> Option<Severity> {
        match self.rules.get(rule.name()) {
            Some(severity) => *severity,
            None => self
                .set
                .is_some_and(|set| rule.set <= set)
                .then(|| rule.severity()),
        }
    }
}

impl Default for Config {
    /// The set [`Set::Recommended`].
    fn default() -> Self {
        Self::new(Set::Recommended)
    }
}
