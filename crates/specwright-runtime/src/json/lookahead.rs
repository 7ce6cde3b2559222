//! Looking ahead, for values whose type shows only inside them: the unions of a document (`oneOf`,
//! `anyOf`).

use std::borrow::Cow;

use super::error::JsonError;
use super::from_json::FromJson;
use super::reader::JsonReader;

impl<'a> JsonReader<'a> {
    /// Reads one value if it fits `T`; else the reader stays where it is, for another try.
    pub fn attempt<T: FromJson>(&mut self) -> Option<T> {
        let mut ahead = self.clone();
        let value = ahead.read().ok()?;
        *self = ahead;
        Some(value)
    }

    /// The string that the next value, an object, has as its field `name`; the reader stays where
    /// it is. `None` if the value is no object or the field is absent or no string. Of repeated
    /// fields the last counts.
    ///
    /// # Errors
    /// The text is not JSON.
    pub fn discriminator(&self, name: &str) -> Result<Option<Cow<'a, str>>, JsonError> {
        let mut ahead = self.clone();
        let mut found = None;
        if ahead.peek()? != b'{' {
            return Ok(None);
        }
        ahead.begin_object()?;
        while let Some(key) = ahead.next_key()? {
            if key == name && ahead.peek()? == b'"' {
                found = Some(ahead.read_str()?);
            } else {
                ahead.skip()?;
            }
        }
        Ok(found)
    }

    /// Whether the next value is an object that has all the fields of `names`; the reader stays
    /// where it is.
    ///
    /// # Errors
    /// The text is not JSON.
    pub fn has_fields(&self, names: &[&str]) -> Result<bool, JsonError> {
        let mut ahead = self.clone();
        if ahead.peek()? != b'{' {
            return Ok(false);
        }
        let mut missing = names.to_vec();
        ahead.begin_object()?;
        while let Some(key) = ahead.next_key()? {
            missing.retain(|name| *name != key);
            if missing.is_empty() {
                return Ok(true);
            }
            ahead.skip()?;
        }
        Ok(missing.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_attempt_that_fails_leaves_the_reader_where_it_was() {
        let mut json = JsonReader::new(b"[[1, \"a\"], 2]");
        json.begin_array().unwrap();
        assert!(json.next_element().unwrap());
        assert_eq!(json.attempt::<Vec<i64>>(), None);
        assert_eq!(json.attempt::<String>(), None);
        json.skip().unwrap();
        assert!(json.next_element().unwrap());
        assert_eq!(json.attempt::<i64>(), Some(2));
        assert!(!json.next_element().unwrap());
        json.finish().unwrap();
    }

    #[test]
    fn a_discriminator_is_found_anywhere_in_the_object_and_nothing_is_consumed() {
        let of = |text: &'static str| {
            JsonReader::new(text.as_bytes())
                .discriminator("type")
                .map(|kind| kind.map(Cow::into_owned))
        };
        assert_eq!(
            of(r#"{"a": {"type": "inner"}, "type": "outer"}"#)
                .unwrap()
                .as_deref(),
            Some("outer")
        );
        assert_eq!(
            of(r#"{"type": "first", "type": "last"}"#)
                .unwrap()
                .as_deref(),
            Some("last")
        );
        for none in [r#"{"type": 7}"#, "{}", "[]", "\"type\"", "null"] {
            assert_eq!(of(none).unwrap(), None, "{none}");
        }
        assert!(of(r#"{"type": "x""#).is_err());

        let mut json = JsonReader::new(br#" {"type": "x"}"#);
        json.discriminator("type").unwrap();
        json.skip().unwrap();
        json.finish().unwrap();
    }

    #[test]
    fn fields_are_found_anywhere_in_the_object_and_nothing_is_consumed() {
        let mut json = JsonReader::new(br#" {"a": {"c": 1}, "b": null}"#);
        for (names, found) in [
            (&["a"][..], true),
            (&["b", "a"], true),
            (&["a", "c"], false),
            (&[], true),
        ] {
            assert_eq!(json.has_fields(names).unwrap(), found, "{names:?}");
        }
        json.skip().unwrap();
        json.finish().unwrap();
        assert!(!JsonReader::new(b"[\"a\"]").has_fields(&["a"]).unwrap());
        assert!(JsonReader::new(b"{}").has_fields(&[]).unwrap());
        assert!(JsonReader::new(b"{\"a\": ").has_fields(&["b"]).is_err());
    }

    #[test]
    fn a_number_outside_an_enumeration_is_shown() {
        let mut json = JsonReader::new(b"[7]");
        json.begin_array().unwrap();
        assert!(json.next_element().unwrap());
        let code: i64 = json.read().unwrap();
        let error = json.unknown_variant("Code", &code.to_string());
        assert_eq!(error.to_string(), "unknown value `7` of Code at byte 1");
    }
}
