//! Parameters that stay parameters.

use crate::normalise::swagger2::testing::normal;

const PARAMETER: &str = "/paths/~1a/get/parameters/0";

fn with(parameter: &str) -> String {
    format!("paths: {{/a: {{get: {{parameters: [{parameter}]}}}}}}")
}

#[test]
fn what_is_about_the_value_goes_into_the_schema() {
    let table = [
        (
            "{name: n, in: path, required: true, type: string, pattern: a, x-nullable: true, x-example: e}",
            "{name: n, in: path, required: true, x-example: e, schema: {type: string, pattern: a, nullable: true}}",
        ),
        (
            "{name: n, in: query, type: integer, format: int64, default: 1, allowEmptyValue: true, enum: [1],
              x-ms-enum: {name: N}}",
            "{name: n, in: query, allowEmptyValue: true,
              schema: {type: integer, format: int64, default: 1, enum: [1], x-ms-enum: {name: N}}}",
        ),
        (
            "{name: n, in: query, type: array, items: {type: string, collectionFormat: csv}}",
            "{name: n, in: query, schema: {type: array, items: {type: string}}, style: form, explode: false}",
        ),
        (
            "{name: n, in: query, type: array, collectionFormat: multi, items: {type: string}}",
            "{name: n, in: query, schema: {type: array, items: {type: string}}, style: form, explode: true}",
        ),
        (
            "{name: n, in: header, type: array, collectionFormat: csv, items: {type: string}}",
            "{name: n, in: header, schema: {type: array, items: {type: string}}}",
        ),
        (
            "{name: n, in: query, type: string, collectionFormat: tsv, content: {}, style: form}",
            "{name: n, in: query, schema: {type: string}}",
        ),
        (
            "{name: n, in: query, schema: {$ref: '#/definitions/B'}}",
            "{name: n, in: query, schema: {$ref: '#/components/schemas/B'}}",
        ),
    ];
    for (parameter, expected) in table {
        normal(&with(parameter))
            .holds(PARAMETER, expected)
            .lost(&[]);
    }
}

#[test]
fn what_has_no_style_is_lost_once() {
    let shared = "{name: n, in: query, type: array, collectionFormat: tsv, items: {type: string}}";
    normal(&format!(
        "{}\nparameters: {{P: {shared}}}",
        with("{$ref: '#/parameters/P'}, {$ref: '#/parameters/P'}")
    ))
    .holds(PARAMETER, "$ref: '#/components/parameters/P'")
    .holds("/components/parameters/P/style", "form")
    .lost(&[("wire/not-carried", "/parameters/P/collectionFormat")]);
    let nested = "{name: n, in: path, type: array, items: {type: array, items: {type: string}}}";
    normal(&with(nested)).lost(&[("wire/not-carried", "/paths/~1a/get/parameters/0/items")]);
}

#[test]
fn parameters_after_a_body_move_up() {
    normal(&with(
        "{name: b, in: body, schema: {}}, {name: n, in: query, type: string}",
    ))
    .holds(PARAMETER, "{name: n, in: query, schema: {type: string}}")
    .stood(
        "/paths/~1a/get/parameters/0/name",
        "/paths/~1a/get/parameters/1/name",
    )
    .stood(
        "/paths/~1a/get/parameters/0/schema/type",
        "/paths/~1a/get/parameters/1/type",
    );
}

#[test]
fn shared_parameters_keep_what_stays_a_parameter() {
    normal(
        "
        parameters:
          Query: {name: n, in: query, type: file}
          Body: {name: b, in: body, schema: {}}
          Field: {name: f, in: formData, type: string}
          ToQuery: {$ref: '#/parameters/Query'}
          ToField: {$ref: '#/parameters/Field'}
          ToItself: {$ref: '#/parameters/ToItself'}",
    )
    .holds(
        "/components/parameters",
        "
        Query: {name: n, in: query, schema: {type: string, format: binary}}
        ToQuery: {$ref: '#/components/parameters/Query'}
        ToItself: {$ref: '#/components/parameters/ToItself'}",
    )
    .stood(
        "/components/parameters/Query/schema/type",
        "/parameters/Query/type",
    );
}
