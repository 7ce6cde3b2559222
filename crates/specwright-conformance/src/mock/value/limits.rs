//! What schemas say of texts and numbers.

use serde_json::Value;
use specwright_openapi::openapiv3::{
    AnySchema, IntegerFormat, IntegerType, NumberType, SchemaData, StringFormat, StringType,
    VariantOrUnknownOrEmpty,
};

use super::check;
use crate::schema::formats::fits_text;

/// What several schemas say of a text.
#[derive(Debug, Default)]
pub(crate) struct Limits<'a> {
    /// The format; of several the first.
    pub(crate) format: Option<&'a str>,
    /// The regular expression; of several the first.
    pub(crate) pattern: Option<&'a str>,
    /// The least number of characters.
    pub(crate) least: usize,
    /// The greatest number of characters.
    pub(crate) most: Option<usize>,
    /// Formats and patterns beside the first ones.
    pub(super) further: Vec<Said<'a>>,
    /// Texts that the document gives as examples.
    pub(crate) samples: Vec<&'a str>,
}

/// A format or pattern.
#[derive(Debug, Clone, Copy)]
pub(super) enum Said<'a> {
    Format(&'a str),
    Pattern(&'a str),
}

impl<'a> Limits<'a> {
    pub(crate) fn add_string(&mut self, string: &'a StringType) {
        let format = match &string.format {
            VariantOrUnknownOrEmpty::Item(StringFormat::Date) => Some("date"),
            VariantOrUnknownOrEmpty::Item(StringFormat::DateTime) => Some("date-time"),
            VariantOrUnknownOrEmpty::Item(StringFormat::Password) => Some("password"),
            VariantOrUnknownOrEmpty::Item(StringFormat::Byte) => Some("byte"),
            VariantOrUnknownOrEmpty::Item(StringFormat::Binary) => Some("binary"),
            VariantOrUnknownOrEmpty::Unknown(format) => Some(format.as_str()),
            VariantOrUnknownOrEmpty::Empty => None,
        };
        self.add(
            format,
            string.pattern.as_deref(),
            string.min_length,
            string.max_length,
        );
    }

    pub(crate) fn add_any(&mut self, any: &'a AnySchema) {
        self.add(
            any.format.as_deref(),
            any.pattern.as_deref(),
            any.min_length,
            any.max_length,
        );
    }

    fn add(
        &mut self,
        format: Option<&'a str>,
        pattern: Option<&'a str>,
        least: Option<usize>,
        most: Option<usize>,
    ) {
        if let (Some(first), Some(other)) = (self.format, format)
            && first != other
        {
            self.further.push(Said::Format(other));
        }
        if let (Some(first), Some(other)) = (self.pattern, pattern)
            && first != other
        {
            self.further.push(Said::Pattern(other));
        }
        self.format = self.format.or(format);
        self.pattern = self.pattern.or(pattern);
        self.least = self.least.max(least.unwrap_or_default());
        self.most = tighter(self.most, most, usize::min);
    }

    /// Adds the texts that a schema gives as examples or as the default.
    pub(crate) fn add_samples(&mut self, data: &'a SchemaData) {
        let further = data.extensions.get("x-specwright-examples");
        let further = further.and_then(Value::as_array).into_iter().flatten();
        let all = data.example.iter().chain(&data.default).chain(further);
        self.samples.extend(all.filter_map(Value::as_str));
    }

    /// All patterns.
    pub(crate) fn patterns(&self) -> impl Iterator<Item = &'a str> {
        let further = self.further.iter().filter_map(|it| match it {
            Said::Pattern(pattern) => Some(*pattern),
            Said::Format(_) => None,
        });
        self.pattern.into_iter().chain(further)
    }

    /// All formats.
    fn formats(&self) -> impl Iterator<Item = &'a str> {
        let further = self.further.iter().filter_map(|it| match it {
            Said::Format(format) => Some(*format),
            Said::Pattern(_) => None,
        });
        self.format.into_iter().chain(further)
    }

    /// Whether the length of the text is within the limits.
    pub(crate) fn has_room(&self, text: &str) -> bool {
        let count = text.chars().count();
        count >= self.least && self.most.is_none_or(|most| count <= most)
    }

    /// Whether a text keeps to everything that is said; a pattern that nobody can read is matched by any.
    pub(crate) fn permits(&self, text: &str) -> bool {
        self.has_room(text)
            && self.formats().all(|it| fits_text(it, text))
            && self
                .patterns()
                .all(|it| check::matches(text, it).unwrap_or(true))
    }
}

