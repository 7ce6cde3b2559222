//! The syntax of event streams (WHATWG HTML, section 9.2.6), chunk by chunk.

use std::collections::VecDeque;
use std::time::Duration;

/// An event as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RawEvent {
    pub(super) event: Option<String>,
    pub(super) id: Option<String>,
    pub(super) retry: Option<Duration>,
    pub(super) data: String,
}

/// Takes bytes, cut anywhere, and gives events.
#[derive(Debug, Default)]
pub(super) struct EventParser {
    /// The line that is arriving.
    line: Vec<u8>,
    /// A carriage return ended the last line, so a line feed belongs to it.
    after_return: bool,
    /// A line has ended already, so a byte order mark is no longer one.
    begun: bool,
    event: String,
    data: String,
    id: String,
    retry: Option<Duration>,
    complete: VecDeque<RawEvent>,
}

impl EventParser {
    /// Takes a chunk.
    pub(super) fn push(&mut self, chunk: &[u8]) {
        for &byte in chunk {
            let after_return = std::mem::take(&mut self.after_return);
            match byte {
                b'\n' if after_return => {}
                b'\n' => self.end_line(),
                b'\r' => {
                    self.after_return = true;
                    self.end_line();
                }
                byte => self.line.push(byte),
            }
        }
    }

    /// The next event that is complete. One that the stream ends in is never.
    pub(super) fn pop(&mut self) -> Option<RawEvent> {
        self.complete.pop_front()
    }

    /// The size of what is held of events that are not complete.
    pub(super) fn held(&self) -> usize {
        self.line.len() + self.data.len() + self.event.len()
    }

    fn end_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        let line = String::from_utf8_lossy(&line);
        let mut line = &*line;
        if !self.begun {
            self.begun = true;
            line = line.strip_prefix('\u{feff}').unwrap_or(line);
        }
        if line.is_empty() {
            return self.dispatch();
        }
        let (field, value) = line.split_once(':').unwrap_or((line, ""));
        self.field(field, value.strip_prefix(' ').unwrap_or(value));
    }

    /// A line without a name is a comment; names that are not known are passed over.
    fn field(&mut self, name: &str, value: &str) {
        match name {
            "event" => value.clone_into(&mut self.event),
            "data" => {
                self.data.push_str(value);
                self.data.push('\n');
            }
            "id" if !value.contains('\0') => value.clone_into(&mut self.id),
            "retry" if value.bytes().all(|byte| byte.is_ascii_digit()) => {
                if let Ok(milliseconds) = value.parse() {
                    self.retry = Some(Duration::from_millis(milliseconds));
                }
            }
            _ => {}
        }
    }

    /// Ends an event, which is none without data.
    fn dispatch(&mut self) {
        let event = std::mem::take(&mut self.event);
        let mut data = std::mem::take(&mut self.data);
        if data.pop().is_none() {
            return;
        }
        self.complete.push_back(RawEvent {
            event: Some(event).filter(|event| !event.is_empty()),
            id: Some(self.id.clone()).filter(|id| !id.is_empty()),
            retry: self.retry.take(),
            data,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn events(text: &[u8]) -> Vec<RawEvent> {
        let mut parser = EventParser::default();
        parser.push(text);
        std::iter::from_fn(|| parser.pop()).collect()
    }

    fn data(text: &str) -> Vec<String> {
        events(text.as_bytes())
            .into_iter()
            .map(|event| event.data)
            .collect()
    }

    /// The examples of WHATWG HTML, section 9.2.6.
    #[test]
    fn the_examples_of_the_standard() {
        assert_eq!(data("data: YHOO\ndata: +2\ndata: 10\n\n"), ["YHOO\n+2\n10"]);
        let stream = ": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n";
        let ids: Vec<_> = events(stream.as_bytes())
            .into_iter()
            .map(|event| (event.data, event.id))
            .collect();
        assert_eq!(
            ids,
            [
                ("first event".to_owned(), Some("1".to_owned())),
                ("second event".to_owned(), None),
                (" third event".to_owned(), None),
            ]
        );
        assert_eq!(data("data\n\ndata\ndata\n\ndata:\n"), ["", "\n"]);
        assert_eq!(data("data:test\n\ndata: test\n\n"), ["test", "test"]);
    }

    #[test]
    fn lines_end_in_three_ways_and_chunks_anywhere() {
        let text =
            "\u{feff}event: a\r\ndata: 1\rdata: é\n\ndata: 2\r\r: c\r\ndata: 3\r\n\r\nretry: 5\n\n";
        let whole = events(text.as_bytes());
        assert_eq!(
            whole.iter().map(|event| &*event.data).collect::<Vec<_>>(),
            ["1\né", "2", "3"]
        );
        assert_eq!(whole[0].event.as_deref(), Some("a"));
        assert_eq!(whole[1].event, None);
        for cut in 0..=text.len() {
            for second in cut..=text.len() {
                let bytes = text.as_bytes();
                let mut parser = EventParser::default();
                parser.push(&bytes[..cut]);
                parser.push(&bytes[cut..second]);
                parser.push(&bytes[second..]);
                let found: Vec<_> = std::iter::from_fn(|| parser.pop()).collect();
                assert_eq!(found, whole, "cut at {cut} and {second}");
            }
        }
    }

    #[test]
    fn fields_have_rules_of_their_own() {
        let found = events(b"id: 7\nretry: 1500\n\nretry: 1x\ndata: a\n\nid: a\0b\nunknown: x\nDATA: x\ndata: b\n\n");
        assert_eq!(
            found[0],
            RawEvent {
                event: None,
                id: Some("7".to_owned()),
                retry: Some(Duration::from_millis(1500)),
                data: "a".to_owned(),
            }
        );
        assert_eq!((found[1].id.as_deref(), found[1].retry), (Some("7"), None));
        assert_eq!(found.len(), 2);
    }

    #[test]
    fn an_event_without_its_empty_line_is_none() {
        assert_eq!(data("data: a\n\ndata: b\n"), ["a"]);
        assert_eq!(data("event: only\n\ndata: c\n\n"), ["c"]);
        assert_eq!(events(b"data: \xff\n\n")[0].data, "\u{fffd}");
    }

    #[test]
    fn what_is_held_is_what_is_incomplete() {
        let mut parser = EventParser::default();
        parser.push(b"data: abc\n\n");
        assert_eq!(parser.held(), 0);
        parser.push(b"data: abc\ndata");
        assert_eq!(parser.held(), "abc\ndata".len());
    }
}
