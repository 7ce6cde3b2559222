//! Splitting a stream into JSON texts, chunk by chunk: one on each line (JSON Lines), or each behind
//! a record separator (RFC 7464).

use std::collections::VecDeque;

/// The record separator of RFC 7464, section 2.2.
const SEPARATOR: u8 = 0x1e;

/// Takes bytes, cut anywhere, and gives JSON texts. A text ends with its line; once a record
/// separator was seen, with the line that completes it, because there texts may span lines.
#[derive(Debug, Default)]
pub(super) struct Records {
    text: Vec<u8>,
    is_sequence: bool,
    /// Open brackets of the text that is arriving.
    depth: usize,
    in_string: bool,
    escaped: bool,
    complete: VecDeque<Vec<u8>>,
}

impl Records {
    /// Takes a chunk.
    pub(super) fn push(&mut self, chunk: &[u8]) {
        for &byte in chunk {
            match byte {
                SEPARATOR => {
                    self.is_sequence = true;
                    self.finish();
                }
                b'\n' if !self.is_sequence || (self.depth == 0 && !self.in_string) => self.finish(),
                byte => {
                    self.text.push(byte);
                    self.follow(byte);
                }
            }
        }
    }

    /// Ends the last text, which need not have a line break behind it.
    pub(super) fn finish(&mut self) {
        let text = std::mem::take(&mut self.text);
        (self.depth, self.in_string, self.escaped) = (0, false, false);
        let is_first = text.starts_with("\u{feff}".as_bytes());
        let blank = if is_first {
            text.get(3..)
        } else {
            Some(&*text)
        };
        if blank.is_some_and(|text| !text.trim_ascii().is_empty()) {
            self.complete.push_back(text);
        }
    }

    /// The next text that is complete.
    pub(super) fn pop(&mut self) -> Option<Vec<u8>> {
        self.complete.pop_front()
    }

    /// The size of what is held of a text that is not complete.
    pub(super) fn held(&self) -> usize {
        self.text.len()
    }

    fn follow(&mut self, byte: u8) {
        match byte {
            _ if self.escaped => self.escaped = false,
            b'\\' if self.in_string => self.escaped = true,
            b'"' => self.in_string = !self.in_string,
            b'{' | b'[' if !self.in_string => self.depth += 1,
            b'}' | b']' if !self.in_string => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn records(text: &str) -> Vec<String> {
        let mut whole = None;
        for cut in 0..=text.len() {
            let mut records = Records::default();
            records.push(&text.as_bytes()[..cut]);
            records.push(&text.as_bytes()[cut..]);
            records.finish();
            let found: Vec<_> = std::iter::from_fn(|| records.pop())
                .map(|text| String::from_utf8(text).unwrap())
                .collect();
            assert_eq!(
                *whole.get_or_insert_with(|| found.clone()),
                found,
                "cut at {cut}"
            );
        }
        whole.unwrap()
    }

    #[test]
    fn a_line_is_a_text() {
        assert_eq!(
            records("{\"a\":1}\n[2]\r\n\n 3"),
            ["{\"a\":1}", "[2]\r", " 3"]
        );
        assert_eq!(records("{\"a\":\n1}"), ["{\"a\":", "1}"]);
        assert_eq!(records("\n \r\n"), [""; 0]);
    }

    #[test]
    fn a_sequence_has_separators_and_texts_over_several_lines() {
        assert_eq!(
            records("\u{1e}{\"a\":\n\"}\\\"[\"}\n\u{1e}1\n\u{1e}\u{1e}[\n]"),
            ["{\"a\":\n\"}\\\"[\"}", "1", "[\n]"]
        );
        // A text cut short ends with the next separator (RFC 7464, section 2.3).
        assert_eq!(records("\u{1e}{\"a\n\u{1e}2\n"), ["{\"a\n", "2"]);
    }

    #[test]
    fn a_text_of_a_sequence_is_there_as_soon_as_its_line_ends() {
        let mut records = Records::default();
        records.push(b"\x1e{\"a\":1}\n");
        assert_eq!(records.pop().unwrap(), b"{\"a\":1}");
        assert_eq!(records.held(), 0);
        records.push(b"\x1e[1,");
        assert_eq!((records.pop(), records.held()), (None, 3));
    }
}
