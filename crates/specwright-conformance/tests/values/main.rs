//! Values of schemas: each is valid, follows from its seed, and has what its presence says.

#![expect(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

use serde_json::{Value, json};
use specwright_conformance::{
    schema::Schemas,
    value::{Direction, Presence, Values},
};
use specwright_openapi::{
    Loaded, MemoryLoader, diagnostics::Pointer, load_with_document, openapiv3::ReferenceOr,
};

const SEEDS: std::ops::RangeInclusive<u64> = 1..=12;

fn loaded(version: &str, schemas: &str) -> Loaded {
    let text = format!(
        "{{openapi: {version}, info: {{title: T, version: '1'}}, paths: {{}}, components: {{schemas: {{{schemas}}}}}}}"
    );
    load_with_document("api.yaml", &MemoryLoader::default().with("api.yaml", text)).unwrap()
}

/// Values of the schema `S`: by presence and seed.
fn values(loaded: &Loaded, direction: Direction) -> Vec<(Presence, u64, Value)> {
    let description = loaded.description.as_ref().expect("a description");
    let reference = ReferenceOr::Reference {
        reference: "#/components/schemas/S".to_owned(),
    };
    let all = Presence::ALL
        .into_iter()
        .flat_map(|it| SEEDS.map(move |seed| (it, seed)));
    all.map(|(presence, seed)| {
        let values = Values::new(description).seed(seed).presence(presence);
        (
            presence,
            seed,
            values.value(&reference, direction, "", "test"),
        )
    })
    .collect()
}

/// Every value of `S` is valid in both directions.
fn assert_valid(version: &str, schemas: &str) {
    let loaded = loaded(version, schemas);
    let known = Schemas::new(loaded.document.clone().expect("a document"));
    let place = Pointer::parse("/components/schemas/S").unwrap();
    for direction in [Direction::Request, Direction::Response] {
        let checker = known.checker(&place, direction).unwrap();
        for (presence, seed, value) in values(&loaded, direction) {
            let checked = checker.check(&value);
            assert!(
                checked.is_valid(),
                "{schemas}\n{presence:?} {seed}: {value:#}\n{checked:#?}"
            );
        }
    }
}

#[test]
fn texts() {
    for keywords in [
        "format: email, maxLength: 8",
        "format: uri, minLength: 60, maxLength: 80",
        "format: uri, maxLength: 12",
        "format: date-time, minLength: 24",
        "format: byte, minLength: 40, maxLength: 44",
        "format: uuid, pattern: '^[0-9a-f-]+$'",
        "format: date, pattern: '^20'",
        "pattern: '^[0-9]+$', minLength: 4, maxLength: 4",
        "pattern: '^(?=.*[A-Z])(?=.*[0-9])[A-Za-z0-9]{8,12}$'",
        "pattern: '^(?!0)[0-9]{2}$'",
        r"pattern: '^[\w\-\/[\]]{3}$'",
        "allOf: [{pattern: '^a'}, {pattern: 'z$'}, {maxLength: 9}], example: abcz",
    ] {
        assert_valid("3.0.3", &format!("S: {{type: string, {keywords}}}"));
    }
}

#[test]
fn numbers() {
    for keywords in [
        "type: integer, format: int32, minimum: 2147483000",
        "type: integer, format: int32, maximum: -5",
        "type: integer, multipleOf: 7, minimum: 1, maximum: 7",
        "type: integer, minimum: 3, exclusiveMinimum: true, maximum: 5, exclusiveMaximum: true",
        "type: integer, multipleOf: 1.5",
        "type: number, multipleOf: 0.01, minimum: 0, exclusiveMinimum: true, maximum: 0.02",
        "type: number, minimum: 2, maximum: 2",
        "type: integer, enum: [1, 2]",
        "type: number, format: float",
    ] {
        assert_valid("3.0.3", &format!("S: {{{keywords}}}"));
    }
    assert_valid(
        "3.1.0",
        "S: {type: integer, format: uint8, exclusiveMinimum: 250}",
    );
}

#[test]
fn arrays() {
    for keywords in [
        "minItems: 3, uniqueItems: true, items: {type: string, enum: [a, b, c]}",
        "maxItems: 1, items: {type: array, items: {type: boolean}, minItems: 2}",
    ] {
        assert_valid("3.0.3", &format!("S: {{type: array, {keywords}}}"));
    }
    assert_valid(
        "3.1.0",
        "S: {type: array, prefixItems: [{type: string}, {type: integer}], items: false}",
    );
    assert_valid(
        "3.1.0",
        "S: {type: array, minItems: 3, prefixItems: [{type: string}], items: {type: boolean}}",
    );
}

#[test]
fn objects() {
    for keywords in [
        "minProperties: 2, properties: {a: {type: string}, b: {type: string}, c: {type: string}}, additionalProperties: false",
        "maxProperties: 1, properties: {a: {type: string}, b: {type: string}}",
        "additionalProperties: {type: integer}, properties: {a: {type: integer}}",
        "required: [a], additionalProperties: {type: boolean}",
        "required: [a, b], properties: {a: {type: string, readOnly: true}, b: {type: string, writeOnly: true}}, additionalProperties: false",
        "properties: {a: {type: string}}, allOf: [{properties: {b: {type: string}}, additionalProperties: {type: string, maxLength: 3}}]",
    ] {
        assert_valid("3.0.3", &format!("S: {{type: object, {keywords}}}"));
    }
    for keywords in [
        "patternProperties: {'^x-': {type: integer}}, additionalProperties: false",
        "patternProperties: {'^a': {type: string, maxLength: 2}}, properties: {ab: {type: string}}",
        "propertyNames: {enum: [home, away]}, additionalProperties: {type: string}",
        "propertyNames: {pattern: '^[A-Z]{3}$'}, additionalProperties: {type: string}, minProperties: 1",
        "properties: {gone: false, here: true}",
    ] {
        assert_valid("3.1.0", &format!("S: {{type: object, {keywords}}}"));
    }
}

