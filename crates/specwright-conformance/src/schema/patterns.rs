//! Regular expressions of documents (ECMA-262), each made ready once.

use std::{
    collections::HashMap,
    sync::{Arc, PoisonError, RwLock},
};

use jsonschema::{Draft, Validator};
use serde_json::{Value, json};

/// The expressions seen so far; `None` for one that cannot be understood.
#[derive(Debug, Default)]
pub(crate) struct Patterns(RwLock<HashMap<String, Option<Arc<Validator>>>>);

impl Patterns {
    /// Whether the text holds a match; `None` if the expression cannot be understood.
    pub(crate) fn matches(&self, pattern: &str, text: &str) -> Option<bool> {
        let validator = self.get(pattern)?;
        Some(validator.is_valid(&Value::String(text.to_owned())))
    }

    /// Whether the expression is understood.
    pub(crate) fn knows(&self, pattern: &str) -> bool {
        self.get(pattern).is_some()
    }

    fn get(&self, pattern: &str) -> Option<Arc<Validator>> {
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(validator) = known.get(pattern) {
            return validator.clone();
        }
        drop(known);
        let made = jsonschema::options()
            .with_draft(Draft::Draft202012)
            .build(&json!({ "pattern": pattern }))
            .ok()
            .map(Arc::new);
        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        known.insert(pattern.to_owned(), made.clone());
        made
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_are_those_of_ecma_262() {
        let patterns = Patterns::default();
        for (pattern, text, expected) in [
            ("^a", "abc", Some(true)),
            ("^a", "cba", Some(false)),
            // Looking ahead is part of ECMA-262.
            ("^(?!a)b", "b", Some(true)),
            (r"^\d$", "५", Some(false)),
            (r"^\p{L}+$", "é", Some(true)),
            (r"^\p{L}+$", "1", Some(false)),
            ("(", "(", None),
            (r"(?<n", "", None),
        ] {
            assert_eq!(
                patterns.matches(pattern, text),
                expected,
                "{pattern} {text}"
            );
        }
    }
}
