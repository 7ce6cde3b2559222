//! JSON as parameters and forms see it: scalars by their text, numbers exactly as written.

use super::error::{EncodeError, JsonError, JsonErrorKind};
use super::from_json::FromJson;
use super::reader::JsonReader;
use super::to_json::ToJson;
use super::writer::JsonWriter;

/// A value, structure and texts.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Tree {
    Null,
    /// A number or a boolean, as JSON writes it.
    Word(String),
    Text(String),
    Array(Vec<Tree>),
    Object(Vec<(String, Tree)>),
}

impl Tree {
    /// What `value` writes.
    pub(crate) fn of(value: &dyn ToJson) -> Result<Self, EncodeError> {
        let mut json = JsonWriter::new();
        value.to_json(&mut json);
        let text = json.finish()?;
        JsonReader::new(&text).read().map_err(|error: JsonError| {
            let message = match error.kind() {
                JsonErrorKind::TooDeep => "the value is nested too deep",
                // What the writer writes, the reader reads.
                _ => "the value's `ToJson` writes no JSON",
            };
            EncodeError::new("$".to_owned(), message)
        })
    }

    /// The value as compact JSON.
    pub(crate) fn json(&self) -> String {
        let mut json = JsonWriter::new();
        self.to_json(&mut json);
        // No floats are written here, so nothing can be refused.
        let text = json.finish().unwrap_or_default();
        String::from_utf8(text).unwrap_or_default()
    }

    /// A scalar's text, or anything else as JSON; `None` for null.
    pub(crate) fn text(&self) -> Option<String> {
        match self {
            Self::Null => None,
            Self::Word(text) | Self::Text(text) => Some(text.clone()),
            Self::Array(_) | Self::Object(_) => Some(self.json()),
        }
    }
}

impl FromJson for Tree {
    fn from_json(json: &mut JsonReader<'_>) -> Result<Self, JsonError> {
        Ok(match json.peek()? {
            b'{' => {
                let mut members = Vec::new();
                json.begin_object()?;
                while let Some(key) = json.next_key()? {
                    members.push((key.into_owned(), json.read()?));
                }
                Self::Object(members)
            }
            b'[' => Self::Array(json.read()?),
            b'"' => Self::Text(json.read()?),
            b't' | b'f' => Self::Word(json.read_bool()?.to_string()),
            b'n' => {
                json.read::<()>()?;
                Self::Null
            }
            _ => Self::Word(json.number("a value")?.text.to_owned()),
        })
    }
}

impl ToJson for Tree {
    fn to_json(&self, json: &mut JsonWriter) {
        match self {
            Self::Null => json.null(),
            Self::Word(word) => json.verbatim(word),
            Self::Text(text) => json.string(text),
            Self::Array(elements) => elements.to_json(json),
            Self::Object(members) => {
                json.begin_object();
                for (name, value) in members {
                    json.field(name, value);
                }
                json.end_object();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::Decimal;

    #[test]
    fn a_tree_is_written_as_it_was_read() {
        let number: Decimal = "123456789012345678901234567890.50".parse().unwrap();
        let tree = Tree::of(&(number, "a\"b", None::<i32>, vec![true], ())).unwrap();
        assert_eq!(
            tree.json(),
            r#"[123456789012345678901234567890.50,"a\"b",null,[true],null]"#
        );
    }

    #[test]
    fn scalars_have_their_own_text() {
        let text = |value: &dyn ToJson| Tree::of(value).unwrap().text();
        assert_eq!(text(&"a b").as_deref(), Some("a b"));
        assert_eq!(text(&1.5).as_deref(), Some("1.5"));
        assert_eq!(text(&false).as_deref(), Some("false"));
        assert_eq!(text(&()), None);
        assert_eq!(text(&vec!["a"]).as_deref(), Some("[\"a\"]"));
        assert!(Tree::of(&f64::NAN).is_err());
    }

    #[test]
    fn nesting_has_its_bound() {
        let nested = |depth| {
            let text = format!("{}{}", "[".repeat(depth), "]".repeat(depth));
            JsonReader::new(text.as_bytes())
                .read::<Tree>()
                .map(|tree| Tree::Array(vec![tree]))
        };
        assert!(Tree::of(&nested(127).unwrap()).is_ok());
        assert_eq!(
            Tree::of(&nested(128).unwrap()).unwrap_err().to_string(),
            "$: the value is nested too deep"
        );
    }
}
