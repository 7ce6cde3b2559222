//! The cursors that the mock gives out.
//!
//! A cursor holds a place in the list and a direction, no filter and no page size: a client that does not resend those
//! leaves its list. Vendors do the same.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

/// The first characters of a cursor's content.
const MARK: &str = "position:";

/// A place between two items of a list and what is asked from there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Cursor {
    /// How many items lie before the place.
    pub(crate) at: usize,
    /// Whether the items before the place are asked for, not those after it.
    pub(crate) backward: bool,
    /// Whether an empty page has been served at the place.
    pub(crate) after_empty: bool,
}

impl Cursor {
    /// Leads to the items after the first `at` ones.
    pub(crate) fn forward(at: usize) -> Self {
        Self {
            at,
            backward: false,
            after_empty: false,
        }
    }

    /// Leads to the items before item `at`.
    pub(crate) fn backward(at: usize) -> Self {
        Self {
            at,
            backward: true,
            after_empty: false,
        }
    }

    /// The cursor as clients see it.
    pub(crate) fn encode(self) -> String {
        let direction = if self.backward { "back" } else { "on" };
        let content = format!(
            "{MARK}{}:{direction}:{}",
            self.at,
            u8::from(self.after_empty)
        );
        URL_SAFE_NO_PAD.encode(content)
    }

    /// `None` if the text is none that [`Cursor::encode`] gives.
    pub(crate) fn decode(text: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        let content = std::str::from_utf8(&bytes).ok()?.strip_prefix(MARK)?;
        let mut parts = content.split(':');
        let (at, direction, empty) = (parts.next()?, parts.next()?, parts.next()?);
        let cursor = Self {
            at: at.parse().ok()?,
            backward: direction == "back",
            after_empty: empty == "1",
        };
        (cursor.encode() == text).then_some(cursor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cursor_survives() {
        for at in [0, 1, 25, usize::MAX] {
            for cursor in [
                Cursor::forward(at),
                Cursor::backward(at),
                Cursor {
                    after_empty: true,
                    ..Cursor::forward(at)
                },
            ] {
                let text = cursor.encode();
                assert_eq!(Cursor::decode(&text), Some(cursor));
                assert!(
                    text.bytes()
                        .all(|it| it.is_ascii_alphanumeric() || it == b'-' || it == b'_'),
                    "{text}"
                );
            }
        }
    }

    #[test]
    fn other_texts_are_no_cursors() {
        let good = Cursor::forward(20).encode();
        let shortened = &good[1..];
        let padded = format!("{good}=");
        let other = URL_SAFE_NO_PAD.encode("position:020:on:0");
        for text in ["", "?", "20", shortened, &padded, &other, "\u{fffd}"] {
            assert_eq!(Cursor::decode(text), None, "{text}");
        }
    }
}
