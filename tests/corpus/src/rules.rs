//! What the rules about documents find.

use std::{collections::BTreeMap, fmt::Write as _};

use specwright_conformance::check::{Config, Set, judge};
use specwright_openapi::{Loaded, diagnostics::Severity};

use crate::{load::Outcome, manifest::Manifest};

/// The committed text about rules.
pub(crate) const RULES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/rules.txt");

/// Findings by rule: how many, and where the first one is.
pub(crate) type Findings = BTreeMap<&'static str, (Severity, usize, String)>;

/// The findings of every rule, whatever set it belongs to.
pub(crate) fn findings(loaded: &Loaded) -> Findings {
    let mut findings = Findings::new();
    for it in judge(loaded, &Config::new(Set::Strict)) {
        let place = || match it.pointer.is_root() {
            true => "the root".to_owned(),
            false => shortened(it.pointer.as_str()),
        };
        let known = findings
            .entry(it.rule.name)
            .or_insert_with(|| (it.severity, 0, place()));
        known.1 += 1;
    }
    findings
}

/// At most 100 characters, from both ends.
fn shortened(text: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    match (characters.get(..60), characters.len().checked_sub(37)) {
        (Some(begin), Some(rest)) if characters.len() > 100 => {
            let end = characters.get(rest..).unwrap_or_default();
            begin.iter().chain(&['…']).chain(end).collect()
        }
        _ => text.to_owned(),
    }
}

/// Totals by rule, then by rule for every main document.
pub(crate) fn render(manifest: &Manifest, outcomes: &[Outcome]) -> String {
    let mut text = "findings of all rules, in all documents:\n".to_owned();
    let mut totals: BTreeMap<&str, (Severity, usize, usize)> = BTreeMap::new();
    for outcome in outcomes {
        for (rule, (severity, count, _)) in &outcome.rules {
            let total = totals.entry(rule).or_insert((*severity, 0, 0));
            total.1 += count;
            total.2 += 1;
        }
    }
    for (rule, (severity, count, documents)) in &totals {
        let severity = severity.as_str();
        let _ok = writeln!(
            text,
            "  {rule} ({severity}): {count} in {documents} documents"
        );
    }
    let pairs = manifest.entries.iter().zip(outcomes);
    for (entry, outcome) in pairs.filter(|(entry, _)| entry.is_main()) {
        let count: usize = outcome.rules.values().map(|it| it.1).sum();
        let _ok = writeln!(text, "\n{}: {count}", entry.file);
        for (rule, (_, count, first)) in &outcome.rules {
            let _ok = writeln!(text, "  {rule}: {count}, first at {first}");
        }
    }
    text
}
