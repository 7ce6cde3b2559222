//! Places in YAML, from the events of `saphyr-parser`.

use std::{cell::Cell, collections::HashMap, ops::Range};

use saphyr_parser::{Event, Parser, Span as YamlSpan};
use specwright_diagnostics::Pointer;

use super::{Place, Places, UNSEEN};

/// How often aliases may lead to further aliases.
const ALIAS_STEPS: usize = 8;

/// Fills in the places of the wanted pointers; ends quietly where the text is no YAML.
pub(super) fn scan(text: &str, wanted: &mut Places) {
    let offsets = Offsets::new(text);
    let aliases = Scan::new(text, &offsets, wanted).run();
    for _ in 0..ALIAS_STEPS {
        if !follow_aliases(wanted, &aliases) {
            break;
        }
        Scan::new(text, &offsets, wanted).run();
    }
    copy_aliased(wanted, &aliases);
}

/// Asks for the anchored node of every wanted pointer that goes through an alias; whether there was a new one.
fn follow_aliases(wanted: &mut Places, aliases: &[(Pointer, Pointer)]) -> bool {
    let targets: Vec<Pointer> = wanted
        .iter()
        .filter(|(_, place)| **place == UNSEEN)
        .filter_map(|(pointer, _)| through(pointer, aliases))
        .filter(|target| !wanted.contains_key(target))
        .collect();
    let grown = !targets.is_empty();
    wanted.extend(targets.into_iter().map(|target| (target, UNSEEN)));
    grown
}

fn through(pointer: &Pointer, aliases: &[(Pointer, Pointer)]) -> Option<Pointer> {
    aliases.iter().find_map(|(alias, anchor)| {
        let rest = pointer.strip_prefix(alias)?;
        (!rest.is_root()).then(|| anchor.concat(&rest))
    })
}

/// Gives pointers through aliases the places that were found for their anchored nodes.
fn copy_aliased(wanted: &mut Places, aliases: &[(Pointer, Pointer)]) {
    let mut found = Vec::new();
    for (pointer, place) in wanted.iter().filter(|(_, place)| **place == UNSEEN) {
        let mut target = pointer.clone();
        for _ in 0..ALIAS_STEPS {
            let Some(next) = through(&target, aliases) else {
                break;
            };
            target = next;
        }
        let seen = wanted.get(&target).filter(|place| **place != UNSEEN);
        found.push((pointer.clone(), seen.unwrap_or(place).clone()));
    }
    wanted.extend(found);
}

struct Scan<'a> {
    text: &'a str,
    offsets: &'a Offsets<'a>,
    wanted: &'a mut Places,
    pointer: Pointer,
    open: Vec<Open>,
    anchors: HashMap<usize, Pointer>,
    aliases: Vec<(Pointer, Pointer)>,
}

/// An open container.
enum Open {
    /// With the range of the key whose value comes next, if one is pending.
    Mapping(Option<Range<usize>>),
    /// With the index of the next element.
    Sequence(usize),
    /// A key that is no scalar, which no pointer can name: (its depth).
    ComplexKey,
}

impl<'a> Scan<'a> {
    fn new(text: &'a str, offsets: &'a Offsets<'a>, wanted: &'a mut Places) -> Self {
        Self {
            text,
            offsets,
            wanted,
            pointer: Pointer::root(),
            open: Vec::new(),
            anchors: HashMap::new(),
            aliases: Vec::new(),
        }
    }

    /// Scans the first document and gives the aliases as (place of the alias, place of the anchor).
    fn run(mut self) -> Vec<(Pointer, Pointer)> {
        let mut parser = Parser::new_from_str(self.text);
        while let Some(Ok((event, span))) = parser.next_event() {
            match event {
                Event::Scalar(value, _, anchor, _) => self.scalar(&value, anchor, span),
                Event::Alias(anchor) => self.alias(anchor, span),
                Event::MappingStart(anchor, _) => self.start(anchor, span, Open::Mapping(None)),
                Event::SequenceStart(anchor, _) => self.start(anchor, span, Open::Sequence(0)),
                Event::MappingEnd | Event::SequenceEnd => self.end(),
                Event::DocumentEnd | Event::StreamEnd => break,
                Event::Nothing | Event::StreamStart | Event::DocumentStart(_) => {}
            }
        }
        self.aliases
    }

