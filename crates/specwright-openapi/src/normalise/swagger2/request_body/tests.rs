//! Body parameters.

use crate::normalise::swagger2::testing::normal;

const BODY: &str = "/paths/~1a/put/requestBody";

#[test]
fn a_body_has_its_schema_for_each_media_type() {
    normal(
        "
        consumes: [text/plain]
        paths:
          /a:
            put:
              consumes: [application/json, application/xml]
              parameters: [{name: b, in: body, required: true, description: d, x-a: 1, schema: {discriminator: k}}]",
    )
    .holds(
        BODY,
        "
        description: d
        required: true
        x-a: 1
        content:
          application/json: {schema: {discriminator: {propertyName: k}}}
          application/xml: {schema: {discriminator: {propertyName: k}}}",
    )
    .holds("/paths/~1a/put/parameters", "[]")
    .stood("/paths/~1a/put/requestBody/description", "/paths/~1a/put/parameters/0/description")
    .stood("/paths/~1a/put/requestBody/content/application~1xml", "/paths/~1a/put/consumes/1")
    .stood(
        "/paths/~1a/put/requestBody/content/application~1xml/schema/discriminator/propertyName",
        "/paths/~1a/put/parameters/0/schema/discriminator",
    )
    .lost(&[]);
}

#[test]
fn media_types_come_from_the_operation_or_the_root_or_are_json() {
    let operation = "paths: {/a: {put: {parameters: [{name: b, in: body, schema: {}}] CONSUMES}}}";
    let table = [
        ("consumes: [a/b]\n", "", "a/b: {schema: {}}"),
        (
            "consumes: [a/b]\n",
            ", consumes: [c/d, c/d]",
            "c/d: {schema: {}}",
        ),
        (
            "consumes: [a/b]\n",
            ", consumes: []",
            "application/json: {schema: {}}",
        ),
        ("", "", "application/json: {schema: {}}"),
    ];
    for (root, own, content) in table {
        let text = format!("{root}{}", operation.replace("CONSUMES", own));
        normal(&text).holds(&format!("{BODY}/content"), content);
    }
}

#[test]
fn a_shared_body_is_a_component_for_each_list_of_media_types() {
    normal(
        "
        parameters:
          B: {name: b, in: body, schema: {$ref: '#/definitions/S'}}
          B_2: {name: b, in: body, schema: {}}
          ToB: {$ref: '#/parameters/B'}
        paths:
          /a:
            put: {consumes: [a/b], parameters: [{$ref: '#/parameters/ToB'}]}
            post: {consumes: [c/d], parameters: [{$ref: '#/parameters/B'}]}
            patch: {consumes: [a/b], parameters: [{$ref: '#/parameters/B'}]}",
    )
    .holds(BODY, "$ref: '#/components/requestBodies/B'")
    .holds(
        "/paths/~1a/post/requestBody",
        "$ref: '#/components/requestBodies/B_3'",
    )
    .holds(
        "/paths/~1a/patch/requestBody",
        "$ref: '#/components/requestBodies/B'",
    )
    .holds(
        "/components/requestBodies",
        "
        B: {content: {a/b: {schema: {$ref: '#/components/schemas/S'}}}}
        B_2: {content: {application/json: {schema: {}}}}
        B_3: {content: {c/d: {schema: {$ref: '#/components/schemas/S'}}}}",
    )
    .lacks("/components/parameters")
    .stood(
        "/components/requestBodies/B_3/content/c~1d",
        "/paths/~1a/post/consumes/0",
    )
    .stood(
        "/components/requestBodies/B_3/content/c~1d/schema/$ref",
        "/parameters/B/schema/$ref",
    );
}

#[test]
fn a_body_of_the_path_is_that_of_operations_without_one() {
    normal(
        "
        paths:
          /a:
            parameters: [{name: q, in: body, schema: {type: string}}, {name: r, in: query, type: string}]
            put: {}
            post: {parameters: [{name: b, in: body, schema: {type: integer}}]}",
    )
    .holds(BODY, "content: {application/json: {schema: {type: string}}}")
    .holds("/paths/~1a/post/requestBody", "content: {application/json: {schema: {type: integer}}}")
    .holds("/paths/~1a/parameters", "[{name: r, in: query, schema: {type: string}}]")
    .stood("/paths/~1a/put/requestBody/content/application~1json/schema/type", "/paths/~1a/parameters/0/schema/type")
    .lost(&[]);
}

#[test]
fn one_body_is_enough() {
    normal(
        "
        paths:
          /a:
            put:
              parameters:
              - {name: a, in: body, schema: {type: string}}
              - {name: b, in: body, schema: {type: integer}}
              - {name: c, in: formData, type: string}",
    )
    .holds(
        BODY,
        "content: {application/json: {schema: {type: string}}}",
    )
    .lost(&[
        ("structure/one-body", "/paths/~1a/put/parameters/1"),
        ("structure/one-body", "/paths/~1a/put/parameters/2"),
    ]);
}

#[test]
fn a_body_without_a_schema_may_be_anything() {
    normal("paths: {/a: {put: {parameters: [{name: b, in: body}]}}}")
        .holds(BODY, "content: {application/json: {}}");
}
