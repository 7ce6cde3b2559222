//! Writing an object with its discriminator (OpenAPI, Discriminator Object).

use super::reader::JsonReader;
use super::to_json::ToJson;
use super::writer::JsonWriter;

impl JsonWriter {
    /// Writes an object value with one more field in front, `name: "tag"`, unless the object has a
    /// field of that name already. A value that is no object is written as it is.
    pub fn tagged(&mut self, name: &str, tag: &str, value: &dyn ToJson) {
        let start = self.len();
        value.to_json(self);
        let written = self.written_since(start);
        let is_object = written.first() == Some(&b'{');
        let has_field = JsonReader::new(written)
            .has_fields(&[name])
            .unwrap_or(false);
        if !is_object || has_field {
            return;
        }
        let is_empty = written == b"{}";
        let mut field = Self::new();
        field.string(name);
        field.verbatim(":");
        field.string(tag);
        if !is_empty {
            field.verbatim(",");
        }
        self.insert_at(start + 1, &field);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::{Map, to_vec};

    struct Tagged<T>(T);

    impl<T: ToJson> ToJson for Tagged<T> {
        fn to_json(&self, json: &mut JsonWriter) {
            json.tagged("type", "a\"b", &self.0);
        }
    }

    fn written<T: ToJson>(value: T) -> String {
        String::from_utf8(to_vec(&Tagged(value)).unwrap()).unwrap()
    }

    fn object(name: &str, value: &str) -> Map<String, String> {
        Map::from([(name.to_owned(), value.to_owned())])
    }

    #[test]
    fn the_tag_comes_first_and_once() {
        assert_eq!(written(object("x", "1")), r#"{"type":"a\"b","x":"1"}"#);
        assert_eq!(written(Map::<String, bool>::new()), r#"{"type":"a\"b"}"#);
        assert_eq!(written(object("type", "own")), r#"{"type":"own"}"#);
        assert_eq!(
            written(Tagged(object("x", "1"))),
            r#"{"type":"a\"b","x":"1"}"#
        );
        assert_eq!(written(vec![1]), "[1]");
    }

    #[test]
    fn a_field_further_down_is_not_the_objects_own() {
        let inner = Map::from([("in".to_owned(), object("type", "inner"))]);
        assert_eq!(written(inner), r#"{"type":"a\"b","in":{"type":"inner"}}"#);
    }

    #[test]
    fn places_of_errors_move_along() {
        let value = Map::from([("price".to_owned(), f64::NAN)]);
        let error = to_vec(&vec![Tagged(value)]).unwrap_err();
        assert_eq!(error.path(), "$[0].price");
    }
}
