//! `Value`: JSON that no model describes.

use serde_json::{Number, Value};

use super::error::JsonError;
use super::from_json::FromJson;
use super::reader::JsonReader;
use super::to_json::ToJson;
use super::writer::JsonWriter;

impl FromJson for Value {
    fn from_json(json: &mut JsonReader<'_>) -> Result<Self, JsonError> {
        Ok(match json.peek()? {
            b'{' => {
                let mut object = serde_json::Map::new();
                json.begin_object()?;
                while let Some(key) = json.next_key()? {
                    object.insert(key.into_owned(), json.read()?);
                }
                Self::Object(object)
            }
            b'[' => Self::Array(json.read()?),
            b'"' => Self::String(json.read()?),
            b't' | b'f' => Self::Bool(json.read()?),
            b'n' => {
                json.read::<()>()?;
                Self::Null
            }
            _ => Self::Number(number(json)?),
        })
    }
}

/// A 64-bit integer where the number is written as one and fits, else the nearest float.
fn number(json: &mut JsonReader<'_>) -> Result<Number, JsonError> {
    let number = json.number("a value")?;
    if number.integer_syntax {
        let exact = match (number.negative, number.plain) {
            (false, Some(magnitude)) => Some(Number::from(magnitude)),
            // Minus zero is a float: no integer has it.
            (true, Some(magnitude)) if magnitude > 0 => {
                0_i64.checked_sub_unsigned(magnitude).map(Number::from)
            }
            _ => None,
        };
        if let Some(exact) = exact {
            return Ok(exact);
        }
    }
    let float = number.text.parse().ok().and_then(Number::from_f64);
    float.ok_or_else(|| json.out_of_range("f64"))
}

impl ToJson for Value {
    fn to_json(&self, json: &mut JsonWriter) {
        match self {
            Self::Null => json.null(),
            Self::Bool(value) => json.boolean(*value),
            Self::Number(number) => json.number(number),
            Self::String(text) => json.string(text),
            Self::Array(elements) => elements.to_json(json),
            Self::Object(object) => {
                json.begin_object();
                for (name, value) in object {
                    json.field(name, value);
                }
                json.end_object();
            }
        }
    }
}
