//! `specwright check --fix` and `--diff`.

use std::fs;

use crate::folder::{Folder, GOOD};

/// The document with a version that is no text, a value that is there twice, and a type that does not exist.
fn bad() -> String {
    let text = GOOD.replace("version: '1'", "version: 1.10 # soon 2");
    format!(
        "{text}components:\n  schemas:\n    Cat:\n      type: string\n      enum:\n        - red\n        - red # again\n    Dog: {{ type: strng }}\n"
    )
}

/// The same without what can be mended.
fn mended() -> String {
    bad()
        .replace("1.10 #", "'1.10' #")
        .replace("        - red # again\n", "")
}

/// A folder whose configuration leaves style alone.
fn quiet() -> Folder {
    Folder::new().with(
        "specwright.toml",
        "extends = 'minimal'\n[rules]\n'schema/duplicate-enum-value' = 'warning'\n",
    )
}

#[test]
fn what_is_mechanical_is_mended_and_the_rest_is_reported() {
    let folder = quiet().with("api.yaml", &bad());
    let run = folder.run("check --fix api.yaml");
    run.exits(1)
        .reports("fixed 2 of 3 findings in api.yaml\n")
        .reports("1 error, 0 warnings in 1 document")
        .prints("structure/invalid-value");
    assert!(!run.stdout.contains("wrong-type"), "{}", run.stdout);
    assert_eq!(folder.read("api.yaml"), mended());
    folder
        .run("check --fix api.yaml")
        .exits(1)
        .reports("fixed 0 of 1 finding in api.yaml\n");
    assert_eq!(folder.read("api.yaml"), mended());
}

#[test]
fn a_document_of_which_nothing_is_left_exits_with_0() {
    let text = bad().replace("strng", "string");
    let folder = quiet().with("api.yaml", &text);
    let run = folder.run("check --fix api.yaml");
    run.exits(0).reports("fixed 2 of 2 findings in api.yaml\n");
    assert_eq!(run.stdout, "");
}

#[test]
fn a_clean_document_is_not_touched() {
    let folder = quiet().with("api.yaml", GOOD);
    let before = fs::metadata(folder.path("api.yaml")).and_then(|it| it.modified());
    let run = folder.run("check --fix api.yaml");
    run.exits(0);
    assert!(!run.stderr.contains("fixed"), "{}", run.stderr);
    let after = fs::metadata(folder.path("api.yaml")).and_then(|it| it.modified());
    assert_eq!(before.ok(), after.ok());
}

#[test]
fn findings_in_other_files_are_mended_there() {
    let folder = quiet();
    let entry = GOOD.replace("{ type: string }", "{ $ref: 'parts/cat.json#/Cat' }");
    folder.put("api/openapi.yaml", &entry);
    folder.put(
        "api/parts/cat.json",
        "{\r\n  \"Cat\": {\"type\": \"string\", \"enum\": [\"a\", \"a\"]}\r\n}",
    );
    folder
        .run("check --fix --deny warnings api/openapi.yaml")
        .exits(0)
        .reports("fixed 1 of 1 finding in api/parts/cat.json\n");
    assert_eq!(folder.read("api/openapi.yaml"), entry);
    assert_eq!(
        folder.read("api/parts/cat.json"),
        "{\r\n  \"Cat\": {\"type\": \"string\", \"enum\": [\"a\"]}\r\n}"
    );
}

#[test]
fn with_a_root_files_beside_the_folder_of_the_document_are_mended() {
    let folder = quiet();
    folder.put(
        "docs/api/openapi.yaml",
        &GOOD.replace("{ type: string }", "{ $ref: '../cat.yaml' }"),
    );
    folder.put("docs/cat.yaml", "type: string\nenum: [a, a]\n");
    folder
        .run("check --fix --root docs docs/api/openapi.yaml")
        .exits(0)
        .reports("fixed 1 of 1 finding in docs/cat.yaml\n");
    assert_eq!(folder.read("docs/cat.yaml"), "type: string\nenum: [a]\n");
}

