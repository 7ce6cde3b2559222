//! `specwright generate`.

use std::{
    fmt::Display,
    path::{Path, PathBuf},
};

use clap::Args;
use specwright_generator::{
    Files, Ledger, Recipe, Status, generate, generate_module, generate_with_document,
};
use specwright_openapi::{
    Description, Loaded,
    diagnostics::{Diagnostic, Severity, render},
};

use crate::{
    document::{Document, Reading},
    failure::{Failure, Outcome},
    output,
    recipe::Choices,
    terminal,
};

/// Generate a client crate, or a client as one file.
#[derive(Debug, Args)]
pub(crate) struct Generate {
    /// The document: a path, `-`, or the name of a built-in API.
    #[arg(value_name = "DOCUMENT")]
    document: String,
    /// The folder of the crate.
    #[arg(long, value_name = "DIR", required_unless_present = "module")]
    out: Option<PathBuf>,
    /// One file instead of a crate, to take into a crate with `mod` or `include!`.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["out", "runtime_path"])]
    module: Option<PathBuf>,
    /// The name of the package.
    #[arg(long, value_parser = package_name)]
    name: Option<String>,
    #[command(flatten)]
    choices: Choices,
    /// Write nothing; fail if the output is not what would be generated.
    #[arg(long)]
    check: bool,
    /// Point the crate at a checkout of the runtime, relative to the crate or absolute.
    #[arg(long, value_name = "DIR")]
    runtime_path: Option<String>,
    /// Generate from what is usable of a document with errors that leave something out.
    #[arg(long)]
    allow_errors: bool,
    #[command(flatten)]
    reading: Reading,
}

