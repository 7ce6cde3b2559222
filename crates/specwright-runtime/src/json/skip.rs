//! Skipping a value: checked as strictly as reading it, without allocation or recursion.

use super::error::{JsonError, JsonErrorKind};
use super::reader::JsonReader;

/// The open arrays and objects of a skipped value: one bit each, set for objects. 128 bits hold the
/// deepest nesting.
#[derive(Default)]
struct Nesting {
    objects: u128,
    depth: usize,
}

impl Nesting {
    fn push(&mut self, object: bool) {
        self.objects = self.objects << 1 | u128::from(object);
        self.depth += 1;
    }

    fn pop(&mut self) {
        self.objects >>= 1;
        self.depth = self.depth.saturating_sub(1);
    }

    fn in_object(&self) -> bool {
        self.objects & 1 == 1
    }
}

impl JsonReader<'_> {
    /// Skips one value of any kind.
    ///
    /// # Errors
    /// The text is not JSON, or is nested too deep.
    pub fn skip(&mut self) -> Result<(), JsonError> {
        let mut nesting = Nesting::default();
        loop {
            let opened = self.skip_opening_or_scalar(&mut nesting)?;
            if opened {
                continue;
            }
            loop {
                if nesting.depth == 0 {
                    return Ok(());
                }
                if self.skip_separator(&mut nesting)? {
                    break;
                }
            }
        }
    }

    /// Skips a scalar, an empty container, or the opening of another container up to its first
    /// value; true for the last.
    fn skip_opening_or_scalar(&mut self, nesting: &mut Nesting) -> Result<bool, JsonError> {
        match self.peek()? {
            open @ (b'{' | b'[') => {
                if self.depth + nesting.depth >= Self::MAX_DEPTH {
                    return Err(JsonError::new(JsonErrorKind::TooDeep, self.at));
                }
                self.at += 1;
                let object = open == b'{';
                if self.peek()? == if object { b'}' } else { b']' } {
                    self.at += 1;
                    return Ok(false);
                }
                nesting.push(object);
                if object {
                    self.skip_key()?;
                }
                Ok(true)
            }
            b'"' => self.skip_string().map(|()| false),
            b'-' | b'0'..=b'9' => self.number("a value").map(|_| false),
            b't' if self.take_word(b"true") => Ok(false),
            b'f' if self.take_word(b"false") => Ok(false),
            b'n' if self.take_word(b"null") => Ok(false),
            _ => Err(self.syntax("expected a value")),
        }
    }

    /// After a value: skips a closing bracket, or a comma up to the next value; true for the last.
    fn skip_separator(&mut self, nesting: &mut Nesting) -> Result<bool, JsonError> {
        let object = nesting.in_object();
        match self.peek()? {
            b',' => {
                self.at += 1;
                if object {
                    self.skip_key()?;
                } else if self.peek()? == b']' {
                    return Err(self.syntax("expected a value after `,`"));
                }
                Ok(true)
            }
            close if close == if object { b'}' } else { b']' } => {
                self.at += 1;
                nesting.pop();
                Ok(false)
            }
            _ if object => Err(self.syntax("expected `,` or `}`")),
            _ => Err(self.syntax("expected `,` or `]`")),
        }
    }

    fn skip_key(&mut self) -> Result<(), JsonError> {
        if self.peek()? != b'"' {
            return Err(self.syntax("expected a key in double quotes"));
        }
        self.skip_string()?;
        self.colon()
    }
}

#[cfg(test)]
mod tests {
    use super::super::error::JsonErrorKind;
    use super::super::reader::JsonReader;

    #[test]
    fn a_skipped_value_leaves_the_reader_behind_it() {
        for value in [
            "1",
            "-1.5e3",
            "true",
            "null",
            "\"a\\\"b\"",
            "[]",
            "{ }",
            "[1, [2, {\"a\": [null]}], {}]",
            "{\"a\": {\"b\": []}, \"c\": 1}",
        ] {
            let text = format!("[{value} , 7]");
            let mut json = JsonReader::new(text.as_bytes());
            json.begin_array().unwrap();
            assert!(json.next_element().unwrap());
            json.skip().unwrap();
            assert!(json.next_element().unwrap(), "{value}");
            assert_eq!(json.read::<i64>().unwrap(), 7, "{value}");
        }
    }

    #[test]
    fn brackets_must_match() {
        for text in [
            "[}",
            "{]",
            "[1}",
            "{\"a\": 1]",
            "[1,]",
            "{\"a\": 1,}",
            "[,1]",
            "{\"a\"}",
            "{1: 2}",
            "[1 2]",
            "[",
            "{",
            "[[]",
            "tru",
        ] {
            assert!(JsonReader::new(text.as_bytes()).skip().is_err(), "{text}");
        }
    }

    #[test]
    fn the_nesting_limit_counts_what_is_open_already() {
        let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        JsonReader::new(nested(128).as_bytes()).skip().unwrap();
        let text = nested(129);
        let error = JsonReader::new(text.as_bytes()).skip().unwrap_err();
        assert_eq!(error.kind(), &JsonErrorKind::TooDeep);
        let mut json = JsonReader::new(text.as_bytes());
        json.begin_array().unwrap();
        assert!(json.next_element().unwrap());
        assert_eq!(json.skip().unwrap_err().kind(), &JsonErrorKind::TooDeep);
    }
}
