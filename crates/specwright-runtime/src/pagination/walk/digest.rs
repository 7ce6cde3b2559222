//! A digest of a page's body, to know it again.

/// An odd number without a pattern: the fraction of the golden ratio.
const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;

/// How many states there are that do not wait for each other.
const LANES: usize = 8;

/// Eight bytes a lane and step, not for secrets: two bodies of one walk that differ have the same with a
/// probability of about 2⁻⁶⁴. The length is part of it.
pub(super) fn of(bytes: &[u8]) -> u64 {
    let mix = |state: u64, word: u64| (state.rotate_left(5) ^ word).wrapping_mul(FACTOR);
    let (blocks, tail) = bytes.as_chunks::<{ 8 * LANES }>();
    let mut lanes: [u64; LANES] = [FACTOR; LANES];
    let mut step = |words: &[[u8; 8]]| {
        for (lane, word) in lanes.iter_mut().zip(words) {
            *lane = mix(*lane, u64::from_le_bytes(*word));
        }
    };
    for block in blocks {
        step(block.as_chunks().0);
    }
    let (words, rest) = tail.as_chunks();
    step(words);
    let last = rest
        .iter()
        .fold(0, |word, byte| word << 8 | u64::from(*byte));
    let state = lanes.into_iter().fold(bytes.len() as u64, mix);
    let state = mix(state, last);
    state ^ (state >> 32)
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn a_change_of_any_byte_or_of_the_length_shows() {
        let body = b"{\"items\": [1, 2, 3], \"next\": null}";
        for at in 0..body.len() {
            let mut other = body.to_vec();
            other[at] ^= 1;
            assert_ne!(of(body), of(&other), "byte {at}");
            assert_ne!(of(body), of(&body[..at]), "length {at}");
        }
        assert_eq!(of(body), of(body.as_slice()));
        assert_ne!(of(b""), of(b"\0"));
        let long = body.repeat(9);
        for at in 0..long.len() {
            let mut other = long.clone();
            other[at] ^= 0x80;
            assert_ne!(of(&long), of(&other), "byte {at}");
        }
    }
}
