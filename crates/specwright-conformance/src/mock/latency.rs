//! How long every answer is held back.

use std::{fmt, ops::RangeInclusive, str::FromStr, time::Duration};

use super::random::Random;

/// The longest time that can be asked for, in milliseconds: a minute.
const LONGEST: u64 = 60_000;

/// How long every answer is held back: at least and at most, drawn anew for each request from the seed.
///
/// The text form is a number of milliseconds, or two of them: `20` or `20..80`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Latency {
    least: u64,
    most: u64,
}

impl Latency {
    /// At least and at most; a minute at most. Ends in the wrong order are exchanged.
    #[must_use]
    pub fn between(range: RangeInclusive<Duration>) -> Self {
        let milliseconds = |time: &Duration| {
            u64::try_from(time.as_millis()).map_or(LONGEST, |time| time.min(LONGEST))
        };
        let (one, other) = (milliseconds(range.start()), milliseconds(range.end()));
        Self {
            least: one.min(other),
            most: one.max(other),
        }
    }

    /// The time for the request of this number.
    pub(crate) fn of(self, seed: u64, request: u64) -> Duration {
        let number = usize::try_from(request).unwrap_or_default();
        let mut random = Random::of(seed, "latency").element(number);
        let above = random.up_to(self.most.saturating_sub(self.least));
        Duration::from_millis(self.least.saturating_add(above))
    }
}

impl From<Duration> for Latency {
    fn from(time: Duration) -> Self {
        Self::between(time..=time)
    }
}

impl From<RangeInclusive<Duration>> for Latency {
    fn from(range: RangeInclusive<Duration>) -> Self {
        Self::between(range)
    }
}

impl FromStr for Latency {
    type Err = UnknownLatency;

    fn from_str(text: &str) -> Result<Self, UnknownLatency> {
        let number = |text: &str| text.trim().parse().ok().filter(|it| *it <= LONGEST);
        let (least, most) = text.split_once("..").unwrap_or((text, text));
        match (number(least), number(most)) {
            (Some(least), Some(most)) if least <= most => Ok(Self { least, most }),
            _ => Err(UnknownLatency),
        }
    }
}

/// A text that is no latency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnknownLatency;

impl fmt::Display for UnknownLatency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("milliseconds are expected, `20` or `20..80`, up to a minute")
    }
}

impl std::error::Error for UnknownLatency {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_number_or_two_are_read() {
        assert_eq!(
            "20".parse(),
            Ok(Latency {
                least: 20,
                most: 20
            })
        );
        assert_eq!(
            "20..80".parse(),
            Ok(Latency {
                least: 20,
                most: 80
            })
        );
        for text in ["", "x", "-1", "80..20", "1..", "60001", "1.5"] {
            assert_eq!(text.parse::<Latency>(), Err(UnknownLatency), "{text}");
        }
    }

    #[test]
    fn times_follow_from_the_seed_and_stay_between_the_ends() {
        let latency: Latency = "20..80".parse().unwrap();
        let times = |seed| (0..50).map(|it| latency.of(seed, it)).collect::<Vec<_>>();
        assert_eq!(times(7), times(7));
        assert_ne!(times(7), times(8));
        let milliseconds = Duration::from_millis(20)..=Duration::from_millis(80);
        assert!(times(7).iter().all(|time| milliseconds.contains(time)));
    }
}
