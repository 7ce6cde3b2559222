//! Form parameters.

use crate::normalise::swagger2::testing::normal;

const CONTENT: &str = "/paths/~1a/put/requestBody/content";

fn with(consumes: &str, parameters: &str) -> String {
    format!("paths: {{/a: {{put: {{consumes: [{consumes}], parameters: [{parameters}]}}}}}}")
}

#[test]
fn fields_are_properties() {
    normal(&with(
        "",
        "{name: a, in: formData, type: string, required: true, description: d, x-a: 1, maxLength: 3},
         {name: b, in: formData, type: integer, format: int32}",
    ))
    .holds(
        "/paths/~1a/put/requestBody",
        "
        required: true
        content:
          application/x-www-form-urlencoded:
            schema:
              type: object
              required: [a]
              properties:
                a: {type: string, maxLength: 3, description: d, x-a: 1}
                b: {type: integer, format: int32}",
    )
    .stood(
        "/paths/~1a/put/requestBody/content/application~1x-www-form-urlencoded/schema/properties/b/format",
        "/paths/~1a/put/parameters/1/format",
    )
    .lost(&[]);
}

#[test]
fn the_media_type_can_hold_the_fields() {
    let (text, file) = (
        "{name: a, in: formData, type: string}",
        "{name: a, in: formData, type: file}",
    );
    let files = "{name: a, in: formData, type: array, items: {type: file}}";
    let (multipart, encoded) = ("multipart/form-data", "application/x-www-form-urlencoded");
    let both = "multipart/form-data, application/x-www-form-urlencoded";
    let table: [(&str, &str, &[&str]); 9] = [
        ("", text, &[encoded]),
        ("application/json", text, &[encoded]),
        (multipart, text, &[multipart]),
        (
            "Multipart/Form-Data; boundary=x",
            text,
            &["Multipart/Form-Data; boundary=x"],
        ),
        (both, text, &[multipart, encoded]),
        (both, file, &[multipart]),
        (encoded, file, &[multipart]),
        ("", file, &[multipart]),
        ("", files, &[multipart]),
    ];
    for (consumes, field, expected) in table {
        let normal = normal(&with(consumes, field));
        let content = normal
            .tree
            .at(&specwright_diagnostics::Pointer::parse(CONTENT).unwrap());
        let keys: Vec<&str> = content
            .unwrap()
            .as_object()
            .unwrap()
            .iter()
            .map(|(key, _)| key)
            .collect();
        assert_eq!(keys, expected, "{consumes} {field}");
    }
}

#[test]
fn arrays_are_encoded_as_their_format_says_and_files_are_parts() {
    normal(&with(
        "multipart/form-data",
        "{name: a, in: formData, type: array, items: {type: string}},
         {name: b, in: formData, type: array, collectionFormat: multi, items: {type: string}},
         {name: c, in: formData, type: array, items: {type: file}}",
    ))
    .holds(
        "/paths/~1a/put/requestBody/content/multipart~1form-data",
        "
        schema:
          type: object
          properties:
            a: {type: array, items: {type: string}}
            b: {type: array, items: {type: string}}
            c: {type: array, items: {type: string, format: binary}}
        encoding:
          a: {style: form, explode: false}
          b: {style: form, explode: true}",
    );
}

#[test]
fn fields_of_the_root_and_the_path_are_copied() {
    normal(
        "
        parameters: {F: {name: f, in: formData, type: string}}
        paths:
          /a:
            parameters: [{name: g, in: formData, type: string}, {name: h, in: formData, type: string}]
            put: {parameters: [{$ref: '#/parameters/F'}, {name: h, in: formData, type: integer}]}
            get: {}",
    )
    .holds(
        "/paths/~1a/put/requestBody/content/application~1x-www-form-urlencoded/schema/properties",
        "{g: {type: string}, f: {type: string}, h: {type: integer}}",
    )
    .holds(
        "/paths/~1a/get/requestBody/content/application~1x-www-form-urlencoded/schema/properties",
        "{g: {type: string}, h: {type: string}}",
    )
    .stood(
        "/paths/~1a/put/requestBody/content/application~1x-www-form-urlencoded/schema/properties/f/type",
        "/parameters/F/type",
    )
    .lacks("/components/parameters");
}

#[test]
fn a_field_without_a_value_is_lost_unless_it_is_a_text() {
    normal(&with(
        "",
        "{name: a, in: formData, type: string, allowEmptyValue: true},
         {name: b, in: formData, type: integer, allowEmptyValue: true}",
    ))
    .lost(&[(
        "wire/not-carried",
        "/paths/~1a/put/parameters/1/allowEmptyValue",
    )]);
}
