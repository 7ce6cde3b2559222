//! `specwright check`.

use std::{
    fs,
    path::{Path, PathBuf},
};

use clap::{Args, ValueEnum};
use specwright_conformance::check::{Checked, Config, Set, check};
use specwright_openapi::{
    Loaded,
    diagnostics::{
        Diagnostic, Severity, Sources,
        render::{self, Findings},
    },
};

use crate::{
    diff,
    document::{Document, Reading},
    failure::{Failure, Outcome},
    fix::{self, Fixed},
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
    /// The configuration; `specwright.toml` of the current folder if it is there.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// The rules to judge by, whatever the configuration extends.
    #[arg(long, value_enum, value_name = "SET")]
    rules: Option<RuleSet>,
    /// Findings that a deviations file names by their `rule` are expected; built-in APIs bring theirs.
    #[arg(long, value_name = "FILE")]
    deviations: Vec<PathBuf>,
    /// Mend what needs no thought in the files themselves, and report what is left.
    #[arg(long)]
    fix: bool,
    /// Print what `--fix` would change as a unified diff, and nothing else; exit with 1 if there is something.
    #[arg(long, conflicts_with_all = ["fix", "format", "deny"])]
    diff: bool,
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
enum RuleSet {
    /// What is wrong by the specification, or cannot work.
    Minimal,
    /// And what users of the document will miss or stumble over.
    Recommended,
    /// And matters of taste.
    Strict,
}

/// The configuration where none is named.
const CONFIG: &str = "specwright.toml";

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Denied {
    Warnings,
}

impl Check {
    pub(crate) fn run(self) -> Result<Outcome, Failure> {
        let config = self.configuration()?;
        if self.diff {
            return self.show_fixes(&config);
        }
        let mut judged = Vec::new();
        let mut failures = Vec::new();
        for name in &self.documents {
            let document = Document::named(name, &self.reading);
            let result = match self.fix {
                true => mend(&document, &config),
                false => judge(&document, &config),
            };
            match result {
                Ok((loaded, checked)) => judged.push(Judged {
                    name,
                    loaded,
                    checked,
                }),
                Err(failure) => failures.push(failure),
            }
        }
        let all = judged.iter().map(|it| &it.checked.suppressed);
        // What is not read may hold what a suppression is for.
        let (unused, texts) = match failures.is_empty() {
            true => config.unused(all),
            false => Default::default(),
        };
        terminal::print(&self.rendered(&judged, &unused, &texts))?;
        let diagnostics = || {
            judged
                .iter()
                .flat_map(|it| &it.checked.diagnostics)
                .chain(&unused)
        };
        let of = |severity| diagnostics().filter(|it| it.severity == severity).count();
        let (errors, warnings, infos) = (
            of(Severity::Error),
            of(Severity::Warning),
            of(Severity::Info),
        );
        if !judged.is_empty() {
            let expected: usize = judged.iter().map(|it| it.checked.suppressed.count).sum();
            terminal::report(&summary(errors, warnings, infos, expected, judged.len()));
        }
        all_done(failures)?;
        let failed = errors > 0 || (self.deny.is_some() && warnings > 0);
        Ok(if failed {
            Outcome::Findings
        } else {
            Outcome::Clean
        })
    }

    /// Prints what fixing would change.
    fn show_fixes(&self, config: &Config) -> Result<Outcome, Failure> {
        let mut failures = Vec::new();
        let mut outcome = Outcome::Clean;
        for name in &self.documents {
            match fix::fixed(&Document::named(name, &self.reading), config) {
                Ok(fixed) => {
                    for (name, file) in &fixed.files {
                        let Some((before, after)) = &file.texts else {
                            continue;
                        };
                        outcome = Outcome::Findings;
                        terminal::print(&diff::unified(name, before, after))?;
                    }
                }
                Err(failure) => failures.push(failure),
            }
        }
        all_done(failures)?;
        Ok(outcome)
    }

    fn configuration(&self) -> Result<Config, Failure> {
        let found = self.config.clone().or_else(|| {
            let usual = PathBuf::from(CONFIG);
            usual.is_file().then_some(usual)
        });
        let mut config = match found {
            Some(path) => {
                Config::parse(&path.to_string_lossy(), &read(&path)?).map_err(unusable)?
            }
            None => Config::default(),
        };
        if let Some(set) = self.rules {
            config = config.extends(match set {
                RuleSet::Minimal => Set::Minimal,
                RuleSet::Recommended => Set::Recommended,
                RuleSet::Strict => Set::Strict,
            });
        }
        for path in &self.deviations {
            let text = read(path)?;
            let name = path.to_string_lossy();
            config = config.deviations(&name, &text, None).map_err(unusable)?;
        }
        for name in &self.documents {
            let document = Document::named(name, &self.reading);
            if let Some(own) = document.deviations() {
                let (name, text, of) = (&own.name, own.text, Some(own.document.as_str()));
                config = config.deviations(name, text, of).map_err(unusable)?;
            }
        }
        Ok(config)
    }

    fn rendered(&self, judged: &[Judged<'_>], unused: &[Diagnostic], texts: &Sources) -> String {
        let mut findings: Vec<Findings<'_>> = judged.iter().map(Judged::findings).collect();
        if !unused.is_empty() {
            findings.push(Findings {
                document: "configuration",
                diagnostics: unused,
                sources: texts,
            });
        }
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

/// A document with its findings.
struct Judged<'n> {
    name: &'n str,
    loaded: Loaded,
    checked: Checked,
}

impl Judged<'_> {
    fn findings(&self) -> Findings<'_> {
        Findings {
            document: self.name,
            diagnostics: &self.checked.diagnostics,
            sources: &self.loaded.sources,
        }
    }
}

fn judge(document: &Document, config: &Config) -> Result<(Loaded, Checked), Failure> {
    let loaded = document.load_for_rules()?;
    let checked = check(&loaded, config);
    Ok((loaded, checked))
}

/// Mends a document in its files, and judges what is left.
fn mend(document: &Document, config: &Config) -> Result<(Loaded, Checked), Failure> {
    let Fixed {
        loaded,
        checked,
        files,
    } = fix::fixed(document, config)?;
    for (name, file) in &files {
        if let Some((before, after)) = &file.texts {
            fix::write(name, before, after)?;
        }
        let all = terminal::count(file.fixed + file.left, "finding");
        terminal::report(&format!("fixed {} of {all} in {name}\n", file.fixed));
    }
    Ok((loaded, checked))
}

/// Fails with the last of the failures, after telling the others.
fn all_done(mut failures: Vec<Failure>) -> Result<(), Failure> {
    let Some(last) = failures.pop() else {
        return Ok(());
    };
    for failure in failures {
        terminal::report_error(&failure.to_string());
    }
    Err(last)
}

fn read(path: &Path) -> Result<String, Failure> {
    fs::read_to_string(path)
        .map_err(|error| Failure::doing(format_args!("read `{}`", path.display()), error))
}

fn unusable(error: impl std::fmt::Display) -> Failure {
    Failure::new(error.to_string())
}

/// `2 errors, 1 warning, 3 notes in 1 document; 4 expected`.
fn summary(
    errors: usize,
    warnings: usize,
    infos: usize,
    expected: usize,
    documents: usize,
) -> String {
    let mut text = format!(
        "{}, {}",
        terminal::count(errors, "error"),
        terminal::count(warnings, "warning")
    );
    if infos > 0 {
        text += &format!(", {}", terminal::count(infos, "note"));
    }
    text += &format!(" in {}", terminal::count(documents, "document"));
    if expected > 0 {
        text += &format!("; {expected} expected");
    }
    text + "\n"
}
