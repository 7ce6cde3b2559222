//! Reasons: one cause each, with its place in the value and in the document.

use crate::{check, schemas};
use serde_json::{Value, json};

const SHAPES: &str = "
    Pet:
      oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]
      discriminator: {propertyName: kind, mapping: {tom: '#/components/schemas/Cat'}}
    Cat: {type: object, required: [kind, lives], properties: {kind: {type: string}, lives: {type: integer}}}
    Dog: {type: object, required: [kind, bark], properties: {kind: {type: string}, bark: {type: boolean}, age: {type: integer}}}
    Plain: {anyOf: [{type: integer}, {$ref: '#/components/schemas/Dog'}, {type: boolean}]}
    Scalar: {oneOf: [{type: integer}, {type: boolean}]}
    Closed: {type: object, properties: {a: {type: string, enum: [x, y]}}, additionalProperties: false}
    Deep: {type: array, items: {$ref: '#/components/schemas/Closed'}}
    Maybe: {nullable: true, allOf: [{$ref: '#/components/schemas/Closed'}]}
";

#[test]
fn reasons_and_places() {
    let all = schemas("3.0.3", SHAPES);
    let cases: &[(&str, Value, &[[&str; 3]])] = &[
        (
            "Deep",
            json!([{"a": "x"}, {"a": "z"}]),
            &[[
                "/1/a",
                "/components/schemas/Closed/properties/a/enum",
                r#"expected "x" or "y", found the string "z""#,
            ]],
        ),
        (
            "Closed",
            json!({"b": 1, "c": 2}),
            &[
                [
                    "/b",
                    "/components/schemas/Closed/additionalProperties",
                    "this property is not allowed",
                ],
                [
                    "/c",
                    "/components/schemas/Closed/additionalProperties",
                    "this property is not allowed",
                ],
            ],
        ),
        (
            // What else is said of a value of another type follows from that.
            "Maybe",
            json!({"a": 1}),
            &[[
                "/a",
                "/components/schemas/Closed/properties/a/type",
                "expected a string, found the number 1",
            ]],
        ),
        // The discriminator names the variant, in two ways.
        (
            "Pet",
            json!({"kind": "tom"}),
            &[[
                "",
                "/components/schemas/Cat/required",
                "the property `lives` is missing",
            ]],
        ),
        (
            "Pet",
            json!({"kind": "Dog"}),
            &[[
                "",
                "/components/schemas/Dog/required",
                "the property `bark` is missing",
            ]],
        ),
        // Nothing names it; the variant with the fewest reasons is nearest.
        (
            "Plain",
            json!({"kind": "a", "bark": 1}),
            &[[
                "/bark",
                "/components/schemas/Dog/properties/bark/type",
                "expected a boolean, found the number 1",
            ]],
        ),
        (
            "Scalar",
            json!("a"),
            &[[
                "",
                "/components/schemas/Scalar/oneOf",
                r#"expected an integer or a boolean, found the string "a""#,
            ]],
        ),
        (
            "Plain",
            json!("a"),
            &[[
                "",
                "/components/schemas/Plain/anyOf",
                r#"expected an integer, a boolean or an object, found the string "a""#,
            ]],
        ),
    ];
    for (name, value, expected) in cases {
        let checked = check(&all, name, value);
        assert!(checked.undecided.is_empty(), "{checked:?}");
        let told: Vec<[&str; 3]> = checked
            .violations
            .iter()
            .map(|it| {
                [
                    it.instance.as_str(),
                    it.schema.as_str(),
                    it.message.as_str(),
                ]
            })
            .collect();
        assert_eq!(told, *expected, "{name} {value}");
    }
}

#[test]
fn every_keyword_has_words_of_its_own() {
    let all = schemas(
        "3.1.0",
        "
    A: {minimum: 2, multipleOf: 2, format: int8}
    B: {minLength: 2, format: email}
    C: {maxItems: 1, uniqueItems: true}
    D: {minProperties: 3, propertyNames: {maxLength: 1}}
    E: {const: 1}
",
    );
    for (name, value, expected) in [
        (
            "A",
            json!(1),
            vec![
                "expected at least 2, found 1",
                "expected a multiple of 2, found 1",
            ],
        ),
        (
            "A",
            json!(1000),
            vec!["expected the format `int8`, found 1000"],
        ),
        (
            "B",
            json!("é"),
            vec![
                "expected at least 2 characters, found 1",
                r#"expected the format `email`, found "é""#,
            ],
        ),
        (
            "C",
            json!([1, 1]),
            vec![
                "expected at most 1 element, found 2",
                "expected different elements, found two that are the same",
            ],
        ),
        (
            "D",
            json!({"ab": 1}),
            vec![
                "expected at least 3 properties, found 1",
                "the name of a property is wrong: expected at most 1 character, found 2",
            ],
        ),
        ("E", json!("1"), vec![r#"expected 1, found the string "1""#]),
    ] {
        let checked = check(&all, name, &value);
        let told: Vec<&str> = checked
            .violations
            .iter()
            .map(|it| it.message.as_str())
            .collect();
        assert_eq!(told, expected, "{name} {value}");
    }
}
