//! Fixes: small documents, and what they have to become.
#![expect(clippy::expect_used, reason = "tests")]

use std::collections::BTreeSet;

use specwright_conformance::check::{
    Checked, Config, Set, check,
    fix::{Fix, fixes},
};
use specwright_openapi::{
    Edit, Loaded, MemoryLoader,
    diagnostics::{Diagnostic, FileId, Pointer, Rule, Severity},
    load_with_document,
};

const BEFORE_3_0: &str =
    "openapi: 3.0.4\ninfo: {title: Cats, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n";
const BEFORE_3_1: &str =
    "openapi: 3.1.1\ninfo: {title: Cats, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n";
const BEFORE_3_2: &str =
    "openapi: 3.2.0\ninfo: {title: Cats, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n";
const ROOT: &str = "openapi: 3.0.4\ninfo: {title: Cats, version: '1'}\n";

fn judged(text: &str) -> (Loaded, Checked) {
    let loader = MemoryLoader::default().with("api.yaml", text);
    let loaded = load_with_document("api.yaml", &loader).expect("memory can be read");
    let checked = check(&loaded, &Config::default().extends(Set::Strict));
    (loaded, checked)
}

/// The text after all fixes, in rounds, and the rules whose findings were fixed.
fn fixed(text: &str) -> (String, BTreeSet<&'static str>) {
    let mut text = text.to_owned();
    let mut rules = BTreeSet::new();
    for _ in 0..10 {
        let (loaded, checked) = judged(&text);
        let fixes = fixes(&loaded, &checked);
        let Some(Fix { file, .. }) = fixes.first() else {
            break;
        };
        let file: FileId = *file;
        let groups: Vec<Vec<Edit>> = fixes.iter().map(|fix| fix.edits.clone()).collect();
        let edited = loaded.edited(file, &groups).expect("a document");
        let done = fixes.iter().zip(&edited.done).filter(|(_, done)| **done);
        let done = done.filter_map(|(fix, _)| checked.diagnostics.get(fix.diagnostic));
        rules.extend(done.map(|it| it.rule.name));
        if edited.text == text {
            break;
        }
        text = edited.text;
    }
    (text, rules)
}

/// A rule whose findings in `before` and `text` are fixed, which gives `before` and `expected`.
#[track_caller]
fn becomes(rule: &str, before: &str, text: &str, expected: &str) {
    let (_, checked) = judged(&format!("{before}{text}"));
    let found: Vec<&str> = checked.diagnostics.iter().map(|it| it.rule.name).collect();
    assert!(found.contains(&rule), "{rule} is not found: {found:?}");
    let (fixed, rules) = fixed(&format!("{before}{text}"));
    assert_eq!(fixed, format!("{before}{expected}"));
    assert!(rules.contains(rule), "{rule} is not fixed: {rules:?}");
    let (_, checked) = judged(&fixed);
    let left = checked.diagnostics.iter().filter(|it| it.rule.name == rule);
    assert_eq!(left.count(), 0, "{fixed}");
}

/// A rule whose findings are left to people.
#[track_caller]
fn stays(rule: &str, before: &str, text: &str) {
    let text = format!("{before}{text}");
    let (loaded, checked) = judged(&text);
    let found: Vec<&str> = checked.diagnostics.iter().map(|it| it.rule.name).collect();
    assert!(found.contains(&rule), "{rule} is not found: {found:?}");
    let of_rule = |fix: &Fix| {
        let diagnostic = checked.diagnostics.get(fix.diagnostic);
        diagnostic.is_some_and(|it| it.rule.name == rule)
    };
    let offered: Vec<Fix> = fixes(&loaded, &checked);
    assert!(!offered.iter().any(of_rule), "{offered:?}");
}

#[test]
fn repeated_values_and_names_go_away() {
    becomes(
        "schema/duplicate-enum-value",
        BEFORE_3_0,
        "    A:\n      type: string\n      enum:\n        - a # first\n        - b\n        - a # again\n        - b\n        - c\n",
        "    A:\n      type: string\n      enum:\n        - a # first\n        - b\n        - c\n",
    );
    becomes(
        "schema/duplicate-enum-value",
        BEFORE_3_0,
        "    A: {type: string, enum: [a, b, a]}\n",
        "    A: {type: string, enum: [a, b]}\n",
    );
    becomes(
        "schema/duplicate-required",
        BEFORE_3_0,
        "    A: {type: object, required: [a, a], properties: {a: {}}}\n",
        "    A: {type: object, required: [a], properties: {a: {}}}\n",
    );
    // The names stand in the order of the values.
    stays(
        "schema/duplicate-enum-value",
        BEFORE_3_0,
        "    A: {type: string, enum: [a, b, a], x-enum-varnames: [A, B, C]}\n",
    );
}

