//! Seeded numbers that are the same on every platform.

/// The increment of SplitMix64: 2⁶⁴ divided by the golden ratio, odd.
const INCREMENT: u64 = 0x9e37_79b9_7f4a_7c15;

/// The generator SplitMix64 (Steele, Lea and Flood 2014). Not for secrets.
#[derive(Debug, Clone)]
pub(crate) struct Random {
    state: u64,
}

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    /// A generator for one purpose: independent of how much has been drawn for other ones.
    pub(crate) fn of(seed: u64, purpose: &str) -> Self {
        Self::new(scramble(seed ^ hash(purpose)))
    }

    /// The generator for element `index` of what this generator is for.
    pub(crate) fn element(&self, index: usize) -> Self {
        Self::new(scramble(self.state.wrapping_add(scramble(index as u64))))
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(INCREMENT);
        scramble(self.state)
    }

    /// A number below `bound`; 0 if that is 0.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.up_to(bound.saturating_sub(1) as u64)).unwrap_or_default()
    }

    /// A number from 0 to `last`.
    pub(crate) fn up_to(&mut self, last: u64) -> u64 {
        let product = u128::from(self.next()) * (u128::from(last) + 1);
        (product >> 64) as u64
    }

    /// True `times` out of `of`.
    pub(crate) fn chance(&mut self, times: usize, of: usize) -> bool {
        self.below(of) < times
    }

    pub(crate) fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        from.get(self.below(from.len()))
    }
}

/// A mapping of all numbers to all numbers in which neighbours lose their likeness; no two numbers share an image.
pub(crate) fn scramble(number: u64) -> u64 {
    let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}

/// FNV-1a.
fn hash(text: &str) -> u64 {
    let step = |hash: u64, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    text.bytes().fold(0xcbf2_9ce4_8422_2325, step)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_are_those_of_the_published_algorithm() {
        let mut random = Random::new(1_234_567);
        let expected = [
            6_457_827_717_110_365_317,
            3_203_168_211_198_807_973,
            9_817_491_932_198_370_423,
        ];
        assert_eq!(expected.map(|_| random.next()), expected);
    }

    #[test]
    fn numbers_stay_below_their_bound_and_reach_all_of_it() {
        let mut random = Random::new(1);
        let mut seen = [false; 7];
        for _ in 0..200 {
            seen[random.below(7)] = true;
        }
        assert_eq!(seen, [true; 7]);
        assert_eq!((random.below(0), random.below(1)), (0, 0));
        assert_eq!(random.pick::<u8>(&[]), None);
    }

    #[test]
    fn purposes_and_elements_are_independent() {
        let base = Random::of(1, "a");
        let mut drawn = base.clone();
        drawn.next();
        assert_ne!(Random::of(1, "a").next(), Random::of(1, "b").next());
        assert_ne!(Random::of(1, "a").next(), Random::of(2, "a").next());
        assert_ne!(base.element(0).next(), base.element(1).next());
        assert_eq!(base.element(4).next(), Random::of(1, "a").element(4).next());
    }
}
