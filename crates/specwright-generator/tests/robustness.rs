//! Documents that are small and mean no end of work to a careless reader.
//!
//! Each of these takes a moment; without the bounds that they are about they take for ever or overflow the stack.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fmt::Write as _;

use specwright_generator::{Generated, Recipe, Status, generate};
use specwright_openapi::{MemoryLoader, load};

const HEAD: &str = "openapi: 3.0.3
info: {title: Hostile, version: '1'}
paths:
  /a:
    get:
      operationId: get
      responses: {'200': {description: It., content: {application/json: {schema: {$ref: '#/components/schemas/A0'}}}}}
    post:
      operationId: post
      requestBody: {content: {multipart/form-data: {schema: {$ref: '#/components/schemas/A0'}}}}
      responses: {'204': {description: Done.}}
components:
  schemas:
";

fn generated(schemas: &str) -> Generated {
    let loader = MemoryLoader::default().with("api.yaml", format!("{HEAD}{schemas}"));
    let loaded = load("api.yaml", &loader).unwrap();
    generate(loaded.description.as_ref().unwrap(), &Recipe::default())
}

fn reference(number: usize) -> String {
    format!("{{$ref: '#/components/schemas/A{number}'}}")
}

/// Schemas `A0` to `A<count>`, of which the last is a plain object.
fn schemas(count: usize, one: impl Fn(usize) -> String) -> String {
    let mut text = String::new();
    for number in 0..count {
        writeln!(text, "    A{number}: {}", one(number)).unwrap();
    }
    writeln!(
        text,
        "    A{count}: {{type: object, properties: {{last: {{type: string}}}}}}"
    )
    .unwrap();
    text
}

fn serves_both(generated: &Generated) -> bool {
    generated.ledger.operations.len() == 2 && generated.ledger.count(Status::Refused) == 0
}

#[test]
fn parts_that_double_at_every_level_are_merged_once() {
    let text = schemas(60, |it| {
        let next = reference(it + 1);
        format!("{{allOf: [{next}, {next}, {{properties: {{p{it}: {{type: string}}}}}}]}}")
    });
    let generated = generated(&text);
    assert!(serves_both(&generated));
    let model = generated.files.get("src/types/a0.rs").unwrap();
    for property in ["p0", "p59", "last"] {
        assert!(
            model.contains(&format!("pub {property}: Option<String>")),
            "{property}"
        );
    }
}

#[test]
fn unions_of_all_unions_are_searched_once() {
    let all: Vec<String> = (0..40).map(reference).collect();
    let text = schemas(40, |_| {
        format!(
            "{{oneOf: [{}], discriminator: {{propertyName: kind}}}}",
            all.join(", ")
        )
    });
    assert!(serves_both(&generated(&text)));
}

#[test]
fn chains_longer_than_the_stack_is_deep_are_followed() {
    let text = schemas(3_000, |it| {
        let next = reference(it + 1);
        format!(
            "{{type: object, properties: {{next: {next}, list: {{type: array, items: {next}}}}}}}"
        )
    });
    let generated = generated(&text);
    assert!(serves_both(&generated));
    assert!(generated.files.get("src/types/a2999.rs").is_some());
}

#[test]
fn lists_nested_beyond_reason_are_a_located_loss() {
    let text = schemas(2_000, |it| {
        format!("{{type: array, items: {}}}", reference(it + 1))
    });
    let generated = generated(&text);
    assert!(serves_both(&generated));
    let lost = |it: &str| it.contains("nested too deep");
    assert!(generated.diagnostics.iter().any(|it| lost(&it.message)));
}

#[test]
fn properties_beside_wide_unions_are_not_repeated_without_bound() {
    let mut properties = String::new();
    for number in 0..200 {
        write!(properties, "p{number}: {{type: string}}, ").unwrap();
    }
    let members: Vec<String> = (0..60)
        .map(|it| format!("{{properties: {{q{it}: {}}}}}", reference(it)))
        .collect();
    let text = schemas(60, |_| {
        format!(
            "{{type: object, properties: {{{properties}}}, oneOf: [{}]}}",
            members.join(", ")
        )
    });
    let generated = generated(&text);
    assert!(serves_both(&generated));
    let size: usize = generated.files.iter().map(|(_, text)| text.len()).sum();
    assert!(size < 20_000_000, "{size} bytes");
}