#[test]
fn nullable_schemas_permit_null() {
    becomes(
        "schema/nullable-enum",
        BEFORE_3_0,
        "    A:\n      type: string\n      nullable: true\n      enum:\n      - a\n      - b # two\n",
        "    A:\n      type: string\n      nullable: true\n      enum:\n      - a\n      - b # two\n      - null\n",
    );
    stays(
        "schema/nullable-enum",
        BEFORE_3_0,
        "    A: {type: string, nullable: true, enum: [a], x-enumNames: [A]}\n",
    );
}

#[test]
fn nullable_of_3_0_becomes_a_type() {
    for (text, expected) in [
        (
            "    A:\n      type: string # text\n      nullable: true # or not\n      maxLength: 3\n",
            "    A:\n      type: [string, 'null'] # text\n      maxLength: 3\n",
        ),
        (
            "    A: {\"type\": \"string\", \"nullable\": true}\n",
            "    A: {\"type\": [\"string\", \"null\"]}\n",
        ),
        (
            "    A: {type: [string, integer], nullable: true}\n",
            "    A: {type: [string, integer, 'null']}\n",
        ),
        (
            "    A: {nullable: true, type: [string, 'null']}\n",
            "    A: {type: [string, 'null']}\n",
        ),
        (
            "    A: {type: string, nullable: true, enum: [a]}\n",
            "    A: {type: [string, 'null'], enum: [a, null]}\n",
        ),
        (
            "    A: {type: string, nullable: true, enum: [a, null]}\n",
            "    A: {type: [string, 'null'], enum: [a, null]}\n",
        ),
    ] {
        becomes("schema/nullable-in-3-1", BEFORE_3_1, text, expected);
    }
    for text in [
        "    B: {}\n    A: {$ref: '#/components/schemas/B', nullable: true}\n",
        "    A: {anyOf: [{type: string}, {type: integer}], nullable: true}\n",
        "    A: {type: string, const: a, nullable: true}\n",
        "    A: {type: string, nullable: true, enum: [a], x-enum-varnames: [A]}\n",
    ] {
        stays("schema/nullable-in-3-1", BEFORE_3_1, text);
    }
}

#[test]
fn of_two_bounds_the_one_without_effect_goes_away() {
    for (text, expected) in [
        ("maximum: 30, exclusiveMaximum: 31", "maximum: 30"),
        ("maximum: 30, exclusiveMaximum: 30", "exclusiveMaximum: 30"),
        (
            "maximum: 30, exclusiveMaximum: 29.5",
            "exclusiveMaximum: 29.5",
        ),
        ("minimum: 3, exclusiveMinimum: 2", "minimum: 3"),
        ("minimum: 3, exclusiveMinimum: 3", "exclusiveMinimum: 3"),
        ("minimum: 3, exclusiveMinimum: 4", "exclusiveMinimum: 4"),
    ] {
        becomes(
            "schema/two-bounds",
            BEFORE_3_1,
            &format!("    A: {{type: number, {text}}}\n"),
            &format!("    A: {{type: number, {expected}}}\n"),
        );
    }
}

#[test]
fn compositions_lose_what_they_say_twice() {
    becomes(
        "schema/degenerate-composition",
        BEFORE_3_0,
        "    B: {type: object}\n    A:\n      oneOf:\n        - $ref: '#/components/schemas/B'\n        # once more\n        - $ref: '#/components/schemas/B'\n        - type: string\n",
        "    B: {type: object}\n    A:\n      oneOf:\n        - $ref: '#/components/schemas/B'\n        # once more\n        - type: string\n",
    );
    becomes(
        "schema/degenerate-composition",
        BEFORE_3_0,
        "    A:\n      type: object\n      allOf: []\n",
        "    A:\n      type: object\n",
    );
    for text in [
        "    A: {anyOf: [{type: string}, {}]}\n",
        "    A: {type: string, oneOf: []}\n",
    ] {
        stays("schema/degenerate-composition", BEFORE_3_0, text);
    }
}

