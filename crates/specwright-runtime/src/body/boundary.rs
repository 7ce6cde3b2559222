//! Boundaries of multipart bodies (RFC 2046, section 5.1.1).

/// A boundary that does not occur in `contents`, the same for the same input. It is derived from
/// `seed` and counted up until it fits, so no source of randomness is needed; where contents are
/// streamed and cannot be looked at, its length makes a collision with honest data improbable.
pub(super) fn boundary(seed: &[u8], contents: &[&[u8]]) -> String {
    let mut count = 0_u64;
    loop {
        let hash = |salt: u8| fnv(fnv(OFFSET, &[salt]), &[seed, &count.to_be_bytes()].concat());
        let candidate = format!("specwright-{:016x}{:016x}", hash(0), hash(1));
        if !contents
            .iter()
            .any(|content| contains(content, candidate.as_bytes()))
        {
            return candidate;
        }
        count += 1;
    }
}

const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;

/// FNV-1a.
fn fnv(start: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(start, |hash, &byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

/// Whether `needle`, which begins with `s`, occurs in `content`.
fn contains(content: &[u8], needle: &[u8]) -> bool {
    let mut rest = content;
    while let Some(at) = rest.iter().position(|byte| Some(byte) == needle.first()) {
        let Some(found) = rest.get(at..) else {
            return false;
        };
        if found.starts_with(needle) {
            return true;
        }
        rest = found.get(1..).unwrap_or_default();
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_boundary_is_not_in_the_content() {
        let first = boundary(b"seed", &[]);
        assert!(first.len() <= 70, "RFC 2046 allows 70 characters: {first}");
        let text = format!("--specwright-{first}--");
        let second = boundary(b"seed", &[b"", text.as_bytes()]);
        assert_ne!(first, second);
        let third = boundary(b"seed", &[text.as_bytes(), second.as_bytes()]);
        assert!(third != first && third != second);
        assert_eq!(boundary(b"seed", &[b"something else"]), first);
        assert_ne!(boundary(b"other", &[]), first);
    }
}
