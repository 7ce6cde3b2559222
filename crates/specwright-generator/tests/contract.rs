//! What a recipe with `tests.contract` adds to a crate, against the snapshots of `tests/cases/contract`.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;

use specwright_generator::{Generated, Recipe, generate, generate_module, generate_with_document};
use specwright_openapi::{FolderLoader, Loaded, MemoryLoader, load_with_document};

const CASES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/cases/contract");

fn loaded() -> (Loaded, Recipe) {
    let loaded = load_with_document("shop.yaml", &FolderLoader::new(CASES)).unwrap();
    let recipe = fs::read_to_string(format!("{CASES}/shop.toml")).unwrap();
    (loaded, Recipe::parse(&recipe).unwrap())
}

fn generated() -> Generated {
    let (loaded, recipe) = loaded();
    let description = loaded.description.as_ref().unwrap();
    generate_with_document(description, loaded.document.as_ref().unwrap(), &recipe)
}

#[test]
fn every_operation_is_called_or_has_a_comment() {
    let files = generated().files;
    let manifest = files.get("Cargo.toml").unwrap();
    let (_, added) = manifest
        .split_once("[dev-dependencies]\n")
        .expect("tests have dependencies");
    let tests = files.get("tests/contract.rs").unwrap();
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(format!("{CASES}/snapshots"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let text = format!("==== Cargo.toml\n{added}\n==== tests/contract.rs\n{tests}");
    settings.bind(|| insta::assert_snapshot!("shop", text));
    let (loaded, _) = loaded();
    for operation in loaded.description.as_ref().unwrap().operations() {
        let place = format!("`{} {}`", operation.method, operation.path);
        assert!(tests.contains(&place), "{place}");
    }
}

#[test]
fn the_document_is_in_its_own_version_and_loads_again() {
    let generated = generated();
    let document = generated.files.get("tests/document.json").unwrap();
    assert!(document.contains("\"openapi\": \"3.1.0\"") && document.ends_with("}\n"));
    let loader = MemoryLoader::default().with("document.json", document);
    let again = load_with_document("document.json", &loader).unwrap();
    let (first, _) = loaded();
    let ids = |loaded: &Loaded| -> Vec<String> {
        let description = loaded.description.as_ref().unwrap();
        description.operations().map(|it| it.id()).collect()
    };
    assert_eq!(ids(&again), ids(&first));
}

#[test]
fn the_document_has_the_plans_of_the_recipe() {
    let (loaded, _) = loaded();
    let recipe = "[crate]\nname = 'shop'\n[tests]\ncontract = true\n[operations.listWares.pagination]\nstyle = 'cursor'\n\
        request = { position = 'cursor' }\nresponse = { items = '/items', next = '/next' }\n";
    let recipe = Recipe::parse(recipe).unwrap();
    let description = loaded.description.as_ref().unwrap();
    let document = loaded.document.as_ref().unwrap();
    let files = generate_with_document(description, document, &recipe).files;
    let document = files.get("tests/document.json").unwrap();
    assert!(
        document.contains("\"x-specwright-pagination\""),
        "{document}"
    );
}

#[test]
fn nothing_else_changes() {
    let (loaded, _) = loaded();
    let plain =
        Recipe::parse("[crate]\nname = 'shop'\nruntime-path = '../runtimes/specwright-runtime'\n");
    let plain = generate(loaded.description.as_ref().unwrap(), &plain.unwrap()).files;
    let with = generated().files;
    let added: Vec<&str> = with
        .iter()
        .filter(|(path, text)| plain.get(path) != Some(text))
        .map(|(path, _)| path)
        .collect();
    assert_eq!(
        added,
        ["Cargo.toml", "tests/contract.rs", "tests/document.json"]
    );
}

#[test]
fn the_same_document_gives_the_same_tests() {
    assert_eq!(generated().files, generated().files);
}

#[test]
fn without_the_document_there_are_no_tests_and_an_error_says_so() {
    let (loaded, recipe) = loaded();
    let description = loaded.description.as_ref().unwrap();
    let generated = generate(description, &recipe);
    assert!(generated.files.get("tests/contract.rs").is_none());
    let rules: Vec<&str> = generated
        .diagnostics
        .iter()
        .map(|it| it.rule.name)
        .collect();
    assert!(rules.contains(&"generate/unused-knob"), "{rules:?}");
    // A module has no tests, as a crate has no `module.serde`.
    let module = generate_module(description, &recipe).diagnostics;
    assert!(
        module
            .iter()
            .all(|it| it.rule.name != "generate/unused-knob")
    );
}

#[test]
fn an_unknown_word_is_refused() {
    assert!(Recipe::parse("[tests]\ncontracts = true\n").is_err());
}
