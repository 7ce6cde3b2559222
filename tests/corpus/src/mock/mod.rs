//! The mock over the folder of documents: whether what it makes is valid, and whether its lists page.
//!
//! `specwright-corpus DIR --mock [--only NAME] [--all] [--bless]`. The result is text to commit, `mock.txt`: counts, and
//! the exceptions by name; `--all` shows every one of them, `--only` one document, and neither compares.

mod client;
mod convert;
mod judge;
mod lists;
mod original;
mod request;
mod values;
mod walk;

use std::{
    fmt::Write as _,
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
    process::ExitCode,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use specwright_openapi::{FolderLoader, load_with_document};

use crate::{
    manifest::{Entry, Manifest},
    progress::Progress,
    scoreboard,
};
use judge::Judge;
use lists::Lists;
use original::Original;
use values::Found;

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/mock.txt");

/// How many exceptions of one document are named.
const NAMED: usize = 5;

/// What the mock made of one document.
#[derive(Debug, Clone, Default)]
struct Outcome {
    panicked: bool,
    values: Option<Found>,
    lists: Option<Lists>,
    time: Duration,
}

/// Runs over all documents, or those whose name contains `only`.
pub(crate) fn run(folder: &Path, manifest: &Manifest, arguments: &[String]) -> ExitCode {
    let flag = |name: &str| arguments.iter().any(|it| it == name);
    let only = arguments
        .iter()
        .position(|it| it == "--only")
        .and_then(|at| arguments.get(at + 1));
    let entries: Vec<&Entry> = manifest
        .entries
        .iter()
        .filter(|it| match only {
            Some(only) => it.file.contains(only.as_str()),
            None => !it.file.starts_with("official/"),
        })
        .collect();
    let outcomes = all(folder, &entries);
    let named = if flag("--all") { usize::MAX } else { NAMED };
    let text = render(&entries, &outcomes, named);
    print!("{text}");
    for (entry, outcome) in entries.iter().zip(&outcomes) {
        if outcome.time > Duration::from_secs(10) {
            eprintln!("{}: {:.1} s", entry.file, outcome.time.as_secs_f64());
        }
    }
    if only.is_some() || flag("--all") {
        return ExitCode::SUCCESS;
    }
    scoreboard::compare(FILE, &text, flag("--bless"))
}

fn all(folder: &Path, entries: &[&Entry]) -> Vec<Outcome> {
    let progress = Progress::new(entries.len());
    let next = AtomicUsize::new(0);
    let outcomes = Mutex::new(vec![Outcome::default(); entries.len()]);
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let Some(entry) = entries.get(index) else {
                        break;
                    };
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
    let start = Instant::now();
    let result = catch_unwind(AssertUnwindSafe(|| {
        let path = folder.join(&entry.file);
        let (root, name) = (path.parent()?, path.file_name()?.to_str()?);
        let loaded = load_with_document(name, &FolderLoader::new(root)).ok()?;
        let description = Arc::new(loaded.description?);
        let mut judge = Judge::new(&description)?;
        let original = Original::new(&description, loaded.document?);
        let values = values::judge(&description, &mut judge, &original);
        let lists = lists::judge(&description, &mut judge, &original);
        Some((values, lists))
    }));
    let panicked = result.is_err();
    let (values, lists) = result.ok().flatten().unzip();
    Outcome {
        panicked,
        values,
        lists,
        time: start.elapsed(),
    }
}

/// The result as text: counts, documents, and the exceptions of each.
fn render(entries: &[&Entry], outcomes: &[Outcome], named: usize) -> String {
    let mut text = String::new();
    let values = |count: fn(&Found) -> usize| -> usize {
        let found = outcomes.iter().filter_map(|it| it.values.as_ref());
        found.map(count).sum()
    };
    let lists = |count: fn(&Lists) -> usize| -> usize {
        let found = outcomes.iter().filter_map(|it| it.lists.as_ref());
        found.map(count).sum()
    };
    let _ok = writeln!(
        text,
        "values: {} valid, {} invalid, {} undecided, of {} bodies; {} have no one place in the document",
        values(|it| it.valid),
        values(|it| it.invalid),
        values(|it| it.undecided),
        values(|it| it.bodies),
        values(|it| it.unplaced),
    );
    let with_plans = outcomes
        .iter()
        .filter(|it| it.lists.as_ref().is_some_and(|it| it.plans > 0));
    let _ok = writeln!(
        text,
        "lists: {} of {} plans give their data set once in every walk, in {} documents; {} walks, {} pages",
        lists(|it| it.right),
        lists(|it| it.plans),
        with_plans.count(),
        lists(|it| it.walks),
        lists(|it| it.pages),
    );
    for (entry, outcome) in entries.iter().zip(outcomes) {
        document(&mut text, entry, outcome, named);
    }
    text
}

fn document(text: &mut String, entry: &Entry, outcome: &Outcome, named: usize) {
    if outcome.panicked {
        let _ok = writeln!(text, "{}: panicked", entry.file);
    }
    let (Some(values), Some(lists)) = (&outcome.values, &outcome.lists) else {
        return;
    };
    let is_right = values.exceptions.is_empty() && lists.exceptions.is_empty();
    if values.bodies == 0 || (!entry.is_main() && is_right) {
        return;
    }
    let _ok = writeln!(
        text,
        "{}: {} bodies, {} valid, {} invalid, {} undecided, at most {} kB; {} plans, {} right, {} small",
        entry.file,
        values.bodies,
        values.valid,
        values.invalid,
        values.undecided,
        values.largest.div_ceil(1000),
        lists.plans,
        lists.right,
        lists.small,
    );
    for (kind, exceptions) in [("value", &values.exceptions), ("list", &lists.exceptions)] {
        for exception in exceptions.iter().take(named) {
            let _ok = writeln!(text, "  {kind} {exception}");
        }
        let further = exceptions.len().saturating_sub(named);
        if further > 0 {
            let _ok = writeln!(text, "  and {further} more");
        }
    }
}
