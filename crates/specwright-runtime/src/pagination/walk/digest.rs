//! A digest of a page's body, to know it again.

/// An odd number without a pattern: the fraction of the golden ratio.
const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;

/// Sixteen bytes a step, not for secrets: two bodies of one walk that differ have the same with a
/// probability of about 2⁻⁶⁴. The length is part of it.
pub(super) fn of(bytes: &[u8]) -> u64 {
    let (blocks, tail) = bytes.as_chunks::<16>();
    let mix = |state: u64, word: u64| (state.rotate_left(5) ^ word).wrapping_mul(FACTOR);
    // Two states that do not wait for each other.
    let start = (bytes.len() as u64, FACTOR);
    let (even, odd) = blocks.iter().fold(start, |(even, odd), block| {
        let block = u128::from_le_bytes(*block);
        (mix(even, block as u64), mix(odd, (block >> 64) as u64))
    });
    let last = tail
        .iter()
        .fold(0, |block: u128, byte| block << 8 | u128::from(*byte));
    let state = mix(mix(even, last as u64), mix(odd, (last >> 64) as u64));
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
    }
}
