//! `specwright generate`.

use std::{fs, path::Path};

use crate::folder::{Folder, GOOD};

/// Every file below a folder with its text, in order.
fn files(folder: &Path) -> Vec<(String, String)> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("readable").path();
        let name = path
            .file_name()
            .and_then(|it| it.to_str())
            .expect("UTF-8")
            .to_owned();
        if path.is_dir() {
            all.extend(
                files(&path)
                    .into_iter()
                    .map(|(inner, text)| (format!("{name}/{inner}"), text)),
            );
        } else {
            all.push((name, fs::read_to_string(path).expect("UTF-8")));
        }
    }
    all.sort();
    all
}

fn generated() -> Folder {
    let folder = Folder::new().with("api.yaml", GOOD);
    folder
        .run("generate api.yaml --out client --name cats")
        .exits(0);
    folder
}

#[test]
fn a_crate_is_written_and_said_to_be() {
    let folder = Folder::new().with("api.yaml", GOOD);
    let run = folder.run("generate api.yaml --out a/new/client --name cats");
    run.exits(0)
        .reports("a/new/client: 1 operation; ")
        .reports(" written, 0 removed");
    assert_eq!(run.stdout, "");
    assert!(
        folder
            .read("a/new/client/Cargo.toml")
            .contains("name = \"cats\"")
    );
    assert!(folder.read("a/new/client/src/lib.rs").starts_with("//"));
    folder
        .run("generate api.yaml --out a/new/client --name cats")
        .exits(0)
        .reports("; 0 written, 0 removed");
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    let folder = Folder::new();
    for api in specwright_specs::all() {
        folder
            .run(&format!("generate {} --out one", api.name))
            .exits(0);
        folder
            .run(&format!("generate {} --out two", api.name))
            .exits(0);
        assert_eq!(
            files(&folder.path("one")),
            files(&folder.path("two")),
            "{}",
            api.name
        );
    }
}

#[test]
fn fresh_output_passes_the_check_in_silence() {
    let run = generated().run("generate api.yaml --out client --name cats --check");
    run.exits(0);
    assert_eq!((run.stdout.as_str(), run.stderr.as_str()), ("", ""));
}

#[test]
fn stale_output_is_listed_with_the_command_that_mends_it() {
    let folder = generated();
    let header = folder
        .read("client/src/lib.rs")
        .lines()
        .next()
        .expect("a header")
        .to_owned();
    folder.put("client/src/lib.rs", &format!("{header}\n// edited\n"));
    folder.put("client/src/left_over.rs", &format!("{header}\n"));
    folder.put("client/src/mine.rs", "// not generated\n");
    fs::remove_file(folder.path("client/README.md")).expect("generated");
    let before = files(&folder.path("client"));

    let run = folder.run("generate api.yaml --out client --name cats --check");
    run.exits(1)
        .prints("client/README.md is missing\n")
        .prints("client/src/left_over.rs is no longer generated\n")
        .prints("client/src/lib.rs is not what would be generated\n");
    assert_eq!(run.stdout.lines().count(), 3, "{}", run.stdout);
    assert_eq!(files(&folder.path("client")), before, "--check wrote");

    let command = run
        .stderr
        .trim()
        .rsplit_once("run: specwright ")
        .expect("a command")
        .1
        .to_owned();
    assert_eq!(command, "generate api.yaml --out client --name cats");
    folder
        .run(&command)
        .exits(0)
        .reports("2 written, 1 removed");
    folder.run(&format!("{command} --check")).exits(0);
    assert_eq!(folder.read("client/src/mine.rs"), "// not generated\n");
}

#[test]
fn the_command_is_quoted_for_a_shell() {
    let folder = generated();
    folder.put("my api.yaml", GOOD);
    let mut command = folder.command("generate --check --out client --name tomcats");
    let output = command.arg("my api.yaml").output().expect("it runs");
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(
        stderr.contains("specwright generate 'my api.yaml' --out client --name tomcats"),
        "{stderr}"
    );
}

#[test]
fn a_document_with_errors_writes_nothing_unless_they_are_allowed() {
    let broken = GOOD.replace("{ type: string }", "{ type: strin }");
    let folder = Folder::new().with("api.yaml", &broken);
    let run = folder.run("generate api.yaml --out client --name cats");
    run.exits(1)
        .reports("error[structure/invalid-value]")
        .reports("--> api.yaml:15:")
        .reports("--allow-errors");
    assert!(!folder.path("client").exists());

    let run = folder.run("generate api.yaml --out client --name cats --allow-errors");
    run.exits(0).reports("error[structure/invalid-value]");
    assert!(folder.path("client/src/lib.rs").exists());
}