#[test]
fn texts_get_their_quotes() {
    becomes(
        "structure/wrong-type",
        "",
        "openapi: 3.0.4\ninfo:\n  title: Cats\n  version: 1.10 # soon 2\npaths: {}\n",
        "openapi: 3.0.4\ninfo:\n  title: Cats\n  version: '1.10' # soon 2\npaths: {}\n",
    );
    becomes(
        "structure/wrong-type",
        "",
        "{\"openapi\":\"3.0.4\",\"info\":{\"title\":\"Cats\",\"version\":1.0},\"paths\":{}}",
        "{\"openapi\":\"3.0.4\",\"info\":{\"title\":\"Cats\",\"version\":\"1.0\"},\"paths\":{}}",
    );
    becomes(
        "schema/enum-type",
        BEFORE_3_0,
        "    A: {type: string, enum: [a, 1.0, true]}\n",
        "    A: {type: string, enum: [a, '1.0', 'true']}\n",
    );
    becomes(
        "schema/enum-type",
        BEFORE_3_0,
        "    A: {type: string, enum: [1, 2, 3, 4]}\n",
        "    A: {type: string, enum: ['1', '2', '3', '4']}\n",
    );
    becomes(
        "example/invalid-schema-example",
        BEFORE_3_0,
        "    A:\n      type: object\n      properties: {zip: {type: string}}\n      example:\n        zip: 1234\n",
        "    A:\n      type: object\n      properties: {zip: {type: string}}\n      example:\n        zip: '1234'\n",
    );
    stays(
        "structure/wrong-type",
        "",
        "openapi: 3.0.4\ninfo: {title: [Cats], version: '1'}\npaths: {}\n",
    );
    stays("structure/wrong-type", BEFORE_3_0, "    A: {type: 1}\n");
    stays("structure/wrong-type", BEFORE_3_0, "    A: {$ref: 1}\n");
    stays(
        "schema/enum-type",
        BEFORE_3_0,
        "    A: {type: integer, enum: [1, '2']}\n",
    );
}

#[test]
fn xml_objects_use_node_type() {
    for (text, expected) in [
        (
            "    A: {type: string, xml: {attribute: true}}\n",
            "    A: {type: string, xml: {nodeType: attribute}}\n",
        ),
        (
            "    A:\n      type: array\n      items: {}\n      xml:\n        wrapped: true # in one\n        name: as\n",
            "    A:\n      type: array\n      items: {}\n      xml:\n        nodeType: element # in one\n        name: as\n",
        ),
        (
            "    A:\n      type: string\n      xml:\n        attribute: false\n",
            "    A:\n      type: string\n",
        ),
        (
            "    A: {type: string, xml: {name: a, wrapped: false}}\n",
            "    A: {type: string, xml: {name: a}}\n",
        ),
    ] {
        becomes("structure/deprecated-xml", BEFORE_3_2, text, expected);
    }
    stays(
        "structure/deprecated-xml",
        BEFORE_3_2,
        "    A: {type: string, xml: {wrapped: true}}\n",
    );
}

#[test]
fn variables_that_no_url_has_go_away() {
    becomes(
        "structure/server-variables",
        ROOT,
        "paths: {}\nservers:\n  - url: https://{a}.cats.test\n    variables:\n      a: {default: x}\n      b:\n        default: y\n  - url: https://cats.test\n    variables:\n      c: {default: z}\n",
        "paths: {}\nservers:\n  - url: https://{a}.cats.test\n    variables:\n      a: {default: x}\n  - url: https://cats.test\n",
    );
    // Perhaps `region` was meant.
    stays(
        "structure/server-variables",
        ROOT,
        "paths: {}\nservers: [{url: 'https://{region}.cats.test', variables: {reigon: {default: x}}}]\n",
    );
}

#[test]
fn misspelt_statuses_are_spelt_right() {
    becomes(
        "structure/unknown-field",
        ROOT,
        "paths:\n  /a:\n    get:\n      responses:\n        '200': {description: Good.}\n        4xx: # bad\n          description: Bad.\n",
        "paths:\n  /a:\n    get:\n      responses:\n        '200': {description: Good.}\n        4XX: # bad\n          description: Bad.\n",
    );
    stays(
        "structure/unknown-field",
        ROOT,
        "paths:\n  /a:\n    get:\n      tag: [a]\n      responses: {4xx: {description: A.}, 4XX: {description: B.}}\n",
    );
}

#[test]
fn path_parameters_say_that_they_are_required() {
    let before = "paths:\n  /a/{b}:\n    get:\n      parameters:\n";
    let after = "      responses: {'200': {description: Good.}}\n";
    becomes(
        "structure/missing-field",
        ROOT,
        &format!(
            "{before}        - name: b\n          in: path # here\n          schema: {{}}\n{after}"
        ),
        &format!(
            "{before}        - name: b\n          in: path # here\n          schema: {{}}\n          required: true\n{after}"
        ),
    );
    becomes(
        "structure/invalid-value",
        ROOT,
        &format!("{before}        - {{name: b, in: path, required: false, schema: {{}}}}\n{after}"),
        &format!("{before}        - {{name: b, in: path, required: true, schema: {{}}}}\n{after}"),
    );
}

