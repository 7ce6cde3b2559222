//! Responses.

use crate::normalise::swagger2::testing::normal;

const RESPONSE: &str = "/paths/~1a/get/responses/200";

fn with(produces: &str, response: &str) -> String {
    format!("paths: {{/a: {{get: {{produces: [{produces}], responses: {{200: {response}}}}}}}}}")
}

#[test]
fn content_is_what_is_produced() {
    let table = [
        ("", "{description: d, x-a: 1}", "{description: d, x-a: 1}"),
        ("a/b", "{description: d}", "{description: d}"),
        (
            "",
            "{schema: {type: string}}",
            "content: {application/json: {schema: {type: string}}}",
        ),
        (
            "a/b, c/d",
            "{schema: {$ref: '#/definitions/S'}}",
            "content: {a/b: {schema: {$ref: '#/components/schemas/S'}}, c/d: {schema: {$ref: '#/components/schemas/S'}}}",
        ),
        (
            "",
            "{schema: {type: file}}",
            "content: {application/octet-stream: {schema: {type: string, format: binary}}}",
        ),
        (
            "image/png",
            "{schema: {type: file}}",
            "content: {image/png: {schema: {type: string, format: binary}}}",
        ),
    ];
    for (produces, response, expected) in table {
        normal(&with(produces, response))
            .holds(RESPONSE, expected)
            .lost(&[]);
    }
}

#[test]
fn examples_stand_in_their_media_types() {
    let table = [
        (
            "a/b",
            "{examples: {a/b: 1}}",
            "content: {a/b: {example: 1}}",
        ),
        (
            "a/b, c/d",
            "{examples: {c/d: 1}}",
            "content: {c/d: {example: 1}}",
        ),
        (
            "a/b;v=1",
            "{examples: {A/b: 1}}",
            "content: {a/b;v=1: {example: 1}}",
        ),
        (
            "",
            "{schema: {}, examples: {a/b: 1}}",
            "content: {a/b: {schema: {}, example: 1}}",
        ),
        (
            "a/b",
            "{schema: {}, examples: {c/d: 1}}",
            "content: {a/b: {schema: {}}, c/d: {schema: {}, example: 1}}",
        ),
    ];
    for (produces, response, expected) in table {
        normal(&with(produces, response))
            .holds(RESPONSE, expected)
            .lost(&[]);
    }
}

#[test]
fn an_example_of_nothing_is_lost() {
    normal(&with(
        "a/b",
        "{schema: {}, examples: {a/b: 1, response: 2, x-c: 3}}",
    ))
    .holds(RESPONSE, "content: {a/b: {schema: {}, example: 1}}")
    .lost(&[(
        "example/no-media-type",
        "/paths/~1a/get/responses/200/examples/response",
    )]);
}

#[test]
fn headers_have_schemas() {
    let headers = "{A: {type: array, items: {type: integer}, description: d, x-a: 1},
        B: {type: array, collectionFormat: pipes, items: {type: string}}}";
    normal(&with("", &format!("{{headers: {headers}}}")))
        .holds(
            &format!("{RESPONSE}/headers"),
            "
            A: {description: d, x-a: 1, schema: {type: array, items: {type: integer}}}
            B: {schema: {type: array, items: {type: string}}}",
        )
        .stood(
            "/paths/~1a/get/responses/200/headers/A/schema/items/type",
            "/paths/~1a/get/responses/200/headers/A/items/type",
        )
        .lost(&[(
            "wire/not-carried",
            "/paths/~1a/get/responses/200/headers/B/collectionFormat",
        )]);
}

#[test]
fn content_stood_in_the_response_and_in_produces() {
    normal(&with(
        "a/b",
        "{schema: {properties: {p: {discriminator: k}}}, examples: {a/b: {c: 1}}}",
    ))
    .stood(
        "/paths/~1a/get/responses/200/content/a~1b",
        "/paths/~1a/get/produces/0",
    )
    .stood(
        "/paths/~1a/get/responses/200/content/a~1b/example/c",
        "/paths/~1a/get/responses/200/examples/a~1b/c",
    )
    .stood(
        "/paths/~1a/get/responses/200/content/a~1b/schema/properties/p/discriminator/propertyName",
        "/paths/~1a/get/responses/200/schema/properties/p/discriminator",
    );
}

#[test]
fn a_shared_response_is_a_component_for_each_list_of_media_types() {
    normal(
        "
        produces: [e/f]
        responses:
          R: {description: r, schema: {}}
          Empty: {description: e}
          Unused: {schema: {}}
          ToR: {$ref: '#/responses/R'}
          ToItself: {$ref: '#/responses/ToItself'}
        paths:
          /a:
            get: {produces: [a/b], responses: {200: {$ref: '#/responses/R'}, 204: {$ref: '#/responses/Empty'}}}
            put: {produces: [c/d], responses: {200: {$ref: '#/responses/ToR'}, 204: {$ref: '#/responses/Empty'}}}",
    )
    .holds(
        "/paths/~1a/get/responses",
        "{200: {$ref: '#/components/responses/R'}, 204: {$ref: '#/components/responses/Empty'}}",
    )
    .holds(
        "/paths/~1a/put/responses",
        "{200: {$ref: '#/components/responses/R_2'}, 204: {$ref: '#/components/responses/Empty'}}",
    )
    .holds(
        "/components/responses",
        "
        R: {description: r, content: {a/b: {schema: {}}}}
        R_2: {description: r, content: {c/d: {schema: {}}}}
        Empty: {description: e}
        Unused: {content: {e/f: {schema: {}}}}",
    )
    .stood("/components/responses/R_2/description", "/responses/R/description")
    .stood("/components/responses/R_2/content/c~1d/schema", "/responses/R/schema");
}
