//! Whether bodies keep to their schemas, told by a validator that shares no code with the generator.

use jsonschema::{Draft, Validator};
use serde_json::{Map, Value, json};
use specwright_openapi::Description;

/// A validator for the schema of the successful response of an operation.
pub(crate) fn of_success(description: &Description, operation: &str) -> Validator {
    let operation = description
        .operations()
        .find(|it| it.id() == operation)
        .expect("an operation");
    let schema = description.success_schema(&operation).expect("a schema");
    build(description, serde_json::to_value(schema).unwrap())
}

/// A validator for the component of this name.
pub(crate) fn of_component(description: &Description, name: &str) -> Validator {
    build(
        description,
        json!({ "$ref": format!("#/components/schemas/{name}") }),
    )
}

fn build(description: &Description, schema: Value) -> Validator {
    let components = serde_json::to_value(&description.document().components).unwrap();
    let mut root = Map::new();
    root.insert("allOf".to_owned(), json!([schema]));
    root.insert("components".to_owned(), components);
    let root = with_null(Value::Object(root));
    let local = |text: &str| text.len() == 19 && text.as_bytes()[10] == b' ';
    let uuid = |text: &str| text.len() == 36 && text.split('-').map(str::len).eq([8, 4, 4, 4, 12]);
    jsonschema::options()
        .with_draft(Draft::Draft4)
        .should_validate_formats(true)
        .with_format("local-date-time", local)
        .with_format("uuid", uuid)
        .build(&root)
        .expect("a valid schema")
}

/// JSON Schema says `{"anyOf": [{"type": "null"}, …]}` where OpenAPI 3.0 says `nullable: true`.
fn with_null(value: Value) -> Value {
    match value {
        Value::Array(elements) => elements.into_iter().map(with_null).collect(),
        Value::Object(mut object) => {
            let nullable = object.remove("nullable") == Some(Value::Bool(true));
            let rest: Map<_, _> = object
                .into_iter()
                .map(|(key, value)| (key, with_null(value)))
                .collect();
            if nullable {
                json!({ "anyOf": [{ "type": "null" }, rest] })
            } else {
                rest.into()
            }
        }
        other => other,
    }
}

pub(crate) fn assert_valid(validator: &Validator, value: &Value) {
    let errors: Vec<String> = validator
        .iter_errors(value)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{errors:#?}\n{value:#}");
}

#[test]
fn the_validator_knows_null_and_formats() {
    let description = crate::documents::description(
        "{openapi: 3.0.3, info: {title: T, version: '1'}, paths: {}, components: {schemas: {
           A: {type: object, required: [a], properties: {
             a: {type: string, format: uuid, nullable: true}, b: {$ref: '#/components/schemas/B'}}},
           B: {type: integer, minimum: 1, exclusiveMinimum: true}}}}",
    );
    let validator = of_component(&description, "A");
    for valid in [
        json!({ "a": null }),
        json!({ "a": "3c90c3cc-0d44-4b50-8888-8dd25736052a", "b": 2 }),
    ] {
        assert!(validator.is_valid(&valid), "{valid}");
    }
    for invalid in [
        json!({}),
        json!({ "a": "x" }),
        json!({ "a": null, "b": null }),
        json!({ "a": null, "b": 1 }),
    ] {
        assert!(!validator.is_valid(&invalid), "{invalid}");
    }
}