    fn scalar(&mut self, value: &str, anchor: usize, span: YamlSpan) {
        let range = self.offsets.range(self.text, span);
        if let Some(Open::Mapping(pending @ None)) = self.open.last_mut() {
            *pending = Some(range);
            self.pointer.push(value);
            return;
        }
        if self.begin(anchor, range, false) {
            self.finish();
        }
    }

    fn alias(&mut self, anchor: usize, span: YamlSpan) {
        let range = self.offsets.range(self.text, span);
        if let Some(Open::Mapping(pending @ None)) = self.open.last_mut() {
            *pending = Some(range);
            self.pointer.push("");
            return;
        }
        if self.begin(0, range, false) {
            if let Some(target) = self.anchors.get(&anchor) {
                self.aliases.push((self.pointer.clone(), target.clone()));
            }
            self.finish();
        }
    }

    fn start(&mut self, anchor: usize, span: YamlSpan, container: Open) {
        let inside_key = matches!(
            self.open.last(),
            Some(Open::Mapping(None) | Open::ComplexKey)
        );
        if inside_key {
            self.open.push(Open::ComplexKey);
            return;
        }
        let start = self.offsets.range(self.text, span).start;
        let rest = self.text.get(start..).unwrap_or_default();
        let length = rest.find(['\n', '\r']).unwrap_or(rest.len());
        self.begin(anchor, start..start + length, true);
        self.open.push(container);
    }

    fn end(&mut self) {
        let closed = self.open.pop();
        if !matches!(closed, Some(Open::ComplexKey)) {
            self.finish();
        } else if let Some(Open::Mapping(pending)) = self.open.last_mut() {
            *pending = Some(0..0);
            self.pointer.push("");
        }
    }

    /// Steps to the node that begins here; whether it has a place of its own.
    fn begin(&mut self, anchor: usize, value: Range<usize>, container: bool) -> bool {
        let key = match self.open.last_mut() {
            Some(Open::ComplexKey) => return false,
            Some(Open::Mapping(pending)) => pending.clone(),
            Some(Open::Sequence(next)) => {
                self.pointer.push(&next.to_string());
                *next += 1;
                None
            }
            None => None,
        };
        if anchor != 0 {
            self.anchors.insert(anchor, self.pointer.clone());
        }
        if let Some(place) = self.wanted.get_mut(&self.pointer) {
            *place = Place {
                key,
                value,
                container,
            };
        }
        true
    }

    /// Leaves the node that ended.
    fn finish(&mut self) {
        match self.open.last_mut() {
            Some(Open::Mapping(pending)) => *pending = None,
            Some(Open::Sequence(_)) => {}
            Some(Open::ComplexKey) | None => return,
        }
        self.pointer.pop();
    }
}

/// Byte offsets of lines, to translate the parser's lines and columns.
pub(crate) struct Offsets<'a> {
    lines: Vec<usize>,
    text: &'a str,
    /// The line, column and byte offset that was asked for last: the next one is mostly a little behind it.
    last: Cell<(usize, usize, usize)>,
}

impl<'a> Offsets<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        let starts = text.match_indices('\n').map(|(at, _)| at + 1);
        Self {
            lines: std::iter::once(0).chain(starts).collect(),
            text,
            last: Cell::default(),
        }
    }

    /// The bytes of a span, white space at its end left out.
    pub(crate) fn range(&self, text: &str, span: YamlSpan) -> Range<usize> {
        let start = self.offset(span.start.line(), span.start.col());
        let end = self.offset(span.end.line(), span.end.col()).max(start);
        let marked = text.get(start..end).unwrap_or_default().trim_end();
        start..start + marked.len()
    }

    /// The byte offset of a line from 1 and a column from 0 in characters.
    fn offset(&self, line: usize, column: usize) -> usize {
        let (last_line, last_column, last_offset) = self.last.get();
        let (from, skip) = if line == last_line && column >= last_column {
            (last_offset, column - last_column)
        } else {
            let start = self.lines.get(line.saturating_sub(1)).copied();
            (start.unwrap_or(self.text.len()), column)
        };
        let rest = self.text.get(from..).unwrap_or_default();
        let inside = rest
            .char_indices()
            .nth(skip)
            .map_or(rest.len(), |(at, _)| at);
        self.last.set((line, column, from + inside));
        from + inside
    }
}
