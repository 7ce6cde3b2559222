//! `specwright explain`.

use std::{fs, path::Path};

use crate::folder::Folder;

#[test]
fn a_rule_is_explained() {
    let folder = Folder::new();
    folder
        .run("explain reference/unresolved")
        .exits(0)
        .prints("reference/unresolved (error)")
        .prints("Every `$ref` leads to something.");
    folder
        .run("explain reference/nowhere")
        .exits(2)
        .reports("there are reference/cycle");
    folder.run("explain nonsense").exits(2).reports("lists all");
}

/// Every rule that stands anywhere in the product can be looked up.
#[test]
fn every_rule_of_the_sources_is_listed() {
    let listed = Folder::new().run("explain").exits(0).stdout.clone();
    let mut names = Vec::new();
    let crates = Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("crates/");
    for name in ["openapi", "generator", "conformance"] {
        collect(&crates.join(format!("specwright-{name}/src")), &mut names);
    }
    assert!(names.len() > 20, "{names:?}");
    for name in names {
        let known = listed
            .lines()
            .any(|line| line.split(' ').next() == Some(&name));
        assert!(known, "{name} is not listed");
    }
}

/// The names of `static …: Rule` items below a folder.
fn collect(folder: &Path, names: &mut Vec<String>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, names);
            continue;
        }
        let text = fs::read_to_string(&path).unwrap_or_default();
        for item in text.split(": Rule = Rule {").skip(1) {
            let name = item
                .split("name: \"")
                .nth(1)
                .and_then(|rest| rest.split('"').next());
            names.extend(name.map(str::to_owned));
        }
    }
}
