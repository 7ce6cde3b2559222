//! Numbers (RFC 8259, section 6), and integers in the sense of JSON Schema: `1.0` and `1e2` are
//! integers.

use super::error::{JsonError, JsonErrorKind};
use super::reader::JsonReader;

/// A number as written.
pub(super) struct Number<'a> {
    pub(super) text: &'a str,
    pub(super) negative: bool,
    /// The magnitude, when there is neither fraction nor exponent and it fits.
    pub(super) plain: Option<u64>,
    /// Whether there is neither fraction nor exponent.
    pub(super) integer_syntax: bool,
}

impl<'a> JsonReader<'a> {
    /// Reads a number; `expected` is for the error when the next value is none.
    pub(super) fn number(&mut self, expected: &'static str) -> Result<Number<'a>, JsonError> {
        if !matches!(self.peek()?, b'-' | b'0'..=b'9') {
            return Err(self.mismatch(expected));
        }
        let start = self.at;
        let negative = self.take_word(b"-");
        let mut plain = Some(0_u64);
        let first = self.at;
        while let Some(byte @ b'0'..=b'9') = self.byte() {
            plain = plain.and_then(|sum| sum.checked_mul(10)?.checked_add(u64::from(byte - b'0')));
            self.at += 1;
        }
        match self.at - first {
            0 => return Err(self.bad_number("expected a digit")),
            1 => {}
            _ if self.text.as_bytes().get(first) == Some(&b'0') => {
                self.at = first;
                return Err(self.syntax("a number must not have leading zeros"));
            }
            _ => {}
        }
        let whole = self.at;
        if self.take_word(b".") {
            self.digits()?;
        }
        if let Some(b'e' | b'E') = self.byte() {
            self.at += 1;
            if let Some(b'+' | b'-') = self.byte() {
                self.at += 1;
            }
            self.digits()?;
        }
        let integer_syntax = self.at == whole;
        let text = self.text.get(start..self.at).unwrap_or_default();
        Ok(Number {
            text,
            negative,
            plain: plain.filter(|_| integer_syntax),
            integer_syntax,
        })
    }

    /// Reads an integer as sign and magnitude; `target` is the Rust type, for errors.
    pub(super) fn integer(&mut self, target: &'static str) -> Result<(bool, u128), JsonError> {
        let number = self.number("an integer")?;
        if let Some(plain) = number.plain {
            return Ok((number.negative, u128::from(plain)));
        }
        match magnitude(number.text) {
            Magnitude::Fits(magnitude) => Ok((number.negative, magnitude)),
            Magnitude::TooBig => Err(self.out_of_range(target)),
            Magnitude::Fraction => Err(JsonError::new(
                JsonErrorKind::NotIntegral {
                    text: number.text.to_owned(),
                },
                self.token,
            )),
        }
    }

    /// The error for the number read last, which does not fit `target`.
    #[cold]
    pub(super) fn out_of_range(&self, target: &'static str) -> JsonError {
        let text = self
            .text
            .get(self.token..self.at)
            .unwrap_or_default()
            .to_owned();
        JsonError::new(JsonErrorKind::OutOfRange { target, text }, self.token)
    }

    fn digits(&mut self) -> Result<(), JsonError> {
        let start = self.at;
        while let Some(b'0'..=b'9') = self.byte() {
            self.at += 1;
        }
        if self.at == start {
            Err(self.bad_number("expected a digit"))
        } else {
            Ok(())
        }
    }

    fn bad_number(&self, message: &'static str) -> JsonError {
        if self.byte().is_none() {
            self.end()
        } else {
            self.syntax(message)
        }
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Magnitude {
    Fits(u128),
    TooBig,
    Fraction,
}

/// The exact magnitude of a number given in JSON syntax, if it is integral. The work is bounded by
/// the length of `text`, whatever the exponent.
fn magnitude(text: &str) -> Magnitude {
    let text = text.trim_start_matches('-');
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{whole}{fraction}");
    let significant = digits.trim_end_matches('0');
    if significant.is_empty() {
        return Magnitude::Fits(0);
    }
    let Ok(exponent) = exponent.parse::<i64>() else {
        return if exponent.starts_with('-') {
            Magnitude::Fraction
        } else {
            Magnitude::TooBig
        };
    };
    let dropped = i64::try_from(digits.len() - significant.len()).unwrap_or(i64::MAX);
    let places = i64::try_from(fraction.len()).unwrap_or(i64::MAX);
    let zeros = exponent.saturating_sub(places).saturating_add(dropped);
    if zeros < 0 {
        return Magnitude::Fraction;
    }
    let scale = u32::try_from(zeros)
        .ok()
        .and_then(|zeros| 10_u128.checked_pow(zeros));
    let value = significant
        .parse::<u128>()
        .ok()
        .zip(scale)
        .and_then(|(value, scale)| value.checked_mul(scale));
    value.map_or(Magnitude::TooBig, Magnitude::Fits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integral_values_are_exact_however_they_are_written() {
        for (text, value) in [
            ("0", 0),
            ("0.000", 0),
            ("0e999999999999999999999", 0),
            ("1.0", 1),
            ("1e2", 100),
            ("1.50E+1", 15),
            ("1200e-2", 12),
            (
                "123456789012345678901234567890",
                123_456_789_012_345_678_901_234_567_890,
            ),
            ("340282366920938463463374607431768211455", u128::MAX),
        ] {
            assert_eq!(magnitude(text), Magnitude::Fits(value), "{text}");
        }
    }

    #[test]
    fn fractions_and_giants_are_told_apart() {
        for text in ["1.5", "1e-1", "0.1", "1e-999999999999999999999", "100e-3"] {
            assert_eq!(magnitude(text), Magnitude::Fraction, "{text}");
        }
        for text in [
            "1e39",
            "1e999999999999999999999",
            "340282366920938463463374607431768211456",
            "1e400",
        ] {
            assert_eq!(magnitude(text), Magnitude::TooBig, "{text}");
        }
    }

    #[test]
    fn malformed_numbers_are_refused() {
        for text in [
            "-", "+1", "01", "-01", ".5", "1.", "1.e1", "1e", "1e+", "--1", "0x10", "NaN",
            "Infinity",
        ] {
            let mut json = JsonReader::new(text.as_bytes());
            let refused = json.number("a number").is_err() || json.finish().is_err();
            assert!(refused, "{text}");
        }
    }
}
