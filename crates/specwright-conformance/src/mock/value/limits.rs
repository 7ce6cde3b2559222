//! What schemas say of texts and numbers.

use specwright_openapi::openapiv3::{
    AnySchema, IntegerFormat, IntegerType, NumberType, StringFormat, StringType,
    VariantOrUnknownOrEmpty,
};

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
        self.format = self.format.or(format);
        self.pattern = self.pattern.or(pattern);
        self.least = self.least.max(least.unwrap_or_default());
        self.most = tighter(self.most, most, usize::min);
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
    }

    pub(crate) fn add_integer(&mut self, integer: &IntegerType) {
        let short = integer.format == VariantOrUnknownOrEmpty::Item(IntegerFormat::Int32);
        let low = integer
            .minimum
            .map(|it| it.saturating_add(i64::from(integer.exclusive_minimum)));
        let high = integer
            .maximum
            .map(|it| it.saturating_sub(i64::from(integer.exclusive_maximum)));
        self.least = tighter(self.least, low.or(short.then_some(0)), i64::max);
        self.most = tighter(
            self.most,
            high.or(short.then_some(i64::from(i32::MAX))),
            i64::min,
        );
        self.add(None, None, integer.multiple_of.map(|it| it as f64));
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

fn tighter<T>(known: Option<T>, further: Option<T>, of: impl FnOnce(T, T) -> T) -> Option<T> {
    match (known, further) {
        (Some(known), Some(further)) => Some(of(known, further)),
        (known, further) => known.or(further),
    }
}
