//! Loading every document.

use std::{
    collections::BTreeMap,
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use specwright_openapi::{FolderLoader, diagnostics::Severity, load_with_document};

use crate::{
    generate::{self, Client},
    manifest::{Entry, Manifest},
    progress::Progress,
    rules::{self, Findings},
    truth::{self, Score},
};

/// What loading one document gave.
#[derive(Debug, Clone, Default)]
pub(crate) struct Outcome {
    /// It could not be read as a file.
    pub(crate) unreadable: bool,
    pub(crate) panicked: bool,
    /// Operations, those of webhooks included; `None` if there is no description.
    pub(crate) operations: Option<usize>,
    /// Findings by severity and rule.
    pub(crate) findings: BTreeMap<(Severity, &'static str), usize>,
    /// What the rules about documents find.
    pub(crate) rules: Findings,
    pub(crate) time: Duration,
    /// `None` if there is no description.
    pub(crate) client: Option<Client>,
    /// `None` if the document has no labels.
    pub(crate) score: Option<Score>,
}

impl Outcome {
    /// Whether the structure rules reject the document.
    pub(crate) fn is_rejected(&self) -> bool {
        let structural = |rule: &str| rule.starts_with("structure/") || rule.starts_with("syntax/");
        self.findings
            .keys()
            .any(|(severity, rule)| *severity == Severity::Error && structural(rule))
    }
}

/// Documents that take longer are named.
const SLOW: Duration = Duration::from_secs(2);

/// Loads every document of the manifest on all cores.
pub(crate) fn all(folder: &Path, manifest: &Manifest) -> Vec<Outcome> {
    let entries = &manifest.entries;
    let progress = Progress::new(entries.len());
    let next = AtomicUsize::new(0);
    let outcomes = Mutex::new(vec![Outcome::default(); entries.len()]);
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                while let Some((index, entry)) = {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    entries.get(index).map(|entry| (index, entry))
                } {
                    let outcome = one(folder, entry);
                    if let Ok(mut outcomes) = outcomes.lock()
                        && let Some(slot) = outcomes.get_mut(index)
                    {
                        *slot = outcome;
                    }
                    progress.step(&entry.file);
                }
            });
        }
    });
    outcomes.into_inner().unwrap_or_default()
}

fn one(folder: &Path, entry: &Entry) -> Outcome {
    let path = folder.join(&entry.file);
    let (Some(root), Some(name)) = (path.parent(), path.file_name().and_then(|it| it.to_str()))
    else {
        return Outcome {
            unreadable: true,
            ..Outcome::default()
        };
    };
    let start = Instant::now();
    let loaded = catch_unwind(AssertUnwindSafe(|| {
        load_with_document(name, &FolderLoader::new(root))
    }));
    let mut outcome = Outcome {
        time: start.elapsed(),
        ..Outcome::default()
    };
    match loaded {
        Err(_) => outcome.panicked = true,
        Ok(Err(_)) => outcome.unreadable = true,
        Ok(Ok(loaded)) => {
            outcome.operations = loaded.description.as_ref().map(|it| {
                let webhooks = it.webhooks().map(|(_, item)| item.iter().count());
                it.operations().count() + webhooks.sum::<usize>()
            });
            outcome.client = loaded.description.as_ref().map(generate::client);
            let score = loaded
                .description
                .as_ref()
                .map(|it| truth::score(&entry.file, it));
            outcome.score = match score {
                None => None,
                Some(Ok(score)) => score,
                Some(Err(_)) => {
                    outcome.unreadable = true;
                    None
                }
            };
            match catch_unwind(AssertUnwindSafe(|| rules::findings(&loaded))) {
                Ok(findings) => outcome.rules = findings,
                Err(_) => outcome.panicked = true,
            }
            for it in &loaded.diagnostics {
                *outcome
                    .findings
                    .entry((it.severity, it.rule.name))
                    .or_default() += 1;
            }
        }
    }
    outcome
}

/// The time of all and of slow documents; not part of the scoreboard.
pub(crate) fn print_times(outcomes: &[Outcome]) {
    let total: Duration = outcomes.iter().map(|it| it.time).sum();
    let slow = outcomes.iter().filter(|it| it.time > SLOW).count();
    eprintln!(
        "{:.1} s of loading; {slow} documents took longer than {SLOW:?}",
        total.as_secs_f64()
    );
}
