//! Reads OpenAPI documents.
//!
//! [`load`] takes an entry file through a [`Loader`] and gives a [`Loaded`]: the [`Description`] with typed objects
//! and resolved references, every [`Diagnostic`] on the way, and the [`Sources`] that they point into. A document can
//! never make it fail: what cannot be used is reported and left out. `Err` means that the entry file could not be read.
//!
//! The steps, each in a module: text to tree (`read`), the tree against the tables of the specification (`structure`),
//! files and references into one tree (`bundle`), tree to `openapiv3` objects (`typed`), findings to lines (`locate`).
//!
//! ```
//! use specwright_openapi::{MemoryLoader, load};
//!
//! let loader = MemoryLoader::default().with(
//!     "api.yaml",
//!     "openapi: 3.0.3\ninfo: {title: Cats, version: '1'}\npaths:\n  /cats:\n    get:\n      responses: {'204': {description: Nothing.}}\n",
//! );
//! let loaded = load("api.yaml", &loader)?;
//! assert!(loaded.diagnostics.is_empty());
//! let description = loaded.description.as_ref().ok_or("no description")?;
//! assert_eq!(description.operations().map(|it| it.id()).collect::<Vec<_>>(), ["GET /cats"]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod bundle;
mod consequences;
mod cycles;
mod description;
mod document;
mod edit;
mod files;
mod identifiers;
mod loader;
mod locate;
mod members;
mod normalise;
mod origins;
pub mod pagination;
mod read;
mod reference;
mod rules;
mod structure;
mod tree;
mod typed;
mod version;

use std::{collections::BTreeMap, io, sync::Arc};

use specwright_diagnostics::{Diagnostic, FileId, Pointer, Severity, Sources};

pub use description::{
    Component, Description, OperationRef, Resolved, is_json, parameter_data, parameter_key, xml_of,
};
pub use document::{Document, Key, Kind, Path, Version, Visit};
pub use edit::{Edit, Edited};
pub use loader::{FolderLoader, Loader, MemoryLoader};
pub use openapiv3;
pub use rules::rules;
pub use serde_json::Value as Json;
pub use specwright_diagnostics as diagnostics;
pub use structure::nearest;
pub use tree::{Node, Number, Object};

use bundle::Bundler;
use structure::Type;

/// What loading a document gives.
#[derive(Debug)]
pub struct Loaded {
    /// The description, unless the entry file is no OpenAPI document at all.
    pub description: Option<Description>,
    /// Every finding, located and in order.
    pub diagnostics: Vec<Diagnostic>,
    /// The texts of all files that were read.
    pub sources: Sources,
    /// The document in the words of its own version, if [`load_with_document`] was asked.
    pub document: Option<Arc<Document>>,
    formats: BTreeMap<FileId, read::Format>,
}

impl Loaded {
    /// Gives diagnostics about this document their places in the text, and puts them in order.
    ///
    /// For diagnostics of later steps, which know only pointers.
    pub fn locate(&self, diagnostics: &mut [Diagnostic]) {
        let format = |file| {
            let known = self.formats.get(&file).copied();
            known.unwrap_or(read::Format::Yaml)
        };
        locate::locate(diagnostics, &self.sources, format);
        specwright_diagnostics::sort(diagnostics, &self.sources);
    }

    /// Where pointers of the normal form stand in the text, each at its nearest ancestor that is there.
    #[must_use]
    pub fn places(&self, pointers: &[Pointer]) -> Vec<Place> {
        let Some(description) = &self.description else {
            return Vec::new();
        };
        let mut markers: Vec<Diagnostic> = pointers
            .iter()
            .map(|pointer| {
                let (file, origin) = description.origin(pointer);
                Diagnostic::new(&pagination::INVALID_PLAN, file, origin, String::new())
            })
            .collect();
        locate::locate(&mut markers, &self.sources, |file| {
            self.formats
                .get(&file)
                .copied()
                .unwrap_or(read::Format::Yaml)
        });
        let places = markers.into_iter().map(|marker| {
            let source = marker.file.and_then(|file| self.sources.get(file));
            let start = marker.span.map_or(0, |span| span.bytes.start);
            let at = source.map(|source| source.line_column(start));
            Place {
                file: source.map(|it| it.name().to_owned()).unwrap_or_default(),
                pointer: marker.pointer,
                line: at.map_or(1, |at| at.line),
                column: at.map_or(1, |at| at.column),
            }
        });
        places.collect()
    }

    /// What stands in the text where `pointer` of the normal form comes from, in the words of the document's own version:
    /// for those who validate against the original schema. Reads the file again.
    #[must_use]
    pub fn original(&self, pointer: &Pointer) -> Option<Node> {
        let (file, origin) = self.description.as_ref()?.origin(pointer);
        let source = self.sources.get(file)?;
        let tree = read::read(source.name(), source.text()).ok()?.node;
        tree.at(&origin).cloned()
    }

