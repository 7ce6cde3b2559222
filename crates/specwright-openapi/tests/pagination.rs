//! The cases of `tests/cases/pagination`: what is found of each operation's pages. The documents are about pages alone;
//! whatever else is wrong with them is not.

#![expect(clippy::expect_used, reason = "a test fails by a panic")]

use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

use serde_json::json;
use specwright_openapi::{
    Description, FolderLoader, MemoryLoader, load,
    pagination::{self, Confidence, Found},
};

fn shown(found: &Found) -> String {
    let mut text = String::new();
    let by = found.declared_by.map(|by| format!(" by {by}"));
    let by = by.unwrap_or_default();
    match &found.plan {
        Some(plan) => {
            _ = writeln!(
                text,
                "  {}{by}: {}",
                found.confidence,
                plan.to_declaration()
            );
        }
        None => _ = writeln!(text, "  no plan{by}"),
    }
    for evidence in &found.evidence {
        let (part, says, pointer) = (evidence.part, &evidence.says, &evidence.pointer);
        _ = writeln!(text, "  - {part}: {says} at {pointer}");
    }
    for reservation in &found.reservations {
        _ = writeln!(text, "  ! {reservation}");
    }
    text
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/cases/pagination")
}

/// The documents, in order.
fn names() -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder())
        .expect("the cases are there")
        .filter_map(|entry| entry.expect("readable").file_name().into_string().ok())
        .filter(|name| name.ends_with(".yaml"))
        .collect();
    names.sort();
    names
}

fn described(name: &str) -> Description {
    let loaded = load(name, &FolderLoader::new(folder())).expect("readable");
    assert!(
        loaded.diagnostics.is_empty(),
        "{name}: {:?}",
        loaded.diagnostics
    );
    loaded.description.expect("a description")
}

#[test]
fn cases() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(folder().join("snapshots"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let mut failed = Vec::new();
    for name in names() {
        let description = described(&name);
        let mut text = String::new();
        for operation in description.operations() {
            _ = writeln!(text, "{} {}", operation.method, operation.path);
            match pagination::find(&description, &operation) {
                Some(found) => text.push_str(&shown(&found)),
                None => text.push_str("  no list\n"),
            }
        }
        let stem = name.trim_end_matches(".yaml");
        let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            settings.bind(|| insta::assert_snapshot!(stem, text));
        }));
        if outcome.is_err() {
            failed.push(name);
        }
    }
    assert!(failed.is_empty(), "failed: {failed:?}");
}

/// A plan that is written down is read as the same plan.
#[test]
fn declarations_of_plans_give_the_plans_again() {
    let mut plans = 0;
    for name in names() {
        let description = described(&name);
        for operation in description.operations() {
            let found = pagination::find(&description, &operation);
            let Some(plan) = found.and_then(|it| it.plan) else {
                continue;
            };
            let declared =
                pagination::read_declaration(&description, &operation, &plan.to_declaration());
            assert_eq!(declared, Ok(Some(plan)), "{name}: {}", operation.path);
            plans += 1;
        }
    }
    assert!(plans > 50, "{plans}");
}

#[test]
fn overlays_hold_what_is_not_declared_and_sure_enough() {
    let document = "\
openapi: 3.0.3
info: {title: Cats, version: '1'}
paths:
  /it's:
    get:
      parameters: [{name: page, in: query, schema: {type: integer}}]
      responses:
        '200': {description: Cats., content: {application/json: {schema: {type: array, items: {}}}}}
  /dogs:
    get:
      x-specwright-pagination: {style: page, request: {position: page}, response: {items: ''}}
      parameters: [{name: page, in: query, schema: {type: integer}}]
      responses:
        '200': {description: Dogs., content: {application/json: {schema: {type: array, items: {}}}}}
";
    let loader = MemoryLoader::default().with("cats.yaml", document);
    let loaded = load("cats.yaml", &loader).expect("readable");
    let description = loaded.description.expect("a description");
    let overlay = pagination::overlay(&description, "Plans", Confidence::Likely);
    let actions = overlay.pointer("/actions").and_then(|it| it.as_array());
    let actions = actions.expect("actions");
    assert_eq!(actions.len(), 1);
    let target = actions.first().and_then(|it| it.pointer("/target"));
    assert_eq!(
        target.and_then(|it| it.as_str()),
        Some("$.paths['/it\\'s']['get']")
    );
    let none = pagination::overlay(&description, "Plans", Confidence::Certain);
    assert_eq!(none.pointer("/actions"), Some(&json!([])));
}

/// The schema for editors and the reader agree: what is found is accepted, what is wrong by shape is not.
#[test]
fn the_schema_of_the_extension_says_what_the_reader_takes() {
    let schema = serde_json::from_str(pagination::SCHEMA).expect("JSON");
    let schema = jsonschema::validator_for(&schema).expect("a schema");
    let mut plans = 0;
    for name in names() {
        let description = described(&name);
        for operation in description.operations() {
            let own = operation.operation.extensions.get(pagination::EXTENSION);
            let found = pagination::find(&description, &operation).and_then(|it| it.plan);
            for value in own
                .cloned()
                .into_iter()
                .chain(found.map(|it| it.to_declaration()))
            {
                assert!(schema.is_valid(&value), "{name}: {value}");
                plans += 1;
            }
        }
    }
    assert!(plans > 50, "{plans}");
    for wrong in [
        json!(true),
        json!(""),
        json!({}),
        json!({"style": "curser", "request": {"position": "c"}, "response": {"items": "", "next": "/n"}}),
        json!({"style": "cursor", "response": {"items": "", "next": "/n"}}),
        json!({"style": "cursor", "request": {"position": "c"}, "response": {"items": ""}}),
        json!({"style": "bidirectional", "request": {"position": "c"}, "response": {"items": "", "next": "/n"}}),
        json!({"style": "page", "request": {"position": "p"}, "response": {}}),
        json!({"style": "page", "request": {"position": "p", "limit": "l"}, "response": {"items": ""}}),
        json!({"style": "page", "request": {"position": "body:p"}, "response": {"items": ""}}),
        json!({"style": "page", "request": {"position": "p"}, "response": {"items": "data"}}),
        json!({"style": "page", "request": {"position": "p"}, "response": {"items": "", "total": "total"}}),
        json!({"style": "offset", "request": {"position": "p"}, "response": {"items": ""}, "first": 0}),
        json!({"style": "token", "request": {"position": "p"}, "response": {"items": "", "next": "/n", "has_more": "/m"}}),
        json!({"style": "page", "request": {"position": "p"}, "response": {"items": ""}, "size": {"maximum": -1}}),
        json!({"use": "scheme", "pages": 1}),
    ] {
        assert!(!schema.is_valid(&wrong), "{wrong}");
    }
}
