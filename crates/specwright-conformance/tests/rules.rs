//! Every rule about documents, tried on its own examples.
#![expect(clippy::expect_used, reason = "tests")]

use specwright_conformance::check::{Config, DocumentRule, judge, rules};
use specwright_openapi::{
    Loaded, MemoryLoader,
    diagnostics::{Diagnostic, Severity},
    load_with_document,
};

fn load(text: &str) -> Loaded {
    let loader = MemoryLoader::default().with("example.yaml", text);
    load_with_document("example.yaml", &loader).expect("memory can be read")
}

/// The findings of the rule alone.
fn findings(rule: &DocumentRule, loaded: &Loaded) -> Vec<Diagnostic> {
    let config = Config::none().rule(rule.name(), Some(Severity::Error));
    judge(loaded, &config)
}

fn lines(loaded: &Loaded, diagnostics: &[Diagnostic]) -> Vec<usize> {
    let line = |it: &Diagnostic| {
        let source = loaded.sources.get(it.file?)?;
        Some(source.line_column(it.span.as_ref()?.bytes.start).line)
    };
    let mut lines: Vec<usize> = diagnostics.iter().filter_map(line).collect();
    lines.sort_unstable();
    lines
}

fn marked(text: &str) -> Vec<usize> {
    let marked = |line: &str| line.trim_end().ends_with("# here");
    let lines = text.lines().enumerate().filter(|(_, line)| marked(line));
    lines.map(|(index, _)| index + 1).collect()
}

#[test]
fn every_rule_finds_what_its_example_marks() {
    for rule in rules() {
        let text = DocumentRule::document(rule.fails);
        let loaded = load(&text);
        let found = findings(rule, &loaded);
        let expected = marked(&text);
        assert!(!expected.is_empty(), "{}: no line is marked", rule.name());
        assert_eq!(
            lines(&loaded, &found),
            expected,
            "{}: {found:#?}",
            rule.name()
        );
        let version = loaded.document.as_ref().expect("a document").version();
        assert!(
            rule.versions.contains(&version),
            "{}: the example has another version",
            rule.name()
        );
    }
}

#[test]
fn no_rule_finds_anything_in_what_its_example_mends() {
    for rule in rules() {
        let loaded = load(&DocumentRule::document(rule.passes));
        let found = findings(rule, &loaded);
        assert!(found.is_empty(), "{}: {found:#?}", rule.name());
        let errors = loaded
            .diagnostics
            .iter()
            .filter(|it| it.severity == Severity::Error);
        assert_eq!(
            errors.count(),
            0,
            "{}: {:#?}",
            rule.name(),
            loaded.diagnostics
        );
    }
}

#[test]
fn names_are_unique_and_say_where_the_rule_stands() {
    let mut names: Vec<&str> = rules().map(DocumentRule::name).collect();
    names.extend(specwright_openapi::rules().iter().map(|rule| rule.name));
    let count = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), count);
    for rule in rules() {
        assert!(
            rule.rule.summary.ends_with('.') && rule.rule.explanation.ends_with('.'),
            "{}",
            rule.name()
        );
    }
}

/// What other linters have rules for and loading finds.
#[test]
fn loading_finds_what_the_page_about_rules_says() {
    let swagger = "swagger: '2.0'\ninfo: {title: A, version: '1'}\npaths: {}\ndefinitions:\n  A: ";
    let schema = "openapi: 3.0.4\ninfo: {title: A, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n    B: {type: string}\n    A: ";
    let example = "openapi: 3.2.0\ninfo: {title: A, version: '1'}\npaths: {}\ncomponents:\n  examples:\n    A: ";
    let cases = [
        (
            "structure/wrong-type",
            swagger,
            "{type: object, properties: 3}",
        ),
        (
            "structure/wrong-type",
            schema,
            "{type: object, properties: 3}",
        ),
        ("structure/unknown-field", swagger, "{anyOf: []}"),
        ("structure/unknown-field", swagger, "{oneOf: []}"),
        ("structure/missing-field", schema, "{type: array}"),
        (
            "reference/unresolved",
            schema,
            "{$ref: '#/components/schemas/C'}",
        ),
        (
            "reference/ignored-sibling",
            schema,
            "{$ref: '#/components/schemas/B', nullable: true}",
        ),
        (
            "structure/conflicting-fields",
            example,
            "{value: 1, externalValue: b}",
        ),
        (
            "structure/conflicting-fields",
            example,
            "{value: 1, dataValue: 1}",
        ),
    ];
    for (rule, before, text) in cases {
        let loaded = load(&format!("{before}{text}\n"));
        let found: Vec<&str> = loaded.diagnostics.iter().map(|it| it.rule.name).collect();
        assert!(found.contains(&rule), "{rule} {text}: {found:?}");
    }
}

/// What loading leaves out has its finding; rules do not find the hole.
#[test]
fn a_hole_is_no_second_finding() {
    let loaded = load(
        "openapi: 3.0.4\ninfo: {title: A, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n    A:\n      oneOf: [{type: 'null'}, {type: string}]\n",
    );
    assert_eq!(loaded.diagnostics.len(), 1, "{:#?}", loaded.diagnostics);
    let found = judge(
        &loaded,
        &Config::none().rule("schema/*", Some(Severity::Error)),
    );
    let about_holes = found
        .iter()
        .filter(|it| it.rule.name == "schema/degenerate-composition");
    assert_eq!(about_holes.count(), 0, "{found:#?}");
}

/// A default above the maximum of a page size is one mistake.
#[test]
fn a_mistake_that_two_rules_see_is_told_once() {
    let text = DocumentRule::document(
        rules()
            .find(|it| it.name() == "pagination/default-above-maximum")
            .expect("the rule")
            .fails,
    );
    let found = judge(&load(&text), &Config::default());
    let of = |name: &str| found.iter().filter(|it| it.rule.name == name).count();
    assert!(of("pagination/default-above-maximum") > 0, "{found:#?}");
    assert_eq!(of("example/invalid-default"), 0, "{found:#?}");
}
