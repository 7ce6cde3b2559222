//! The layout of YAML, from the events of `saphyr-parser`.

use std::ops::Range;

use saphyr_parser::{Event, Parser, ScalarStyle, Span};

use super::layout::{Form, Key, Layout};
use crate::locate::Offsets;

/// The layout of the first document of a text that was read as YAML; as far as its parser follows the other one.
///
/// A bracket that closes no deeper than its key is indented (`a: {`, lines, `}`) is no YAML (YAML 1.2.2 §7.4), but
/// common, and the reader takes it. This parser does not, so it gets such brackets at the end of the line before.
pub(super) fn layout(text: &str) -> Layout {
    let (strict, is_whole) = scan(text);
    if is_whole {
        return strict;
    }
    let (lenient, is_whole) = scan(&with_brackets_joined(text));
    if is_whole || lenient.len() > strict.len() {
        lenient
    } else {
        strict
    }
}

/// The text with each line that begins with a closing bracket joined to the one before, in place of its comment. Every
/// other byte keeps its place.
fn with_brackets_joined(text: &str) -> String {
    let mut joined = String::with_capacity(text.len());
    let mut lines = text.split_inclusive('\n').peekable();
    while let Some(line) = lines.next() {
        let next = lines.peek().map(|it| it.trim_start()).unwrap_or_default();
        if next.starts_with(['}', ']']) {
            let content = line.get(..content_end(line)).unwrap_or_default();
            joined.push_str(content);
            joined.extend(std::iter::repeat_n(' ', line.len() - content.len()));
        } else {
            joined.push_str(line);
        }
    }
    joined
}

/// Where a line ends without its comment and its line break.
fn content_end(line: &str) -> usize {
    let mut quote = None;
    let mut last = ' ';
    for (at, it) in line.char_indices() {
        match (it, quote) {
            ('#', None) if last.is_whitespace() => return at,
            ('"' | '\'', None) => quote = Some(it),
            (it, Some(open)) if it == open => quote = None,
            _ => {}
        }
        last = it;
    }
    line.trim_end_matches(['\r', '\n']).len()
}

/// The layout, and whether the parser came to the end.
fn scan(text: &str) -> (Layout, bool) {
    let mut scan = Scan {
        text,
        offsets: Offsets::new(text),
        layout: Layout::default(),
        open: Vec::new(),
        skipped: 0,
    };
    let mut is_whole = false;
    let mut parser = Parser::new_from_str(text);
    while let Some(Ok((event, span))) = parser.next_event() {
        match event {
            Event::DocumentEnd | Event::StreamEnd => {
                is_whole = true;
                break;
            }
            Event::Nothing | Event::StreamStart | Event::DocumentStart(_) => {}
            event => scan.event(event, span),
        }
    }
    while scan.layout.current().is_some() {
        scan.layout.close(None);
    }
    (scan.layout, is_whole)
}

struct Scan<'a> {
    text: &'a str,
    offsets: Offsets<'a>,
    layout: Layout,
    open: Vec<Open>,
    /// How many containers of a key that is no scalar are open.
    skipped: usize,
}

/// An open container.
enum Open {
    /// With the key whose value comes next, if one is pending.
    Mapping(Option<Key>),
    Sequence,
}

impl Scan<'_> {
    fn event(&mut self, event: Event<'_>, span: Span) {
        if self.skipped > 0 {
            self.skip(&event);
            return;
        }
        let range = self.offsets.range(self.text, span);
        if let Some(Open::Mapping(pending @ None)) = self.open.last_mut() {
            let key = match event {
                Event::MappingEnd => return self.end(range),
                Event::Scalar(name, style, anchor, tag) => Key {
                    name: Some(name.into_owned()),
                    range: without_comment(self.text, range, style),
                    bare: anchor == 0 && tag.is_none(),
                },
                ref other => {
                    if !matches!(other, Event::Alias(_)) {
                        self.skipped = 1;
                    }
                    Key {
                        name: None,
                        range,
                        bare: false,
                    }
                }
            };
            *pending = Some(key);
            return;
        }
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let bare = anchor == 0 && tag.is_none();
                self.scalar(&text, style, bare, range);
            }
            Event::Alias(_) => {
                let key = self.key();
                self.layout.add(key, range, Form::Alias, false);
            }
            Event::MappingStart(anchor, tag) => {
                self.start(anchor == 0 && tag.is_none(), range, Open::Mapping(None));
            }
            Event::SequenceStart(anchor, tag) => {
                self.start(anchor == 0 && tag.is_none(), range, Open::Sequence);
            }
            _ => self.end(range),
        }
    }

    fn skip(&mut self, event: &Event<'_>) {
        match event {
            Event::MappingStart(..) | Event::SequenceStart(..) => self.skipped += 1,
            Event::MappingEnd | Event::SequenceEnd => self.skipped -= 1,
            _ => {}
        }
    }

    /// The key of the value that begins.
    fn key(&mut self) -> Option<Key> {
        match self.open.last_mut() {
            Some(Open::Mapping(pending)) => pending.take(),
            _ => None,
        }
    }

    fn scalar(&mut self, text: &str, style: ScalarStyle, bare: bool, range: Range<usize>) {
        let key = self.key();
        let range = without_comment(self.text, range, style);
        let form = match style {
            ScalarStyle::SingleQuoted => Form::SingleQuoted,
            ScalarStyle::DoubleQuoted => Form::DoubleQuoted,
            ScalarStyle::Literal | ScalarStyle::Folded => Form::BlockScalar,
            ScalarStyle::Plain if text.is_empty() => {
                let end = self.absent_end(key.as_ref(), &range);
                return self.layout.add(key, end..end, Form::Absent, bare);
            }
            ScalarStyle::Plain => Form::Plain,
        };
        self.layout.add(key, range, form, bare);
    }

    /// Where a node ends whose value is left out: behind the colon of its key, if there is one.
    fn absent_end(&self, key: Option<&Key>, range: &Range<usize>) -> usize {
        let Some(key) = key else {
            return range.start;
        };
        let rest = self.text.get(key.range.end..).unwrap_or_default();
        let blank = rest.len() - rest.trim_start().len();
        let has_colon = rest.trim_start().starts_with(':');
        key.range.end + if has_colon { blank + 1 } else { 0 }
    }

    fn start(&mut self, bare: bool, range: Range<usize>, container: Open) {
        let key = self.key();
        self.layout.add(key, range, Form::Block, bare);
        self.layout.open();
        self.open.push(container);
    }

    fn end(&mut self, range: Range<usize>) {
        self.open.pop();
        let is_flow = !range.is_empty();
        self.layout.close(is_flow.then_some(range.end));
    }
}

/// The range of a scalar up to its closing quote. The parser's reaches over a comment behind it.
fn without_comment(text: &str, range: Range<usize>, style: ScalarStyle) -> Range<usize> {
    let quote = match style {
        ScalarStyle::SingleQuoted => b'\'',
        ScalarStyle::DoubleQuoted => b'"',
        _ => return range,
    };
    let bytes = text.as_bytes();
    let marked = bytes.get(range.clone()).unwrap_or_default();
    let Some(open) = marked.iter().position(|it| *it == quote) else {
        return range;
    };
    let mut at = range.start + open + 1;
    while at < range.end {
        match (bytes.get(at), bytes.get(at + 1)) {
            (Some(b'\\'), _) if quote == b'"' => at += 2,
            (Some(b'\''), Some(b'\'')) if quote == b'\'' => at += 2,
            (Some(it), _) if *it == quote => return range.start..at + 1,
            _ => at += 1,
        }
    }
    range
}
