//! The files that a description consists of, read and parsed.

use std::{cell::OnceCell, collections::BTreeMap, io};

use specwright_diagnostics::{Diagnostic, FileId, Pointer, Rule, Severity, Sources, Span};

use crate::{
    loader::Loader,
    read::{self, Format, SyntaxError},
    tree::Node,
};

pub(crate) static SYNTAX: Rule = Rule {
    name: "syntax/invalid",
    severity: Severity::Error,
    summary: "A document is well-formed JSON or YAML.",
    explanation: "Nothing can be said about a text that cannot be parsed. The message is the parser's, the place is \
        where it gave up; the mistake is often a line earlier.",
};

/// Everything that was read so far.
pub(crate) struct Files<'a> {
    loader: &'a dyn Loader,
    pub(crate) sources: Sources,
    /// The notation of each file that is a document.
    pub(crate) formats: BTreeMap<FileId, Format>,
    files: BTreeMap<FileId, File>,
    ids: BTreeMap<String, FileId>,
}

struct File {
    path: String,
    /// `None` if the text is no document, which has been reported; empty once it was taken, until it is read again.
    tree: OnceCell<Option<Node>>,
}

impl<'a> Files<'a> {
    pub(crate) fn new(loader: &'a dyn Loader) -> Self {
        Self {
            loader,
            sources: Sources::default(),
            formats: BTreeMap::new(),
            files: BTreeMap::new(),
            ids: BTreeMap::new(),
        }
    }

    /// Reads a file once; what is wrong with its text is reported.
    pub(crate) fn open(
        &mut self,
        path: &str,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> io::Result<FileId> {
        if let Some(file) = self.ids.get(path) {
            return Ok(*file);
        }
        let mut bytes = self.loader.read(path)?;
        if bytes.starts_with(b"\xEF\xBB\xBF") {
            bytes.drain(..3);
        }
        let (text, encoding_error) = match String::from_utf8(bytes) {
            Ok(text) => (text, None),
            Err(error) => {
                let at = error.utf8_error().valid_up_to();
                (
                    String::from_utf8_lossy(error.as_bytes()).into_owned(),
                    Some(at),
                )
            }
        };
        let read = read::read(path, &text);
        let file = self.sources.add(path, text);
        let (tree, problem) = match read {
            Ok(read) => {
                self.formats.insert(file, read.format);
                (Some(read.node), read.problem)
            }
            Err(error) => (None, Some(error)),
        };
        match (encoding_error, problem) {
            (Some(at), _) => diagnostics.push(self.not_utf_8(file, at)),
            (None, Some(error)) => diagnostics.push(self.invalid(file, error)),
            (None, None) => {}
        }
        self.ids.insert(path.to_owned(), file);
        let path = path.to_owned();
        let tree = OnceCell::from(tree);
        self.files.insert(file, File { path, tree });
        Ok(file)
    }

    /// The path of a file, from the folder of the entry document.
    pub(crate) fn path(&self, file: FileId) -> &str {
        self.files
            .get(&file)
            .map(|file| file.path.as_str())
            .unwrap_or_default()
    }

    /// The tree of a file, as it was read; `None` if its text is no document.
    pub(crate) fn tree(&self, file: FileId) -> Option<&Node> {
        let own = self.files.get(&file)?;
        let read_again = || {
            let text = self.sources.get(file)?.text();
            read::read(&own.path, text).ok().map(|read| read.node)
        };
        own.tree.get_or_init(read_again).as_ref()
    }

    /// Takes the tree of a file, to change it. Few documents need the original afterwards, so it is read again for
    /// those instead of being copied for all.
    pub(crate) fn take(&mut self, file: FileId) -> Option<Node> {
        self.files.get_mut(&file)?.tree.take().flatten()
    }

    fn not_utf_8(&self, file: FileId, at: usize) -> Diagnostic {
        let message = "the file is not UTF-8: what could not be read was replaced";
        Diagnostic::new(&SYNTAX, file, Pointer::root(), message).with_span(self.character(file, at))
    }

    fn invalid(&self, file: FileId, error: SyntaxError) -> Diagnostic {
        let mut diagnostic = Diagnostic::new(&SYNTAX, file, Pointer::root(), error.message);
        diagnostic.help = error.help.map(str::to_owned);
        let Some((source, place)) = self.sources.get(file).zip(error.place) else {
            return diagnostic;
        };
        // Where a text ends too early, the place is behind its last line.
        let end = source.text().trim_end().len();
        let at = source.offset(place).map_or(end, |at| at.min(end));
        diagnostic.with_span(self.character(file, at))
    }

    /// The place of the character at a byte offset.
    fn character(&self, file: FileId, at: usize) -> Span {
        let text = self
            .sources
            .get(file)
            .map(|source| source.text())
            .unwrap_or_default();
        let character = text.get(at..).and_then(|rest| rest.chars().next());
        Span {
            bytes: at..at + character.map_or(0, char::len_utf8),
        }
    }
}
