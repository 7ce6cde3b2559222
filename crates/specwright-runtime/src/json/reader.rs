//! The pull reader: structure, keys, and what models call.

use std::borrow::Cow;

use indexmap::IndexMap;

use super::error::{JsonError, JsonErrorKind, JsonKind};
use super::from_json::FromJson;

/// Reads one JSON text (RFC 8259) from start to end, on demand.
///
/// Strict: UTF-8 only, no comments, no trailing commas, nothing after the value (see
/// [`finish`](Self::finish)). A byte order mark at the start is tolerated, as section 8.1 allows.
/// Nesting is limited to [`MAX_DEPTH`](Self::MAX_DEPTH). No input makes it panic or recurse without
/// bound.
///
/// Objects are read as [`begin_object`](Self::begin_object), then [`next_key`](Self::next_key)
/// until it returns `None`, with exactly one value read or skipped after every key; arrays likewise
/// with [`begin_array`](Self::begin_array) and [`next_element`](Self::next_element). Code that
/// breaks this protocol gets errors.
#[derive(Debug, Clone)]
pub struct JsonReader<'a> {
    /// The longest valid UTF-8 prefix of the input.
    pub(super) text: &'a str,
    /// The next byte to read; never beyond `text`, always on a character boundary.
    pub(super) at: usize,
    /// Where the value read last begins, for errors about what it says.
    pub(super) token: usize,
    /// Open arrays and objects.
    pub(super) depth: usize,
    /// Directly after an opening bracket: no comma is due.
    fresh: bool,
    /// The input goes on behind `text` with bytes that are not UTF-8.
    pub(super) broken: bool,
}

impl<'a> JsonReader<'a> {
    /// The deepest nesting of arrays and objects that is read.
    pub const MAX_DEPTH: usize = 128;

    /// A reader at the start of `input`.
    pub fn new(input: &'a [u8]) -> Self {
        let (text, broken) = match std::str::from_utf8(input) {
            Ok(text) => (text, false),
            Err(error) => {
                let valid = input.get(..error.valid_up_to()).unwrap_or_default();
                (std::str::from_utf8(valid).unwrap_or_default(), true)
            }
        };
        let at = if text.starts_with('\u{feff}') {
            '\u{feff}'.len_utf8()
        } else {
            0
        };
        Self {
            text,
            at,
            token: at,
            depth: 0,
            fresh: false,
            broken,
        }
    }

    /// Reads one value.
    ///
    /// # Errors
    /// The text is not JSON, or the value does not fit `T`.
    pub fn read<T: FromJson>(&mut self) -> Result<T, JsonError> {
        T::from_json(self)
    }

    /// Reads an optional map, taking `[]` as the empty map: what PHP encodes an empty associative
    /// array as.
    ///
    /// # Errors
    /// The text is not JSON, or the value is neither `null`, an empty array nor an object of `T`.
    pub fn read_lenient_map<T: FromJson>(
        &mut self,
    ) -> Result<Option<IndexMap<String, T>>, JsonError> {
        if self.take_empty_array()? {
            Ok(Some(IndexMap::new()))
        } else {
            self.read()
        }
    }

    /// Opens an object.
    ///
    /// # Errors
    /// The next value is not an object, or is nested too deep.
    pub fn begin_object(&mut self) -> Result<(), JsonError> {
        if self.peek()? != b'{' {
            return Err(self.mismatch("an object"));
        }
        self.enter()
    }