    /// The tree of a file as it is written: before anything was reported, removed or bundled. Reads the file again.
    ///
    /// `None` if its text is no document.
    #[must_use]
    pub fn tree(&self, file: FileId) -> Option<Node> {
        let source = self.sources.get(file)?;
        let read = read::read(source.name(), source.text());
        read.ok().map(|read| read.node)
    }

    /// The text of a file after edits; everything else stays as it is, byte for byte.
    ///
    /// Of each group all edits are done or none. A group is left out if one of its edits cannot be done safely or
    /// meets another, and if the edited text would not read as what the edits say. `None` if the file is no document.
    #[must_use]
    pub fn edited(&self, file: FileId, groups: &[Vec<Edit>]) -> Option<Edited> {
        let source = self.sources.get(file)?;
        edit::apply(source.name(), source.text(), groups)
    }

    /// Whether an error leaves out something that users of the description rely on: an operation, a parameter, a type.
    ///
    /// Others are as wrong but without consequence: a field that the specification does not know, a bound of the wrong
    /// type, a description that is missing.
    #[must_use]
    pub fn has_consequential_errors(&self) -> bool {
        self.diagnostics
            .iter()
            .any(|it| it.severity == Severity::Error && consequences::has(it))
    }

    /// Whether a finding is an error.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.diagnostics
            .iter()
            .any(|it| it.severity == Severity::Error)
    }
}

/// Where something stands in the text of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The name of the file.
    pub file: String,
    /// The pointer into the file.
    pub pointer: Pointer,
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in characters.
    pub column: usize,
}

/// A value as YAML text.
#[must_use]
pub fn to_yaml(value: &Json) -> String {
    read::write_yaml(value)
}

/// Loads the document at `entry`, a path that `loader` understands, and every file that it refers to.
///
/// # Errors
/// If the entry file cannot be read. Anything wrong with its content is a diagnostic.
pub fn load(entry: &str, loader: &dyn Loader) -> io::Result<Loaded> {
    read_document(entry, loader, false)
}

/// Like [`load`], and keeps the [`Document`] as well: for those who look at what was written, not only at what it means.
///
/// # Errors
/// Those of [`load`].
pub fn load_with_document(entry: &str, loader: &dyn Loader) -> io::Result<Loaded> {
    read_document(entry, loader, true)
}

fn read_document(entry: &str, loader: &dyn Loader, keep: bool) -> io::Result<Loaded> {
    let mut bundler = Bundler::new(loader);
    let file = bundler.open(entry)?;
    let mut document = None;
    let description = describe(&mut bundler, file, keep.then_some(&mut document));
    let Bundler {
        files,
        mut diagnostics,
        ..
    } = bundler;
    let mut loaded = Loaded {
        description,
        diagnostics: Vec::new(),
        sources: files.sources,
        document: document.map(Arc::new),
        formats: files.formats,
    };
    loaded.locate(&mut diagnostics);
    diagnostics.dedup_by(|next, last| is_same(next, last));
    if let Some(description) = &mut loaded.description {
        description.remember_broken(&diagnostics);
    }
    loaded.diagnostics = diagnostics;
    Ok(loaded)
}

/// Whether two findings show the same, as they do when something is used in several places.
fn is_same(one: &Diagnostic, other: &Diagnostic) -> bool {
    (one.rule, one.file, &one.span, &one.message)
        == (other.rule, other.file, &other.span, &other.message)
}

fn describe(
    bundler: &mut Bundler<'_>,
    file: FileId,
    keep: Option<&mut Option<Document>>,
) -> Option<Description> {
    let mut tree = bundler.files.take(file)?;
    let version = version::of(&tree, file, &mut bundler.diagnostics)?;
    bundler.version = version;
    let holds = Type::Object(structure::document(version));
    let (_, references) = structure::check(
        &mut tree,
        holds,
        version,
        (file, Pointer::root()),
        &[],
        &mut bundler.diagnostics,
    );
    let origins = bundler.bundle(&mut tree, file, references);
    cycles::shorten(&mut tree, version, &origins, &mut bundler.diagnostics);
    if let Some(document) = keep {
        *document = Some(Document::new(version, tree.clone(), origins.clone()));
    }
    let (tree, origins) = normalise::normalise(tree, version, origins, &mut bundler.diagnostics);
    let root = tree.as_object()?;
    let description = Description::new(typed::document(root), origins)
        .with_webhooks(typed::webhooks(root))
        .with_further_operations(typed::further_operations(root));
    pagination::check(&description, &mut bundler.diagnostics);
    Some(description)
}
