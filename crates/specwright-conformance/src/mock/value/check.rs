//! Whether a text matches a regular expression or has a format, told by the `jsonschema` crate.

use std::{collections::BTreeMap, sync::LazyLock};

use jsonschema::{Draft, Validator};
use serde_json::{Value, json};

/// The formats of texts that are held to (JSON Schema 2020-12 Validation §7.3; OpenAPI Format Registry).
const FORMATS: [&str; 17] = [
    "date",
    "date-time",
    "duration",
    "email",
    "hostname",
    "ipv4",
    "ipv6",
    "iri",
    "iri-reference",
    "json-pointer",
    "regex",
    "relative-json-pointer",
    "time",
    "uri",
    "uri-reference",
    "uri-template",
    "uuid",
];

static OF_FORMATS: LazyLock<BTreeMap<&'static str, Validator>> = LazyLock::new(|| {
    FORMATS
        .into_iter()
        .filter_map(|name| Some((name, build(&json!({ "format": name }))?)))
        .collect()
});

/// Whether the text has the format; every text has one that is not known.
pub(crate) fn has_format(text: &str, format: &str) -> bool {
    if format == "byte" {
        return is_base64(text);
    }
    let known = OF_FORMATS.get(format);
    known.is_none_or(|validator| validator.is_valid(&Value::from(text)))
}

/// Whether the text matches the pattern (ECMA-262, as JSON Schema asks for); `None` if that cannot be told.
pub(crate) fn matches(text: &str, pattern: &str) -> Option<bool> {
    Some(build(&json!({ "pattern": pattern }))?.is_valid(&Value::from(text)))
}

fn build(schema: &Value) -> Option<Validator> {
    jsonschema::options()
        .with_draft(Draft::Draft202012)
        .should_validate_formats(true)
        .build(schema)
        .ok()
}

/// RFC 4648 §4.
fn is_base64(text: &str) -> bool {
    let content = text.trim_end_matches('=');
    let plain = |it: u8| it.is_ascii_alphanumeric() || matches!(it, b'+' | b'/');
    text.len().is_multiple_of(4) && text.len() - content.len() <= 2 && content.bytes().all(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_told() {
        assert!(has_format("2024-02-29", "date") && !has_format("2023-02-29", "date"));
        assert!(has_format("YQ==", "byte") && !has_format("YQ=", "byte"));
        assert!(has_format("anything", "our-own"));
        assert_eq!(OF_FORMATS.len(), FORMATS.len());
    }

    #[test]
    fn patterns_look_around() {
        assert_eq!(matches("a1", "^(?=.*[0-9])a"), Some(true));
        assert_eq!(matches("ab", "^(?=.*[0-9])a"), Some(false));
        assert_eq!(matches("a", "("), None);
    }
}
