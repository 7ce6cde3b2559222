//! The forms of findings that other programs read, against what those programs demand.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use std::{fs, path::PathBuf, process::Command};

use serde_json::Value;
use specwright_diagnostics::{
    Diagnostic, FileId, Pointer, Rule, Severity, Sources, Span,
    render::{self, Findings},
};

static RULE: Rule = Rule {
    name: "structure/wrong-type",
    severity: Severity::Error,
    summary: "A summary.",
    explanation: "An explanation.",
};

const TEXT: &str = "a: 1\nb: [é, <&\"]\n";

fn sources() -> (Sources, FileId) {
    let mut sources = Sources::default();
    let file = sources.add("specs/my api.yaml", TEXT);
    (sources, file)
}

/// A finding with everything, one without a place, and one with signs that every format has to escape.
fn diagnostics(file: FileId) -> Vec<Diagnostic> {
    let full = Diagnostic::new(
        &RULE,
        file,
        Pointer::parse("/b/0").unwrap(),
        "expected <a> & \"b\"",
    )
    .with_span(Span { bytes: 9..11 })
    .with_help("100% sure,\nsee: there");
    let mut bare = Diagnostic::new(&RULE, file, Pointer::root(), "no place");
    bare.file = None;
    bare.severity = Severity::Warning;
    let mut note = Diagnostic::new(&RULE, file, Pointer::root(), "worth knowing");
    note.severity = Severity::Info;
    vec![full, bare, note]
}

/// The official schema, which a crate brings along.
fn sarif_schema() -> Value {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--offline"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let package = packages
        .iter()
        .find(|it| it["name"] == "serde-sarif")
        .unwrap();
    let manifest = PathBuf::from(package["manifest_path"].as_str().unwrap());
    let schema = manifest.with_file_name("src").join("schema.json");
    let mut schema: Value = serde_json::from_str(&fs::read_to_string(schema).unwrap()).unwrap();
    // One pattern of the schema is no regular expression; it is of properties that are not used here.
    for definition in ["run", "toolComponent"] {
        let language = &mut schema["definitions"][definition]["properties"]["language"];
        assert!(
            language
                .as_object_mut()
                .unwrap()
                .remove("pattern")
                .is_some()
        );
    }
    schema
}

#[test]
fn sarif_is_valid_against_its_schema() {
    let (sources, file) = sources();
    let diagnostics = diagnostics(file);
    let findings = [Findings {
        document: "my api.yaml",
        diagnostics: &diagnostics,
        sources: &sources,
    }];
    let validator = jsonschema::validator_for(&sarif_schema()).unwrap();
    for documents in [&findings[..], &[]] {
        let log: Value = serde_json::from_str(&render::sarif(documents)).unwrap();
        let errors: Vec<String> = validator
            .iter_errors(&log)
            .map(|it| it.to_string())
            .collect();
        assert!(errors.is_empty(), "{errors:?}");
    }
    let mut broken: Value = serde_json::from_str(&render::sarif(&findings)).unwrap();
    broken["runs"][0]["results"][0]["level"] = "fatal".into();
    assert!(!validator.is_valid(&broken), "the schema notices mistakes");
}

#[test]
fn sarif_places_count_characters_and_escape_paths() {
    let (sources, file) = sources();
    let diagnostics = diagnostics(file);
    let findings = [Findings {
        document: "my api.yaml",
        diagnostics: &diagnostics,
        sources: &sources,
    }];
    let log: Value = serde_json::from_str(&render::sarif(&findings)).unwrap();
    let place = &log["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "specs/my%20api.yaml");
    let region = &place["region"];
    assert_eq!(
        (region["startLine"].as_u64(), region["startColumn"].as_u64()),
        (Some(2), Some(5))
    );
    assert_eq!(
        (region["endLine"].as_u64(), region["endColumn"].as_u64()),
        (Some(2), Some(6))
    );
}

#[test]
fn github_escapes_what_would_end_a_command() {
    let (sources, file) = sources();
    let diagnostics = diagnostics(file);
    let findings = [Findings {
        document: "my api.yaml",
        diagnostics: &diagnostics,
        sources: &sources,
    }];
    let commands = render::github(&findings);
    let lines: Vec<&str> = commands.lines().collect();
    assert_eq!(lines.len(), 3);
    assert_eq!(
        lines[0],
        "::error file=specs/my api.yaml,line=2,col=5,title=structure/wrong-type::expected <a> & \"b\" (at /b/0)%0A\
         help: 100%25 sure,%0Asee: there"
    );
    assert!(lines[1].starts_with("::warning title="), "{}", lines[1]);
    assert!(lines[2].starts_with("::notice file="), "{}", lines[2]);
}

#[test]
fn junit_counts_errors_and_warnings_and_escapes() {
    let (sources, file) = sources();
    let diagnostics = diagnostics(file);
    let clean = Findings {
        document: "clean.yaml",
        diagnostics: &[],
        sources: &sources,
    };
    let broken = Findings {
        document: "my api.yaml",
        diagnostics: &diagnostics,
        sources: &sources,
    };
    let report = render::junit(&[broken, clean]);
    assert!(report.contains("tests=\"3\" failures=\"2\""), "{report}");
    assert!(
        report.contains("message=\"expected &lt;a&gt; &amp; &quot;b&quot;\""),
        "{report}"
    );
    assert!(
        report.contains("<testcase classname=\"clean.yaml\" name=\"check\"/>"),
        "{report}"
    );
    assert_eq!(
        report.matches("<failure").count(),
        report.matches("</failure>").count()
    );
}
