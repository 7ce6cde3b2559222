//! Documents that ask for the impossible, the endless or the huge.

use std::time::{Duration, Instant};

use specwright_conformance::Mock;
use specwright_openapi::{MemoryLoader, load};

use crate::{client::get, documents::start};

/// Schemas of a body, in one line each; `A` and `B` are components.
const SCHEMAS: [(&str, &str); 22] = [
    (
        "a tree that requires itself",
        "{type: object, required: [left, right], properties: {left: {$ref: '#/components/schemas/A'}, right: {$ref: '#/components/schemas/A'}}}",
    ),
    (
        "a list that requires itself",
        "{type: array, minItems: 2, items: {$ref: '#/components/schemas/A'}}",
    ),
    (
        "optional recursion in every property",
        "{type: object, properties: {a: {$ref: '#/components/schemas/A'}, b: {$ref: '#/components/schemas/A'}, c: {type: array, minItems: 3, items: {$ref: '#/components/schemas/A'}}}}",
    ),
    (
        "itself by allOf",
        "{allOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/A'}]}",
    ),
    (
        "itself by oneOf",
        "{oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}]}",
    ),
    (
        "two that are each other",
        "{allOf: [{$ref: '#/components/schemas/B'}], anyOf: [{$ref: '#/components/schemas/B'}]}",
    ),
    (
        "itself as additional property",
        "{type: object, minProperties: 3, additionalProperties: {$ref: '#/components/schemas/A'}}",
    ),
    (
        "two types at once",
        "{allOf: [{type: string}, {type: integer}]}",
    ),
    (
        "two enumerations without a common member",
        "{allOf: [{type: string, enum: [a]}, {type: string, enum: [b]}]}",
    ),
    ("no variants", "{oneOf: [], anyOf: []}"),
    (
        "a huge array",
        "{type: array, minItems: 4000000000, items: {type: array, minItems: 4000000000, items: {type: string}}}",
    ),
    (
        "a huge set",
        "{type: array, minItems: 4000000000, uniqueItems: true, items: {type: boolean}}",
    ),
    ("a huge object", "{type: object, minProperties: 4000000000}"),
    ("a huge text", "{type: string, minLength: 4000000000}"),
    (
        "a huge pattern",
        "{type: string, pattern: '((a{1000}){1000}){1000}'}",
    ),
    ("a broken pattern", "{type: string, pattern: '(['}"),
    (
        "limits in the wrong order",
        "{type: object, required: [a, b, c], properties: {a: {type: integer, minimum: 5, maximum: 1}, b: {type: number, minimum: 5, maximum: 1, multipleOf: 0}, c: {type: string, minLength: 9, maxLength: 1}}}",
    ),
    (
        "limits at the ends of the numbers",
        "{type: object, required: [a, b], properties: {a: {type: integer, minimum: -9223372036854775808, exclusiveMinimum: true, maximum: 9223372036854775807}, b: {type: number, minimum: -1.7e308, maximum: 1.7e308}}}",
    ),
    (
        "numbers beyond the ends",
        "{type: integer, minimum: 99999999999999999999999999999999999999, multipleOf: 1.5}",
    ),
    (
        "required but not declared",
        "{type: object, required: [ghost], additionalProperties: false}",
    ),
    (
        "a reference to nothing",
        "{type: object, required: [a], properties: {a: {$ref: '#/components/schemas/Nothing'}}}",
    ),
    (
        "an enumeration of null",
        "{type: string, nullable: true, enum: [null]}",
    ),
];

fn document(schema: &str) -> String {
    let plan = "{style: page, request: {position: page}, response: {items: /list}}";
    let json = |schema: &str| {
        format!(
            "{{'200': {{description: D., content: {{application/json: {{schema: {schema}}}}}}}, default: {{description: E., content: {{application/json: {{schema: {{$ref: '#/components/schemas/A'}}}}}}}}}}"
        )
    };
    let (one, list) = (
        json("{$ref: '#/components/schemas/A'}"),
        json(
            "{type: object, properties: {list: {type: array, items: {$ref: '#/components/schemas/A'}}, other: {$ref: '#/components/schemas/A'}}}",
        ),
    );
    let parameters = "[{name: page, in: query, schema: {type: integer}}, {name: left, in: query, schema: {$ref: '#/components/schemas/A'}}, {name: a_b, in: query, schema: {type: string}}]";
    format!(
        "{{openapi: 3.0.3, info: {{title: T, version: '1'}}, paths: {{
           /one: {{get: {{operationId: one, responses: {one}}}}},
           /locked: {{get: {{operationId: locked, security: [{{t: []}}], responses: {one}}}}},
           /list: {{get: {{operationId: list, x-specwright-pagination: {plan}, parameters: {parameters}, responses: {list}}}}}}},
         components: {{securitySchemes: {{t: {{type: http, scheme: bearer}}}},
           schemas: {{A: {schema}, B: {{allOf: [{{$ref: '#/components/schemas/A'}}]}}}}}}}}"
    )
}

#[tokio::test]
async fn every_request_is_answered_in_bounded_time() {
    for (name, schema) in SCHEMAS {
        let loaded = load(
            "api.yaml",
            &MemoryLoader::default().with("api.yaml", document(schema)),
        )
        .unwrap();
        let description = loaded
            .description
            .unwrap_or_else(|| panic!("{name}: {:?}", loaded.diagnostics));
        let started = Instant::now();
        let server = start(Mock::new(description).items(3).token("other")).await;
        for (path, status) in [
            ("/one", 200),
            ("/list?page=1", 200),
            ("/list?left=x&a_b=y", 200),
            ("/locked", 401),
        ] {
            let answer = get(&server, path).await;
            assert_eq!(answer.status, status, "{name}: {path}");
            answer.json();
            assert!(
                answer.body.len() < 16_000_000,
                "{name}: {path} has {} bytes",
                answer.body.len()
            );
        }
        assert!(
            started.elapsed() < Duration::from_secs(15),
            "{name} took {:?}",
            started.elapsed()
        );
    }
}
