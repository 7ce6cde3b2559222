//! Edits as splices: which bytes become which others.

use std::{collections::BTreeSet, ops::Range};

use specwright_diagnostics::Pointer;

use super::{
    Edit,
    layout::{Form, Layout, Spot},
    lines, value,
};
use crate::{Json, read::Format};

/// A range of bytes and the text in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Splice {
    pub(super) range: Range<usize>,
    pub(super) text: String,
}

fn cut(range: Range<usize>) -> Splice {
    put(range, String::new())
}

fn put(range: Range<usize>, text: String) -> Splice {
    Splice { range, text }
}

/// The text after splices, unless two of them meet.
pub(super) fn splice(text: &str, mut splices: Vec<Splice>) -> Option<String> {
    splices.sort_by_key(|it| (it.range.start, it.range.end));
    let mut result = String::with_capacity(text.len());
    let mut at = 0;
    for splice in splices {
        (splice.range.start >= at).then_some(())?;
        result.push_str(text.get(at..splice.range.start)?);
        result.push_str(&splice.text);
        at = splice.range.end;
    }
    result.push_str(text.get(at..)?);
    Some(result)
}

/// What splices are made from.
pub(super) struct Context<'a> {
    pub(super) text: &'a str,
    pub(super) format: Format,
    pub(super) layout: &'a Layout,
    /// Every node that goes away.
    pub(super) removed: &'a BTreeSet<usize>,
    pub(super) line_break: &'static str,
}

impl<'a> Context<'a> {
    /// The splices of an edit; `None` if it cannot be done safely.
    pub(super) fn splices(&self, edit: &Edit) -> Option<Vec<Splice>> {
        match edit {
            Edit::Remove(at) => self.remove(self.layout.find(at)?),
            Edit::Replace(at, value) => self.replace(self.spot(at)?, value),
            Edit::Quote(at) => self.quote(self.spot(at)?),
            Edit::Rename(at, name) => self.rename(self.spot(at)?, name),
            Edit::Append(at, value) => self.extend(self.spot(at)?, None, value),
            Edit::Insert(at, key, value) => self.extend(self.spot(at)?, Some(key), value),
        }
    }