/// What several schemas say of a number.
#[derive(Debug, Default)]
pub(crate) struct Range {
    /// The least value, and whether it is itself excluded.
    pub(crate) low: Option<(f64, bool)>,
    /// The greatest value, and whether it is itself excluded.
    pub(crate) high: Option<(f64, bool)>,
    /// What the value is a multiple of.
    pub(crate) multiple: Option<f64>,
    /// The least integer, exact.
    pub(crate) least: Option<i64>,
    /// The greatest integer, exact.
    pub(crate) most: Option<i64>,
    /// The integers of the format (OpenAPI Format Registry).
    pub(crate) width: Option<(i64, i64)>,
}

impl Range {
    pub(crate) fn add_number(&mut self, number: &NumberType) {
        let low = number.minimum.map(|it| (it, number.exclusive_minimum));
        let high = number.maximum.map(|it| (it, number.exclusive_maximum));
        self.add(low, high, number.multiple_of);
    }

    pub(crate) fn add_any(&mut self, any: &AnySchema) {
        let low = any
            .minimum
            .map(|it| (it, any.exclusive_minimum.unwrap_or_default()));
        let high = any
            .maximum
            .map(|it| (it, any.exclusive_maximum.unwrap_or_default()));
        self.add(low, high, any.multiple_of);
        self.narrow(any.format.as_deref().and_then(width));
    }

    pub(crate) fn add_integer(&mut self, integer: &IntegerType) {
        let low = integer
            .minimum
            .map(|it| it.saturating_add(i64::from(integer.exclusive_minimum)));
        let high = integer
            .maximum
            .map(|it| it.saturating_sub(i64::from(integer.exclusive_maximum)));
        self.least = tighter(self.least, low, i64::max);
        self.most = tighter(self.most, high, i64::min);
        let width = match &integer.format {
            VariantOrUnknownOrEmpty::Item(IntegerFormat::Int32) => width("int32"),
            VariantOrUnknownOrEmpty::Unknown(name) => width(name),
            _ => None,
        };
        self.narrow(width);
        self.add(None, None, integer.multiple_of.map(|it| it as f64));
    }

    fn narrow(&mut self, width: Option<(i64, i64)>) {
        self.width = self.width.or(width);
        self.least = tighter(self.least, width.map(|it| it.0), i64::max);
        self.most = tighter(self.most, width.map(|it| it.1), i64::min);
    }

    fn add(&mut self, low: Option<(f64, bool)>, high: Option<(f64, bool)>, multiple: Option<f64>) {
        let greater =
            |one: (f64, bool), other: (f64, bool)| if other.0 > one.0 { other } else { one };
        let smaller =
            |one: (f64, bool), other: (f64, bool)| if other.0 < one.0 { other } else { one };
        self.low = tighter(self.low, low, greater);
        self.high = tighter(self.high, high, smaller);
        self.multiple = self
            .multiple
            .or(multiple.filter(|it| it.is_finite() && *it > 0.0));
    }
}

/// The integers of a format (OpenAPI Format Registry), as far as they are fewer than those of 64 bits.
fn width(format: &str) -> Option<(i64, i64)> {
    Some(match format {
        "int8" => (i8::MIN.into(), i8::MAX.into()),
        "uint8" => (0, u8::MAX.into()),
        "int16" => (i16::MIN.into(), i16::MAX.into()),
        "uint16" => (0, u16::MAX.into()),
        "int32" => (i32::MIN.into(), i32::MAX.into()),
        "uint32" => (0, u32::MAX.into()),
        "uint64" => (0, i64::MAX),
        _ => return None,
    })
}

fn tighter<T>(known: Option<T>, further: Option<T>, of: impl FnOnce(T, T) -> T) -> Option<T> {
    match (known, further) {
        (Some(known), Some(further)) => Some(of(known, further)),
        (known, further) => known.or(further),
    }
}
