//! Generates a module for each case of the generator, and a call of every operation of the cases and of `generated/`.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a build that cannot prepare its tests is to fail"
)]

#[path = "build/api.rs"]
mod api;
#[path = "build/calls.rs"]
mod calls;
#[path = "build/values.rs"]
mod values;

use std::{fmt::Write as _, fs, path::Path};

use specwright_generator::{
    Recipe, generate, generate_module,
    openapi::{FolderLoader, load},
};

const CASES: &str = "../cases/generator";
const GENERATED: &str = "../../generated";

fn main() {
    println!("cargo::rerun-if-changed={CASES}");
    println!("cargo::rerun-if-changed={GENERATED}");
    println!("cargo::rerun-if-changed=build");
    let out = std::env::var("OUT_DIR").expect("cargo sets it");
    let mut modules = String::new();
    let mut calls = String::new();
    for case in names(CASES, ".yaml") {
        let loaded = load(&format!("{case}.yaml"), &FolderLoader::new(CASES)).unwrap();
        let recipe = fs::read_to_string(format!("{CASES}/{case}.toml"));
        let recipe = recipe
            .map(|it| Recipe::parse(&it).unwrap())
            .unwrap_or_default();
        let description = loaded.description.expect("a usable case");
        let name = format!("golden_{}", case.replace('-', "_"));
        let source = generate_module(&description, &recipe).source;
        fs::write(Path::new(&out).join(format!("{name}.rs")), source).unwrap();
        writeln!(
            modules,
            "pub mod {name} {{ include!(concat!(env!(\"OUT_DIR\"), \"/{name}.rs\")); }}"
        )
        .unwrap();
        let files = generate(&description, &recipe).files;
        let sources = files
            .iter()
            .map(|(path, text)| (path.to_owned(), text.to_owned()));
        let api = api::Api::of(format!("crate::goldens::{name}"), sources);
        calls.push_str(&calls::calls(
            &api,
            &format!("tests/cases/generator/{case}.yaml"),
        ));
    }
    for name in names(GENERATED, "") {
        let folder = format!("{GENERATED}/{name}/src");
        let mut sources = Vec::new();
        for (inner, prefix) in [("", "src/"), ("types/", "src/types/")] {
            for file in names(&format!("{folder}/{inner}"), ".rs") {
                let text = fs::read_to_string(format!("{folder}/{inner}{file}.rs")).unwrap();
                sources.push((format!("{prefix}{file}.rs"), text));
            }
        }
        let api = api::Api::of(format!("::{}", name.replace('-', "_")), sources.into_iter());
        calls.push_str(&calls::calls(&api, &format!("specs/{name}/openapi.yaml")));
    }
    fs::write(Path::new(&out).join("goldens.rs"), modules).unwrap();
    let all = format!("/// Every operation.\npub fn calls() -> Vec<Call> {{ vec![{calls}] }}\n");
    fs::write(Path::new(&out).join("calls.rs"), all).unwrap();
}

/// Names in a folder without an ending, sorted.
fn names(folder: &str, ending: &str) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    let names = entries.map(|it| it.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names
        .filter(|it| !it.starts_with('.'))
        .filter_map(|it| it.strip_suffix(ending).map(str::to_owned))
        .collect();
    names.sort();
    names
}
