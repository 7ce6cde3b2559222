//! Diagnostics as workflow commands, which GitHub shows as annotations on the lines of a pull request.

use super::Findings;
use crate::{Diagnostic, Severity};

/// Renders one `::error …::message` line per finding (GitHub Actions, "Workflow commands").
#[must_use]
pub fn github(documents: &[Findings<'_>]) -> String {
    documents
        .iter()
        .flat_map(|document| document.diagnostics.iter().map(|it| command(it, document)))
        .collect()
}

fn command(diagnostic: &Diagnostic, document: &Findings<'_>) -> String {
    let level = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    };
    let mut properties = Vec::new();
    if let Some(place) = document.place(diagnostic) {
        properties.push(format!("file={}", property(place.file)));
        if let Some(start) = place.start {
            properties.push(format!("line={},col={}", start.line, start.column));
        }
    }
    properties.push(format!("title={}", property(diagnostic.rule.name)));
    let mut message = diagnostic.message.clone();
    if !diagnostic.pointer.is_root() {
        message.push_str(&format!(" (at {})", diagnostic.pointer));
    }
    if let Some(help) = &diagnostic.help {
        message.push_str("\nhelp: ");
        message.push_str(help);
    }
    format!("::{level} {}::{}\n", properties.join(","), data(&message))
}

/// Escapes the text of a command.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// Escapes the value of a property.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
