//! The cases of `tests/cases/openapi`, one feature each.
//!
//! `pass-*` loads without a finding. `fail-<group>-<rule>-*` gives exactly the findings of its snapshot, one of them of
//! the rule in its name. `multi-*` is a folder with an `entry.yaml`; its snapshot also holds the bundled document.

#![expect(clippy::expect_used, reason = "a test fails by a panic")]

use std::{
    fs,
    path::{Path, PathBuf},
};

use specwright_diagnostics::{
    Pointer,
    render::{self, Style},
};
use specwright_openapi::{Description, FolderLoader, Loaded, Node, load};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/cases/openapi")
}

/// The names of the cases that begin with `prefix`, in order.
fn cases(prefix: &str) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder())
        .expect("the cases are there")
        .map(|entry| {
            let name = entry.expect("readable").file_name();
            name.into_string().expect("UTF-8")
        })
        .filter(|name| name.starts_with(prefix))
        .collect();
    names.sort();
    assert!(!names.is_empty(), "there are no cases `{prefix}*`");
    names
}

fn open(root: &Path, entry: &str) -> Loaded {
    load(entry, &FolderLoader::new(root)).expect("the entry file is readable")
}

fn findings(loaded: &Loaded) -> String {
    render::text(&loaded.diagnostics, &loaded.sources, Style::Plain)
}

fn assert_snapshot(name: &str, content: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(folder().join("snapshots"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, content));
}

/// Runs all cases before it fails, so that one run shows everything that changed.
fn each(names: &[String], test: impl Fn(&str) + std::panic::RefUnwindSafe) {
    let failed: Vec<&String> = names
        .iter()
        .filter(|name| std::panic::catch_unwind(|| test(name)).is_err())
        .collect();
    assert!(failed.is_empty(), "failed: {failed:?}");
}

/// The bundled document, as YAML.
fn bundled(description: Option<&Description>) -> String {
    description.map_or_else(
        || "no description\n".to_owned(),
        |it| serde_yaml::to_string(it.document()).expect("plain data"),
    )
}

#[test]
fn good_documents_have_no_findings() {
    each(&cases("pass-"), |name| {
        let loaded = open(&folder(), name);
        assert!(
            loaded.diagnostics.is_empty(),
            "{name}:\n{}",
            findings(&loaded)
        );
        assert!(loaded.description.is_some(), "{name}");
    });
}

#[test]
fn broken_documents_have_the_findings_of_their_snapshot() {
    each(&cases("fail-"), |name| {
        let loaded = open(&folder(), name);
        let expected = |rule: &str| name.starts_with(&format!("fail-{}", rule.replace('/', "-")));
        assert!(
            loaded.diagnostics.iter().any(|it| expected(it.rule.name)),
            "{name} has no finding of the rule in its name:\n{}",
            findings(&loaded)
        );
        assert_snapshot(name, &findings(&loaded));
    });
}

#[test]
fn many_files_become_one_document() {
    each(&cases("multi-"), |name| {
        let loaded = open(&folder().join(name), "entry.yaml");
        let document = bundled(loaded.description.as_ref());
        assert_snapshot(name, &format!("{}---\n{document}", findings(&loaded)));
    });
}

#[test]
fn every_finding_has_a_place() {
    let documents = cases("fail-").into_iter().map(|name| (folder(), name));
    let entries = cases("multi-")
        .into_iter()
        .map(|name| (folder().join(name), "entry.yaml".to_owned()));
    for (root, name) in documents.chain(entries) {
        let loaded = open(&root, &name);
        for finding in &loaded.diagnostics {
            let source = finding.file.and_then(|file| loaded.sources.get(file));
            let source = source.unwrap_or_else(|| panic!("{name}: no file: {finding:?}"));
            let span = finding
                .span
                .clone()
                .unwrap_or_else(|| panic!("{name}: no span: {finding:?}"));
            assert!(
                source.text().get(span.bytes).is_some(),
                "{name}: {finding:?}"
            );
        }
    }
}

#[test]
fn findings_are_the_same_on_every_run() {
    each(&cases("fail-"), |name| {
        assert_eq!(
            findings(&open(&folder(), name)),
            findings(&open(&folder(), name)),
            "{name}"
        );
    });
}

/// The normal form leads back to what was written, in the words of its version.
#[test]
fn originals_stay_available() {
    let loaded = open(&folder(), "pass-swagger-2.0-shared-objects.yaml");
    let body = Pointer::parse("/components/requestBodies/Cat/content/application~1json/schema");
    let original = loaded
        .original(&body.expect("a pointer"))
        .expect("an origin");
    let target = original.get("$ref").and_then(Node::as_str);
    assert_eq!(target, Some("#/definitions/Cat"));
    let loaded = open(&folder(), "pass-webhooks-3-1.yaml");
    let webhook = "/x-specwright-webhooks/born/post/requestBody/content/application~1json/schema/properties/lives";
    let original = loaded.original(&Pointer::parse(webhook).expect("a pointer"));
    assert_eq!(
        original
            .and_then(|it| it.get("const").cloned())
            .map(|it| it.kind()),
        Some("an integer")
    );
}

#[test]
fn callbacks_by_reference_are_found() {
    let loaded = open(&folder(), "pass-callbacks.yaml");
    let description = loaded.description.expect("a description");
    let operation = description.operations().next().expect("an operation");
    let callbacks = description.callbacks(&operation);
    let names: Vec<_> = callbacks.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, ["born", "grown"]);
    let grown = callbacks
        .last()
        .and_then(|(_, callback)| callback.values().next());
    assert!(grown.is_some_and(|item| item.put.is_some()));
}
