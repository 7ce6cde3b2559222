//! `specwright check`.

use serde_json::Value;

use crate::folder::{Folder, GOOD};

/// The document with a mistake in it, the line and column of the mistake, its rule, and what is said about it.
const MISTAKES: [(&str, &str, &str, &str, &str); 5] = [
    (
        "  version: '1'",
        "   version: '1'",
        "4:11",
        "syntax/invalid",
        "mapping values are not allowed",
    ),
    (
        "title: Cats",
        "title: [Cats]",
        "3:3",
        "structure/wrong-type",
        "expected a string, found an array",
    ),
    (
        "      tags: [Cats]",
        "      tag: [Cats]",
        "9:7",
        "structure/unknown-field",
        "did you mean `tags`?",
    ),
    (
        "      tags: [Cats]",
        "      parameters: [{ name: id, in: pth, schema: {} }]",
        "9:36",
        "structure/invalid-value",
        "did you mean `path`?",
    ),
    (
        "{ type: string }",
        "{ $ref: '#/components/schemas/Cat' }",
        "15:53",
        "reference/unresolved",
        "`#/components/schemas/Cat` leads nowhere",
    ),
];

#[test]
fn a_clean_document_exits_with_0() {
    let run = Folder::new()
        .with("api.yaml", GOOD)
        .run("check --rules minimal api.yaml");
    run.exits(0).reports("0 errors, 0 warnings in 1 document");
    assert_eq!(run.stdout, "");
}

#[test]
fn a_mistake_is_shown_with_its_line_and_exits_with_1() {
    for (right, wrong, place, rule, message) in MISTAKES {
        let text = GOOD.replace(right, wrong);
        assert_ne!(text, GOOD, "{right}");
        let run = Folder::new()
            .with("api.yaml", &text)
            .run("check --rules minimal api.yaml");
        run.exits(1)
            .prints(&format!("error[{rule}]: "))
            .prints(&format!("--> api.yaml:{place}"))
            .prints(wrong.trim())
            .prints(message)
            .reports("1 error, 0 warnings in 1 document");
    }
}

#[test]
fn warnings_fail_only_when_they_are_denied() {
    let text = format!(
        "{GOOD}components:\n  schemas:\n    Cat: {{ type: integer, maximum: 9223372036854775808 }}\n"
    );
    let folder = Folder::new().with("api.yaml", &text);
    folder
        .run("check --rules minimal api.yaml")
        .exits(0)
        .prints("warning[structure/number-range]");
    folder
        .run("check --rules minimal api.yaml --deny warnings")
        .exits(1)
        .reports("0 errors, 1 warning in 1 document");
}

#[test]
fn several_documents_are_shown_in_their_order_under_the_names_they_were_given() {
    let folder = Folder::new().with("good.yaml", GOOD);
    folder.put(
        "b/api.yaml",
        &GOOD.replace("openapi: 3.0.3", "openapi: 4.0.0"),
    );
    folder.put("./a.json", "{");
    let run = folder.run("check --rules minimal b/api.yaml good.yaml ./a.json famulor");
    run.exits(1).reports("2 errors, 0 warnings in 4 documents");
    let place = |name: &str| {
        run.stdout
            .find(name)
            .unwrap_or_else(|| panic!("no {name} in\n{}", run.stdout))
    };
    assert!(place("--> b/api.yaml:1:10") < place("--> ./a.json:1:"));
}

#[test]
fn a_document_that_cannot_be_read_does_not_hide_the_others() {
    let folder = Folder::new()
        .with("bad.yaml", "openapi: 4.0.0\n")
        .with("good.yaml", GOOD);
    let run = folder.run("check --rules minimal missing.yaml bad.yaml good.yaml");
    run.exits(2)
        .prints("--> bad.yaml:1:10")
        .reports("missing.yaml")
        .reports("in 2 documents");
}

#[test]
fn findings_in_other_files_name_those_files() {
    let folder = Folder::new();
    folder.put(
        "api/openapi.yaml",
        &GOOD.replace("{ type: string }", "{ $ref: 'parts/cat.json#/Cat' }"),
    );
    folder.put(
        "api/parts/cat.json",
        "{\n  \"Cat\": { \"type\": \"strin\" }\n}\n",
    );
    folder
        .run("check --rules minimal api/openapi.yaml")
        .exits(1)
        .prints("--> api/parts/cat.json:2:20");
}

