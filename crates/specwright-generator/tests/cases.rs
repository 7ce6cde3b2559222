//! Every document in `tests/cases/generator` against the snapshot of what is generated from it.
//!
//! A case is a small document for one feature; dropping a file into the folder makes a test. A recipe of the same name
//! (`.toml`) is used if there is one.

#![expect(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod code;

use std::{
    collections::BTreeSet,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

use specwright_generator::{Generated, Recipe, generate};
use specwright_openapi::{FolderLoader, MemoryLoader, diagnostics::render, load};

const CASES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/cases/generator");

fn generated(path: &Path) -> (Generated, String) {
    let name = path.file_name().unwrap().to_str().unwrap();
    let loaded = load(name, &FolderLoader::new(CASES)).unwrap();
    let mut generated = generate(loaded.description.as_ref().unwrap(), &recipe(path));
    let mut findings = loaded.diagnostics.clone();
    findings.append(&mut generated.diagnostics);
    loaded.locate(&mut findings);
    let findings = render::text(&findings, &loaded.sources, render::Style::Plain);
    (generated, findings)
}

fn recipe(path: &Path) -> Recipe {
    fs::read_to_string(path.with_extension("toml"))
        .map(|text| Recipe::parse(&text).unwrap())
        .unwrap_or_default()
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

/// Docs aside, generated code has nothing that could panic.
#[test]
fn generated_code_cannot_panic() {
    for path in documents() {
        for (file, text) in rust_files(&generated(&path).0) {
            let dangers = code::dangers(text);
            assert!(dangers.is_empty(), "{} {file}: {dangers:?}", path.display());
        }
    }
}

/// Names depend on what a document says, and not on the order in which it says it.
#[test]
fn reordered_keys_give_the_same_public_names() {
    for path in documents() {
        let text = fs::read_to_string(&path).unwrap();
        let mut document: serde_yaml::Value = serde_yaml::from_str(&text).unwrap();
        reverse(&mut document);
        let text = serde_yaml::to_string(&document).unwrap();
        let loaded = load(
            "reversed.yaml",
            &MemoryLoader::default().with("reversed.yaml", text),
        )
        .unwrap();
        let reversed = generate(loaded.description.as_ref().unwrap(), &recipe(&path));
        assert_eq!(
            public_names(&generated(&path).0),
            public_names(&reversed),
            "{}",
            path.display()
        );
    }
}

/// Turns the keys of all objects around.
fn reverse(value: &mut serde_yaml::Value) {
    match value {
        serde_yaml::Value::Mapping(map) => {
            let entries: Vec<_> = std::mem::take(map).into_iter().collect();
            for (key, mut value) in entries.into_iter().rev() {
                reverse(&mut value);
                map.insert(key, value);
            }
        }
        serde_yaml::Value::Sequence(items) => items.iter_mut().for_each(reverse),
        _ => {}
    }
}

fn public_names(generated: &Generated) -> BTreeSet<(&str, String)> {
    rust_files(generated)
        .flat_map(|(file, text)| {
            let names = code::public_names(text).into_iter();
            names.map(move |name| (file, name))
        })
        .collect()
}

fn rust_files(generated: &Generated) -> impl Iterator<Item = (&str, &str)> {
    generated
        .files
        .iter()
        .filter(|(file, _)| file.ends_with(".rs"))
}