    /// The next key of the object being read, or `None` at its end. Borrowed from the input unless
    /// it has escapes.
    ///
    /// # Errors
    /// The text is not JSON here.
    pub fn next_key(&mut self) -> Result<Option<Cow<'a, str>>, JsonError> {
        let mut byte = self.peek()?;
        if byte == b'}' {
            self.leave();
            return Ok(None);
        }
        if self.fresh {
            self.fresh = false;
        } else if byte == b',' {
            self.at += 1;
            byte = self.peek()?;
        } else {
            return Err(self.syntax("expected `,` or `}`"));
        }
        if byte != b'"' {
            return Err(self.syntax("expected a key in double quotes"));
        }
        let key = self.string_body()?;
        self.colon()?;
        Ok(Some(key))
    }

    /// Opens an array.
    ///
    /// # Errors
    /// The next value is not an array, or is nested too deep.
    pub fn begin_array(&mut self) -> Result<(), JsonError> {
        if self.peek()? != b'[' {
            return Err(self.mismatch("an array"));
        }
        self.enter()
    }

    /// Whether the array being read has another element, which is then next to be read.
    ///
    /// # Errors
    /// The text is not JSON here.
    pub fn next_element(&mut self) -> Result<bool, JsonError> {
        let byte = self.peek()?;
        if byte == b']' {
            self.leave();
            return Ok(false);
        }
        if self.fresh {
            self.fresh = false;
            return Ok(true);
        }
        if byte != b',' {
            return Err(self.syntax("expected `,` or `]`"));
        }
        self.at += 1;
        if self.peek()? == b']' {
            return Err(self.syntax("expected a value after `,`"));
        }
        Ok(true)
    }

    /// Reads a string; borrowed from the input unless it has escapes.
    ///
    /// # Errors
    /// The next value is not a string, or has an invalid escape or a lone surrogate.
    pub fn read_str(&mut self) -> Result<Cow<'a, str>, JsonError> {
        if self.peek()? != b'"' {
            return Err(self.mismatch("a string"));
        }
        self.string_body()
    }

    /// Reads `true` or `false`.
    ///
    /// # Errors
    /// The next value is not a boolean.
    pub fn read_bool(&mut self) -> Result<bool, JsonError> {
        match self.peek()? {
            b't' if self.take_word(b"true") => Ok(true),
            b'f' if self.take_word(b"false") => Ok(false),
            _ => Err(self.mismatch("a boolean")),
        }
    }

    /// Consumes the next value if it is `null`.
    ///
    /// # Errors
    /// The text ends here.
    pub fn take_null(&mut self) -> Result<bool, JsonError> {
        Ok(self.peek()? == b'n' && self.take_word(b"null"))
    }

    /// The kind of the next value, which stays unread.
    ///
    /// # Errors
    /// The text ends here, or no value begins here.
    pub fn peek_kind(&mut self) -> Result<JsonKind, JsonError> {
        Ok(match self.peek()? {
            b'{' => JsonKind::Object,
            b'[' => JsonKind::Array,
            b'"' => JsonKind::String,
            b't' | b'f' => JsonKind::Boolean,
            b'n' => JsonKind::Null,
            b'-' | b'0'..=b'9' => JsonKind::Number,
            _ => return Err(self.syntax("expected a value")),
        })
    }

    /// The value of a required field, for use directly after [`next_key`](Self::next_key) returned
    /// `None`.
    ///
    /// # Errors
    /// The field was absent; the error points at the object.
    pub fn required<T>(&self, name: &'static str, value: Option<T>) -> Result<T, JsonError> {
        value.ok_or_else(|| self.missing(name))
    }

    /// The error for a value outside a closed enumeration, pointing at the scalar read last; `value`
    /// is the text that was found.
    pub fn unknown_variant(&self, type_name: &'static str, value: &str) -> JsonError {
        JsonError::new(
            JsonErrorKind::UnknownVariant {
                type_name,
                value: value.to_owned(),
            },
            self.token,
        )
    }

    /// An error with a message of the caller's, pointing at the scalar read last.
    pub fn error(&self, message: impl Into<String>) -> JsonError {
        JsonError::new(JsonErrorKind::Custom(message.into()), self.token)
    }

    /// Ends the text: only white space may follow.
    ///
    /// # Errors
    /// Something follows.
    pub fn finish(mut self) -> Result<(), JsonError> {
        self.skip_whitespace();
        if self.at < self.text.len() {
            Err(self.syntax("unexpected text after the value"))
        } else if self.broken {
            Err(self.end())
        } else {
            Ok(())
        }
    }

    #[cold]
    pub(super) fn missing(&self, name: &'static str) -> JsonError {
        JsonError::new(JsonErrorKind::MissingField(name), self.at.saturating_sub(1))
    }

    /// Consumes `[]`, which may hold white space, if that is the next value.
    fn take_empty_array(&mut self) -> Result<bool, JsonError> {
        let start = self.at;
        if self.peek()? == b'[' {
            self.at += 1;
            if self.peek()? == b']' {
                self.at += 1;
                return Ok(true);
            }
        }
        self.at = start;
        Ok(false)
    }

    fn enter(&mut self) -> Result<(), JsonError> {
        if self.depth >= Self::MAX_DEPTH {
            return Err(JsonError::new(JsonErrorKind::TooDeep, self.at));
        }
        self.at += 1;
        self.depth += 1;
        self.fresh = true;
        Ok(())
    }

    fn leave(&mut self) {
        self.at += 1;
        self.depth = self.depth.saturating_sub(1);
        self.fresh = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind_of<T: std::fmt::Debug>(result: Result<T, JsonError>) -> JsonErrorKind {
        result.unwrap_err().kind().clone()
    }

    #[test]
    fn keys_and_strings_without_escapes_are_borrowed() {
        let mut json = JsonReader::new(br#"{"key": "value", "k\u0065y": "a\nb"}"#);
        json.begin_object().unwrap();
        assert!(matches!(
            json.next_key().unwrap(),
            Some(Cow::Borrowed("key"))
        ));
        assert!(matches!(json.read_str().unwrap(), Cow::Borrowed("value")));
        assert!(matches!(json.next_key().unwrap(), Some(Cow::Owned(key)) if key == "key"));
        assert!(matches!(json.read_str().unwrap(), Cow::Owned(text) if text == "a\nb"));
        assert_eq!(json.next_key().unwrap(), None);
        json.finish().unwrap();
    }

    #[test]
    fn borrowed_text_outlives_the_reader() {
        fn first(input: &[u8]) -> Cow<'_, str> {
            JsonReader::new(input).read_str().unwrap()
        }
        assert_eq!(first(b"\"kept\""), "kept");
    }

    #[test]
    fn nested_containers_keep_the_commas_apart() {
        let mut json = JsonReader::new(b"[[], [1], {\"a\": []}, 2]");
        json.begin_array().unwrap();
        assert!(json.next_element().unwrap());
        json.begin_array().unwrap();
        assert!(!json.next_element().unwrap());
        assert!(json.next_element().unwrap());
        assert_eq!(json.read::<Vec<i64>>().unwrap(), [1]);
        assert!(json.next_element().unwrap());
        json.skip().unwrap();
        assert!(json.next_element().unwrap());
        assert_eq!(json.read::<i64>().unwrap(), 2);
        assert!(!json.next_element().unwrap());
        json.finish().unwrap();
    }

    #[test]
    fn a_broken_protocol_is_an_error() {
        let mut json = JsonReader::new(b"[1, 2]");
        json.begin_array().unwrap();
        assert!(json.next_element().unwrap());
        assert_eq!(
            kind_of(json.next_element()),
            JsonErrorKind::Syntax("expected `,` or `]`")
        );
        let mut json = JsonReader::new(b"[1]");
        json.begin_array().unwrap();
        assert_eq!(
            kind_of(json.next_key()),
            JsonErrorKind::Syntax("expected a key in double quotes")
        );
    }

    #[test]
    fn a_lenient_map_takes_null_an_empty_array_and_an_object() {
        let read = |text: &'static str| JsonReader::new(text.as_bytes()).read_lenient_map::<i64>();
        assert_eq!(read("null").unwrap(), None);
        assert_eq!(read(" [ ] ").unwrap(), Some(IndexMap::new()));
        assert_eq!(
            read("{\"a\": 1}").unwrap(),
            Some(IndexMap::from([("a".to_owned(), 1)]))
        );
        assert_eq!(
            kind_of(read("[1]")),
            JsonErrorKind::Mismatch {
                expected: "an object",
                found: JsonKind::Array
            }
        );
    }

    #[test]
    fn a_byte_order_mark_is_tolerated_at_the_start_only() {
        let mut json = JsonReader::new(b"\xef\xbb\xbftrue");
        assert!(json.read_bool().unwrap());
        json.finish().unwrap();
        assert!(JsonReader::new(b" \xef\xbb\xbftrue").read_bool().is_err());
    }

    #[test]
    fn invalid_utf8_is_reported_where_it_begins() {
        let mut json = JsonReader::new(b"[\"ok\", \"\xff\"]");
        json.begin_array().unwrap();
        assert!(json.next_element().unwrap());
        assert_eq!(json.read_str().unwrap(), "ok");
        assert!(json.next_element().unwrap());
        let error = json.read_str().unwrap_err();
        assert_eq!(
            (error.kind(), error.offset()),
            (&JsonErrorKind::InvalidUtf8, 8)
        );

        let mut json = JsonReader::new(b"1 \xff");
        assert_eq!(json.read::<i64>().unwrap(), 1);
        assert_eq!(kind_of(json.finish()), JsonErrorKind::InvalidUtf8);
    }

    #[test]
    fn a_mismatch_names_both_sides_unless_the_text_is_no_value() {
        assert_eq!(
            JsonReader::new(b" [1]")
                .read_str()
                .unwrap_err()
                .kind()
                .to_string(),
            "expected a string, found an array"
        );
        assert_eq!(
            kind_of(JsonReader::new(b"nul").read_str()),
            JsonErrorKind::Syntax("expected a value")
        );
        assert_eq!(
            kind_of(JsonReader::new(b"<html>").begin_object()),
            JsonErrorKind::Syntax("expected a value")
        );
        assert_eq!(
            kind_of(JsonReader::new(b"  ").begin_object()),
            JsonErrorKind::UnexpectedEnd
        );
    }
}
