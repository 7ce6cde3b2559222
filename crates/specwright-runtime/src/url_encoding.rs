//! Percent-encoding of values (RFC 3986, section 2.1).

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::error::ConfigurationError;

/// Everything but the unreserved characters of RFC 3986, section 2.3.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Encodes `value` so that it is one part of a path or query and nothing else: `+`, `&`, `=`, `/`,
/// `?`, `#`, `%` and space survive.
pub(crate) fn encode(value: &str) -> Cow<'_, str> {
    utf8_percent_encode(value, RESERVED).into()
}

/// Encodes `value` for `application/x-www-form-urlencoded`: as [`encode`] does, but space is `+`.
pub(crate) fn encode_form(value: &str) -> String {
    encode(value).replace("%20", "+")
}

/// Whether URL parsers drop this segment, or drop the one before it, instead of sending it: `.`,
/// `..` and their encoded spellings (WHATWG URL, section 4.1).
pub(crate) fn is_dot_segment(segment: &str) -> bool {
    matches!(
        segment.to_ascii_lowercase().replace("%2e", ".").as_str(),
        "." | ".."
    )
}

/// Puts `value(name)` in place of each `{name}` of `template`.
pub(crate) fn expand(
    template: &str,
    mut value: impl FnMut(&str) -> Result<String, ConfigurationError>,
) -> Result<String, ConfigurationError> {
    let mut expanded = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((literal, behind)) = rest.split_once('{') {
        let Some((name, tail)) = behind.split_once('}') else {
            return Err(ConfigurationError::new(format!(
                "`{template}` has a `{{` without its `}}`"
            )));
        };
        expanded.push_str(literal);
        expanded.push_str(&value(name)?);
        rest = tail;
    }
    expanded.push_str(rest);
    Ok(expanded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_reserved_is_encoded() {
        assert_eq!(
            encode("+49 170&a=b#c%/?é"),
            "%2B49%20170%26a%3Db%23c%25%2F%3F%C3%A9"
        );
        assert_eq!(encode("AZaz09-._~"), "AZaz09-._~");
        assert_eq!(encode_form("a b+c"), "a+b%2Bc");
    }

    #[test]
    fn dot_segments_are_known_in_every_spelling() {
        for segment in [".", "..", "%2e", "%2E%2e", ".%2E"] {
            assert!(is_dot_segment(segment), "{segment}");
        }
        for segment in ["", "...", "a.", "%252e"] {
            assert!(!is_dot_segment(segment), "{segment}");
        }
    }

    #[test]
    fn templates_are_expanded_from_left_to_right() {
        let expanded = expand("/a/{b}/{c}.json", |name| Ok(name.to_uppercase()));
        assert_eq!(expanded.unwrap(), "/a/B/C.json");
        assert!(expand("/a/{b", |_| Ok(String::new())).is_err());
    }
}
