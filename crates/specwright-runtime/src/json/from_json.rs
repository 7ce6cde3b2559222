//! The trait of everything that is read from JSON, and its implementations for Rust's own types.

use indexmap::IndexMap;

use super::error::JsonError;
use super::reader::JsonReader;

/// A type that can be read from a JSON value.
///
/// Generated models implement it by a loop over the keys of an object; see the example of
/// [`from_slice`](super::from_slice).
pub trait FromJson: Sized {
    /// Reads one value, all of it.
    ///
    /// # Errors
    /// The text is not JSON, or the value does not fit this type.
    fn from_json(json: &mut JsonReader<'_>) -> Result<Self, JsonError>;
}

/// `null`.
impl FromJson for () {
    fn from_json(json: &mut JsonReader<'_>) -> Result<Self, JsonError> {
        if json.take_null()? {
            Ok(())
        } else {
            Err(json.mismatch("null"))
        }
    }
}

impl FromJson for bool {
    fn from_json(json: &mut JsonReader<'_>) -> Result<Self, JsonError> {
        json.read_bool()
    }
}

impl FromJson for String {
    fn from_json(json: &mut JsonReader<'_>) -> Result<Self, JsonError> {
        Ok(json.read_str()?.into_owned())
    }
}

/// `null` is `None`.
impl<T: FromJson> FromJson for Option<T> {
    fn from_json(json: &mut JsonReader<'_>) -> Result<Self, JsonError> {
        if json.take_null()? {
            Ok(None)
        } else {
            json.read().map(Some)
        }
    }
}

impl<T: FromJson> FromJson for Box<T> {
    fn from_json(json: &mut JsonReader<'_>) -> Result<Self, JsonError> {
        json.read().map(Self::new)
    }
}

impl<T: FromJson> FromJson for Vec<T> {
    fn from_json(json: &mut JsonReader<'_>) -> Result<Self, JsonError> {
        let mut elements = Self::new();
        json.begin_array()?;
        while json.next_element()? {
            elements.push(json.read()?);
        }
        Ok(elements)
    }
}

/// Of a repeated key the last value counts; its place is the first one's.
impl<T: FromJson> FromJson for IndexMap<String, T> {
    fn from_json(json: &mut JsonReader<'_>) -> Result<Self, JsonError> {
        let mut map = Self::new();
        json.begin_object()?;
        while let Some(key) = json.next_key()? {
            map.insert(key.into_owned(), json.read()?);
        }
        Ok(map)
    }
}

/// Integers take every spelling of an integral number: `1`, `1.0`, `1e2`.
macro_rules! integers {
    ($($type:ident)*) => { $(
        impl FromJson for $type {
            fn from_json(json: &mut JsonReader<'_>) -> Result<Self, JsonError> {
                let (negative, magnitude) = json.integer(stringify!($type))?;
                let value = if negative {
                    0_i128.checked_sub_unsigned(magnitude).and_then(|value| Self::try_from(value).ok())
                } else {
                    Self::try_from(magnitude).ok()
                };
                value.ok_or_else(|| json.out_of_range(stringify!($type)))
            }
        }
    )* };
}

integers!(i8 i16 i32 i64 i128 u8 u16 u32 u64 u128);

/// Floats take every number that does not overflow to infinity.
macro_rules! floats {
    ($($type:ident)*) => { $(
        impl FromJson for $type {
            fn from_json(json: &mut JsonReader<'_>) -> Result<Self, JsonError> {
                let value = json.number("a number")?.text.parse().ok();
                value.filter(|value: &Self| value.is_finite()).ok_or_else(|| json.out_of_range(stringify!($type)))
            }
        }
    )* };
}

floats!(f32 f64);

#[cfg(test)]
mod tests {
    use std::fmt::Debug;

    use super::super::document::parse;
    use super::*;

    fn read<T: FromJson>(text: &str) -> T {
        parse(text.as_bytes()).unwrap()
    }

    fn message<T: FromJson + Debug>(text: &str) -> String {
        parse::<T>(text.as_bytes()).unwrap_err().kind().to_string()
    }

    #[test]
    fn integers_take_integral_numbers_and_their_whole_range() {
        assert_eq!(read::<i64>("9223372036854775807"), i64::MAX);
        assert_eq!(read::<i64>("-9223372036854775808"), i64::MIN);
        assert_eq!(read::<u64>("18446744073709551615"), u64::MAX);
        assert_eq!(
            read::<i128>("-170141183460469231731687303715884105728"),
            i128::MIN
        );
        assert_eq!(
            read::<u128>("340282366920938463463374607431768211455"),
            u128::MAX
        );
        assert_eq!(read::<i32>("1.0"), 1);
        assert_eq!(read::<i32>("-1e2"), -100);
        assert_eq!(read::<u8>("-0"), 0);
    }

    #[test]
    fn integers_refuse_the_rest_and_show_it() {
        assert_eq!(
            message::<i64>("1.5"),
            "expected an integer, found the number 1.5"
        );
        assert_eq!(message::<i8>("128"), "the number 128 does not fit i8");
        assert_eq!(message::<u64>("-1"), "the number -1 does not fit u64");
        assert_eq!(
            message::<i64>("9223372036854775808"),
            "the number 9223372036854775808 does not fit i64"
        );
        assert_eq!(
            message::<i128>("170141183460469231731687303715884105728"),
            "the number 170141183460469231731687303715884105728 does not fit i128"
        );
        assert_eq!(
            message::<u64>("1e999999999"),
            "the number 1e999999999 does not fit u64"
        );
        assert_eq!(
            message::<i64>("\"1\""),
            "expected an integer, found a string"
        );
    }

    #[test]
    fn floats_take_any_number_within_range() {
        assert_eq!(read::<f64>("0.0045"), 0.0045);
        assert_eq!(read::<f64>("7"), 7.0);
        assert_eq!(read::<f64>("1e-400"), 0.0);
        assert_eq!(read::<f32>("16777217"), 16_777_216.0);
        assert_eq!(message::<f64>("1e400"), "the number 1e400 does not fit f64");
        assert_eq!(message::<f32>("1e39"), "the number 1e39 does not fit f32");
        assert_eq!(message::<f64>("true"), "expected a number, found a boolean");
    }

    #[test]
    fn options_take_null_and_containers_nest() {
        assert_eq!(
            read::<Option<Vec<Option<bool>>>>("[true, null]"),
            Some(vec![Some(true), None])
        );
        assert_eq!(read::<Option<String>>(" null "), None);
        assert_eq!(*read::<Box<String>>("\"x\""), "x");
        read::<()>("null");
        assert_eq!(message::<()>("{}"), "expected null, found an object");
    }

    #[test]
    fn the_last_of_repeated_keys_counts_and_order_is_kept() {
        let map = read::<IndexMap<String, i64>>("{\"b\": 1, \"a\": 2, \"b\": 3}");
        assert_eq!(
            map.into_iter().collect::<Vec<_>>(),
            [("b".to_owned(), 3), ("a".to_owned(), 2)]
        );
    }
}
