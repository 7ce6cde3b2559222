//! Texts for arguments: hard to write where the schema and the place allow it.

use specwright_openapi::Json;

use super::choose::Amount;

type Object = serde_json::Map<String, Json>;

/// What texts may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Texts {
    /// Anything: spaces, quotes, characters that URLs and JSON reserve, letters of other scripts.
    Any,
    /// What a header field takes (RFC 9110 §5.5).
    Header,
    /// Letters alone: where a style gives other characters a meaning.
    Letters,
}

/// The longest text that is made up.
const LONGEST: u64 = 2_000;

impl Texts {
    /// A text that fits; `None` for patterns without an example, and for bounds that are none.
    pub(super) fn value(self, schema: &Object, amount: Amount) -> Option<String> {
        let format = schema.get("format").and_then(Json::as_str);
        if let Some(text) = format.and_then(of_format) {
            return is_long_enough(schema, text).then(|| text.to_owned());
        }
        if let Some(pattern) = schema.get("pattern").and_then(Json::as_str) {
            let text = super::pattern::text(pattern)?;
            return is_long_enough(schema, &text).then_some(text);
        }
        let (least, most) = bounds(schema);
        if least > most.min(LONGEST) {
            return None;
        }
        let candidates: &[&str] = match (self, amount, format) {
            (_, _, Some(_)) => &["1", ""],
            (_, Amount::Least, _) => &["text", "t", ""],
            (Self::Any, ..) => &["a b/ü?&=#%+\"\\", "ü &%", "é", ""],
            (Self::Header, ..) => &["a b;c=\"d\"", "a b", "a", ""],
            (Self::Letters, ..) => &["letters", "l", ""],
        };
        let fitting = candidates.iter().find(|it| length(it) <= most);
        let mut text = (*fitting?).to_owned();
        while length(&text) < least {
            text.push('x');
        }
        Some(text)
    }
}

/// Whether nothing is said about texts but their length.
pub(super) fn is_free(schema: &Object) -> bool {
    let is_text = schema.get("type").and_then(Json::as_str) == Some("string");
    is_text
        && !["format", "pattern", "enum"]
            .iter()
            .any(|it| schema.contains_key(*it))
}

pub(super) fn is_long_enough(schema: &Object, text: &str) -> bool {
    let (least, most) = bounds(schema);
    (least..=most).contains(&length(text))
}

fn bounds(schema: &Object) -> (u64, u64) {
    let bound = |keyword| schema.get(keyword).and_then(Json::as_u64);
    (
        bound("minLength").unwrap_or(0),
        bound("maxLength").unwrap_or(u64::MAX),
    )
}

/// Lengths are counted in characters (JSON Schema Validation §6.3).
fn length(text: &str) -> u64 {
    text.chars().count() as u64
}

/// A text in a format (OpenAPI Format Registry).
fn of_format(format: &str) -> Option<&'static str> {
    Some(match format {
        "date-time" => "2024-02-29T12:30:00Z",
        "date" => "2024-02-29",
        "time" => "12:30:00Z",
        "duration" => "P1DT2H",
        "uuid" | "guid" => "8c5f3a51-1d7e-4b7a-9f7e-3f2b1c0d9e8a",
        "uri" | "url" | "iri" => "https://example.com/a?b=c&d=e",
        "uri-reference" | "iri-reference" => "/a?b=c",
        "email" | "idn-email" => "ada@example.com",
        "hostname" | "idn-hostname" => "example.com",
        "ipv4" | "ip" => "192.0.2.1",
        "ipv6" => "2001:db8::1",
        "byte" | "base64" => "aGVsbG8=",
        "base64url" => "aGVsbG8",
        "json-pointer" => "/a/b",
        "regex" => "a+",
        _ => return None,
    })
}
