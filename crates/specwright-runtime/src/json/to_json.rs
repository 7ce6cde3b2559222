//! The trait of everything that is written as JSON, and its implementations for Rust's own types.

use indexmap::IndexMap;

use super::writer::JsonWriter;

/// A type that can be written as a JSON value.
pub trait ToJson {
    /// Writes exactly one value.
    fn to_json(&self, json: &mut JsonWriter);
}

/// `null`.
impl ToJson for () {
    fn to_json(&self, json: &mut JsonWriter) {
        json.null();
    }
}

impl ToJson for bool {
    fn to_json(&self, json: &mut JsonWriter) {
        json.boolean(*self);
    }
}

impl ToJson for str {
    fn to_json(&self, json: &mut JsonWriter) {
        json.string(self);
    }
}

impl ToJson for String {
    fn to_json(&self, json: &mut JsonWriter) {
        json.string(self);
    }
}

/// `None` is `null`.
impl<T: ToJson> ToJson for Option<T> {
    fn to_json(&self, json: &mut JsonWriter) {
        match self {
            Some(value) => value.to_json(json),
            None => json.null(),
        }
    }
}

impl<T: ToJson + ?Sized> ToJson for &T {
    fn to_json(&self, json: &mut JsonWriter) {
        (**self).to_json(json);
    }
}

impl<T: ToJson + ?Sized> ToJson for Box<T> {
    fn to_json(&self, json: &mut JsonWriter) {
        (**self).to_json(json);
    }
}

impl<T: ToJson> ToJson for [T] {
    fn to_json(&self, json: &mut JsonWriter) {
        json.begin_array();
        for element in self {
            json.element(element);
        }
        json.end_array();
    }
}

impl<T: ToJson> ToJson for Vec<T> {
    fn to_json(&self, json: &mut JsonWriter) {
        self.as_slice().to_json(json);
    }
}

impl<T: ToJson> ToJson for IndexMap<String, T> {
    fn to_json(&self, json: &mut JsonWriter) {
        json.begin_object();
        json.fields(self);
        json.end_object();
    }
}

macro_rules! integers {
    ($($type:ident)*) => { $(
        impl ToJson for $type {
            fn to_json(&self, json: &mut JsonWriter) {
                json.integer(*self);
            }
        }
    )* };
}

integers!(i8 i16 i32 i64 i128 u8 u16 u32 u64 u128);

/// Written as `f64`'s shortest text would not be the shortest for `f32`, so each has its own.
macro_rules! floats {
    ($($type:ident)*) => { $(
        impl ToJson for $type {
            fn to_json(&self, json: &mut JsonWriter) {
                json.float(*self, self.is_finite());
            }
        }
    )* };
}

floats!(f32 f64);

#[cfg(test)]
mod tests {
    use indexmap::IndexMap;

    use super::super::document::{parse, to_vec};
    use super::*;

    fn write<T: ToJson + ?Sized>(value: &T) -> String {
        String::from_utf8(to_vec(value).unwrap()).unwrap()
    }

    #[test]
    fn every_type_is_written_as_json_writes_it() {
        assert_eq!(write(&()), "null");
        assert_eq!(write(&Some(true)), "true");
        assert_eq!(write(&None::<bool>), "null");
        assert_eq!(
            write("tab\t\"quote\" é 😀 \u{1}\u{7f}"),
            "\"tab\\t\\\"quote\\\" é 😀 \\u0001\u{7f}\""
        );
        assert_eq!(write(&vec![1_i64, -2]), "[1,-2]");
        assert_eq!(write(&Vec::<i64>::new()), "[]");
        assert_eq!(write(&vec![vec![0_u8], vec![]]), "[[0],[]]");
        assert_eq!(
            write(&i128::MIN),
            "-170141183460469231731687303715884105728"
        );
        assert_eq!(
            write(&IndexMap::from([
                ("b".to_owned(), 1_u8),
                ("a".to_owned(), 2)
            ])),
            "{\"b\":1,\"a\":2}"
        );
    }

    #[test]
    fn floats_survive_the_round_trip_and_are_valid_json() {
        for value in [
            0.1,
            1.0,
            -0.0,
            1e16,
            1e300,
            5e-324,
            f64::MAX,
            0.0045,
            123_456_789.125,
        ] {
            let text = write(&value);
            assert_eq!(
                parse::<f64>(text.as_bytes()).unwrap().to_bits(),
                value.to_bits(),
                "{text}"
            );
            assert!(serde_json::from_str::<f64>(&text).is_ok(), "{text}");
        }
        assert_eq!(write(&0.1_f32), "0.1");
    }
}