#[test]
fn what_is_declared_twice_word_by_word_goes_away() {
    becomes(
        "structure/tag-unique",
        ROOT,
        "paths: {}\ntags:\n- name: a\n- name: b\n  description: B.\n- name: a\n",
        "paths: {}\ntags:\n- name: a\n- name: b\n  description: B.\n",
    );
    stays(
        "structure/tag-unique",
        ROOT,
        "paths: {}\ntags:\n- {name: a}\n- {name: a, description: A.}\n",
    );
    let after = "      responses: {'200': {description: Good.}}\n";
    let once =
        "paths:\n  /a:\n    get:\n      parameters:\n        - {name: b, in: query, schema: {}}\n";
    let twice = "        - {name: b, in: query, schema: {}} # again\n";
    becomes(
        "structure/duplicate-parameter",
        ROOT,
        &format!("{once}{twice}{after}"),
        &format!("{once}{after}"),
    );
}

#[test]
fn siblings_go_away_that_say_what_their_target_says() {
    let before = "    B: {type: object, description: B.}\n    A:\n      type: object\n      properties:\n        b:\n";
    becomes(
        "reference/ignored-sibling",
        BEFORE_3_0,
        &format!("{before}          type: object\n          $ref: '#/components/schemas/B'\n"),
        &format!("{before}          $ref: '#/components/schemas/B'\n"),
    );
    stays(
        "reference/ignored-sibling",
        BEFORE_3_0,
        &format!(
            "{before}          description: Another.\n          $ref: '#/components/schemas/B'\n"
        ),
    );
}

#[test]
fn findings_that_are_suppressed_are_not_fixed() {
    let text = format!("{BEFORE_3_0}    A: {{type: string, enum: [a, a]}}\n");
    let loader = MemoryLoader::default().with("api.yaml", text);
    let loaded = load_with_document("api.yaml", &loader).expect("memory can be read");
    let off = Config::default().rule("schema/duplicate-enum-value", None);
    assert_eq!(fixes(&loaded, &check(&loaded, &off)), []);
}

#[test]
fn findings_in_other_files_are_fixed_there() {
    let entry = format!("{BEFORE_3_0}    A: {{$ref: 'parts.json#/A'}}\n");
    let part = "{\"A\": {\"type\": \"string\", \"enum\": [\"a\", \"a\"]}}\n";
    let loader = MemoryLoader::default()
        .with("api.yaml", entry)
        .with("parts.json", part);
    let loaded = load_with_document("api.yaml", &loader).expect("memory can be read");
    let fixes = fixes(&loaded, &check(&loaded, &Config::default()));
    let [fix] = fixes.as_slice() else {
        unreachable!("{fixes:?}")
    };
    let name = loaded.sources.get(fix.file).map(|it| it.name());
    assert_eq!(name, Some("parts.json"));
    let edited = loaded.edited(fix.file, std::slice::from_ref(&fix.edits));
    let edited = edited.expect("a document");
    assert_eq!(
        edited.text,
        "{\"A\": {\"type\": \"string\", \"enum\": [\"a\"]}}\n"
    );
}

#[test]
fn urls_of_servers_lose_slashes_at_their_end() {
    static RULE: Rule = Rule {
        name: "style/server-trailing-slash",
        severity: Severity::Warning,
        summary: "",
        explanation: "",
    };
    for (url, expected) in [
        ("https://cats.test/", Some("https://cats.test")),
        ("'https://cats.test/v1/'", Some("'https://cats.test/v1'")),
        ("\"/v1//\"", Some("\"/v1\"")),
        ("/", None),
        ("https://", None),
    ] {
        let text = format!("{ROOT}paths: {{}}\nservers:\n  - url: {url} # here\n");
        let (loaded, mut checked) = judged(&text);
        let (file, _) = loaded.sources.iter().next().expect("a file");
        let pointer = Pointer::root().join("servers").index(0).join("url");
        checked.diagnostics = vec![Diagnostic::new(&RULE, file, pointer, "")];
        let fixes = fixes(&loaded, &checked);
        let edited = fixes.first().and_then(|fix| {
            let edited = loaded.edited(fix.file, std::slice::from_ref(&fix.edits));
            edited.map(|it| it.text)
        });
        let expected = expected.map(|it| text.replace(url, it));
        assert_eq!(edited, expected, "{url}");
    }
}
