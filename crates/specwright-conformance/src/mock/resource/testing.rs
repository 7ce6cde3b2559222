//! What tests of this module share.

use serde_json::{Map, Value};
use specwright_openapi::{Description, MemoryLoader, load, openapiv3::Schema};

const THING: &str = "{type: object, required: [id, size], properties: {
    id: {type: string, readOnly: true}, secret: {type: string, writeOnly: true},
    size: {type: integer, minimum: 1, maximum: 9}, color: {type: string, enum: [red, blue]},
    note: {type: string, nullable: true, maxLength: 5}, at: {type: string, format: date-time},
    tags: {type: array, items: {type: string}, maxItems: 2, uniqueItems: true},
    any: {}, either: {oneOf: [{type: integer}, {type: boolean}]}, free: {type: object},
    box: {type: object, required: [w], properties: {w: {type: integer}, h: {type: integer}}}}}";

/// Runs a test on the schema of a thing that has members of every kind.
pub(super) fn with_schema(check: impl FnOnce(&Description, &Schema)) {
    let text = format!(
        "{{openapi: 3.0.3, info: {{title: T, version: '1'}}, paths: {{}}, components: {{schemas: {{S: {THING}}}}}}}"
    );
    let loaded = load("api.yaml", &MemoryLoader::default().with("api.yaml", text)).unwrap();
    let description = loaded.description.unwrap();
    let schema = description
        .component::<Schema>("#/components/schemas/S")
        .unwrap();
    check(&description, schema.object);
}

/// The members of a value.
pub(super) fn map(value: Value) -> Map<String, Value> {
    value.as_object().cloned().unwrap()
}
