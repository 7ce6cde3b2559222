//! JSON as it was sent.

use std::collections::HashSet;

use serde_json::Value;

/// What stands in a body that should be JSON.
#[derive(Debug)]
pub(crate) enum Read {
    /// A value, with the name of a member that an object has twice, if one has.
    Value(Value, Option<String>),
    /// No JSON, and why.
    Malformed(String),
    /// More than is looked at.
    TooDeep,
}

/// Reads a JSON text (RFC 8259).
pub(crate) fn read(bytes: &[u8]) -> Read {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return Read::Malformed("the text is not UTF-8".to_owned());
    };
    match serde_json::from_str(text) {
        Ok(value) => Read::Value(value, repeated_name(text)),
        Err(error) if error.to_string().contains("recursion limit") => Read::TooDeep,
        Err(error) => Read::Malformed(format!(
            "this is no JSON from line {}, column {} on",
            error.line(),
            error.column()
        )),
    }
}

/// The name of a member that an object of this JSON text has twice (RFC 8259 §4).
fn repeated_name(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let mut open: Vec<HashSet<String>> = Vec::new();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'{' => open.push(HashSet::new()),
            b'}' => {
                open.pop();
            }
            b'"' => {
                let end = end_of_string(bytes, at);
                let after = bytes.get(end..).unwrap_or_default();
                let next = after.iter().find(|it| !it.is_ascii_whitespace());
                if next == Some(&b':') {
                    let name: String = serde_json::from_str(text.get(at..end)?).ok()?;
                    if let Some(name) = open.last_mut().and_then(|names| names.replace(name)) {
                        return Some(name);
                    }
                }
                at = end;
                continue;
            }
            _ => {}
        }
        at += 1;
    }
    None
}

/// Behind the quote that closes the string which opens at `at`.
fn end_of_string(bytes: &[u8], at: usize) -> usize {
    let mut at = at + 1;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'\\' => at += 2,
            b'"' => return at + 1,
            _ => at += 1,
        }
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_are_there_twice() {
        for (text, expected) in [
            (r#"{"a":1,"b":{"a":2},"c":[{"a":1},{"a":1}]}"#, None),
            (r#"{"a":1,"\u0061":2}"#, Some("a")),
            (r#"{"b":"\"a\":","a":"{", "a" : 1}"#, Some("a")),
            (r#"["a","a"]"#, None),
        ] {
            match read(text.as_bytes()) {
                Read::Value(_, repeated) => assert_eq!(repeated.as_deref(), expected, "{text}"),
                other => panic!("{text}: {other:?}"),
            }
        }
    }

    #[test]
    fn what_is_no_json() {
        for text in ["", "{", "{'a':1}", "nul", "1 2", "\"\\"] {
            assert!(
                matches!(read(text.as_bytes()), Read::Malformed(_)),
                "{text}"
            );
        }
        assert!(matches!(read(b"\"\xff\""), Read::Malformed(_)));
        assert!(matches!(read("[".repeat(5000).as_bytes()), Read::TooDeep));
    }
}
