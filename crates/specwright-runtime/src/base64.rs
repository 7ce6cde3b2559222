//! Base64 (RFC 4648), for basic authentication and for bytes in JSON.

const ALPHABET: [u8; 64] = *b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Encodes in the standard alphabet, with padding.
pub(crate) fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let word = group
            .iter()
            .fold(0_usize, |word, &byte| word << 8 | usize::from(byte))
            << (8 * (3 - group.len()));
        for place in 0..4 {
            let digit = ALPHABET.get(word >> (18 - 6 * place) & 0x3f).copied();
            text.push(if place <= group.len() {
                char::from(digit.unwrap_or(b'='))
            } else {
                '='
            });
        }
    }
    text
}

/// Decodes both alphabets (sections 4 and 5), with and without padding; white space is passed over.
/// Bits left over behind the last byte are not looked at. `None` if the text is something else.
pub(crate) fn decode(text: &str) -> Option<Vec<u8>> {
    let digits: Vec<u8> = text
        .bytes()
        .filter(|byte| !byte.is_ascii_whitespace())
        .collect();
    let length = digits
        .iter()
        .position(|byte| *byte == b'=')
        .unwrap_or(digits.len());
    let (digits, padding) = digits.split_at_checked(length)?;
    let fits = match digits.len() % 4 {
        0 => padding.is_empty(),
        2 => matches!(padding, b"" | b"=="),
        3 => matches!(padding, b"" | b"="),
        _ => false,
    };
    if !fits {
        return None;
    }
    let mut bytes = Vec::with_capacity(digits.len() / 4 * 3 + 2);
    for group in digits.chunks(4) {
        let mut word = 0_u32;
        for &digit in group {
            word = word << 6 | digit_value(digit)?;
        }
        word <<= 6 * (4 - group.len());
        let [_, decoded @ ..] = word.to_be_bytes();
        bytes.extend(decoded.iter().take(group.len() - 1));
    }
    Some(bytes)
}

fn digit_value(digit: u8) -> Option<u32> {
    Some(u32::from(match digit {
        b'A'..=b'Z' => digit - b'A',
        b'a'..=b'z' => digit - b'a' + 26,
        b'0'..=b'9' => digit - b'0' + 52,
        b'+' | b'-' => 62,
        b'/' | b'_' => 63,
        _ => return None,
    }))
}

#[cfg(test)]
mod tests {
    use super::{decode, encode};

    #[test]
    fn the_test_vectors_of_rfc_4648() {
        for (plain, encoded) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(encode(plain.as_bytes()), encoded);
            assert_eq!(decode(encoded).unwrap(), plain.as_bytes());
            assert_eq!(
                decode(encoded.trim_end_matches('=')).unwrap(),
                plain.as_bytes()
            );
        }
        assert_eq!(encode(&[0xfb, 0xff]), "+/8=");
    }

    #[test]
    fn both_alphabets_and_line_breaks_are_decoded() {
        for text in ["+/8=", "-_8=", "-_8", "+\r\n/8 =\n"] {
            assert_eq!(decode(text).unwrap(), [0xfb, 0xff], "{text:?}");
        }
        let every: Vec<u8> = (0..=255).collect();
        assert_eq!(decode(&encode(&every)).unwrap(), every);
    }

    #[test]
    fn what_is_no_base64_is_refused() {
        for text in [
            "A",
            "AAAAA",
            "Zg=",
            "Zg===",
            "Zm8==",
            "Zm9v=",
            "Z=g=",
            "=",
            "Zm9!",
            "Zm9v\u{e9}AA",
        ] {
            assert_eq!(decode(text), None, "{text:?}");
        }
    }
}
