//! `specwright ledger`.

use std::fmt::Write as _;

use clap::{Args, ValueEnum};
use specwright_generator::{Diagnostic, Entry, Status};
use specwright_openapi::{
    Loaded,
    diagnostics::{FileId, Pointer, Severity},
};

use super::generate::{show, stopped};
use crate::{
    document::{Document, Reading},
    failure::{Failure, Outcome},
    recipe::Choices,
    terminal,
};

/// Say what generating would make of each operation: supported, degraded (what is lost) or refused (why).
#[derive(Debug, Args)]
pub(crate) struct Ledger {
    /// The document: a path, `-`, or the name of a built-in API.
    #[arg(value_name = "DOCUMENT")]
    document: String,
    /// The form of the ledger on standard output.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    #[command(flatten)]
    choices: Choices,
    #[command(flatten)]
    reading: Reading,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// For people.
    Text,
    /// Stable and versioned; the same as `ledger.json` of a generated crate.
    Json,
}

impl Ledger {
    pub(crate) fn run(self) -> Result<Outcome, Failure> {
        let document = Document::named(&self.document, &self.reading);
        let recipe = self.choices.recipe(&document)?;
        let loaded = document.load()?;
        show(&loaded.diagnostics, &loaded);
        let Some(description) = &loaded.description else {
            return Ok(stopped("the document cannot be used"));
        };
        let (ledger, mut findings) = specwright_generator::ledger(description, &recipe);
        loaded.locate(&mut findings);
        // What the ledger itself says need not be said twice.
        let (errors, losses): (Vec<_>, Vec<_>) = findings
            .into_iter()
            .partition(|it| it.severity == Severity::Error);
        show(&errors, &loaded);
        terminal::print(&match self.format {
            Format::Text => text(&ledger, &losses, &loaded),
            Format::Json => ledger.to_json(),
        })?;
        let clean = ledger.count(Status::Refused) == 0 && errors.is_empty() && !loaded.has_errors();
        Ok(if clean {
            Outcome::Clean
        } else {
            Outcome::Findings
        })
    }
}

/// A line for each operation with its losses below it, and the totals.
fn text(ledger: &specwright_generator::Ledger, losses: &[Diagnostic], loaded: &Loaded) -> String {
    let request = |entry: &Entry| format!("{} {}", entry.method, entry.path);
    let widths = ledger
        .operations
        .iter()
        .map(|it| request(it).chars().count());
    let width = widths.max().unwrap_or_default().min(WIDEST);
    let mut text = String::new();
    for entry in &ledger.operations {
        let (status, request) = (entry.status.as_str(), request(entry));
        // An operation without an id is named by its method and path.
        let id = if entry.operation == request {
            ""
        } else {
            entry.operation.as_str()
        };
        let line = format!("{status:<9}  {request:<width$}  {id}");
        text.push_str(line.trim_end());
        text.push('\n');
        for (index, reason) in entry.reasons.iter().enumerate() {
            let place = entry.places.get(index);
            let place = place.and_then(|(file, pointer)| place_of(*file, pointer, losses, loaded));
            let place = place.map(|place| format!(" ({place})"));
            _ = writeln!(text, "           - {reason}{}", place.unwrap_or_default());
        }
    }
    if !text.is_empty() {
        text.push('\n');
    }
    let totals = [Status::Supported, Status::Degraded, Status::Refused]
        .map(|status| format!("{} {}", ledger.count(status), status.as_str()));
    let all = terminal::count(ledger.operations.len(), "operation");
    _ = writeln!(text, "{all}: {}", totals.join(", "));
    text
}

/// Longer paths push their ids aside instead of all ids.
const WIDEST: usize = 60;

/// `api.yaml:12:9`.
fn place_of(
    file: FileId,
    pointer: &Pointer,
    losses: &[Diagnostic],
    loaded: &Loaded,
) -> Option<String> {
    let finding = losses
        .iter()
        .find(|it| it.file == Some(file) && it.pointer == *pointer)?;
    let (source, span) = (loaded.sources.get(file)?, finding.span.as_ref()?);
    let at = source.line_column(span.bytes.start);
    Some(format!("{}:{}:{}", source.name(), at.line, at.column))
}
