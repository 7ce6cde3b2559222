//! Tuples: arrays whose elements have types of their own (JSON Schema, `prefixItems`).

use super::error::JsonError;
use super::from_json::FromJson;
use super::reader::JsonReader;
use super::to_json::ToJson;
use super::writer::JsonWriter;

impl JsonReader<'_> {
    /// Reads the element at `index` of an array that should have `length` of them.
    fn tuple_element<T: FromJson>(&mut self, index: usize, length: usize) -> Result<T, JsonError> {
        if self.next_element()? {
            self.read()
        } else {
            Err(self.error(format!(
                "expected an array of {length} elements, found {index}"
            )))
        }
    }

    /// Skips the elements that remain of an array.
    fn skip_elements(&mut self) -> Result<(), JsonError> {
        while self.next_element()? {
            self.skip()?;
        }
        Ok(())
    }
}

macro_rules! tuples {
    ($($length:literal: $($type:ident $index:tt)+;)+) => { $(
        /// An array; elements beyond these are skipped.
        impl<$($type: FromJson),+> FromJson for ($($type,)+) {
            fn from_json(json: &mut JsonReader<'_>) -> Result<Self, JsonError> {
                json.begin_array()?;
                let tuple = ($(json.tuple_element::<$type>($index, $length)?,)+);
                json.skip_elements()?;
                Ok(tuple)
            }
        }

        /// An array.
        impl<$($type: ToJson),+> ToJson for ($($type,)+) {
            fn to_json(&self, json: &mut JsonWriter) {
                json.begin_array();
                $(json.element(&self.$index);)+
                json.end_array();
            }
        }
    )+ };
}

tuples! {
    1: A 0;
    2: A 0 B 1;
    3: A 0 B 1 C 2;
    4: A 0 B 1 C 2 D 3;
    5: A 0 B 1 C 2 D 3 E 4;
    6: A 0 B 1 C 2 D 3 E 4 F 5;
    7: A 0 B 1 C 2 D 3 E 4 F 5 G 6;
    8: A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7;
    9: A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8;
    10: A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9;
    11: A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 K 10;
    12: A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 K 10 L 11;
}

#[cfg(test)]
mod tests {
    use super::super::document::{from_slice, to_vec};

    #[test]
    fn elements_have_types_of_their_own_and_more_are_skipped() {
        let (a, b, c): (i32, String, Option<bool>) =
            from_slice(br#"[1, "x", null, {"more": [1]}, 2]"#).unwrap();
        assert_eq!((a, &*b, c), (1, "x", None));
        assert_eq!(to_vec(&(1, "x", vec![true])).unwrap(), br#"[1,"x",[true]]"#);
        assert_eq!(to_vec(&("one",)).unwrap(), br#"["one"]"#);
        assert_eq!(
            from_slice::<Vec<(i32,)>>(b"[[1],[2,3]]").unwrap(),
            [(1,), (2,)]
        );
        let twelve = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
        let text = to_vec(&twelve).unwrap();
        assert_eq!(text, b"[1,2,3,4,5,6,7,8,9,10,11,12]");
        let (.., last): (u8, u8, u8, u8, u8, u8, u8, u8, u8, u8, u8, u8) =
            from_slice(&text).unwrap();
        assert_eq!(last, 12);
    }

    #[test]
    fn too_few_elements_are_counted_and_placed() {
        let error = from_slice::<Vec<(i32, i32, i32)>>(b"[[1, 2, 3], [1, 2]]").unwrap_err();
        assert_eq!(error.path(), "$[1]");
        assert_eq!(error.message(), "expected an array of 3 elements, found 2");
        let error = from_slice::<(i32, String)>(b"[1, 2]").unwrap_err();
        assert_eq!(
            (error.path(), error.message()),
            ("$[1]", "expected a string, found a number")
        );
        assert!(from_slice::<(i32,)>(b"1").is_err());
    }
}
