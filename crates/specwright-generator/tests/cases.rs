//! Every document in `tests/cases/generator` against the snapshot of what is generated from it.
//!
//! A case is a small document for one feature; dropping a file into the folder makes a test. A recipe of the same name
//! (`.toml`) is used if there is one.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

use specwright_generator::{Generated, Recipe, generate};
use specwright_openapi::{FolderLoader, diagnostics::render, load};

const CASES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/cases/generator");

fn generated(path: &Path) -> (Generated, String) {
    let name = path.file_name().unwrap().to_str().unwrap();
    let loaded = load(name, &FolderLoader::new(CASES)).unwrap();
    let recipe = fs::read_to_string(path.with_extension("toml"))
        .map(|text| Recipe::parse(&text).unwrap())
        .unwrap_or_default();
    let mut generated = generate(loaded.description.as_ref().unwrap(), &recipe);
    let mut findings = loaded.diagnostics.clone();
    findings.append(&mut generated.diagnostics);
    loaded.locate(&mut findings);
    let findings = render::text(&findings, &loaded.sources, render::Style::Plain);
    (generated, findings)
}

/// What a reviewer should look at: findings, the ledger, and the code without the client, which is the same everywhere.
fn snapshot(path: &Path) -> String {
    let (generated, findings) = generated(path);
    let mut text = String::new();
    for entry in &generated.ledger.operations {
        writeln!(text, "{}: {}", entry.operation, entry.status.as_str()).unwrap();
    }
    if !findings.is_empty() {
        write!(text, "\n{findings}").unwrap();
    }
    for (file, content) in generated.files.iter() {
        if file.starts_with("src/") && !matches!(file, "src/lib.rs" | "src/client.rs") {
            let code = content.split_once("\n\n").map_or(content, |(_, code)| code);
            write!(text, "\n==== {file}\n{code}").unwrap();
        }
    }
    text
}

/// The documents in a fixed order.
fn documents() -> Vec<PathBuf> {
    let entries = fs::read_dir(CASES).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    let mut documents: Vec<PathBuf> = paths
        .filter(|path| path.extension().is_some_and(|it| it == "yaml"))
        .collect();
    documents.sort();
    assert!(!documents.is_empty(), "there are no cases");
    documents
}

#[test]
fn cases() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(format!("{CASES}/snapshots"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    for path in documents() {
        let name = path.file_stem().unwrap().to_str().unwrap();
        settings.bind(|| insta::assert_snapshot!(name, snapshot(&path)));
    }
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    for path in documents() {
        assert_eq!(
            generated(&path).0.files,
            generated(&path).0.files,
            "{}",
            path.display()
        );
    }
}

/// Strings, comments and docs aside, generated code has nothing that could panic.
#[test]
fn generated_code_cannot_panic() {
    for path in documents() {
        for (file, text) in generated(&path)
            .0
            .files
            .iter()
            .filter(|(file, _)| file.ends_with(".rs"))
        {
            for line in text
                .lines()
                .map(str::trim)
                .filter(|line| !line.starts_with("//"))
            {
                for word in [".unwrap()", ".expect(", "panic!", "todo!", "unreachable!"] {
                    assert!(!line.contains(word), "{file}: {line}");
                }
            }
        }
    }
}
