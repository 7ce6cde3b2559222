//! Which errors leave something out.

use specwright_diagnostics::Diagnostic;

/// Fields without which an object is another one.
const FIELDS: &[&str] = &[
    "$ref",
    "additionalProperties",
    "allOf",
    "anyOf",
    "components",
    "consumes",
    "content",
    "definitions",
    "discriminator",
    "enum",
    "explode",
    "in",
    "items",
    "mapping",
    "name",
    "oneOf",
    "openapi",
    "parameters",
    "paths",
    "produces",
    "properties",
    "propertyName",
    "requestBody",
    "required",
    "responses",
    "schema",
    "servers",
    "style",
    "swagger",
    "type",
    "url",
];

/// Fields that hold such objects, by name or in a list.
const CONTAINERS: &[&str] = &[
    "allOf",
    "anyOf",
    "callbacks",
    "content",
    "definitions",
    "headers",
    "oneOf",
    "parameters",
    "paths",
    "pathItems",
    "prefixItems",
    "properties",
    "requestBodies",
    "responses",
    "schemas",
    "servers",
    "webhooks",
];

/// Whether something that users of the description rely on is missing because of the error.
pub(crate) fn has(error: &Diagnostic) -> bool {
    let last = error.pointer.last();
    let parent = error.pointer.parent().and_then(|it| it.last());
    let among = |names: &[&str], segment: &Option<String>| {
        segment
            .as_ref()
            .is_some_and(|it| names.contains(&it.as_str()))
    };
    match error.rule.name {
        "structure/unknown-field" => false,
        // A parameter without name or place is no parameter; everything else has a fallback.
        "structure/missing-field" => parent.as_deref() == Some("parameters"),
        "structure/wrong-type" | "structure/invalid-value" => {
            among(FIELDS, &last) || among(CONTAINERS, &parent) || error.pointer.is_root()
        }
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use crate::{MemoryLoader, load};

    const HEAD: &str = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths:\n  /a/{id}:\n    get:\n      \
        responses: {'204': {description: Done.}}\n";

    fn consequential(text: &str) -> bool {
        let loaded = load("api.yaml", &MemoryLoader::default().with("api.yaml", text));
        let loaded = loaded.unwrap();
        assert!(loaded.has_errors(), "{text}");
        loaded.has_consequential_errors()
    }

    #[test]
    fn what_leaves_something_out_has_consequences() {
        for (rest, expected) in [
            (
                "      parameters: [{name: id, in: pth, required: true, schema: {type: string}}]\n",
                true,
            ),
            (
                "      parameters: [{in: path, required: true, schema: {type: string}}]\n",
                true,
            ),
            (
                "      parameters: [{$ref: '#/components/parameters/Missing'}]\n",
                true,
            ),
            ("components: {schemas: {A: {type: strin}}}\n", true),
            (
                "components: {schemas: {A: {type: integer, maximum: yes}}}\n",
                false,
            ),
            ("components: {schemas: {A: {type: array}}}\n", false),
            ("titel: T\n", false),
            ("      summary: []\n", false),
        ] {
            assert_eq!(consequential(&format!("{HEAD}{rest}")), expected, "{rest}");
        }
    }
}