#[test]
fn files_outside_the_folder_of_the_document_are_not_read() {
    let folder = Folder::new().with("secret.yaml", "type: string\n");
    folder.put(
        "api/openapi.yaml",
        &GOOD.replace("{ type: string }", "{ $ref: ../secret.yaml }"),
    );
    let run = folder.run("check --rules minimal api/openapi.yaml");
    run.exits(1)
        .prints("error[reference/forbidden]")
        .prints("--> api/openapi.yaml:15:53");
    assert!(!run.stdout.contains("type: string\n"), "{}", run.stdout);
}

#[test]
fn standard_input_is_a_document() {
    let folder = Folder::new();
    folder
        .run_with_input("check --rules minimal -", GOOD)
        .exits(0);
    folder
        .run_with_input("check --rules minimal -", "openapi: 3.0.3\n")
        .exits(1)
        .prints("--> <stdin>:1:1");
}

#[test]
fn a_built_in_name_goes_before_a_file_and_a_path_does_not() {
    let folder = Folder::new().with("famulor", "openapi: 4.0.0\n");
    folder.run("check --rules minimal famulor").exits(0);
    folder
        .run("check --rules minimal ./famulor")
        .exits(1)
        .prints("--> ./famulor:1:10");
}

#[test]
fn the_built_in_documents_are_clean() {
    let names: Vec<&str> = specwright_specs::all().iter().map(|api| api.name).collect();
    Folder::new()
        .run(&format!(
            "check --rules minimal --deny warnings {}",
            names.join(" ")
        ))
        .exits(0);
}

#[test]
fn json_has_the_documented_fields() {
    let folder = Folder::new()
        .with("api.yaml", &GOOD.replace("tags", "tag"))
        .with("good.yaml", GOOD);
    let run = folder.run("check --rules minimal --format json api.yaml good.yaml");
    run.exits(1);
    let report: Value = serde_json::from_str(&run.stdout).expect("JSON");
    assert_eq!(report["version"], 1);
    let findings = report["diagnostics"].as_array().expect("an array");
    assert_eq!(findings.len(), 1, "{report:#}");
    let expected = serde_json::json!({
        "rule": "structure/unknown-field",
        "severity": "error",
        "message": "unknown field `tag` in the Operation Object",
        "file": "api.yaml",
        "line": 9,
        "column": 7,
        "pointer": "/paths/~1cats/get/tag",
        "help": "did you mean `tags`?",
        "link": "https://spec.openapis.org/oas/v3.0.4.html#operation-object",
    });
    assert_eq!(findings[0], expected);
}

#[test]
fn json_of_clean_documents_is_an_empty_list() {
    let run = Folder::new()
        .with("api.yaml", GOOD)
        .run("check --rules minimal --format json api.yaml");
    let report: Value = serde_json::from_str(&run.exits(0).stdout).expect("JSON");
    assert_eq!(
        report,
        serde_json::json!({ "version": 1, "diagnostics": [] })
    );
}

#[test]
fn the_other_forms_are_what_their_readers_take() {
    let folder = Folder::new().with("api.yaml", &GOOD.replace("tags", "tag"));
    let sarif = folder.run("check --rules minimal --format sarif api.yaml");
    let sarif: Value = serde_json::from_str(&sarif.exits(1).stdout).expect("JSON");
    assert_eq!(sarif["version"], "2.1.0");
    assert_eq!(
        sarif["runs"][0]["results"][0]["ruleId"],
        "structure/unknown-field"
    );
    folder
        .run("check --rules minimal --format github api.yaml")
        .exits(1)
        .prints("::error file=api.yaml,line=9,");
    folder
        .run("check --rules minimal --format junit api.yaml")
        .exits(1)
        .prints("<testsuites")
        .prints("structure/unknown-field");
}

#[test]
fn no_colours_into_a_pipe() {
    let run = Folder::new()
        .with("api.yaml", "openapi: 4.0.0\n")
        .run("check --rules minimal api.yaml");
    assert!(!run.stdout.contains('\u{1b}') && !run.stderr.contains('\u{1b}'));
}

#[test]
fn a_reader_that_goes_away_is_no_crash() {
    let folder = Folder::new();
    let unknown: String = (0..5_000)
        .map(|number| format!("unknown{number}: 1\n"))
        .collect();
    folder.put("api.yaml", &format!("{GOOD}{unknown}"));
    let mut command = folder.command("check --rules minimal api.yaml");
    command
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped());
    let mut child = command.spawn().expect("the binary starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{stderr}");
    assert!(!stderr.contains("panicked"), "{stderr}");
}
