//! The mock over the folder of documents: whether what it makes is valid, and whether its lists page.
//!
//! `specwright-corpus DIR --mock [--only NAME] [--all] [--bless]`. The result is text to commit, `mock.txt`: counts, and
//! the exceptions by name; `--all` shows every one of them.

mod convert;
mod judge;
mod original;
mod values;

use std::{
    fmt::Write as _,
    fs,
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
    process::ExitCode,
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use specwright_openapi::{FolderLoader, load_with_document};

use crate::{
    manifest::{Entry, Manifest},
    progress::Progress,
};
use judge::Judge;
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
    if flag("--bless") && fs::write(FILE, &text).is_err() {
        eprintln!("error: cannot write {FILE}");
        return ExitCode::from(2);
    }
    ExitCode::SUCCESS
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
        let description = loaded.description?;
        let mut judge = Judge::new(&description)?;
        let original = Original::new(&description, loaded.document?);
        Some(values::judge(&description, &mut judge, &original))
    }));
    Outcome {
        panicked: result.is_err(),
        values: result.ok().flatten(),
        time: start.elapsed(),
    }
}

fn render(entries: &[&Entry], outcomes: &[Outcome], named: usize) -> String {
    let mut text = String::new();
    let total = |count: fn(&Found) -> usize| -> usize {
        outcomes
            .iter()
            .filter_map(|it| it.values.as_ref())
            .map(count)
            .sum()
    };
    let (valid, invalid, undecided) = (
        total(|it| it.valid),
        total(|it| it.invalid),
        total(|it| it.undecided),
    );
    let _ok = writeln!(
        text,
        "values: {valid} valid, {invalid} invalid, {undecided} undecided, of {} bodies; {} judged by the normal form alone",
        total(|it| it.bodies),
        total(|it| it.unplaced)
    );
    for (entry, outcome) in entries.iter().zip(outcomes) {
        if outcome.panicked {
            let _ok = writeln!(text, "{}: panicked", entry.file);
        }
        let Some(values) = &outcome.values else {
            continue;
        };
        if values.bodies == 0 || (!entry.is_main() && values.exceptions.is_empty()) {
            continue;
        }
        let _ok = writeln!(
            text,
            "{}: {} bodies, {} valid, {} invalid, {} undecided, at most {} kB",
            entry.file,
            values.bodies,
            values.valid,
            values.invalid,
            values.undecided,
            values.largest.div_ceil(1000)
        );
        for exception in values.exceptions.iter().take(named) {
            let _ok = writeln!(text, "  {exception}");
        }
        let further = values.exceptions.len().saturating_sub(named);
        if further > 0 {
            let _ok = writeln!(text, "  and {further} more");
        }
    }
    text
}
