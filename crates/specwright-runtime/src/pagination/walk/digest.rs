//! A digest of a page's body, to know it again.

/// Odd numbers without a pattern, one a lane: fractions of the golden ratio and of square roots.
const FACTORS: [u64; LANES] = [
    0x9e37_79b9_7f4a_7c15,
    0x6a09_e667_f3bc_c909,
    0xbb67_ae85_84ca_a73b,
    0x3c6e_f372_fe94_f82b,
];

/// How many states there are that do not wait for each other.
const LANES: usize = 4;

/// Sixteen bytes a lane and step, folded by a product of 128 bits; not for secrets. Two bodies of one
/// walk that differ have the same with a probability of about 2⁻⁶⁴. The length is part of it.
pub(super) fn of(bytes: &[u8]) -> u64 {
    let (blocks, tail) = bytes.as_chunks::<{ 16 * LANES }>();
    let mut lanes = FACTORS;
    for block in blocks {
        step(&mut lanes, block);
    }
    let mut last = [0; 16 * LANES];
    for (to, from) in last.iter_mut().zip(tail) {
        *to = *from;
    }
    step(&mut lanes, &last);
    let mix = |state: u64, lane: u64| fold(state ^ lane, FACTORS[0]);
    lanes.into_iter().fold(bytes.len() as u64, mix)
}

fn step(lanes: &mut [u64; LANES], block: &[u8; 16 * LANES]) {
    let (words, _) = block.as_chunks::<8>();
    let (pairs, _) = words.as_chunks::<2>();
    for ((lane, factor), [first, second]) in lanes.iter_mut().zip(FACTORS).zip(pairs) {
        let (first, second) = (u64::from_le_bytes(*first), u64::from_le_bytes(*second));
        *lane = fold(*lane ^ first, factor ^ second);
    }
}

fn fold(left: u64, right: u64) -> u64 {
    let product = u128::from(left) * u128::from(right);
    (product as u64) ^ ((product >> 64) as u64)
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
