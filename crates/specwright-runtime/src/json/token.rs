//! The reader's smallest steps: white space, single bytes, words, and the errors about them.

use super::error::{JsonError, JsonErrorKind};
use super::reader::JsonReader;

impl<'a> JsonReader<'a> {
    /// Consumes the colon after a key.
    pub(super) fn colon(&mut self) -> Result<(), JsonError> {
        if self.peek()? != b':' {
            return Err(self.syntax("expected `:` after the key"));
        }
        self.at += 1;
        Ok(())
    }

    /// Consumes `word` if it is next.
    pub(super) fn take_word(&mut self, word: &[u8]) -> bool {
        let found = self.rest().starts_with(word);
        if found {
            self.at += word.len();
        }
        found
    }

    /// Skips white space and returns the byte that follows, unread; its place becomes the current
    /// token's.
    pub(super) fn peek(&mut self) -> Result<u8, JsonError> {
        self.skip_whitespace();
        self.token = self.at;
        self.byte().ok_or_else(|| self.end())
    }

    /// The next byte, unread.
    pub(super) fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    pub(super) fn rest(&self) -> &'a [u8] {
        self.text.as_bytes().get(self.at..).unwrap_or_default()
    }

    pub(super) fn skip_whitespace(&mut self) {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.byte() {
            self.at += 1;
        }
    }

    #[cold]
    pub(super) fn syntax(&self, message: &'static str) -> JsonError {
        JsonError::new(JsonErrorKind::Syntax(message), self.at)
    }

    /// The error at the end of the valid text.
    #[cold]
    pub(super) fn end(&self) -> JsonError {
        let kind = if self.broken {
            JsonErrorKind::InvalidUtf8
        } else {
            JsonErrorKind::UnexpectedEnd
        };
        JsonError::new(kind, self.text.len())
    }

    /// The error for a value of another kind than wanted, or for no value at all.
    #[cold]
    pub(super) fn mismatch(&mut self, expected: &'static str) -> JsonError {
        let kind = match self.peek_kind() {
            Ok(found) => found,
            Err(error) => return error,
        };
        let word: Option<&[u8]> = match self.byte() {
            Some(b't') => Some(b"true"),
            Some(b'f') => Some(b"false"),
            Some(b'n') => Some(b"null"),
            _ => None,
        };
        match word {
            Some(word) if !self.rest().starts_with(word) => self.syntax("expected a value"),
            _ => JsonError::new(
                JsonErrorKind::Mismatch {
                    expected,
                    found: kind,
                },
                self.at,
            ),
        }
    }
}
