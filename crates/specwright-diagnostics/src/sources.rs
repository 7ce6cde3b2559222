//! The texts that diagnostics point into.

use std::{ops::Range, sync::OnceLock};

/// One file among [`Sources`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileId(usize);

/// A place in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// Byte offsets into the text.
    pub bytes: Range<usize>,
}

/// A position for people: both numbers start at 1; the column counts characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineColumn {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters (not bytes), from 1.
    pub column: usize,
}

/// A text with its name.
#[derive(Debug, Clone)]
pub struct Source {
    name: String,
    text: String,
    /// The byte offsets at which lines begin, once they were needed.
    lines: OnceLock<Vec<usize>>,
}

impl Source {
    /// The name to show, usually the path as the user gave it.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The line and column of a byte offset; offsets past the end give the end.
    #[must_use]
    pub fn line_column(&self, offset: usize) -> LineColumn {
        let line = self.lines().partition_point(|start| *start <= offset);
        let start = self.line_start(line).unwrap_or_default();
        let before = self.text.get(start..offset);
        let before = before
            .or_else(|| self.text.get(start..))
            .unwrap_or_default();
        let column = before.chars().count() + 1;
        LineColumn { line, column }
    }

    fn lines(&self) -> &[usize] {
        self.lines.get_or_init(|| {
            let starts = self.text.match_indices('\n').map(|(at, _)| at + 1);
            std::iter::once(0).chain(starts).collect()
        })
    }

    /// The byte offset at which a line, from 1, begins.
    fn line_start(&self, line: usize) -> Option<usize> {
        self.lines().get(line.checked_sub(1)?).copied()
    }

    /// The byte offset of a line and column, both from 1; `None` if the line does not exist.
    #[must_use]
    pub fn offset(&self, position: LineColumn) -> Option<usize> {
        let start = self.line_start(position.line)?;
        let line = self
            .text
            .get(start..)?
            .split_inclusive('\n')
            .next()
            .unwrap_or_default();
        let inside = line.char_indices().nth(position.column.saturating_sub(1));
        let end = line.trim_end_matches(['\n', '\r']).len();
        Some(start + inside.map_or(end, |(offset, _)| offset))
    }
}

/// All texts that were read, in the order in which they were read.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    files: Vec<Source>,
}

impl Sources {
    /// Adds a text.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> FileId {
        self.files.push(Source {
            name: name.into(),
            text: text.into(),
            lines: OnceLock::new(),
        });
        FileId(self.files.len() - 1)
    }

    /// The text of a file.
    ///
    /// A `FileId` of other `Sources` may give `None`.
    #[must_use]
    pub fn get(&self, file: FileId) -> Option<&Source> {
        self.files.get(file.0)
    }

    /// Shows every file under another name.
    pub fn rename(&mut self, mut name: impl FnMut(&str) -> String) {
        for file in &mut self.files {
            file.name = name(&file.name);
        }
    }

    /// Every file with its id.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &Source)> {
        self.files
            .iter()
            .enumerate()
            .map(|(id, file)| (FileId(id), file))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_and_positions_agree() {
        let mut sources = Sources::default();
        let file = sources.add("a.yaml", "ä: 1\r\nbö: 2\n");
        let source = sources.get(file).unwrap();
        for (offset, line, column) in [(0, 1, 1), (2, 1, 2), (7, 2, 1), (8, 2, 2), (10, 2, 3)] {
            let position = LineColumn { line, column };
            assert_eq!(source.line_column(offset), position, "offset {offset}");
            assert_eq!(source.offset(position), Some(offset), "{position:?}");
        }
    }

    #[test]
    fn places_outside_the_text_are_harmless() {
        let mut sources = Sources::default();
        let file = sources.add("a", "x");
        let source = sources.get(file).unwrap();
        assert_eq!(source.line_column(99), LineColumn { line: 1, column: 2 });
        assert_eq!(source.offset(LineColumn { line: 9, column: 1 }), None);
    }
}
