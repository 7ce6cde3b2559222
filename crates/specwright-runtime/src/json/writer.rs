//! The writer: compact JSON into a buffer of its own.

use std::fmt::Debug;
use std::io::Write;

use indexmap::IndexMap;

use super::error::EncodeError;
use super::location::path_at;
use super::scan::next_special;
use super::to_json::ToJson;

/// Writes one JSON value without white space.
///
/// Commas are the writer's business: [`field`](Self::field), [`key`](Self::key) and
/// [`element`](Self::element) put them where they are due.
///
/// ```
/// use specwright_runtime::JsonWriter;
///
/// let mut json = JsonWriter::new();
/// json.begin_object();
/// json.field("name", "Ada");
/// json.optional("phone", &None::<String>);
/// json.key("tags");
/// json.begin_array();
/// json.element(&1);
/// json.element(&2);
/// json.end_array();
/// json.end_object();
/// assert_eq!(json.finish()?, br#"{"name":"Ada","tags":[1,2]}"#);
/// # Ok::<(), specwright_runtime::EncodeError>(())
/// ```
#[derive(Debug, Default)]
pub struct JsonWriter {
    out: Vec<u8>,
    /// Where the first number stands that JSON cannot express.
    not_finite: Option<usize>,
}

impl JsonWriter {
    /// A writer with nothing written.
    pub fn new() -> Self {
        Self::default()
    }

    /// The text written.
    ///
    /// # Errors
    /// A number was not finite: JSON has no text for it, and `null` would be a silent loss.
    pub fn finish(self) -> Result<Vec<u8>, EncodeError> {
        match self.not_finite {
            None => Ok(self.out),
            Some(offset) => Err(EncodeError::new(
                path_at(&self.out, offset),
                "the number is not finite",
            )),
        }
    }

    /// Writes one value.
    pub fn value<T: ToJson + ?Sized>(&mut self, value: &T) {
        value.to_json(self);
    }

    /// Opens an object.
    pub fn begin_object(&mut self) {
        self.out.push(b'{');
    }

    /// Closes an object.
    pub fn end_object(&mut self) {
        self.out.push(b'}');
    }

    /// Writes a key; exactly one value must follow.
    pub fn key(&mut self, name: &str) {
        self.separate();
        self.string(name);
        self.out.push(b':');
    }

    /// Writes a field.
    pub fn field<T: ToJson + ?Sized>(&mut self, name: &str, value: &T) {
        self.key(name);
        value.to_json(self);
    }

    /// Writes a field unless it is `None`.
    pub fn optional<T: ToJson>(&mut self, name: &str, value: &Option<T>) {
        if let Some(value) = value {
            self.field(name, value);
        }
    }

    /// Writes each entry of a map as a field.
    pub fn fields<T: ToJson>(&mut self, map: &IndexMap<String, T>) {
        for (name, value) in map {
            self.field(name, value);
        }
    }

    /// Opens an array.
    pub fn begin_array(&mut self) {
        self.out.push(b'[');
    }

    /// Closes an array.
    pub fn end_array(&mut self) {
        self.out.push(b']');
    }

    /// Writes an element of an array.
    pub fn element<T: ToJson + ?Sized>(&mut self, value: &T) {
        self.separate();
        value.to_json(self);
    }

    /// Writes `null`.
    pub fn null(&mut self) {
        self.out.extend_from_slice(b"null");
    }

    /// Writes `true` or `false`.
    pub fn boolean(&mut self, value: bool) {
        self.out
            .extend_from_slice(if value { b"true" } else { b"false" });
    }

    /// Writes a string, escaping what RFC 8259, section 7 demands and nothing else.
    pub fn string(&mut self, text: &str) {
        let bytes = text.as_bytes();
        self.out.push(b'"');
        let mut plain = 0;
        loop {
            let special = next_special(bytes, plain);
            self.out
                .extend_from_slice(bytes.get(plain..special).unwrap_or_default());
            let Some(&byte) = bytes.get(special) else {
                break;
            };
            self.escape(byte);
            plain = special + 1;
        }
        self.out.push(b'"');
    }

    /// Writes what is JSON already, or a part of it.
    pub(super) fn verbatim(&mut self, json: &str) {
        self.out.extend_from_slice(json.as_bytes());
    }

    /// The number of bytes written.
    pub(super) fn len(&self) -> usize {
        self.out.len()
    }

    /// What was written from `start` on.
    pub(super) fn written_since(&self, start: usize) -> &[u8] {
        self.out.get(start..).unwrap_or_default()
    }

    /// Inserts what `other` has written at `place`.
    pub(super) fn insert_at(&mut self, place: usize, other: &Self) {
        let place = place.min(self.out.len());
        self.out.splice(place..place, other.out.iter().copied());
        if let Some(offset) = &mut self.not_finite
            && *offset >= place
        {
            *offset += other.out.len();
        }
    }

    pub(super) fn integer(&mut self, value: impl itoa::Integer) {
        self.out
            .extend_from_slice(itoa::Buffer::new().format(value).as_bytes());
    }

    /// Writes a number of `serde_json`'s, whose text is JSON.
    pub(super) fn number(&mut self, value: &serde_json::Number) {
        // Writing to a vector cannot fail.
        let _ = write!(self.out, "{value}");
    }

    /// Writes a finite float: `Debug` gives the shortest text that reads back as the same number,
    /// in JSON syntax.
    pub(super) fn float(&mut self, value: impl Debug, finite: bool) {
        if finite {
            // Writing to a vector cannot fail.
            let _ = write!(self.out, "{value:?}");
        } else {
            self.not_finite.get_or_insert(self.out.len());
            self.null();
        }
    }

    /// Writes the comma that is due before a key or an element. What was written last tells: a
    /// string ends with its quote, so an opening bracket or a colon at the end is structure.
    fn separate(&mut self) {
        if !matches!(self.out.last(), None | Some(b'{' | b'[' | b':')) {
            self.out.push(b',');
        }
    }

    fn escape(&mut self, byte: u8) {
        let short = match byte {
            b'"' => b'"',
            b'\\' => b'\\',
            b'\n' => b'n',
            b'\r' => b'r',
            b'\t' => b't',
            0x08 => b'b',
            0x0c => b'f',
            _ => {
                let _ = write!(self.out, "\\u{byte:04x}");
                return;
            }
        };
        self.out.extend_from_slice(&[b'\\', short]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_that_is_not_finite_is_an_error_with_its_path() {
        let mut json = JsonWriter::new();
        json.begin_object();
        json.field("prices", &vec![1.0, f64::NAN, f64::INFINITY]);
        json.end_object();
        let error = json.finish().unwrap_err();
        assert_eq!(error.path(), "$.prices[1]");
        assert_eq!(error.to_string(), "$.prices[1]: the number is not finite");
    }

    #[test]
    fn commas_come_right_after_values_that_look_like_structure() {
        let mut json = JsonWriter::new();
        json.begin_array();
        json.element("[");
        json.element("{:");
        json.begin_object_element();
        json.end_object();
        json.end_array();
        assert_eq!(json.finish().unwrap(), br#"["[","{:",{}]"#);
    }

    impl JsonWriter {
        fn begin_object_element(&mut self) {
            self.separate();
            self.begin_object();
        }
    }

    #[test]
    fn every_control_character_is_escaped_so_that_serde_json_reads_it() {
        let text: String = (0..0x30_u8).map(char::from).collect();
        let mut json = JsonWriter::new();
        json.string(&text);
        assert_eq!(
            serde_json::from_slice::<String>(&json.finish().unwrap()).unwrap(),
            text
        );
    }
}
