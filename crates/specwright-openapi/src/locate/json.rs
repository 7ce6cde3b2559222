//! Places in JSON: one pass over the bytes, no tree.

use std::ops::Range;

use specwright_diagnostics::Pointer;

use super::{Place, Places};

/// Fills in the places of the wanted pointers; ends quietly where the text is no JSON.
pub(super) fn scan(text: &str, wanted: &mut Places) {
    let mut scanner = Scanner {
        text,
        bytes: text.as_bytes(),
        at: 0,
        pointer: Pointer::root(),
        wanted,
    };
    let _end = scanner.run();
}

struct Scanner<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    pointer: Pointer,
    wanted: &'a mut Places,
}

/// An open container: an object, or an array with the index of its next element.
enum Open {
    Object,
    Array(usize),
}

impl Scanner<'_> {
    fn run(&mut self) -> Option<()> {
        let mut open: Vec<Open> = Vec::new();
        self.value(None, &mut open)?;
        while let Some(container) = open.last_mut() {
            let closed = match self.peek()? {
                b',' => {
                    self.at += 1;
                    continue;
                }
                b']' | b'}' => true,
                _ => false,
            };
            if closed {
                self.at += 1;
                open.pop();
                if !open.is_empty() {
                    self.pointer.pop();
                }
                continue;
            }
            let key = match container {
                Open::Array(next) => {
                    self.pointer.push(&next.to_string());
                    *next += 1;
                    None
                }
                Open::Object => {
                    let key = self.string()?;
                    let name: String = serde_json::from_str(self.text.get(key.clone())?).ok()?;
                    self.pointer.push(&name);
                    (self.peek()? == b':').then_some(())?;
                    self.at += 1;
                    Some(key)
                }
            };
            let before = open.len();
            self.value(key, &mut open)?;
            if open.len() == before {
                self.pointer.pop();
            }
        }
        Some(())
    }

    /// Notes the value that begins here and steps over it, or into it if it is a container.
    fn value(&mut self, key: Option<Range<usize>>, open: &mut Vec<Open>) -> Option<()> {
        let first = self.peek()?;
        let start = self.at;
        match first {
            b'{' => open.push(Open::Object),
            b'[' => open.push(Open::Array(0)),
            _ => {}
        }
        let container = matches!(first, b'{' | b'[');
        match first {
            b'{' | b'[' => self.at += 1,
            b'"' => {
                self.string()?;
            }
            _ => self.literal(),
        }
        if let Some(place) = self.wanted.get_mut(&self.pointer) {
            let value = start..self.at;
            *place = Place {
                key,
                value,
                container,
            };
        }
        (self.at > start).then_some(())
    }

    fn literal(&mut self) {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let length = rest.iter().position(|byte| {
            matches!(byte, b',' | b']' | b'}' | b':') || byte.is_ascii_whitespace()
        });
        self.at += length.unwrap_or(rest.len());
    }

    /// Steps over a string and gives its range with the quotes.
    fn string(&mut self) -> Option<Range<usize>> {
        (self.peek()? == b'"').then_some(())?;
        let start = self.at;
        self.at += 1;
        loop {
            match self.bytes.get(self.at)? {
                b'"' => break,
                b'\\' => self.at += 2,
                _ => self.at += 1,
            }
        }
        self.at += 1;
        Some(start..self.at)
    }

    /// The next byte that is not white space.
    fn peek(&mut self) -> Option<u8> {
        loop {
            let byte = *self.bytes.get(self.at)?;
            if !byte.is_ascii_whitespace() {
                return Some(byte);
            }
            self.at += 1;
        }
    }
}