#[test]
fn errors_without_consequence_are_shown_and_do_not_stop() {
    let odd = GOOD.replace("title: Cats", "title: Cats\n  titel: Dogs");
    let folder = Folder::new().with("api.yaml", &odd);
    let run = folder.run("generate api.yaml --out client --name cats");
    run.exits(0).reports("error[structure/unknown-field]");
    assert!(folder.path("client/src/lib.rs").exists());
}

#[test]
fn what_is_no_document_is_not_generated_from_at_all() {
    let folder = Folder::new().with("api.yaml", "openapi: 4.0.0\n");
    folder
        .run("generate api.yaml --out client --allow-errors")
        .exits(1)
        .reports("cannot be used");
    assert!(!folder.path("client").exists());
}

#[test]
fn warnings_are_shown_and_do_not_stop() {
    let text = format!(
        "{GOOD}components:\n  schemas:\n    Cat: {{ type: integer, maximum: 9223372036854775808 }}\n"
    );
    let folder = Folder::new().with("api.yaml", &text);
    folder
        .run("generate api.yaml --out client")
        .exits(0)
        .reports("warning[structure/number-range]")
        .reports("--> api.yaml:");
}

#[test]
fn what_is_merely_worth_knowing_is_left_to_check() {
    let text = GOOD.replace("3.0.3", "3.1.0");
    let text = format!(
        "{text}components:\n  schemas:\n    Cat: {{ type: object, propertyNames: {{ maxLength: 5 }} }}\n"
    );
    let folder = Folder::new().with("api.yaml", &text);
    folder
        .run("check api.yaml")
        .exits(0)
        .prints("info[schema/not-carried]");
    let run = folder.run("generate api.yaml --out client");
    assert!(!run.exits(0).stderr.contains("info["), "{}", run.stderr);
}

#[test]
fn the_recipe_is_used() {
    let folder = Folder::new()
        .with("api.yaml", GOOD)
        .with("generate.toml", "[crate]\nname = \"kittens\"\n");
    folder
        .run("generate api.yaml --out client --recipe generate.toml")
        .exits(0);
    assert!(
        folder
            .read("client/Cargo.toml")
            .contains("name = \"kittens\"")
    );
    folder
        .run("generate api.yaml --out client --recipe generate.toml --name tomcats")
        .exits(0);
    assert!(
        folder
            .read("client/Cargo.toml")
            .contains("name = \"tomcats\"")
    );
}

#[test]
fn a_recipe_that_cannot_be_used_exits_with_2() {
    let folder = Folder::new()
        .with("api.yaml", GOOD)
        .with("generate.toml", "[crate]\nnmae = \"cats\"\n");
    folder
        .run("generate api.yaml --out client --recipe generate.toml")
        .exits(2)
        .reports("generate.toml")
        .reports("nmae")
        .reports("line 2");
    folder
        .run("generate api.yaml --out client --recipe missing.toml")
        .exits(2)
        .reports("missing.toml");
    assert!(!folder.path("client").exists());
}

#[test]
fn knobs_and_filters_that_match_nothing_exit_with_1() {
    let folder = Folder::new()
        .with("api.yaml", GOOD)
        .with("generate.toml", "[operations.listDogs]\nname = \"list\"\n");
    folder
        .run("generate api.yaml --out client --recipe generate.toml")
        .exits(1)
        .reports("error[generate/unused-knob]")
        .reports("listDogs");
    folder
        .run("generate api.yaml --out client --only Dogs")
        .exits(1)
        .reports("`Dogs` selects no operation");
    assert!(!folder.path("client").exists());
}

#[test]
fn only_what_is_selected_is_generated() {
    let more = "  /dogs:\n    get: { operationId: listDogs, tags: [Dogs], responses: { '204': { description: None } } }\n";
    let folder = Folder::new().with("api.yaml", &format!("{GOOD}{more}"));
    folder
        .run("generate api.yaml --out client --only Dogs --runtime-path ../runtime")
        .exits(0)
        .reports("1 operation;");
    let text: String = files(&folder.path("client"))
        .into_iter()
        .map(|(_, text)| text)
        .collect();
    assert!(text.contains("/dogs") && !text.contains("/cats"));
    assert!(folder.read("client/Cargo.toml").contains("../runtime"));
}

#[test]
fn a_file_of_the_user_is_never_overwritten() {
    let folder = Folder::new()
        .with("api.yaml", GOOD)
        .with("client/README.md", "My notes\n");
    folder
        .run("generate api.yaml --out client")
        .exits(2)
        .reports("client/README.md")
        .reports("not a generated file");
    assert_eq!(
        files(&folder.path("client")),
        [("README.md".to_owned(), "My notes\n".to_owned())]
    );
}

#[test]
fn a_folder_that_cannot_be_written_exits_with_2() {
    let folder = Folder::new()
        .with("api.yaml", GOOD)
        .with("client", "a file");
    folder
        .run("generate api.yaml --out client")
        .exits(2)
        .reports("client");
    assert_eq!(folder.read("client"), "a file");
}