    fn spot(&self, at: &Pointer) -> Option<&'a Spot> {
        self.layout.get(self.layout.find(at)?)
    }

    fn replace(&self, spot: &Spot, value: &Json) -> Option<Vec<Splice>> {
        let has_range = !matches!(
            spot.form,
            Form::Absent | Form::BlockScalar | Form::Block | Form::Alias
        );
        (has_range && spot.bare).then_some(())?;
        let text = value::written(value, self.format, spot.form, self.is_spaced(spot))?;
        Some(vec![put(spot.value.clone(), text)])
    }

    fn quote(&self, spot: &Spot) -> Option<Vec<Splice>> {
        (spot.form == Form::Plain && spot.bare).then_some(())?;
        let source = self.text.get(spot.value.clone())?;
        let text = match self.format {
            Format::Json => Json::from(source).to_string(),
            Format::Yaml => value::single_quoted(source),
        };
        Some(vec![put(spot.value.clone(), text)])
    }

    fn rename(&self, spot: &Spot, name: &str) -> Option<Vec<Splice>> {
        let key = spot.key.as_ref().filter(|key| key.bare)?;
        let quotes = match self.text.get(key.range.clone())?.chars().next()? {
            '\'' => Form::SingleQuoted,
            '"' => Form::DoubleQuoted,
            _ => Form::Plain,
        };
        let text = value::written(&Json::from(name), self.format, quotes, true)?;
        Some(vec![put(key.range.clone(), text)])
    }

    /// Whether there is a space in front of a value, as in JSON that was not written to be short.
    fn is_spaced(&self, spot: &Spot) -> bool {
        let before = self.text.get(..spot.value.start).unwrap_or_default();
        spot.key.is_none() || before.ends_with(char::is_whitespace)
    }

    // What goes away.

    fn remove(&self, index: usize) -> Option<Vec<Splice>> {
        let spot = self.layout.get(index)?;
        let parent = self.layout.get(spot.parent?)?;
        match parent.form {
            Form::Flow => self.remove_from_flow(index, spot, parent),
            Form::Block => self.remove_from_block(index, spot),
            _ => None,
        }
    }

    fn remove_from_flow(&self, index: usize, spot: &Spot, parent: &Spot) -> Option<Vec<Splice>> {
        let siblings = &parent.children;
        let position = siblings.iter().position(|it| *it == index)?;
        let is_kept = |it: &&usize| !self.removed.contains(it);
        let has_later = siblings.iter().skip(position + 1).any(|it| is_kept(&it));
        let has_earlier = siblings.iter().take(position).any(|it| is_kept(&it));
        if has_later {
            let comma = self.comma(spot.value.end)?;
            return Some(vec![self.cut_item(spot.start(), comma + 1)]);
        }
        if !has_earlier {
            // The brackets stay.
            let only = siblings.len() == 1 && self.comma(spot.value.end).is_none();
            let close = self.closing(parent);
            let blank = |from, to| self.text.get(from..to).is_some_and(lines::is_blank);
            let open = self.text.get(..spot.start())?.rfind(['{', '['])?;
            let simple = only && blank(open + 1, spot.start()) && blank(spot.value.end, close?);
            return simple.then(|| vec![cut(open + 1..close.unwrap_or_default())]);
        }
        let previous = self.layout.get(*siblings.get(position.checked_sub(1)?)?)?;
        let comma = self.comma(previous.value.end)?;
        let is_last = position + 1 == siblings.len();
        let at_the_end = self.comma(spot.value.end).filter(|_| is_last);
        let end = at_the_end.map_or(spot.value.end, |it| it + 1);
        let behind = lines::after(self.text, end);
        let has_comment = !lines::is_blank(behind) && self.is_end(behind);
        let gap = self.text.get(comma + 1..spot.start())?;
        if lines::is_blank(gap) && !has_comment {
            return Some(vec![cut(comma..spot.value.end)]);
        }
        let item = self.cut_item(spot.start(), end);
        Some(match at_the_end {
            Some(_) => vec![item],
            None => vec![cut(comma..comma + 1), item],
        })
    }

    /// Cuts an element in brackets: its lines if it has them for itself, else it and a gap beside it.
    fn cut_item(&self, start: usize, end: usize) -> Splice {
        let before = lines::before(self.text, start);
        let after = lines::after(self.text, end);
        if lines::is_blank(before) && self.is_end(after) {
            return cut(lines::start(self.text, start)..lines::next(self.text, end));
        }
        let gap_before = before.len() - before.trim_end().len();
        let gap_after = after.len() - after.trim_start().len();
        if lines::is_blank(after) {
            cut(start - gap_before..end)
        } else {
            cut(start..end + gap_after)
        }
    }

    /// Whether a line ends here, maybe with a comment.
    fn is_end(&self, part: &str) -> bool {
        match self.format {
            Format::Json => lines::is_blank(part),
            Format::Yaml => lines::is_blank_or_comment(part),
        }
    }

    /// The comma behind a value, if one is next.
    fn comma(&self, from: usize) -> Option<usize> {
        let at = self.skip(from);
        (self.text.as_bytes().get(at) == Some(&b',')).then_some(at)
    }

    fn skip(&self, from: usize) -> usize {
        match self.format {
            Format::Yaml => lines::skip(self.text, from),
            Format::Json => {
                let rest = self.text.get(from..).unwrap_or_default();
                from + (rest.len() - rest.trim_start().len())
            }
        }
    }

    /// Where the bracket at the end of a container stands.
    fn closing(&self, spot: &Spot) -> Option<usize> {
        spot.value.end.checked_sub(1)
    }

    fn remove_from_block(&self, index: usize, spot: &Spot) -> Option<Vec<Splice>> {
        let siblings = self.layout.siblings(index);
        siblings.iter().find(|it| !self.removed.contains(it))?;
        let end = spot.value.end;
        self.is_end(lines::after(self.text, end)).then_some(())?;
        let start = match spot.key {
            Some(_) => spot.start(),
            None => self.dash(index)?,
        };
        let before = lines::before(self.text, start);
        if lines::is_blank(before) {
            return Some(vec![self.cut_lines(start, end)]);
        }
        // The first member of a mapping that stands beside its dash: the next one takes its place.
        let position = siblings.iter().position(|it| *it == index)?;
        let is_beside_dash = spot.key.is_some() && before.trim_start().trim_end() == "-";
        let next = self.layout.get(*siblings.get(position + 1)?)?;
        let gap = self.text.get(lines::end(self.text, end)..next.start())?;
        let simple = is_beside_dash && position == 0 && lines::is_blank(gap);
        simple.then(|| vec![cut(start..next.start())])
    }

    /// Cuts whole lines. A text without a line break at its end stays one.
    fn cut_lines(&self, start: usize, end: usize) -> Splice {
        let start = lines::start(self.text, start);
        let next = lines::next(self.text, end);
        let ends_with_break = self.text.get(..next).is_some_and(|it| it.ends_with('\n'));
        if ends_with_break {
            return cut(start..next);
        }
        let before = self.text.get(..start).unwrap_or_default();
        let before = before.strip_suffix('\n').unwrap_or(before);
        let before = before.strip_suffix('\r').unwrap_or(before);
        cut(before.len()..next)
    }

    /// The dash of an element of a block sequence.
    fn dash(&self, index: usize) -> Option<usize> {
        let spot = self.layout.get(index)?;
        let siblings = self.layout.siblings(index);
        let position = siblings.iter().position(|it| *it == index)?;
        let from = match position.checked_sub(1) {
            Some(previous) => self.layout.get(*siblings.get(previous)?)?.value.end,
            None => self.before_first(spot.parent?)?,
        };
        let mut at = lines::skip(self.text, from);
        // Anchors and tags stand before the first dash.
        while let Some(rest) = self.text.get(at..)
            && rest.starts_with(['&', '!'])
        {
            let length = rest.find(char::is_whitespace)?;
            at = lines::skip(self.text, at + length);
        }
        let is_dash = self.text.get(at..)?.starts_with('-') && at <= spot.value.start;
        is_dash.then_some(at)
    }

    /// A place behind whatever comes before the first element of a block sequence.
    fn before_first(&self, sequence: usize) -> Option<usize> {
        let spot = self.layout.get(sequence)?;
        if let Some(key) = &spot.key {
            let colon = lines::skip(self.text, key.range.end);
            return self
                .text
                .get(colon..)?
                .starts_with(':')
                .then_some(colon + 1);
        }
        match spot.parent {
            Some(_) => Some(self.dash(sequence)? + 1),
            None => Some(lines::start(self.text, spot.value.start)),
        }
    }

    // What is added.

    /// Adds an element, or a member with a key, at the end of a container.
    fn extend(&self, spot: &Spot, key: Option<&str>, value: &Json) -> Option<Vec<Splice>> {
        let Some(last) = spot.children.last() else {
            return self.extend_empty(spot, key, value);
        };
        let index = *last;
        let last = self.layout.get(index)?;
        (last.key.is_some() == key.is_some()).then_some(())?;
        let text = self.entry(spot, last, key, value)?;
        match spot.form {
            Form::Flow => self.extend_flow(spot, last, &text),
            Form::Block => self.extend_block(spot, index, &text),
            _ => None,
        }
    }

    fn extend_empty(&self, spot: &Spot, key: Option<&str>, value: &Json) -> Option<Vec<Splice>> {
        let close = self.closing(spot).filter(|_| spot.form == Form::Flow)?;
        let before = self.text.get(..close)?.trim_end();
        let bracket = if key.is_some() { '{' } else { '[' };
        before.ends_with(bracket).then_some(())?;
        let text = self.entry(spot, spot, key, value)?;
        Some(vec![put(before.len()..close, text)])
    }

    /// A new element or member as text, in the manner of the one before it.
    fn entry(&self, spot: &Spot, last: &Spot, key: Option<&str>, value: &Json) -> Option<String> {
        let spaced = self.is_spaced(last) && (last.key.is_some() || self.is_spaced(spot));
        let quotes = match last.form {
            form @ (Form::SingleQuoted | Form::DoubleQuoted) if key.is_none() => form,
            _ => Form::Plain,
        };
        let value = value::written(value, self.format, quotes, spaced)?;
        let Some(key) = key else {
            return Some(value);
        };
        let written = last
            .key
            .as_ref()
            .and_then(|it| self.text.get(it.range.clone()));
        let quotes = match written.and_then(|it| it.chars().next()) {
            Some('"') => Form::DoubleQuoted,
            Some('\'') => Form::SingleQuoted,
            _ => Form::Plain,
        };
        let key = value::written(&Json::from(key), self.format, quotes, spaced)?;
        let gap = if spaced || self.format == Format::Yaml {
            " "
        } else {
            ""
        };
        Some(format!("{key}:{gap}{value}"))
    }

    fn extend_flow(&self, spot: &Spot, last: &Spot, text: &str) -> Option<Vec<Splice>> {
        let end = last.value.end;
        let comma = self.comma(end);
        let indent = lines::before(self.text, last.start());
        let first = self.layout.get(*spot.children.first()?)?;
        let opening = lines::before(self.text, first.start());
        if !lines::is_blank(indent) || !lines::is_blank(opening) {
            let gap = if self.is_dense(spot, last) { "" } else { " " };
            return Some(vec![put(end..end, format!(",{gap}{text}"))]);
        }
        // A line for each element.
        let line_break = self.line_break;
        let behind = comma.map_or(end, |it| it + 1);
        let line_end = lines::end(self.text, behind);
        let rest = self.text.get(behind..line_end)?;
        let at = if self.is_end(rest) { line_end } else { behind };
        let (before, after) = if comma.is_some() {
            ("", ",")
        } else {
            (",", "")
        };
        let added = put(at..at, format!("{line_break}{indent}{text}{after}"));
        if at == end {
            return Some(vec![put(at..at, format!("{before}{}", added.text))]);
        }
        let mut splices = vec![added];
        if comma.is_none() {
            splices.push(put(end..end, before.to_owned()));
        }
        Some(splices)
    }

    /// Whether commas are not followed by spaces.
    fn is_dense(&self, spot: &Spot, last: &Spot) -> bool {
        let before = self.text.get(..last.start()).unwrap_or_default();
        if spot.children.len() > 1 {
            return before.ends_with(',');
        }
        self.format == Format::Json && !self.is_spaced(if last.key.is_some() { last } else { spot })
    }

    fn extend_block(&self, spot: &Spot, last: usize, text: &str) -> Option<Vec<Splice>> {
        let end = self.layout.get(last)?.value.end;
        self.is_end(lines::after(self.text, end)).then_some(())?;
        let first = *spot.children.first()?;
        let (start, mark) = match self.layout.get(first)?.key {
            Some(_) => (self.layout.get(first)?.start(), ""),
            None => (self.dash(first)?, "- "),
        };
        let indent = " ".repeat(lines::before(self.text, start).chars().count());
        let at = lines::end(self.text, end);
        let line_break = self.line_break;
        Some(vec![put(
            at..at,
            format!("{line_break}{indent}{mark}{text}"),
        )])
    }
}
