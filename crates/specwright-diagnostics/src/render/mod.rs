//! Diagnostics as text or data. One file per form.

mod github;
mod json;
mod junit;
mod sarif;
mod text;

pub use github::github;
pub use json::json;
pub use junit::junit;
pub use sarif::sarif;
pub use text::{Style, text};

use crate::{Diagnostic, LineColumn, Sources};

/// The findings about one document.
#[derive(Debug, Clone, Copy)]
pub struct Findings<'a> {
    /// The document, as the user named it.
    pub document: &'a str,
    /// What was found, in order.
    pub diagnostics: &'a [Diagnostic],
    /// The texts that the findings point into.
    pub sources: &'a Sources,
}

/// The place of a finding for people and programs: a file, and where in it.
struct Place<'a> {
    file: &'a str,
    start: Option<LineColumn>,
    end: Option<LineColumn>,
}

impl Findings<'_> {
    fn place(&self, diagnostic: &Diagnostic) -> Option<Place<'_>> {
        let source = self.sources.get(diagnostic.file?)?;
        let span = diagnostic.span.as_ref();
        Some(Place {
            file: source.name(),
            start: span.map(|span| source.line_column(span.bytes.start)),
            end: span.map(|span| source.line_column(span.bytes.end)),
        })
    }
}
