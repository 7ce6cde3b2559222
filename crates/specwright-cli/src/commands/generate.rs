//! `specwright generate`.

use std::{fmt::Display, path::PathBuf};

use clap::Args;
use specwright_generator::{Generated, Recipe, Status, generate};
use specwright_openapi::{
    Loaded,
    diagnostics::{Diagnostic, Severity, render},
};

use crate::{
    document::{Document, Reading},
    failure::{Failure, Outcome},
    output, terminal,
};

/// Generate a client crate.
#[derive(Debug, Args)]
pub(crate) struct Generate {
    /// The document: a path, `-`, or the name of a built-in API.
    #[arg(value_name = "DOCUMENT")]
    document: String,
    /// The folder of the crate.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// The name of the package.
    #[arg(long, value_parser = package_name)]
    name: Option<String>,
    /// The recipe (TOML); built-in APIs bring their own.
    #[arg(long, value_name = "FILE")]
    recipe: Option<PathBuf>,
    /// Write nothing; fail if the folder is not what would be generated.
    #[arg(long)]
    check: bool,
    /// Keep only operations with this tag or operation id; may be repeated.
    #[arg(long, value_name = "TAG|OPERATION")]
    only: Vec<String>,
    /// Point the crate at a checkout of the runtime, relative to the crate or absolute.
    #[arg(long, value_name = "DIR")]
    runtime_path: Option<String>,
    /// Generate from what is usable of a document with errors.
    #[arg(long)]
    allow_errors: bool,
    #[command(flatten)]
    reading: Reading,
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
        let loaded = document.load()?;
        show(&loaded.diagnostics, &loaded);
        let description = match &loaded.description {
            Some(description) if self.allow_errors || !loaded.has_errors() => description,
            Some(_) => {
                return Ok(stopped(
                    "the document has errors; --allow-errors uses what can be used",
                ));
            }
            None => return Ok(stopped("the document cannot be used")),
        };
        let mut generated = generate(description, &recipe);
        let mut findings = std::mem::take(&mut generated.diagnostics);
        loaded.locate(&mut findings);
        show(&findings, &loaded);
        if findings.iter().any(|it| it.severity == Severity::Error) {
            return Ok(stopped("nothing is written"));
        }
        if self.check {
            self.compare(&generated)
        } else {
            self.write(&generated)
        }
    }

    fn recipe(&self, document: &Document) -> Result<Recipe, Failure> {
        let parse = |place: &str, text: &str| {
            Recipe::parse(text)
                .map_err(|error| Failure::doing(format_args!("use the recipe `{place}`"), error))
        };
        let mut recipe = match (&self.recipe, document.recipe()) {
            (Some(path), _) => {
                let text = std::fs::read_to_string(path).map_err(|error| {
                    Failure::doing(format_args!("read `{}`", path.display()), error)
                })?;
                parse(&path.display().to_string(), &text)?
            }
            (None, Some(text)) => parse(document.name(), text)?,
            (None, None) => Recipe::default(),
        };
        if let Some(name) = &self.name {
            recipe.set_name(name);
        }
        if let Some(path) = &self.runtime_path {
            recipe.set_runtime_path(path);
        }
        recipe.set_only(self.only.clone());
        Ok(recipe)
    }

    fn write(&self, generated: &Generated) -> Result<Outcome, Failure> {
        let difference = output::write(&generated.files, &self.out)?;
        let written = difference.missing.len() + difference.changed.len();
        terminal::report(&format!(
            "{}: {}; {written} written, {} removed, of {}\n",
            self.out.display(),
            operations(generated),
            difference.superfluous.len(),
            terminal::count(generated.files.iter().count(), "file")
        ));
        Ok(Outcome::Clean)
    }

    fn compare(&self, generated: &Generated) -> Result<Outcome, Failure> {
        let difference = output::compare(&generated.files, &self.out)?;
        if difference.is_empty() {
            return Ok(Outcome::Clean);
        }
        let lines = difference.lines().into_iter();
        let lines = lines.map(|line| format!("{}\n", self.out.join(line).display()));
        terminal::print(&lines.collect::<String>())?;
        terminal::report_error(&format!("the output is stale; run: {}", self.command()));
        Ok(Outcome::Findings)
    }

    /// The command that would mend stale output.
    fn command(&self) -> String {
        let option =
            |name: &str, value: &dyn Display| format!("--{name} {}", quoted(&value.to_string()));
        let mut words = vec!["specwright generate".to_owned(), quoted(&self.document)];
        words.push(option("out", &self.out.display()));
        words.extend(self.name.iter().map(|name| option("name", name)));
        words.extend(
            self.recipe
                .iter()
                .map(|path| option("recipe", &path.display())),
        );
        words.extend(self.only.iter().map(|only| option("only", only)));
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
fn stopped(why: &str) -> Outcome {
    terminal::report_error(why);
    Outcome::Findings
}

fn operations(generated: &Generated) -> String {
    let of = |status| {
        generated
            .ledger
            .operations
            .iter()
            .filter(|entry| entry.status == status)
            .count()
    };
    let total = terminal::count(generated.ledger.operations.len(), "operation");
    let losses = [(Status::Degraded, "degraded"), (Status::Refused, "refused")];
    let losses = losses
        .into_iter()
        .map(|(status, name)| (of(status), name))
        .filter(|(number, _)| *number > 0);
    losses.fold(total, |text, (number, name)| {
        format!("{text}, {number} {name}")
    })
}

/// Shows errors and warnings; what is merely worth knowing is for `specwright check`.
fn show(findings: &[Diagnostic], loaded: &Loaded) {
    let mut findings = findings.to_vec();
    findings.retain(|it| it.severity != Severity::Info);
    let style = terminal::stderr_style();
    terminal::report(&render::text(&findings, &loaded.sources, style));
}
