//! What `format` demands: the names of JSON Schema 2020-12 Validation §7.3 and of the OpenAPI Format Registry.

use std::{collections::HashMap, sync::LazyLock};

use jsonschema::{Draft, Validator};
use serde_json::{Value, json};
use specwright_openapi::Number;

/// Formats of texts that the `jsonschema` crate checks.
const OF_TEXTS: &[&str] = &[
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

static VALIDATORS: LazyLock<HashMap<&'static str, Validator>> = LazyLock::new(|| {
    let made = OF_TEXTS.iter().filter_map(|name| {
        let options = jsonschema::options().with_draft(Draft::Draft202012);
        let validator = options
            .should_validate_formats(true)
            .build(&json!({ "format": name }));
        Some((*name, validator.ok()?))
    });
    made.collect()
});

/// Whether a text has the format; true for formats that are unknown, say nothing about texts, or allow all of them.
pub(crate) fn fits_text(format: &str, text: &str) -> bool {
    match format {
        "byte" => is_base64(text, b"+/"),
        "base64url" => is_base64(text, b"-_"),
        "char" => text.chars().count() == 1,
        "date-time-local" => is_local(text),
        "time-local" => is_local(&format!("2000-01-01T{text}")),
        "http-date" => is_http_date(text),
        "media-range" => text.contains('/'),
        "uuid" => is_uuid(text),
        "date" if text.len() != 10 => false,
        _ => VALIDATORS
            .get(format)
            .is_none_or(|it| it.is_valid(&Value::String(text.to_owned()))),
    }
}

/// Whether a number has the format; true for formats that say nothing about numbers.
///
/// A format of integers says nothing about a number with a fraction, which `type` has to refuse.
pub(crate) fn fits_number(format: &str, number: Number) -> bool {
    let (least, most): (i128, i128) = match format {
        "int8" => (i8::MIN.into(), i8::MAX.into()),
        "uint8" => (u8::MIN.into(), u8::MAX.into()),
        "int16" => (i16::MIN.into(), i16::MAX.into()),
        "uint16" => (u16::MIN.into(), u16::MAX.into()),
        "int32" => (i32::MIN.into(), i32::MAX.into()),
        "uint32" => (u32::MIN.into(), u32::MAX.into()),
        "int64" => (i64::MIN.into(), i64::MAX.into()),
        "uint64" => (u64::MIN.into(), u64::MAX.into()),
        "double-int" => (-(1 << 53) + 1, (1 << 53) - 1),
        "float" => return number.as_f64().abs() <= f64::from(f32::MAX),
        _ => return true,
    };
    match number {
        Number::Integer(value) => (least..=most).contains(&value),
        Number::Float(value) => {
            value.fract() != 0.0
                || (Number::Integer(least).as_f64()..=Number::Integer(most).as_f64())
                    .contains(&value)
        }
    }
}

/// Base64 (RFC 4648 §4 and §5) with the two characters that differ; padding may be left out.
fn is_base64(text: &str, special: &[u8; 2]) -> bool {
    let bytes = text.as_bytes();
    let content = text.trim_end_matches('=');
    let padding = bytes.len() - content.len();
    let fits = |byte: &u8| byte.is_ascii_alphanumeric() || special.contains(byte);
    let whole = padding == 0 || bytes.len().is_multiple_of(4);
    padding <= 2 && whole && content.len() % 4 != 1 && content.bytes().all(|byte| fits(&byte))
}

/// A date-time without an offset from UTC.
fn is_local(text: &str) -> bool {
    let zoned = text.ends_with(['Z', 'z']);
    !zoned && fits_text("date-time", &format!("{text}Z"))
}

/// The preferred form of dates in HTTP (RFC 9110 §5.6.7), for example `Sun, 06 Nov 1994 08:49:37 GMT`.
fn is_http_date(text: &str) -> bool {
    const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    const MONTHS: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    let parts: Vec<&str> = text.split(' ').collect();
    let [day, date, month, year, time, "GMT"] = parts.as_slice() else {
        return false;
    };
    let Some(month) = MONTHS.iter().position(|it| it == month) else {
        return false;
    };
    let named = day.strip_suffix(',').is_some_and(|day| DAYS.contains(&day));
    named
        && fits_text(
            "date-time",
            &format!("{year}-{:02}-{date}T{time}Z", month + 1),
        )
}

/// The text form of RFC 9562 §4.
fn is_uuid(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() == 36
        && bytes.iter().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => *byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts() {
        for (format, text, expected) in [
            ("date", "2024-02-29", true),
            ("date", "2023-02-29", false),
            ("date-time", "2024-02-29T10:00:00Z", true),
            ("date-time", "2024-02-29 10:00", false),
            ("date-time-local", "2024-02-29T10:00:00", true),
            ("date-time-local", "2024-02-29T10:00:00Z", false),
            ("time-local", "10:00:00", true),
            ("http-date", "Sun, 06 Nov 1994 08:49:37 GMT", true),
            ("http-date", "1994-11-06T08:49:37Z", false),
            ("uuid", "3c90c3cc-0d44-4b50-8888-8dd25736052a", true),
            ("uuid", "3c90c3cc0d444b5088888dd25736052a", false),
            ("byte", "Zm9v", true),
            ("byte", "Zm8=", true),
            ("byte", "Zm8", true),
            ("byte", "Z", false),
            ("byte", "Zm9-", false),
            ("base64url", "Zm9-", true),
            ("email", "a@example.com", true),
            ("email", "a", false),
            ("uri", "https://example.com/a", true),
            ("uri", "/a", false),
            ("ipv4", "127.0.0.1", true),
            ("ipv4", "127.0.0.256", false),
            ("char", "é", true),
            ("char", "", false),
            // They say nothing that could be checked.
            ("password", "", true),
            ("binary", "\u{0}", true),
            ("int32", "x", true),
            ("of-our-own", "x", true),
        ] {
            assert_eq!(fits_text(format, text), expected, "{format} {text}");
        }
    }

    #[test]
    fn numbers() {
        let integer = Number::Integer;
        for (format, number, expected) in [
            ("int32", integer(2_147_483_647), true),
            ("int32", integer(2_147_483_648), false),
            ("int32", integer(-2_147_483_648), true),
            ("int64", integer(i128::from(i64::MAX) + 1), false),
            ("uint8", integer(-1), false),
            ("float", Number::Float(1e39), false),
            ("double", Number::Float(1e39), true),
            ("int32", Number::Float(0.5), true),
            ("int32", Number::Float(1e10), false),
            ("email", integer(1), true),
        ] {
            assert_eq!(fits_number(format, number), expected, "{format} {number:?}");
        }
    }
}
