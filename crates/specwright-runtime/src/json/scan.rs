//! Finding the next byte of a string that needs attention, eight bytes at a time.

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGH_BITS: u64 = 0x8080_8080_8080_8080;
const QUOTES: u64 = ONES * b'"' as u64;
const BACKSLASHES: u64 = ONES * b'\\' as u64;
const FIRST_PRINTABLE: u64 = ONES * 0x20;

/// The index, at or after `from`, of the first quote, backslash or control character, or the length
/// of `bytes`.
///
/// The word trick marks the high bit of every byte that matches (and possibly of bytes above the
/// first match, which is why only the lowest mark is used).
pub(super) fn next_special(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
    while let Some(chunk) = bytes.get(at..).and_then(<[u8]>::first_chunk::<8>) {
        let word = u64::from_le_bytes(*chunk);
        let quote = word ^ QUOTES;
        let backslash = word ^ BACKSLASHES;
        let marks = (word.wrapping_sub(FIRST_PRINTABLE) & !word
            | quote.wrapping_sub(ONES) & !quote
            | backslash.wrapping_sub(ONES) & !backslash)
            & HIGH_BITS;
        if marks != 0 {
            return at + (marks.trailing_zeros() / 8) as usize;
        }
        at += 8;
    }
    let tail = bytes.get(at..).unwrap_or_default();
    let found = tail
        .iter()
        .position(|&byte| byte == b'"' || byte == b'\\' || byte < 0x20);
    at + found.unwrap_or(tail.len())
}

#[cfg(test)]
mod tests {
    use super::next_special;

    #[test]
    fn every_byte_value_at_every_place_is_classified_like_a_plain_loop() {
        for filler in [b'a', 0x20, 0x7f, 0x80, 0xff, b'!', b'#', b'[', b']'] {
            for place in 0..20 {
                for byte in 0..=255_u8 {
                    let mut bytes = [filler; 20];
                    bytes[place] = byte;
                    let plain = bytes
                        .iter()
                        .position(|&b| b == b'"' || b == b'\\' || b < 0x20)
                        .unwrap_or(20);
                    assert_eq!(
                        next_special(&bytes, 0),
                        plain,
                        "byte {byte:#x} at {place} in {filler:#x}"
                    );
                }
            }
        }
    }

    #[test]
    fn it_starts_where_it_is_told() {
        assert_eq!(next_special(b"\"abc\"", 1), 4);
        assert_eq!(next_special(b"abc", 3), 3);
        assert_eq!(next_special(b"abc", 9), 9);
    }
}
