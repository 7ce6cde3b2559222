//! The encodings of single values, by place.

use std::fmt::Write;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

/// Everything but the unreserved and reserved characters of RFC 3986, section 2, and of these what
/// would end the query or one of its values.
const NOT_IN_QUERY: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'&')
    .add(b'+')
    .add(b'<')
    .add(b'>')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// Likewise for a segment of a path.
const NOT_IN_PATH: &AsciiSet = &NOT_IN_QUERY.remove(b'&').remove(b'+').add(b'/').add(b'?');

/// What a cookie's value must not hold (RFC 6265, section 4.1.1).
const NOT_IN_COOKIE: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b',').add(b';').add(b'\\');

pub(super) fn reserved_in_query(text: &str) -> String {
    except_triplets(text, NOT_IN_QUERY)
}

pub(super) fn reserved_in_path(text: &str) -> String {
    except_triplets(text, NOT_IN_PATH)
}

/// A cookie's value: percent-encoded where it could not be carried otherwise.
pub(crate) fn cookie_text(text: &str) -> String {
    utf8_percent_encode(text, NOT_IN_COOKIE).to_string()
}

/// JSON in ASCII, for headers.
pub(super) fn ascii_json(json: &str) -> String {
    let mut ascii = String::with_capacity(json.len());
    for char in json.chars() {
        if char.is_ascii() {
            ascii.push(char);
            continue;
        }
        for unit in char.encode_utf16(&mut [0; 2]) {
            // Writing to a string cannot fail.
            let _ = write!(ascii, "\\u{unit:04x}");
        }
    }
    ascii
}

/// Encodes what is in `set`, but keeps percent-encoded triplets (RFC 6570, section 3.2.3).
fn except_triplets(text: &str, set: &'static AsciiSet) -> String {
    let mut encoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('%') {
        encoded.extend(utf8_percent_encode(before, set));
        let is_triplet = behind
            .as_bytes()
            .first_chunk::<2>()
            .is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit));
        encoded.push_str(if is_triplet { "%" } else { "%25" });
        rest = behind;
    }
    encoded.extend(utf8_percent_encode(rest, set));
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn triplets_survive_and_lone_percent_signs_do_not() {
        assert_eq!(reserved_in_query("%2F%2g%%20%"), "%2F%252g%25%20%25");
        assert_eq!(reserved_in_query("%é"), "%25%C3%A9");
    }

    #[test]
    fn json_for_headers_is_ascii_and_still_the_same_json() {
        let json = "{\"é\":\"😀 \\n\"}";
        let ascii = ascii_json(json);
        assert_eq!(ascii, r#"{"\u00e9":"\ud83d\ude00 \n"}"#);
        let value = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
        assert_eq!(value(&ascii), value(json));
    }
}
