//! Whether a text matches a regular expression, told by the `jsonschema` crate.

use jsonschema::Draft;
use serde_json::{Value, json};

/// Whether the text matches the pattern (ECMA-262, as JSON Schema asks for); `None` if that cannot be told.
pub(crate) fn matches(text: &str, pattern: &str) -> Option<bool> {
    let validator = jsonschema::options()
        .with_draft(Draft::Draft202012)
        .build(&json!({ "pattern": pattern }));
    Some(validator.ok()?.is_valid(&Value::from(text)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_look_around() {
        assert_eq!(matches("a1", "^(?=.*[0-9])a"), Some(true));
        assert_eq!(matches("ab", "^(?=.*[0-9])a"), Some(false));
        assert_eq!(matches("a", "("), None);
    }
}
