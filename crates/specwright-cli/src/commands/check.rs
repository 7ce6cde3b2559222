//! `specwright check`.

use clap::{Args, ValueEnum};
use specwright_openapi::{
    Loaded,
    diagnostics::{
        Severity,
        render::{self, Findings},
    },
};

use crate::{
    document::{Document, Reading},
    failure::{Failure, Outcome},
    terminal,
};

/// Report what is wrong with documents.
#[derive(Debug, Args)]
pub(crate) struct Check {
    /// The documents: paths, `-`, or names of built-in APIs.
    #[arg(required = true, value_name = "DOCUMENT")]
    documents: Vec<String>,
    /// The form of the findings on standard output.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Let warnings fail as errors do.
    #[arg(long, value_enum, value_name = "SEVERITY")]
    deny: Option<Denied>,
    #[command(flatten)]
    reading: Reading,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// For people.
    Text,
    /// Stable and versioned.
    Json,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// GitHub annotations.
    Github,
    /// A JUnit report.
    Junit,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Denied {
    Warnings,
}

impl Check {
    pub(crate) fn run(self) -> Result<Outcome, Failure> {
        let mut loaded = Vec::new();
        let mut failures = Vec::new();
        for name in &self.documents {
            match Document::named(name, &self.reading).load() {
                Ok(document) => loaded.push((name.as_str(), document)),
                Err(failure) => failures.push(failure),
            }
        }
        terminal::print(&self.rendered(&loaded))?;
        let diagnostics = || loaded.iter().flat_map(|(_, it)| &it.diagnostics);
        let of = |severity| diagnostics().filter(|it| it.severity == severity).count();
        let (errors, warnings) = (of(Severity::Error), of(Severity::Warning));
        if !loaded.is_empty() {
            terminal::report(&format!(
                "{}, {} in {}\n",
                terminal::count(errors, "error"),
                terminal::count(warnings, "warning"),
                terminal::count(loaded.len(), "document")
            ));
        }
        if let Some(last) = failures.pop() {
            for failure in failures {
                terminal::report_error(&failure.to_string());
            }
            return Err(last);
        }
        let failed = errors > 0 || (self.deny.is_some() && warnings > 0);
        Ok(if failed {
            Outcome::Findings
        } else {
            Outcome::Clean
        })
    }

    fn rendered(&self, loaded: &[(&str, Loaded)]) -> String {
        let findings: Vec<Findings<'_>> =
            loaded.iter().map(|(name, it)| findings(name, it)).collect();
        match self.format {
            Format::Text => {
                let style = terminal::stdout_style();
                let text = |it: &Findings<'_>| render::text(it.diagnostics, it.sources, style);
                findings.iter().map(text).collect()
            }
            Format::Json => render::json(&findings),
            Format::Sarif => render::sarif(&findings),
            Format::Github => render::github(&findings),
            Format::Junit => render::junit(&findings),
        }
    }
}

fn findings<'a>(document: &'a str, loaded: &'a Loaded) -> Findings<'a> {
    Findings {
        document,
        diagnostics: &loaded.diagnostics,
        sources: &loaded.sources,
    }
}