#[test]
fn exactly_one_variant_is_met() {
    for schemas in [
        "S: {oneOf: [{type: number}, {type: integer}]}",
        "S: {oneOf: [{type: string}, {type: string, enum: [a]}]}",
        "S: {oneOf: [{type: object, properties: {a: {type: string}}}, {type: object, properties: {b: {type: string}}}]}",
        "S: {oneOf: [{type: object, properties: {a: {type: string}}}, {type: object, properties: {a: {type: string}, b: {type: string}}}]}",
        "S: {type: object, properties: {a: {type: string}, b: {type: string}}, oneOf: [{required: [a]}, {required: [b]}]}",
        "S: {oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}], discriminator: {propertyName: kind, mapping: {first: '#/components/schemas/A', second: '#/components/schemas/B'}}},
           A: {type: object, required: [kind], properties: {kind: {type: string, enum: [first]}}}, B: {type: object, required: [kind], properties: {kind: {type: string, enum: [second]}}}",
        "S: {not: {type: string}}",
        "S: {type: string, not: {enum: [a]}, enum: [a, b]}",
        "S: {anyOf: [{type: object, required: [a]}, {type: object, required: [b]}], type: object, properties: {a: {type: string}, b: {type: string}}}",
    ] {
        assert_valid("3.0.3", schemas);
    }
}

#[test]
fn recursion_ends() {
    for schemas in [
        "S: {type: object, properties: {next: {$ref: '#/components/schemas/S'}, all: {type: array, items: {$ref: '#/components/schemas/S'}}}}",
        "S: {type: object, required: [next], properties: {next: {oneOf: [{$ref: '#/components/schemas/S'}, {type: string}]}}}",
        "S: {type: object, required: [left, right], properties: {left: {$ref: '#/components/schemas/Tree'}, right: {$ref: '#/components/schemas/Tree'}}},
           Tree: {oneOf: [{$ref: '#/components/schemas/S'}, {type: integer}]}",
    ] {
        assert_valid("3.0.3", schemas);
    }
    let endless = loaded(
        "3.0.3",
        "S: {type: object, required: [a, b], properties: {a: {$ref: '#/components/schemas/S'}, b: {$ref: '#/components/schemas/S'}}}",
    );
    for (.., value) in values(&endless, Direction::Response) {
        assert!(value.is_object() && value.to_string().len() < 100_000);
    }
}

#[test]
fn null_is_given_only_where_the_version_itself_permits_it() {
    assert_valid(
        "3.1.0",
        "S: {type: object, required: [a], properties: {a: {type: string, nullable: true}}}",
    );
    let nulls = |version: &str, schemas: &str| {
        let values = values(&loaded(version, schemas), Direction::Response);
        values.iter().filter(|(.., it)| it["a"].is_null()).count()
    };
    let schema = "S: {type: object, required: [a], properties: {a: {type: [string, 'null']}}}";
    assert_valid("3.1.0", schema);
    assert!(nulls("3.1.0", schema) > 0);
    let schema =
        "S: {type: object, required: [a], properties: {a: {type: string, nullable: true}}}";
    assert_valid("3.0.3", schema);
    assert!(nulls("3.0.3", schema) > 0);
}

#[test]
fn presence_tells_what_is_there() {
    let loaded = loaded(
        "3.0.3",
        "S: {type: object, required: [a], properties: {a: {type: array, items: {type: string}}, b: {type: string, nullable: true}}}",
    );
    for (presence, _, value) in values(&loaded, Direction::Response) {
        let (elements, b) = (value["a"].as_array().unwrap(), value.get("b"));
        match presence {
            Presence::Minimal => assert!(elements.is_empty() && b.is_none()),
            Presence::Full => assert!(!elements.is_empty() && b.is_some_and(Value::is_string)),
            Presence::Varied => {}
        }
    }
}

#[test]
fn values_follow_from_their_seed() {
    let loaded = loaded(
        "3.0.3",
        "S: {type: object, properties: {a: {type: string}, b: {type: integer}}}",
    );
    let first = values(&loaded, Direction::Response);
    assert_eq!(first, values(&loaded, Direction::Response));
    let full: Vec<&Value> = first
        .iter()
        .filter(|(presence, ..)| *presence == Presence::Full)
        .map(|(.., value)| value)
        .collect();
    assert!(full.windows(2).all(|pair| pair[0] != pair[1]));
}

#[test]
fn a_variant_of_a_shared_base_says_its_name() {
    let loaded = loaded(
        "3.0.3",
        "S: {allOf: [{$ref: '#/components/schemas/Base'}, {type: object, properties: {claws: {type: integer}}}]},
         Base: {type: object, required: [kind], properties: {kind: {type: string}}, discriminator: {propertyName: kind}}",
    );
    for (.., value) in values(&loaded, Direction::Response) {
        assert_eq!(value["kind"], json!("S"));
    }
}

#[test]
fn things_are_changed_after_they_are_created() {
    let moment = "{type: string, format: date-time}";
    let loaded = loaded(
        "3.0.3",
        &format!(
            "S: {{type: object, required: [updated_at, created_at], properties: {{updated_at: {moment}, created_at: {moment}}}}}"
        ),
    );
    for (.., value) in values(&loaded, Direction::Response) {
        let moment = |name: &str| value[name].as_str().unwrap().to_owned();
        assert!(moment("created_at") <= moment("updated_at"));
    }
}
