//! Documents of version 2.0, whose parameters, forms and headers hold their schemas themselves.

use crate::{answer, ask, exchanges, told};

const API: &str = "
swagger: '2.0'
info: {title: T, version: '1'}
basePath: /v1
consumes: [application/json]
produces: [application/json]
securityDefinitions: {key: {type: apiKey, in: header, name: X-Key}, basic: {type: basic}}
definitions:
  Pet: {type: object, required: [name], properties: {name: {type: string, x-nullable: true}, age: {type: integer, minimum: 0, exclusiveMinimum: true}}}
parameters:
  Limit: {name: limit, in: query, type: integer, maximum: 10}
paths:
  /pets/{id}:
    parameters: [{name: id, in: path, required: true, type: integer}]
    get:
      security: [{key: []}, {basic: []}]
      parameters:
        - {$ref: '#/parameters/Limit'}
        - {name: tags, in: query, type: array, items: {type: string, enum: [a, b]}, collectionFormat: pipes}
        - {name: ids, in: query, type: array, items: {type: integer}}
        - {name: multi, in: query, type: array, items: {type: integer}, collectionFormat: multi}
      responses:
        200: {description: d, schema: {$ref: '#/definitions/Pet'}, headers: {X-Count: {type: integer}}}
        204: {description: d}
        default: {description: d}
    put:
      parameters: [{name: body, in: body, required: true, schema: {$ref: '#/definitions/Pet'}}]
      responses: {200: {description: d}}
    post:
      consumes: [application/x-www-form-urlencoded, multipart/form-data]
      parameters:
        - {name: n, in: formData, type: integer, required: true}
        - {name: many, in: formData, type: array, items: {type: integer}, collectionFormat: csv}
      responses: {200: {description: d}}
";

#[test]
fn requests() {
    let all = exchanges(API);
    let key = [("x-key", "a"), ("content-type", "application/json")];
    let form = [("content-type", "application/x-www-form-urlencoded")];
    let multipart = [("content-type", "multipart/form-data; boundary=b")];
    let parts = "--b\r\nContent-Disposition: form-data; name=n\r\n\r\n1\r\n--b--";
    for (line, fields, body, expected) in [
        (
            "GET /v1/pets/1?limit=10&tags=a|b&ids=1,2&multi=1&multi=2",
            &key[..],
            None,
            &[][..],
        ),
        (
            "GET /v1/pets/x",
            &key,
            None,
            &[
                "the path parameter `id`: expected an integer, found the string \"x\" (wire/invalid-parameter)",
            ],
        ),
        (
            "GET /v1/pets/1?limit=11",
            &key,
            None,
            &[
                "the query parameter `limit`: expected at most 10, found 11 (wire/invalid-parameter)",
            ],
        ),
        (
            "GET /v1/pets/1?tags=a|c",
            &key,
            None,
            &[
                "the query parameter `tags` at /1: expected \"a\" or \"b\", found the string \"c\" (wire/invalid-parameter)",
            ],
        ),
        (
            "GET /v1/pets/1?multi=1,2",
            &key,
            None,
            &[
                "the query parameter `multi` at /0: expected an integer, found the string \"1,2\" (wire/invalid-parameter)",
            ],
        ),
        (
            "GET /v1/pets/1",
            &[],
            None,
            &[
                "the credentials: expected the header `X-Key` for `key`, or `Authorization: Basic` with name and password for `basic` (wire/security)",
            ],
        ),
        (
            "PUT /v1/pets/1",
            &key,
            Some(r#"{"name":null,"age":1}"#),
            &[],
        ),
        (
            "PUT /v1/pets/1",
            &key,
            Some(r#"{"age":0}"#),
            &[
                "the body: the property `name` is missing (wire/invalid-body)",
                "the body at /age: expected more than 0, found 0 (wire/invalid-body)",
            ],
        ),
        (
            "PUT /v1/pets/1",
            &key,
            None,
            &["the body: a body is required (wire/missing-body)"],
        ),
        ("POST /v1/pets/1", &form, Some("n=1&many=1,2"), &[]),
        (
            "POST /v1/pets/1",
            &form,
            Some("n=x"),
            &["the body at /n: expected an integer, found the string \"x\" (wire/invalid-body)"],
        ),
        (
            "POST /v1/pets/1",
            &form,
            Some("many=1,x"),
            &[
                "the body: the property `n` is missing (wire/invalid-body)",
                "the body at /many/1: expected an integer, found the string \"x\" (wire/invalid-body)",
            ],
        ),
        ("POST /v1/pets/1", &multipart, Some(parts), &[]),
    ] {
        let mut told = told(&ask(&all, line, fields, body.map(str::as_bytes)));
        told.sort_by_key(|it| it.contains(" at "));
        assert_eq!(told, expected, "{line} {body:?}");
    }
}

#[test]
fn responses() {
    let all = exchanges(API);
    let line = "GET /v1/pets/1";
    let fields = [("content-type", "application/json"), ("x-count", "x")];
    let verdict = answer(&all, line, 200, &fields, Some(br#"{"name":1}"#));
    assert_eq!(
        told(&verdict),
        [
            "the header `X-Count`: expected an integer, found the string \"x\" (wire/invalid-header)",
            "the body at /name: expected null or a string, found the number 1 (wire/invalid-body)"
        ]
    );
    let places: Vec<&str> = verdict
        .findings
        .iter()
        .map(|it| it.document.as_str())
        .collect();
    assert_eq!(
        places,
        [
            "/paths/~1pets~1{id}/get/responses/200/headers/X-Count/type",
            "/definitions/Pet/properties/name/type"
        ]
    );
    // Without a schema there is no content (OAS 2.0, Response Object).
    let verdict = answer(&all, line, 500, &fields, Some(b"{}"));
    assert_eq!(
        told(&verdict),
        [
            "the body: the response is described without a schema, so it has no body (wire/unexpected-body)"
        ]
    );
}
