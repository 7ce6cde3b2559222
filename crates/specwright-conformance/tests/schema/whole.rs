//! Schemas that look at what other schemas saw.

use crate::{assert_all, check, schemas};
use serde_json::json;

#[test]
fn what_references_evaluated_is_known() {
    let all = schemas(
        "3.1.0",
        "
    Base: {$id: 'https://example.com/base', $anchor: base, type: object, properties: {a: {type: integer}}}
    Closed: {allOf: [{$ref: '#/components/schemas/Base'}], properties: {b: {type: string}}, unevaluatedProperties: false}
    User: {type: array, items: {$ref: '#/components/schemas/Closed'}}
",
    );
    assert_all(
        &all,
        &[
            ("Closed", r#"{"a":1,"b":"x"}"#, true),
            ("Closed", r#"{"a":1,"c":"x"}"#, false),
            ("User", r#"[{"a":1,"b":"x"}]"#, true),
            ("User", r#"[{"c":1}]"#, false),
        ],
    );
    let checked = check(&all, "User", &json!([{"a": "x"}]));
    let told: Vec<_> = checked
        .violations
        .iter()
        .map(|it| (it.instance.as_str(), it.schema.as_str()))
        .collect();
    assert!(
        told.contains(&("/0/a", "/components/schemas/Base/properties/a/type")),
        "{told:?}"
    );
}
