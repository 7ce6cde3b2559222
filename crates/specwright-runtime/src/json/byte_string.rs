//! Bytes in JSON: base64 text (OpenAPI, `format: byte` and `contentEncoding: base64`).

use std::fmt;

use super::text::text_types;
use crate::base64;

text_types! {
    /// Bytes as base64 text (RFC 4648), kept in the server's own spelling.
    ///
    /// ```
    /// use specwright_runtime::Base64;
    ///
    /// let greeting = Base64::encode(b"hello");
    /// assert_eq!(greeting.as_str(), "aGVsbG8=");
    /// assert_eq!(greeting.decode()?, b"hello");
    /// # Ok::<(), specwright_runtime::Base64Error>(())
    /// ```
    Base64;
}

impl Base64 {
    /// The text of `bytes`, in the standard alphabet and padded.
    pub fn encode(bytes: &[u8]) -> Self {
        Self(base64::encode(bytes))
    }

    /// The bytes. Both alphabets are taken (RFC 4648, sections 4 and 5), with and without padding,
    /// and line breaks are passed over (RFC 2045, section 6.8).
    ///
    /// # Errors
    /// The text is no base64.
    pub fn decode(&self) -> Result<Vec<u8>, Base64Error> {
        base64::decode(&self.0).ok_or(Base64Error(()))
    }
}

/// A text that is no base64.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Base64Error(());

impl fmt::Display for Base64Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the text is no base64")
    }
}

impl std::error::Error for Base64Error {}
