//! Names with a syntax of their own.

use super::{Breach, invalid, is};
use crate::tree::{Node, Object};

/// Methods that have fields of their own in a Path Item Object (OAS 3.2.0 §4.9.1).
const OWN_FIELDS: &[&str] = &[
    "GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE", "QUERY",
];

/// `additionalOperations` is for methods without a field of their own, spelt as they are sent.
pub(crate) fn additional_methods(object: &Object) -> Option<Breach> {
    object.iter().map(|(method, _)| method).find_map(|method| {
        let message = if OWN_FIELDS.contains(&method) {
            format!(
                "`{method}` has a field of its own: `{}`",
                method.to_lowercase()
            )
        } else if !is_token(method) {
            format!("`{method}` is no method name (RFC 9110 §9.1)")
        } else {
            return None;
        };
        Some(invalid(method, message))
    })
}

/// Header names are tokens (RFC 9110 §5.1); names of path parameters stand between braces.
pub(crate) fn parameter_name(object: &Object) -> Option<Breach> {
    let name = object.get("name").and_then(Node::as_str)?;
    if is(object, "in", "header") && !is_token(name) {
        return Some(invalid(
            "name",
            format!("`{name}` is no header name (RFC 9110 §5.1)"),
        ));
    }
    let in_path = is(object, "in", "path") && name.contains(['{', '}']);
    in_path.then(|| invalid("name", format!("`{name}` cannot stand between braces")))
}

/// The names of a response's headers are tokens.
pub(crate) fn header_names(object: &Object) -> Option<Breach> {
    let headers = object.get("headers")?.as_object()?;
    let name = headers
        .iter()
        .map(|(name, _)| name)
        .find(|name| !is_token(name))?;
    Some(invalid(
        "headers",
        format!("`{name}` is no header name (RFC 9110 §5.1)"),
    ))
}

/// A token (RFC 9110 §5.6.2).
fn is_token(text: &str) -> bool {
    let sign = |byte: u8| b"!#$%&'*+-.^_`|~".contains(&byte);
    !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || sign(byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens() {
        for (text, expected) in [
            ("X-Total", true),
            ("a b", false),
            ("", false),
            ("Bad=Header", false),
            ("ä", false),
        ] {
            assert_eq!(is_token(text), expected, "{text}");
        }
    }
}
