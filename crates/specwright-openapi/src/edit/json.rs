//! The layout of JSON.

use std::ops::Range;

use super::layout::{Form, Key, Layout};

/// The layout of a text that was read as JSON.
pub(super) fn layout(text: &str) -> Option<Layout> {
    let mut scanner = Scanner {
        text,
        at: 0,
        layout: Layout::default(),
    };
    scanner.value(None)?;
    while let Some(open) = scanner.layout.current() {
        let is_object = scanner.text.as_bytes().get(open.value.start) == Some(&b'{');
        match scanner.peek()? {
            b',' => scanner.at += 1,
            b']' | b'}' => {
                scanner.at += 1;
                scanner.layout.close(Some(scanner.at));
            }
            _ => {
                let key = if is_object {
                    Some(scanner.key()?)
                } else {
                    None
                };
                scanner.value(key)?;
            }
        }
    }
    scanner.layout.is_whole().then_some(scanner.layout)
}

struct Scanner<'a> {
    text: &'a str,
    at: usize,
    layout: Layout,
}

impl Scanner<'_> {
    fn key(&mut self) -> Option<Key> {
        let range = self.string()?;
        let name = serde_json::from_str(self.text.get(range.clone())?).ok();
        (self.peek()? == b':').then(|| self.at += 1)?;
        Some(Key {
            name,
            range,
            bare: true,
        })
    }

    /// Adds the value that begins here and steps over it, or into it if it is a container.
    fn value(&mut self, key: Option<Key>) -> Option<()> {
        let first = self.peek()?;
        let start = self.at;
        match first {
            b'{' | b'[' => {
                self.at += 1;
                self.layout.add(key, start..self.at, Form::Flow, true);
                self.layout.open();
            }
            b'"' => {
                let range = self.string()?;
                self.layout.add(key, range, Form::DoubleQuoted, true);
            }
            _ => {
                let rest = self.text.get(start..)?;
                let ends = |it: char| it.is_ascii_whitespace() || ",:]}".contains(it);
                self.at += rest.find(ends).unwrap_or(rest.len());
                self.layout.add(key, start..self.at, Form::Plain, true);
            }
        }
        (self.at > start).then_some(())
    }

    /// Steps over a string and gives its range with the quotes.
    fn string(&mut self) -> Option<Range<usize>> {
        (self.peek()? == b'"').then_some(())?;
        let start = self.at;
        self.at += 1;
        loop {
            match self.text.as_bytes().get(self.at)? {
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
            let byte = *self.text.as_bytes().get(self.at)?;
            if !byte.is_ascii_whitespace() {
                return Some(byte);
            }
            self.at += 1;
        }
    }
}
