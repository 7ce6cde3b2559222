//! Positions in a list.

use std::fmt;

use crate::json::{FromJson, JsonError, JsonReader, JsonWriter, ToJson};

/// A place where a page begins: what [`Items::position`](super::Items::position) gives and
/// [`Items::start_at`](super::Items::start_at) takes.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Position {
    /// Where the server begins when no position is sent.
    #[default]
    Start,
    /// An opaque cursor or token, or the key of the item before the page.
    Cursor(String),
    /// The cursor of a page on the way back, or the key of the item behind the page, where the API
    /// has a place of its own for it.
    Before(String),
    /// A number of items to skip.
    Offset(u64),
    /// The number of a page.
    Page(u64),
    /// An absolute URL that the server gave.
    Url(String),
}

/// URLs are shown without their query: it may hold a credential.
impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Start => f.write_str("the start"),
            Self::Cursor(cursor) => write!(f, "cursor {cursor:?}"),
            Self::Before(cursor) => write!(f, "before cursor {cursor:?}"),
            Self::Offset(offset) => write!(f, "offset {offset}"),
            Self::Page(number) => write!(f, "page {number}"),
            Self::Url(url) => write!(f, "URL {}", url.split('?').next().unwrap_or_default()),
        }
    }
}

/// A position to be stored: `null` for the start, else an object such as
/// `{"cursor":"eyJpZCI6NX0"}`.
impl ToJson for Position {
    fn to_json(&self, json: &mut JsonWriter) {
        if *self == Self::Start {
            return json.null();
        }
        json.begin_object();
        match self {
            Self::Start => {}
            Self::Cursor(cursor) => json.field("cursor", cursor),
            Self::Before(cursor) => json.field("before", cursor),
            Self::Offset(offset) => json.field("offset", offset),
            Self::Page(number) => json.field("page", number),
            Self::Url(url) => json.field("url", url),
        }
        json.end_object();
    }
}

impl FromJson for Position {
    fn from_json(json: &mut JsonReader<'_>) -> Result<Self, JsonError> {
        if json.take_null()? {
            return Ok(Self::Start);
        }
        let mut position = None;
        json.begin_object()?;
        while let Some(key) = json.next_key()? {
            position = Some(match &*key {
                "cursor" => Self::Cursor(json.read()?),
                "before" => Self::Before(json.read()?),
                "offset" => Self::Offset(json.read()?),
                "page" => Self::Page(json.read()?),
                "url" => Self::Url(json.read()?),
                other => return Err(json.unknown_variant("Position", other)),
            });
        }
        json.required("cursor", position)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::{from_slice, to_vec};

    #[test]
    fn positions_can_be_stored() {
        for (position, text) in [
            (Position::Start, "null"),
            (Position::Cursor("a\"b".to_owned()), r#"{"cursor":"a\"b"}"#),
            (Position::Before("b".to_owned()), r#"{"before":"b"}"#),
            (
                Position::Offset(u64::MAX),
                r#"{"offset":18446744073709551615}"#,
            ),
            (Position::Page(0), r#"{"page":0}"#),
            (
                Position::Url("https://h/a?b=1".to_owned()),
                r#"{"url":"https://h/a?b=1"}"#,
            ),
        ] {
            assert_eq!(to_vec(&position).unwrap(), text.as_bytes());
            assert_eq!(from_slice::<Position>(text.as_bytes()).unwrap(), position);
        }
        assert!(from_slice::<Position>(b"{}").is_err());
        assert!(from_slice::<Position>(b"{\"line\":1}").is_err());
    }

    #[test]
    fn the_query_of_a_url_is_not_shown() {
        let position = Position::Url("https://h/a?key=s3cr3t".to_owned());
        assert_eq!(position.to_string(), "URL https://h/a");
    }
}
