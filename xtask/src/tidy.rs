//! `cargo xtask tidy`: what a reviewer would tire of.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::run::root;

/// Files of the product longer than this hold more than one thing.
const LONGEST_FILE: usize = 700;

/// What each crate may depend on among ours (ARCHITECTURE.md).
const DIRECTIONS: &[(&str, &[&str])] = &[
    ("diagnostics", &[]),
    ("openapi", &["diagnostics"]),
    ("specs", &["diagnostics", "openapi"]),
    ("generator", &["diagnostics", "openapi"]),
    ("conformance", &["diagnostics", "openapi"]),
    ("runtime", &[]),
    (
        "cli",
        &[
            "diagnostics",
            "openapi",
            "specs",
            "generator",
            "conformance",
        ],
    ),
];

/// Fails with everything that is untidy.
pub(crate) fn tidy() -> Result<(), String> {
    let mut problems = Vec::new();
    let mut all = Vec::new();
    files(&root(), &mut all);
    for path in &all {
        // What is not text is not looked into.
        let Ok(text) = fs::read_to_string(path) else {
            continue;
        };
        let shown = shown(path);
        machine_paths(&shown, &text, &mut problems);
        if shown.ends_with(".rs") && !shown.starts_with("generated/") {
            source(&shown, &text, &mut problems);
        }
    }
    for (name, allowed) in DIRECTIONS {
        direction(name, allowed, &mut problems);
    }
    snapshots(&all, &mut problems);
    rules(&all, &mut problems);
    if problems.is_empty() {
        return Ok(());
    }
    problems.sort();
    Err(format!(
        "{} untidy:\n  {}",
        problems.len(),
        problems.join("\n  ")
    ))
}

fn source(shown: &str, text: &str, problems: &mut Vec<String>) {
    if !text.starts_with("//!") {
        problems.push(format!(
            "{shown}: no module documentation (`//!`) at the top"
        ));
    }
    let lines = text.lines().count();
    let product =
        shown.starts_with("crates/") && shown.contains("/src/") && !shown.ends_with("tests.rs");
    if product && lines > LONGEST_FILE {
        problems.push(format!("{shown}: {lines} lines, more than {LONGEST_FILE}"));
    }
}

/// Absolute paths that exist on one machine only. A URL or a path of an API is none: something stands before it.
fn machine_paths(shown: &str, text: &str, problems: &mut Vec<String>) {
    for (number, line) in text.lines().enumerate() {
        let begins = |at: usize| {
            let before = line.get(..at).and_then(|it| it.chars().next_back());
            before.is_none_or(|it| it.is_whitespace() || "\"'`(=:".contains(it))
        };
        let found = ["work", "root", "home", "farm"].iter().any(|folder| {
            let path = format!("/{folder}/");
            line.match_indices(&path).any(|(at, _)| begins(at))
        });
        if found {
            problems.push(format!("{shown}:{}: a path of a machine", number + 1));
        }
    }
}

fn direction(name: &str, allowed: &[&str], problems: &mut Vec<String>) {
    let manifest = root().join(format!("crates/specwright-{name}/Cargo.toml"));
    let text = fs::read_to_string(&manifest).unwrap_or_default();
    let dependencies = text.split("[dependencies]").nth(1).unwrap_or_default();
    let dependencies = dependencies.split("\n[").next().unwrap_or_default();
    for line in dependencies.lines() {
        let Some(rest) = line.strip_prefix("specwright-") else {
            continue;
        };
        let other = rest.split(['.', ' ', '=']).next().unwrap_or_default();
        if !allowed.contains(&other) {
            problems.push(format!(
                "crates/specwright-{name} must not depend on specwright-{other}"
            ));
        }
    }
}

/// Every snapshot belongs to a case.
fn snapshots(all: &[PathBuf], problems: &mut Vec<String>) {
    for path in all.iter().filter(|path| is_snapshot(path)) {
        let (Some(stem), Some(folder)) = (path.file_stem(), path.parent().and_then(Path::parent))
        else {
            continue;
        };
        let stem = stem.to_string_lossy();
        let cases = [
            folder.join(&*stem),
            folder.join(format!("{stem}.yaml")),
            folder.join(format!("{stem}.json")),
        ];
        if !cases.iter().any(|case| case.exists()) {
            problems.push(format!("{}: a snapshot without a case", shown(path)));
        }
    }
}

/// Every rule shows in a snapshot, or a test names it where a snapshot would be too large.
fn rules(all: &[PathBuf], problems: &mut Vec<String>) {
    let read = |path: &PathBuf| fs::read_to_string(path).unwrap_or_default();
    let product = |path: &&PathBuf| {
        let shown = shown(path);
        shown.starts_with("crates/") && shown.ends_with(".rs")
    };
    let code: Vec<(String, String)> = all
        .iter()
        .filter(product)
        .map(|it| (shown(it), read(it)))
        .collect();
    let snapshots: String = all.iter().filter(|it| is_snapshot(it)).map(read).collect();
    for (shown, text) in &code {
        for rule in defined_rules(text) {
            // The definition itself is one; tests name a rule alone, or as it is shown.
            let named = |form: &str| {
                code.iter()
                    .map(|(_, text)| text.matches(form).count())
                    .sum::<usize>()
            };
            let mentions = named(&format!("\"{rule}\"")) + named(&format!("[{rule}]"));
            if mentions < 2 && !snapshots.contains(&format!("[{rule}]")) {
                problems.push(format!(
                    "{shown}: the rule `{rule}` has no case in tests/cases"
                ));
            }
        }
    }
}

/// The names in `static …: Rule = Rule { name: "group/name", …`.
fn defined_rules(text: &str) -> impl Iterator<Item = &str> {
    text.split(": Rule = Rule {").skip(1).filter_map(|after| {
        let name = after.split("name: \"").nth(1)?;
        name.split('"').next()
    })
}

fn is_snapshot(path: &Path) -> bool {
    path.extension().is_some_and(|it| it == "snap")
}

/// The files below a folder, without what git and cargo keep there.
fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() && !path.ends_with("target") && !path.ends_with(".git") {
            files(&path, found);
        } else if path.is_file() {
            found.push(path);
        }
    }
}

fn shown(path: &Path) -> String {
    path.strip_prefix(root())
        .unwrap_or(path)
        .display()
        .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_of_machines_are_told_from_paths_of_apis() {
        let count = |text: &str| {
            let mut problems = Vec::new();
            machine_paths("a", text, &mut problems);
            problems.len()
        };
        let home = format!("/{}/", "home");
        assert_eq!(count(&format!("see {home}me\n\"{home}me\"\n{home}x")), 3);
        assert_eq!(
            count(&format!("https://a.example{home}me\npaths{home}x")),
            0
        );
    }

    #[test]
    fn rules_are_found_by_their_definition() {
        let text =
            "static A: Rule = Rule {\n    name: \"a/b\",\n};\nfn f() { name: \"no/rule\" }\n";
        assert_eq!(defined_rules(text).collect::<Vec<_>>(), ["a/b"]);
    }
}