/// What is generated, and where it is to be.
enum Output<'a> {
    Crate(&'a Path, Files),
    Module(&'a Path, String),
}

/// What cargo takes as the name of a package.
fn package_name(text: &str) -> Result<String, String> {
    let known = |it: char| it.is_ascii_alphanumeric() || matches!(it, '-' | '_');
    if text.starts_with(|it: char| it.is_ascii_alphabetic()) && text.chars().all(known) {
        Ok(text.to_owned())
    } else {
        Err("a package is named with letters, digits, `-` and `_`, a letter first".to_owned())
    }
}

impl Generate {
    pub(crate) fn run(self) -> Result<Outcome, Failure> {
        let document = Document::named(&self.document, &self.reading);
        let recipe = self.recipe(&document)?;
        let loaded = match recipe.wants_contract_tests() {
            true => document.load_for_rules()?,
            false => document.load()?,
        };
        show(&loaded.diagnostics, &loaded);
        let description = match &loaded.description {
            Some(description) if self.allow_errors || !loaded.has_consequential_errors() => {
                description
            }
            Some(_) => {
                return Ok(stopped(
                    "the document has errors that leave something out; --allow-errors uses what can be used",
                ));
            }
            None => return Ok(stopped("the document cannot be used")),
        };
        let (output, ledger, mut findings) = self.output(&loaded, description, &recipe)?;
        loaded.locate(&mut findings);
        show(&findings, &loaded);
        if findings.iter().any(|it| it.severity == Severity::Error) {
            return Ok(stopped("nothing is written"));
        }
        if self.check {
            self.compare(&output)
        } else {
            write(&output, &ledger)
        }
    }

    fn recipe(&self, document: &Document) -> Result<Recipe, Failure> {
        let mut recipe = self.choices.recipe(document)?;
        if let Some(name) = &self.name {
            recipe.set_name(name);
        }
        if let Some(path) = &self.runtime_path {
            recipe.set_runtime_path(path);
        }
        Ok(recipe)
    }

    fn output(
        &self,
        loaded: &Loaded,
        description: &Description,
        recipe: &Recipe,
    ) -> Result<(Output<'_>, Ledger, Vec<Diagnostic>), Failure> {
        match (&self.out, &self.module) {
            (Some(folder), _) => {
                let generated = match &loaded.document {
                    Some(document) => generate_with_document(description, document, recipe),
                    None => generate(description, recipe),
                };
                let output = Output::Crate(folder, generated.files);
                Ok((output, generated.ledger, generated.diagnostics))
            }
            (None, Some(file)) => {
                let generated = generate_module(description, recipe);
                let output = Output::Module(file, generated.source);
                Ok((output, generated.ledger, generated.diagnostics))
            }
            (None, None) => Err(Failure::new("one of --out and --module is needed")),
        }
    }

    fn compare(&self, output: &Output<'_>) -> Result<Outcome, Failure> {
        let lines: Vec<String> = match output {
            Output::Crate(folder, files) => {
                let lines = output::compare(files, folder)?.lines().into_iter();
                lines
                    .map(|line| folder.join(line).display().to_string())
                    .collect()
            }
            Output::Module(file, text) => {
                let state = output::compare_file(file, text)?.what();
                let line = state.map(|what| format!("{} {what}", file.display()));
                line.into_iter().collect()
            }
        };
        if lines.is_empty() {
            return Ok(Outcome::Clean);
        }
        let lines = lines.into_iter().map(|line| format!("{line}\n"));
        terminal::print(&lines.collect::<String>())?;
        terminal::report_error(&format!("the output is stale; run: {}", self.command()));
        Ok(Outcome::Findings)
    }

    /// The command that would mend stale output.
    fn command(&self) -> String {
        let option =
            |name: &str, value: &dyn Display| format!("--{name} {}", quoted(&value.to_string()));
        let mut words = vec!["specwright generate".to_owned(), quoted(&self.document)];
        words.extend(self.out.iter().map(|path| option("out", &path.display())));
        words.extend(
            self.module
                .iter()
                .map(|path| option("module", &path.display())),
        );
        words.extend(self.name.iter().map(|name| option("name", name)));
        words.extend(
            self.choices
                .recipe
                .iter()
                .map(|path| option("recipe", &path.display())),
        );
        words.extend(self.choices.only.iter().map(|only| option("only", only)));
        words.extend(
            self.runtime_path
                .iter()
                .map(|path| option("runtime-path", path)),
        );
        words.extend(self.allow_errors.then(|| "--allow-errors".to_owned()));
        words.join(" ")
    }
}

/// A word as a shell takes it.
fn quoted(word: &str) -> String {
    let plain = |it: char| it.is_alphanumeric() || "-_./:@=+,".contains(it);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

/// Says why nothing is generated.
pub(super) fn stopped(why: &str) -> Outcome {
    terminal::report_error(why);
    Outcome::Findings
}

fn write(output: &Output<'_>, ledger: &Ledger) -> Result<Outcome, Failure> {
    let (place, done) = match output {
        Output::Crate(folder, files) => {
            let difference = output::write(files, folder)?;
            let done = format!(
                "{} written, {} removed, of {}",
                difference.missing.len() + difference.changed.len(),
                difference.superfluous.len(),
                terminal::count(files.iter().count(), "file")
            );
            (folder, done)
        }
        Output::Module(file, text) => {
            let done = match output::write_file(file, text)? {
                output::State::Fresh => "nothing to write",
                output::State::Missing | output::State::Changed => "written",
            };
            (file, done.to_owned())
        }
    };
    terminal::report(&format!(
        "{}: {}; {done}\n",
        place.display(),
        operations(ledger)
    ));
    Ok(Outcome::Clean)
}

fn operations(ledger: &Ledger) -> String {
    let total = terminal::count(ledger.operations.len(), "operation");
    let losses = [Status::Degraded, Status::Refused].into_iter();
    let losses = losses
        .map(|status| (ledger.count(status), status.as_str()))
        .filter(|(number, _)| *number > 0);
    losses.fold(total, |text, (number, name)| {
        format!("{text}, {number} {name}")
    })
}

/// Shows errors and warnings; what is merely worth knowing is for `specwright check`.
pub(super) fn show(findings: &[Diagnostic], loaded: &Loaded) {
    let mut findings = findings.to_vec();
    findings.retain(|it| it.severity != Severity::Info);
    let style = terminal::stderr_style();
    terminal::report(&render::text(&findings, &loaded.sources, style));
}
