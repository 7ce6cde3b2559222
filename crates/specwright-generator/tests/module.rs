//! Module mode: every document in `tests/cases/generator` as one file.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;

use specwright_generator::{
    Files, Recipe, generate, generate_module,
    openapi::{Description, FolderLoader, load},
};

const CASES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/cases/generator");

/// Every case with its recipe.
fn cases() -> Vec<(String, Description, Recipe)> {
    let mut cases = Vec::new();
    for entry in fs::read_dir(CASES).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|it| it == "yaml") {
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            let loaded = load(&name, &FolderLoader::new(CASES)).unwrap();
            let recipe = fs::read_to_string(path.with_extension("toml"))
                .map(|text| Recipe::parse(&text).unwrap())
                .unwrap_or_default();
            cases.push((name, loaded.description.unwrap(), recipe));
        }
    }
    assert!(!cases.is_empty(), "there are no cases");
    cases
}

/// The names of modules, at any depth, in the order of the text.
fn modules(items: &[syn::Item]) -> Vec<String> {
    let mut names = Vec::new();
    for item in items {
        if let syn::Item::Mod(module) = item {
            names.push(module.ident.to_string());
            names.extend(modules(&module.content.as_ref().unwrap().1));
        }
    }
    names.sort();
    names
}

fn files_as_modules(files: &Files) -> Vec<String> {
    let paths = files
        .iter()
        .filter_map(|(path, _)| path.strip_prefix("src/"));
    let paths = paths.filter(|path| *path != "lib.rs");
    let mut names: Vec<String> = paths
        .map(|path| path.trim_end_matches("/mod.rs").trim_end_matches(".rs"))
        .map(|path| path.rsplit('/').next().unwrap().to_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn a_module_holds_what_the_crate_holds() {
    for (name, description, recipe) in cases() {
        let module = generate_module(&description, &recipe);
        let crate_form = generate(&description, &recipe);
        let parsed = syn::parse_file(&module.source).unwrap();
        assert_eq!(
            modules(&parsed.items),
            files_as_modules(&crate_form.files),
            "{name}"
        );
        assert_eq!(module.ledger, crate_form.ledger, "{name}");
        assert_eq!(module.diagnostics, crate_form.diagnostics, "{name}");
    }
}

/// `include!` takes no inner attributes, and whoever takes the module in has neither our features nor our crate.
#[test]
fn a_module_depends_on_nothing_but_the_runtime() {
    for (name, description, recipe) in cases() {
        let source = generate_module(&description, &recipe).source;
        assert!(
            syn::parse_file(&source).unwrap().attrs.is_empty(),
            "{name}: inner attributes"
        );
        for line in source
            .lines()
            .filter(|it| !it.trim_start().starts_with("///"))
        {
            for word in [
                "cfg(",
                "feature =",
                "crate::",
                "include_str!",
                "impl_seriali",
            ] {
                assert!(!line.contains(word), "{name}: {line}");
            }
        }
        let fences = source
            .lines()
            .map(str::trim)
            .filter(|it| it.starts_with("/// ```"));
        for fence in fences {
            assert!(
                matches!(fence, "/// ```" | "/// ```text"),
                "{name}: {fence}"
            );
        }
    }
}

#[test]
fn serde_is_there_when_it_is_asked_for() {
    let recipe = Recipe::parse("[module]\nserde = true\n").unwrap();
    let (_, description, _) = cases().into_iter().next().unwrap();
    let source = generate_module(&description, &recipe).source;
    assert!(source.contains("specwright_runtime::impl_serde!("));
    assert!(!source.contains("cfg("));
}
