//! `Decimal`: a number of JSON, kept exactly.

use std::fmt;
use std::str::FromStr;

use super::error::JsonError;
use super::from_json::FromJson;
use super::reader::JsonReader;
use super::to_json::ToJson;
use super::writer::JsonWriter;

/// A number of any size and precision, kept as its JSON text (RFC 8259, section 6). Equality is
/// that of the text: `1.0` is not `1.00`. Only by way of `serde` it is rounded to a 64-bit integer
/// or float.
///
/// ```
/// use specwright_runtime::{Decimal, from_slice, to_vec};
///
/// let price: Decimal = from_slice(b"19.990")?;
/// assert_eq!(price.as_str(), "19.990");
/// assert_eq!(to_vec(&price)?, b"19.990");
/// assert_eq!("1e400".parse::<Decimal>()?.as_str(), "1e400");
/// assert!("1,5".parse::<Decimal>().is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Decimal(String);

impl Decimal {
    /// The number in JSON syntax.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The number in JSON syntax, owned.
    pub fn into_string(self) -> String {
        self.0
    }

    /// The nearest float; infinite if the number is beyond all of them.
    pub fn to_f64(&self) -> f64 {
        // JSON's numbers are numbers of Rust.
        self.0.parse().unwrap_or(f64::NAN)
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Decimal {
    type Err = DecimalError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut json = JsonReader::new(text.as_bytes());
        match json.number("a number") {
            Ok(number) if number.text == text => Ok(Self(text.to_owned())),
            _ => Err(DecimalError(())),
        }
    }
}

impl From<i64> for Decimal {
    fn from(value: i64) -> Self {
        Self(value.to_string())
    }
}

impl From<u64> for Decimal {
    fn from(value: u64) -> Self {
        Self(value.to_string())
    }
}

impl FromJson for Decimal {
    fn from_json(json: &mut JsonReader<'_>) -> Result<Self, JsonError> {
        Ok(Self(json.number("a number")?.text.to_owned()))
    }
}

impl ToJson for Decimal {
    fn to_json(&self, json: &mut JsonWriter) {
        json.verbatim(&self.0);
    }
}

/// A text that is no number in JSON's syntax.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecimalError(());

impl fmt::Display for DecimalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the text is no number in JSON's syntax")
    }
}

impl std::error::Error for DecimalError {}

#[cfg(test)]
mod tests {
    use super::super::document::{from_slice, to_vec};
    use super::*;

    #[test]
    fn numbers_are_kept_to_the_last_digit() {
        for text in [
            "0",
            "-0.10",
            "1E+2",
            "123456789012345678901234567890.123456789",
            "1e999",
        ] {
            let read: Decimal = from_slice(text.as_bytes()).unwrap();
            assert_eq!(read, text.parse().unwrap());
            assert_eq!(
                to_vec(&vec![read]).unwrap(),
                format!("[{text}]").into_bytes()
            );
        }
        assert!(from_slice::<Decimal>(b"\"1\"").is_err());
    }

    #[test]
    fn only_the_syntax_of_json_is_taken() {
        for text in [
            "",
            " 1",
            "1 ",
            "+1",
            "01",
            ".5",
            "1.",
            "NaN",
            "inf",
            "1_0",
            "0x1",
            "1 2",
            "\u{feff}1",
        ] {
            assert!(text.parse::<Decimal>().is_err(), "{text:?}");
        }
    }

    #[test]
    fn integers_and_floats_are_near() {
        assert_eq!(Decimal::from(i64::MIN).as_str(), "-9223372036854775808");
        assert_eq!(Decimal::from(u64::MAX).to_string(), "18446744073709551615");
        assert_eq!("0.1".parse::<Decimal>().unwrap().to_f64(), 0.1);
        assert_eq!(
            "-1e400".parse::<Decimal>().unwrap().to_f64(),
            f64::NEG_INFINITY
        );
    }
}
