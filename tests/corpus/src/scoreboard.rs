//! The result as a text to commit.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    fs,
    path::Path,
    process::ExitCode,
};

use specwright_openapi::diagnostics::Severity;

use crate::{generate::Client, load::Outcome, manifest::Manifest, truth::Score};

/// The committed text about loading and generating.
pub(crate) const SCOREBOARD: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/scoreboard.txt");

/// Counts, and every unexpected case by name.
pub(crate) fn render(manifest: &Manifest, outcomes: &[Outcome]) -> String {
    let mut text = String::new();
    let pairs = || manifest.entries.iter().zip(outcomes);
    let mut section = |title: &str, lines: Vec<String>| {
        let _ok = writeln!(text, "{title}");
        for line in lines {
            let _ok = writeln!(text, "  {line}");
        }
    };
    let described = outcomes.iter().filter(|it| it.operations.is_some()).count();
    section(
        &format!(
            "documents: {} of {} give a description",
            described,
            outcomes.len()
        ),
        Vec::new(),
    );
    let named = |wanted: &dyn Fn(&Outcome) -> bool| {
        pairs()
            .filter(|(_, it)| wanted(it))
            .map(|(entry, _)| entry.file.clone())
            .collect::<Vec<_>>()
    };
    let panicked = named(&|it| it.panicked);
    section(&format!("panics: {}", panicked.len()), panicked);
    let unreadable = named(&|it| it.unreadable);
    section(
        &format!("unreadable files: {}", unreadable.len()),
        unreadable,
    );
    let main: Vec<_> = pairs().filter(|(entry, _)| entry.is_main()).collect();
    let wrong: Vec<String> = main
        .iter()
        .filter(|(entry, it)| entry.operations.is_some() && entry.operations != it.operations)
        .map(|(entry, it)| {
            format!(
                "{}: {:?} of {:?}",
                entry.file, it.operations, entry.operations
            )
        })
        .collect();
    let right = main.len() - wrong.len();
    section(
        &format!(
            "main documents with all operations: {right} of {}",
            main.len()
        ),
        wrong,
    );
    let fixtures: Vec<_> = pairs()
        .filter_map(|(entry, it)| Some((entry, it, entry.expected()?)))
        .collect();
    let wrong: Vec<String> = fixtures
        .iter()
        .filter(|(_, it, accepted)| it.is_rejected() == *accepted)
        .map(|(entry, ..)| entry.file.clone())
        .collect();
    let right = fixtures.len() - wrong.len();
    section(
        &format!(
            "official fixtures judged right: {right} of {}",
            fixtures.len()
        ),
        wrong,
    );
    let without: Vec<String> = pairs()
        .filter(|(entry, it)| it.operations.is_none() && entry.expected().is_none())
        .map(|(entry, it)| format!("{}: {}", entry.file, errors(it)))
        .collect();
    section(
        &format!("without a description: {}", without.len()),
        without,
    );
    clients(manifest, outcomes, &mut section);
    pages(manifest, outcomes, &mut section);
    section("findings by rule", rules(outcomes));
    text
}

/// What became of clients: counts, and documents with operations that are not served in full.
fn clients(manifest: &Manifest, outcomes: &[Outcome], section: &mut dyn FnMut(&str, Vec<String>)) {
    let all: Vec<_> = manifest
        .entries
        .iter()
        .zip(outcomes)
        .filter_map(|(entry, it)| Some((entry, it.client.as_ref()?)))
        .collect();
    let named = |wanted: &dyn Fn(&Client) -> bool| {
        let found = all.iter().filter(|(_, it)| wanted(it));
        found
            .map(|(entry, _)| entry.file.clone())
            .collect::<Vec<_>>()
    };
    let panicked = named(&|it| it.panicked);
    section(
        &format!("panics of the generator: {}", panicked.len()),
        panicked,
    );
    let unstable = named(&|it| it.unstable);
    section(
        &format!("clients that differ from run to run: {}", unstable.len()),
        unstable,
    );
    for (title, is_main) in [("main", true), ("other", false)] {
        let of: Vec<_> = all
            .iter()
            .filter(|(entry, _)| entry.is_main() == is_main)
            .collect();
        let sum =
            |count: &dyn Fn(&Client) -> usize| of.iter().map(|(_, it)| count(it)).sum::<usize>();
        let (callable, total) = (sum(&|it| it.callable()), sum(&|it| it.operations()));
        let lines = of
            .iter()
            .filter(|(_, it)| it.degraded + it.refused > 0)
            .map(|(entry, it)| {
                format!(
                    "{}: {} degraded, {} refused of {}",
                    entry.file,
                    it.degraded,
                    it.refused,
                    it.operations()
                )
            });
        section(
            &format!(
                "operations of {title} documents: {callable} of {total} can be called, {} of them in full",
                sum(&|it| it.supported)
            ),
            lines.collect(),
        );
    }
}

