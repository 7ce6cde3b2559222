//! Seeded numbers within the limits of a schema.

use serde_json::Value;

use super::{fits::is_multiple, limits::Range};
use crate::mock::random::Random;

/// How far a number lies from its only limit at most.
const SPAN: i64 = 1_000;

/// An integer within the range.
pub(crate) fn integer(range: &Range, random: &mut Random) -> i64 {
    let low = [
        range.least,
        range.low.map(|(it, excluded)| above(it, excluded)),
    ]
    .into_iter()
    .flatten()
    .max();
    let high = [
        range.most,
        range.high.map(|(it, excluded)| below(it, excluded)),
    ]
    .into_iter()
    .flatten()
    .min();
    // The ends of a format are no reason to go there.
    let low = low.filter(|it| Some(*it) != range.width.map(|width| width.0));
    let high = high.filter(|it| Some(*it) != range.width.map(|width| width.1));
    let (low, high) = match (low, high) {
        (Some(low), Some(high)) => (low, high.max(low)),
        (Some(low), None) => (low, low.saturating_add(SPAN)),
        (None, Some(high)) if high >= 0 => (0, high),
        (None, Some(high)) => (high.saturating_sub(SPAN), high),
        (None, None) => (0, SPAN),
    };
    let (low, high) = match range.width {
        Some((least, most)) => (low.max(least), high.min(most)),
        None => (low, high),
    };
    let step = range.multiple.map_or(1, whole_step);
    let (first, last) = (
        low.div_euclid(step) + i64::from(low.rem_euclid(step) != 0),
        high.div_euclid(step),
    );
    let steps = if last > first {
        last.abs_diff(first)
    } else {
        0
    };
    first
        .saturating_add_unsigned(random.up_to(steps))
        .saturating_mul(step)
}

/// A number within the range, with four digits after the point unless the range is narrower.
pub(crate) fn number(range: &Range, random: &mut Random) -> Value {
    let low = bound(range.low, range.least);
    let high = bound(range.high, range.most);
    let (low, high) = match (low, high) {
        (Some(low), Some(high)) => (low, high.max(low)),
        (Some(low), None) => (low, low + SPAN as f64),
        (None, Some(high)) if high >= 0.0 => (0.0, high),
        (None, Some(high)) => (high - SPAN as f64, high),
        (None, None) => (0.0, 100.0),
    };
    let middle = low / 2.0 + high / 2.0;
    if let Some(multiple) = range.multiple {
        let excluded = |bound: Option<(f64, bool)>, at: f64| bound == Some((at, true));
        let (mut first, mut last) = ((low / multiple).ceil(), (high / multiple).floor());
        first += f64::from(excluded(range.low, first * multiple));
        last -= f64::from(excluded(range.high, last * multiple));
        let steps = random.up_to((last - first).clamp(0.0, SPAN as f64) as u64);
        let exact = (first + steps as f64) * multiple;
        let rounded = round(exact);
        let keeps = is_multiple(rounded, multiple) && rounded >= low && rounded <= high;
        return plain_number(if keeps { rounded } else { exact });
    }
    // From 1 to 9,999, so that the limits themselves, which may be excluded, are not reached.
    let share = (random.up_to(9_998) + 1) as f64 / 10_000.0;
    let value = round(low + (high - low) * share);
    let inside = value > low && value < high;
    let value = if inside { value } else { middle };
    let whole = value.fract() == 0.0 && low == high;
    if whole {
        plain_number(value)
    } else {
        value.into()
    }
}

fn bound(number: Option<(f64, bool)>, integer: Option<i64>) -> Option<f64> {
    number.map(|(it, _)| it).or(integer.map(|it| it as f64))
}

/// The least integer that is a multiple, for multiples of less than whole numbers too: 3 for 1.5.
fn whole_step(multiple: f64) -> i64 {
    let powers = (3..=15).map(|power| 10_f64.powi(power));
    let whole = (1..=100_i32)
        .map(f64::from)
        .chain(powers)
        .map(|times| multiple * times)
        .find(|it| it.fract() == 0.0);
    (whole.unwrap_or(multiple) as i64).max(1)
}

/// The least integer that is not below the limit.
pub(crate) fn above(limit: f64, excluded: bool) -> i64 {
    let least = limit.ceil();
    (least as i64).saturating_add(i64::from(excluded && least == limit))
}

/// The greatest integer that is not above the limit.
pub(crate) fn below(limit: f64, excluded: bool) -> i64 {
    let greatest = limit.floor();
    (greatest as i64).saturating_sub(i64::from(excluded && greatest == limit))
}

fn round(number: f64) -> f64 {
    let rounded = (number * 10_000.0).round() / 10_000.0;
    if rounded.is_finite() { rounded } else { number }
}

/// A number without fraction is written without one.
pub(crate) fn plain_number(number: f64) -> Value {
    let integer = number as i64;
    if integer as f64 == number {
        integer.into()
    } else {
        number.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(low: Option<(f64, bool)>, high: Option<(f64, bool)>, multiple: Option<f64>) -> Range {
        Range {
            low,
            high,
            multiple,
            ..Range::default()
        }
    }

    #[test]
    fn integers_keep_every_limit() {
        let mut random = Random::new(3);
        for _ in 0..200 {
            let narrow = integer(
                &range(Some((2.5, false)), Some((5.0, true)), None),
                &mut random,
            );
            assert!((3..=4).contains(&narrow), "{narrow}");
            let multiple = integer(
                &range(Some((-20.0, false)), Some((20.0, false)), Some(7.0)),
                &mut random,
            );
            assert!(multiple % 7 == 0 && multiple.abs() <= 14, "{multiple}");
            let least = integer(&range(Some((10.0, true)), None, None), &mut random);
            assert!(least > 10, "{least}");
            let most = integer(&range(None, Some((-10.0, false)), None), &mut random);
            assert!(most <= -10, "{most}");
            let exact = Range {
                least: Some(i64::MAX - 1),
                most: Some(i64::MAX),
                ..Range::default()
            };
            assert!(integer(&exact, &mut random) >= i64::MAX - 1);
        }
    }

    #[test]
    fn numbers_keep_every_limit() {
        let mut random = Random::new(3);
        let mut distinct = std::collections::BTreeSet::new();
        for _ in 0..200 {
            let value = number(
                &range(Some((0.0, true)), Some((1.0, true)), None),
                &mut random,
            )
            .as_f64()
            .unwrap();
            assert!(value > 0.0 && value < 1.0, "{value}");
            distinct.insert(value.to_bits());
            let tiny = number(
                &range(Some((0.0, true)), Some((0.000_01, true)), None),
                &mut random,
            )
            .as_f64()
            .unwrap();
            assert!(tiny > 0.0 && tiny < 0.000_01, "{tiny}");
            let half = number(&range(None, None, Some(0.5)), &mut random)
                .as_f64()
                .unwrap();
            assert!((half * 2.0).fract() == 0.0, "{half}");
        }
        assert!(distinct.len() > 100);
    }

    #[test]
    fn limits_without_a_number_between_them_do_no_harm() {
        let mut random = Random::new(3);
        let odd = [
            (f64::MAX, -f64::MAX),
            (5.0, 1.0),
            (f64::NAN, f64::NAN),
            (-f64::MAX, f64::MAX),
            (0.0, f64::INFINITY),
        ];
        for (low, high) in odd {
            for multiple in [None, Some(3.0), Some(f64::MIN_POSITIVE), Some(f64::MAX)] {
                let range = range(Some((low, true)), Some((high, true)), multiple);
                integer(&range, &mut random);
                number(&range, &mut random);
            }
        }
    }
}