#[test]
fn a_diff_shows_what_would_be_mended_and_writes_nothing() {
    let folder = quiet().with("api.yaml", &bad());
    let run = folder.run("check --diff api.yaml");
    run.exits(1);
    let expected = "\
--- api.yaml
+++ api.yaml
@@ -1,7 +1,7 @@
 openapi: 3.0.3
 info:
   title: Cats
-  version: 1.10 # soon 2
+  version: '1.10' # soon 2
 paths:
   /cats:
     get:
@@ -19,5 +19,4 @@
       type: string
       enum:
         - red
-        - red # again
     Dog: { type: strng }
";
    assert_eq!(run.stdout, expected);
    assert_eq!(folder.read("api.yaml"), bad());
    let good = quiet().with("api.yaml", GOOD);
    let run = good.run("check --diff api.yaml");
    run.exits(0);
    assert_eq!(run.stdout, "");
}

#[test]
fn what_is_no_file_cannot_be_mended() {
    let folder = quiet().with("api.yaml", &bad());
    for flag in ["--fix", "--diff"] {
        for name in ["-", "famulor"] {
            folder
                .run_with_input(&format!("check {flag} {name}"), "")
                .exits(2)
                .reports(&format!("`{name}` is no file that could be fixed"));
        }
    }
    folder.run("check --fix --diff api.yaml").exits(2);
    assert_eq!(folder.read("api.yaml"), bad());
}

#[test]
fn what_is_suppressed_stays_as_it_is() {
    let text = bad().replace("strng", "string");
    let folder = quiet().with("api.yaml", &text).with(
        "specwright.toml",
        "[rules]\n\"schema/duplicate-enum-value\" = \"off\"\n",
    );
    folder.run("check --fix api.yaml").exits(0);
    assert_eq!(folder.read("api.yaml"), text.replace("1.10 #", "'1.10' #"));
}

#[test]
fn a_byte_order_mark_stays() {
    let folder = quiet().with("api.yaml", &format!("\u{feff}{}", bad()));
    folder.run("check --fix api.yaml").exits(1);
    assert_eq!(folder.read("api.yaml"), format!("\u{feff}{}", mended()));
}

#[test]
fn a_file_that_is_not_utf_8_stays_as_it_is() {
    let folder = quiet();
    let mut bytes = bad().into_bytes();
    bytes.extend_from_slice(b"# caf\xe9\n");
    fs::write(folder.path("api.yaml"), &bytes).expect("a file");
    folder
        .run("check --fix api.yaml")
        .exits(1)
        .prints("syntax/invalid");
    assert_eq!(fs::read(folder.path("api.yaml")).expect("a file"), bytes);
}

#[test]
fn nothing_else_is_left_in_the_folder() {
    let folder = quiet().with("api.yaml", &bad());
    folder.run("check --fix api.yaml").exits(1);
    let names = fs::read_dir(folder.path("")).expect("a folder");
    let mut names: Vec<_> = names
        .map(|entry| entry.expect("an entry").file_name())
        .collect();
    names.sort();
    assert_eq!(names, ["api.yaml", "specwright.toml"]);
}

#[cfg(unix)]
#[test]
fn permissions_and_links_stay() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    let folder = quiet().with("real.yaml", &bad());
    let place = folder.path("real.yaml");
    fs::set_permissions(&place, fs::Permissions::from_mode(0o640)).expect("permissions");
    symlink("real.yaml", folder.path("api.yaml")).expect("a link");
    folder.run("check --fix api.yaml").exits(1);
    assert_eq!(folder.read("real.yaml"), mended());
    let mode = fs::metadata(&place).expect("a file").permissions().mode();
    assert_eq!(mode & 0o777, 0o640);
    let link = fs::symlink_metadata(folder.path("api.yaml")).expect("a link");
    assert!(link.is_symlink());
}

#[cfg(unix)]
#[test]
fn a_read_only_file_is_not_replaced() {
    use std::os::unix::fs::PermissionsExt as _;

    let folder = quiet().with("api.yaml", &bad());
    let mode = fs::Permissions::from_mode(0o444);
    fs::set_permissions(folder.path("api.yaml"), mode).expect("permissions");
    folder
        .run("check --fix api.yaml")
        .exits(2)
        .reports("cannot write `api.yaml`: it is read-only");
    assert_eq!(folder.read("api.yaml"), bad());
}