/// Pagers of the clients of main documents, and plans against labels.
fn pages(manifest: &Manifest, outcomes: &[Outcome], section: &mut dyn FnMut(&str, Vec<String>)) {
    let pairs = || manifest.entries.iter().zip(outcomes);
    let clients: Vec<_> = pairs()
        .filter(|(entry, _)| entry.is_main())
        .filter_map(|(entry, it)| Some((entry, it.client.as_ref()?)))
        .filter(|(_, it)| it.plans > 0)
        .collect();
    let (plans, pagers) = clients.iter().fold((0, 0), |(plans, pagers), (_, it)| {
        (plans + it.plans, pagers + it.pagers)
    });
    let lines = clients
        .iter()
        .map(|(entry, it)| match it.plans - it.pagers.min(it.plans) {
            0 => format!("{}: {}", entry.file, it.pagers),
            _ => format!("{}: {} of {}", entry.file, it.pagers, it.plans),
        });
    section(
        &format!(
            "operations of main documents that clients page by: {pagers} of {plans} with a plan"
        ),
        lines.collect(),
    );
    let (mut all, mut lines) = (Score::default(), Vec::new());
    for (entry, score) in pairs().filter_map(|(entry, it)| Some((entry, it.score.as_ref()?))) {
        all.add(score);
        lines.push(format!("{}: {}", entry.file, score.line()));
        lines.extend(score.differences.iter().map(|it| format!("  {it}")));
    }
    section(&format!("page plans against labels: {}", all.line()), lines);
}

/// The rules of the errors of a document.
fn errors(outcome: &Outcome) -> String {
    let rules = outcome
        .findings
        .keys()
        .filter(|(severity, _)| *severity == Severity::Error);
    rules.map(|(_, rule)| *rule).collect::<Vec<_>>().join(", ")
}

fn rules(outcomes: &[Outcome]) -> Vec<String> {
    let mut counts: BTreeMap<(Severity, &str), (usize, usize)> = BTreeMap::new();
    for (key, number) in outcomes.iter().flat_map(|it| &it.findings) {
        let (findings, documents) = counts.entry(*key).or_default();
        *findings += number;
        *documents += 1;
    }
    let lines = counts
        .iter()
        .map(|((severity, rule), (findings, documents))| {
            format!(
                "{:<8}{rule:<34}{findings:>6} in {documents:>3} documents",
                severity.as_str()
            )
        });
    lines.collect()
}

/// Compares with the committed scoreboard, or writes it.
pub(crate) fn compare(file: &str, text: &str, bless: bool) -> ExitCode {
    let name = Path::new(file).file_name().unwrap_or_default().display();
    if bless {
        return match fs::write(file, text) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                eprintln!("error: cannot write {name}: {error}");
                ExitCode::from(2)
            }
        };
    }
    let committed = fs::read_to_string(file).unwrap_or_default();
    if committed == text {
        println!("{name} is as committed");
        return ExitCode::SUCCESS;
    }
    println!("\n{name} has changed; read the difference, then run with `--bless`:");
    let lines = |text: &str| -> BTreeSet<String> { text.lines().map(str::to_owned).collect() };
    let (before, after) = (lines(&committed), lines(text));
    for line in committed.lines().filter(|line| !after.contains(*line)) {
        println!("- {line}");
    }
    for line in text.lines().filter(|line| !before.contains(*line)) {
        println!("+ {line}");
    }
    ExitCode::from(1)
}
