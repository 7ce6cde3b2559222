//! No text can make loading panic, hang or lose the place of a finding.

#![expect(clippy::expect_used, reason = "a test fails by a panic")]

use std::{fs, path::Path};

use specwright_openapi::{Loaded, MemoryLoader, load};

const APIS: [&str; 4] = ["talktohumans", "parrot", "famulor", "mindhunters"];

fn document(api: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../specs")
        .join(api)
        .join("openapi.yaml");
    fs::read_to_string(path).expect("the document is there")
}

/// Loads a text and checks what holds for every text.
fn survives(text: impl Into<Vec<u8>>) -> Loaded {
    let loader = MemoryLoader::default().with("api.yaml", text);
    let loaded = load("api.yaml", &loader).expect("the entry file is there");
    for finding in &loaded.diagnostics {
        let source = finding.file.and_then(|file| loaded.sources.get(file));
        let text = source.expect("every finding has a file").text();
        let span = finding.span.clone().expect("every finding has a span");
        assert!(text.get(span.bytes).is_some(), "{finding:?}");
    }
    assert!(loaded.description.is_some() || loaded.has_errors());
    loaded
}

fn rules(loaded: &Loaded) -> Vec<&'static str> {
    loaded.diagnostics.iter().map(|it| it.rule.name).collect()
}

/// Pseudo-random numbers: splitmix64.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        let bound = u64::try_from(bound).expect("small");
        usize::try_from((mixed ^ (mixed >> 31)) % bound).expect("small")
    }
}

#[test]
fn documents_cut_off_anywhere() {
    for api in APIS {
        let text = document(api);
        for (end, _) in text.char_indices().step_by(7) {
            survives(&text[..end]);
        }
    }
}

#[test]
fn documents_with_one_byte_changed() {
    for (seed, api) in (1..).zip(APIS) {
        let text = document(api).into_bytes();
        let mut random = Random(seed);
        for _ in 0..300 {
            let mut mutated = text.clone();
            let at = random.below(mutated.len());
            let byte = u8::try_from(random.below(256)).expect("small");
            match random.below(3) {
                0 => mutated[at] = byte,
                1 => mutated.insert(at, byte),
                _ => drop(mutated.remove(at)),
            }
            survives(mutated);
        }
    }
}

#[test]
fn path_items_that_multiply() {
    let mut text = "openapi: 3.0.3\ninfo: { title: Cats, version: '1' }\npaths:\n".to_owned();
    for level in 0..40 {
        let next = format!("{{ $ref: '#/paths/~1{}' }}", level + 1);
        let ballast = "0, ".repeat(5_000);
        text.push_str(&format!(
            "  /{level}: {{ get: {{ responses: {{ default: {{ description: x }} }}, callbacks: {{ a: {{ x: {next} }}, b: {{ x: {next} }} }}, x-ballast: [{ballast}] }} }}\n"
        ));
    }
    text.push_str("  /40: {}\n");
    assert_eq!(rules(&survives(text)), ["reference/too-large"]);
}

/// Maps of properties that consist of references to each other: `fields` each, `levels` deep.
fn nested_maps(levels: usize, fields: &[&str]) -> Vec<&'static str> {
    let mut text = "openapi: 3.0.3\ninfo: { title: Cats, version: '1' }\npaths: {}\n".to_owned();
    text.push_str("components: { schemas: { Cat: { properties: { $ref: '#/x-0' } } } }\n");
    for level in 0..levels {
        text.push_str(&format!("x-{level}:\n"));
        for field in fields {
            let next = level + 1;
            text.push_str(&format!(
                "  {field}: {{ properties: {{ $ref: '#/x-{next}' }} }}\n"
            ));
        }
    }
    text.push_str(&format!("x-{levels}: {{}}\n"));
    let mut rules = rules(&survives(text));
    rules.sort_unstable();
    rules.dedup();
    rules
}

#[test]
fn misplaced_references_that_multiply() {
    let bounded = ["reference/misplaced", "reference/too-large"];
    assert_eq!(nested_maps(100, &["a"]), ["reference/misplaced"]);
    assert_eq!(nested_maps(40, &["a", "b"]), bounded);
    assert_eq!(nested_maps(5_000, &["a"]), bounded);
}

#[test]
fn long_chains_of_misplaced_references() {
    let mut text =
        "openapi: 3.0.3\ninfo: { title: Cats, version: { $ref: '#/x-0' } }\npaths: {}\n".to_owned();
    for link in 0..1_000 {
        text.push_str(&format!("x-{link}: {{ $ref: '#/x-{}' }}\n", link + 1));
    }
    let open = rules(&survives(format!("{text}x-1000: '1'\n")));
    assert!(open.iter().all(|it| *it == "reference/misplaced"));
    assert_eq!(open.len(), 1_001);
    let circle = rules(&survives(format!("{text}x-1000: {{ $ref: '#/x-500' }}\n")));
    let cycles = circle.iter().filter(|it| **it == "reference/cycle");
    assert_eq!(cycles.count(), 1);
}

#[test]
fn schemas_that_multiply() {
    let mut text = "\
openapi: 3.0.3
info: { title: Cats, version: '1' }
paths:
  /cats:
    get:
      x-specwright-pagination:
        style: offset
        request: { position: offset }
        response: { items: /missing }
      parameters: [{ name: offset, in: query, schema: { type: integer } }]
      responses:
        '200':
          description: Cats
          content: { application/json: { schema: { $ref: '#/components/schemas/S0' } } }
components:
  schemas:
"
    .to_owned();
    for level in 0..60 {
        let next = format!("{{ $ref: '#/components/schemas/S{}' }}", level + 1);
        text.push_str(&format!("    S{level}: {{ allOf: [{next}, {next}] }}\n"));
    }
    text.push_str("    S60: { type: object }\n");
    assert_eq!(rules(&survives(text)), ["pagination/invalid-plan"]);
}

#[test]
fn long_chains_of_references() {
    let mut text = "openapi: 3.0.3\ninfo: { title: Cats, version: '1' }\npaths: {}\n".to_owned();
    text.push_str("components:\n  schemas:\n");
    for link in 0..2_000 {
        text.push_str(&format!(
            "    S{link}: {{ $ref: '#/components/schemas/S{}' }}\n",
            link + 1
        ));
    }
    let open = format!("{text}    S2000: {{ type: string }}\n");
    assert_eq!(rules(&survives(open)), [""; 0]);
    let circle = format!("{text}    S2000: {{ $ref: '#/components/schemas/S1000' }}\n");
    assert_eq!(rules(&survives(circle)), ["reference/cycle"]);
}

#[test]
fn deep_nesting() {
    let header = "openapi: 3.0.3\ninfo: { title: Cats, version: '1' }\npaths: {}\n";
    let schema = format!("{}{}", "{ items: ".repeat(5_000), "}".repeat(5_000));
    survives(format!(
        "{header}components: {{ schemas: {{ Cat: {schema} }} }}\n"
    ));
    let array = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    survives(format!("{header}x-deep: {array}\n"));
    survives(format!("{{ \"openapi\": \"3.0.3\", \"x-deep\": {array} }}"));
}

#[test]
fn very_long_lines() {
    let header = "openapi: 3.0.3\ninfo: { title: Cats, version: '1' }\npaths: {}\n";
    let text = format!("{header}unknown: [{}]\n", "ä, ".repeat(50_000));
    assert_eq!(rules(&survives(text)), ["structure/unknown-field"]);
}
