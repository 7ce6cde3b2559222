//! Strings: borrowed when plain, unescaped when not (RFC 8259, section 7).

use std::borrow::Cow;

use super::error::JsonError;
use super::reader::JsonReader;
use super::scan::next_special;

impl<'a> JsonReader<'a> {
    /// Reads the string whose opening quote is next.
    pub(super) fn string_body(&mut self) -> Result<Cow<'a, str>, JsonError> {
        self.at += 1;
        let start = self.at;
        let end = next_special(self.text.as_bytes(), start);
        self.at = end;
        match self.byte() {
            Some(b'"') => {
                self.at += 1;
                Ok(Cow::Borrowed(self.text.get(start..end).unwrap_or_default()))
            }
            Some(b'\\') => self.unescape(start).map(Cow::Owned),
            Some(_) => Err(self.syntax("unescaped control character in a string")),
            None => Err(self.end()),
        }
    }

    /// Reads the rest of a string that begins at `start` and has its first backslash here.
    fn unescape(&mut self, start: usize) -> Result<String, JsonError> {
        let mut out = String::from(self.text.get(start..self.at).unwrap_or_default());
        loop {
            match self.byte() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(out);
                }
                Some(b'\\') => out.push(self.escape()?),
                Some(_) => return Err(self.syntax("unescaped control character in a string")),
                None => return Err(self.end()),
            }
            let plain = self.at;
            self.at = next_special(self.text.as_bytes(), plain);
            out.push_str(self.text.get(plain..self.at).unwrap_or_default());
        }
    }

    /// Reads one escape sequence, whose backslash is next.
    fn escape(&mut self) -> Result<char, JsonError> {
        let start = self.at;
        let Some(unit) = self.escape_unit()? else {
            return self.simple_escape();
        };
        let code = match unit {
            0xd800..=0xdbff => match self.low_surrogate()? {
                Some(low) => {
                    0x10000 + ((u32::from(unit) - 0xd800) << 10) + (u32::from(low) - 0xdc00)
                }
                None => return Err(self.lone_surrogate(start)),
            },
            0xdc00..=0xdfff => return Err(self.lone_surrogate(start)),
            other => u32::from(other),
        };
        char::from_u32(code).ok_or_else(|| self.lone_surrogate(start))
    }

    /// Reads `\n` and its like, whose backslash is next.
    fn simple_escape(&mut self) -> Result<char, JsonError> {
        self.at += 1;
        let char = match self.byte() {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(_) => return Err(self.syntax("invalid escape in a string")),
            None => return Err(self.end()),
        };
        self.at += 1;
        Ok(char)
    }

    /// Reads `\uXXXX` if that is next and returns its UTF-16 code unit.
    fn escape_unit(&mut self) -> Result<Option<u16>, JsonError> {
        if !self.take_word(b"\\u") {
            return Ok(None);
        }
        let mut unit = 0;
        for _ in 0..4 {
            let Some(byte) = self.byte() else {
                return Err(self.end());
            };
            let Some(digit) = char::from(byte).to_digit(16) else {
                return Err(self.syntax("expected four hexadecimal digits after `\\u`"));
            };
            unit = unit * 16 + digit;
            self.at += 1;
        }
        Ok(u16::try_from(unit).ok())
    }

    fn low_surrogate(&mut self) -> Result<Option<u16>, JsonError> {
        Ok(self
            .escape_unit()?
            .filter(|unit| (0xdc00..=0xdfff).contains(unit)))
    }

    #[cold]
    fn lone_surrogate(&mut self, start: usize) -> JsonError {
        self.at = start;
        self.syntax("lone surrogate in a string")
    }

    /// Skips the string whose opening quote is next. Escapes are checked for their form, not for
    /// paired surrogates: what nobody reads need not be text.
    pub(super) fn skip_string(&mut self) -> Result<(), JsonError> {
        self.at += 1;
        loop {
            self.at = next_special(self.text.as_bytes(), self.at);
            match self.byte() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(());
                }
                Some(b'\\') => {
                    if self.escape_unit()?.is_none() {
                        self.simple_escape()?;
                    }
                }
                Some(_) => return Err(self.syntax("unescaped control character in a string")),
                None => return Err(self.end()),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::error::JsonErrorKind;
    use super::super::reader::JsonReader;

    #[test]
    fn escapes_are_read_as_their_characters() {
        let text = br#""\"\\\/\b\f\n\r\t\u00e9\uD83D\uDE00 tail""#;
        assert_eq!(
            JsonReader::new(text).read_str().unwrap(),
            "\"\\/\u{8}\u{c}\n\r\té😀 tail"
        );
    }

    #[test]
    fn broken_strings_are_refused_where_they_break() {
        for (text, offset, message) in [
            (&b"\"a\\x\""[..], 3, "invalid escape in a string"),
            (
                b"\"\\u12g4\"",
                5,
                "expected four hexadecimal digits after `\\u`",
            ),
            (b"\"a\nb\"", 2, "unescaped control character in a string"),
            (b"\"\\ta\nb\"", 4, "unescaped control character in a string"),
            (b"\"\\uD800\"", 1, "lone surrogate in a string"),
            (b"\"\\uD800\\n\"", 1, "lone surrogate in a string"),
            (b"\"\\uD800\\u0041\"", 1, "lone surrogate in a string"),
            (b"\"\\uDC00\"", 1, "lone surrogate in a string"),
        ] {
            let error = JsonReader::new(text).read_str().unwrap_err();
            assert_eq!(
                (error.offset(), error.kind().to_string()),
                (offset, message.to_owned())
            );
        }
        for text in [&b"\""[..], b"\"abc", b"\"abc\\", b"\"\\u12", b"\"\\"] {
            assert_eq!(
                JsonReader::new(text).read_str().unwrap_err().kind(),
                &JsonErrorKind::UnexpectedEnd
            );
        }
    }

    #[test]
    fn a_skipped_string_may_hold_lone_surrogates_but_no_broken_escapes() {
        let mut json = JsonReader::new(br#""\uD800 \" \\""#);
        json.skip().unwrap();
        json.finish().unwrap();
        assert!(JsonReader::new(br#""\uD80""#).skip().is_err());
        assert!(JsonReader::new(br#""\q""#).skip().is_err());
    }
}
