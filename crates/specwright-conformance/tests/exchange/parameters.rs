//! Parameters: which, and of what type.

use crate::{ask, of_paths, rules, told};

#[test]
fn texts_are_what_the_schema_wants() {
    for (schema, texts, others) in [
        (
            "{type: integer, maximum: 20}",
            &["12", "-3", "20"][..],
            &["21", "a", "1.5", "", "012"][..],
        ),
        ("{type: number}", &["1.5", "2", "1e3"], &["a", "1,5"]),
        ("{type: boolean}", &["true", "false"], &["1", "True", ""]),
        ("{type: string}", &["12", "true", "null", "", "a%20b"], &[]),
        ("{type: string, minLength: 2}", &["12"], &["1", ""]),
        ("{type: string, enum: ['1', a]}", &["1", "a"], &["2"]),
        ("{enum: [1, a]}", &["1", "a"], &["b"]),
        (
            "{type: string, format: date}",
            &["2024-01-31"],
            &["2024-01-32", "31.1.2024"],
        ),
        (
            "{oneOf: [{type: integer}, {type: string, pattern: '^[a-z]+$'}]}",
            &["7", "abc"],
            &["A", "1.5"],
        ),
        (
            "{oneOf: [{type: string, enum: [all]}, {type: array, items: {type: integer}}]}",
            &["all", "1,2", "1"],
            &["none"],
        ),
        (
            "{type: array, items: {type: integer}}",
            &["1,2", "1"],
            &["1,a", "1,,2"],
        ),
        (
            "{type: array, items: {oneOf: [{type: integer}, {type: boolean}]}}",
            &["1,true"],
            &["1,x"],
        ),
        (
            "{allOf: [{type: integer}, {minimum: 3}]}",
            &["3"],
            &["2", "a"],
        ),
        ("{$ref: '#/components/schemas/Id'}", &["5"], &["x"]),
        ("{}", &["5", "x", ""], &[]),
        ("{type: string, nullable: true}", &["a", "null"], &[]),
        // A space may be written as `+`, which may also mean itself.
        ("{type: string, enum: ['a b']}", &["a+b", "a%20b"], &["a-b"]),
        (
            "{type: string, enum: ['+49']}",
            &["+49", "%2B49"],
            &["%2049"],
        ),
        // A comma that belongs to an element is encoded.
        (
            "{type: array, items: {type: string}, enum: [['a,b', c]]}",
            &["a%2Cb,c"],
            &["a,b,c"],
        ),
    ] {
        let all = of_paths(
            "3.0.3",
            &format!(
                "  /a: {{get: {{responses: {{}}, parameters: [{{name: q, in: query, explode: false, schema: {schema}}}]}}}}\ncomponents: {{schemas: {{Id: {{type: integer}}}}}}\n"
            ),
        );
        for text in texts {
            let verdict = ask(&all, &format!("GET /a?q={text}"), &[], None);
            assert_eq!(told(&verdict), [""; 0], "{schema} {text}");
        }
        for text in others {
            let verdict = ask(&all, &format!("GET /a?q={text}"), &[], None);
            assert!(
                rules(&verdict).contains(&"wire/invalid-parameter"),
                "{schema} {text}: {:?}",
                told(&verdict)
            );
        }
    }
}

const MANY: &str = "
  /a/{id}:
    parameters:
      - {name: id, in: path, required: true, schema: {type: integer}}
      - {name: X-Trace, in: header, schema: {type: string, format: uuid}}
    get:
      responses: {}
      parameters:
        - {name: limit, in: query, required: true, schema: {type: integer, maximum: 10}}
        - {name: tags, in: query, schema: {type: array, maxItems: 2, items: {type: string}}}
        - {name: flag, in: query, allowEmptyValue: true, schema: {type: boolean}}
        - {name: filter, in: query, content: {application/json: {schema: {type: object, required: [a]}}}}
        - {name: range, in: query, schema: {type: object, properties: {from: {type: integer}, to: {type: integer}}, additionalProperties: false}}
        - {name: deep, in: query, style: deepObject, schema: {type: object, properties: {a: {type: object, properties: {b: {type: integer}}}, c: {type: array, items: {type: integer}}}}}
        - {name: Accept, in: header, required: true, schema: {type: integer}}
        - {name: Authorization, in: header, required: true, schema: {type: integer}}
        - {name: session, in: cookie, required: true, schema: {type: string, minLength: 2}}
";

#[test]
fn each_parameter_is_looked_at() {
    let all = of_paths("3.0.3", MANY);
    let cookie = [("cookie", "other=1; session=abc")];
    for (line, expected) in [
        ("GET /a/1?limit=1", &[][..]),
        (
            "GET /a/x?limit=1",
            &[
                "the path parameter `id`: expected an integer, found the string \"x\" (wire/invalid-parameter)",
            ],
        ),
        (
            "GET /a/1",
            &["the query parameter `limit`: it is required and not there (wire/missing-parameter)"],
        ),
        (
            "GET /a/1?limit=11",
            &[
                "the query parameter `limit`: expected at most 10, found 11 (wire/invalid-parameter)",
            ],
        ),
        (
            "GET /a/1?limit=1&limit=2",
            &["the query parameter `limit`: expected one value, found 2 (wire/invalid-parameter)"],
        ),
        ("GET /a/1?limit=1&tags=a&tags=b", &[]),
        (
            "GET /a/1?limit=1&tags=a&tags=b&tags=c",
            &[
                "the query parameter `tags`: expected at most 2 elements, found 3 (wire/invalid-parameter)",
            ],
        ),
        ("GET /a/1?limit=1&flag", &[]),
        (
            "GET /a/1?limit=1&flag=x",
            &[
                "the query parameter `flag`: expected a boolean, found the string \"x\" (wire/invalid-parameter)",
            ],
        ),
        ("GET /a/1?limit=1&filter=%7B%22a%22%3A1%7D", &[]),
        (
            "GET /a/1?limit=1&filter=%7B%7D",
            &["the query parameter `filter`: the property `a` is missing (wire/invalid-parameter)"],
        ),
        (
            "GET /a/1?limit=1&filter=x",
            &[
                "the query parameter `filter`: this is no JSON from line 1, column 1 on (wire/invalid-parameter)",
            ],
        ),
        ("GET /a/1?limit=1&from=1&to=2", &[]),
        (
            "GET /a/1?limit=1&from=x",
            &[
                "the query parameter `range` at /from: expected an integer, found the string \"x\" (wire/invalid-parameter)",
            ],
        ),
        ("GET /a/1?limit=1&deep[a][b]=1&deep[c]=1&deep[c]=2", &[]),
        ("GET /a/1?limit=1&deep[c][]=1", &[]),
        (
            "GET /a/1?limit=1&deep[a][b]=x",
            &[
                "the query parameter `deep` at /a/b: expected an integer, found the string \"x\" (wire/invalid-parameter)",
            ],
        ),
        (
            "GET /a/1?limit=1&lmit=2",
            &[
                "the query parameter `lmit`: the operation has no such parameter (wire/unknown-parameter)",
            ],
        ),
    ] {
        assert_eq!(told(&ask(&all, line, &cookie, None)), expected, "{line}");
    }
    let with = |fields: &[(&str, &str)]| rules(&ask(&all, "GET /a/1?limit=1", fields, None));
    assert_eq!(with(&[]), ["wire/missing-parameter"]);
    assert_eq!(with(&[("cookie", "session=a")]), ["wire/invalid-parameter"]);
    assert_eq!(
        with(&[cookie[0], ("x-trace", "abc")]),
        ["wire/invalid-parameter"]
    );
    assert_eq!(
        with(&[
            cookie[0],
            ("x-trace", "3c90c3cc-0d44-4b50-8888-8dd25736052a")
        ]),
        [""; 0]
    );
}

#[test]
fn paths_and_methods() {
    let all = of_paths(
        "3.0.3",
        "
  /a/{id}: {get: {responses: {}, parameters: [{name: id, in: path, required: true, schema: {type: integer}}]}}
  /a/me: {get: {responses: {}}, put: {responses: {}}}
  /f/{name}.{kind}: {get: {responses: {}, parameters: [{name: name, in: path, required: true, schema: {type: string, maxLength: 3}}, {name: kind, in: path, required: true, schema: {enum: [txt]}}]}}
servers: [{url: 'https://example.com/v{n}', variables: {n: {default: '1'}}}, {url: /}]
",
    );
    for (line, expected) in [
        ("GET /v1/a/1", &[][..]),
        ("GET /a/1", &[]),
        ("HEAD /a/1", &[]),
        ("GET /a/me", &[]),
        ("GET /a/m%65", &[]),
        ("GET /a/x", &["wire/invalid-parameter"]),
        ("POST /a/me", &["wire/method"]),
        ("DELETE /a/1", &["wire/method"]),
        ("GET /v2/a/1", &["wire/path"]),
        ("GET /a/1/", &["wire/path"]),
        ("GET /a/", &["wire/path"]),
        ("GET *", &["wire/path"]),
        ("GET /f/abc.txt", &[]),
        ("GET /f/abc.png", &["wire/invalid-parameter"]),
        ("GET /f/a%2Fc.txt", &[]),
        ("GET /f/abcd.txt", &["wire/invalid-parameter"]),
        ("GET /f/.txt", &["wire/path"]),
    ] {
        assert_eq!(rules(&ask(&all, line, &[], None)), expected, "{line}");
    }
}

#[test]
fn the_whole_query_is_one_value() {
    let of = |content: &str| {
        of_paths(
            "3.2.0",
            &format!(
                "  /a: {{get: {{responses: {{}}, parameters: [{{name: q, in: querystring, required: true, content: {content}}}]}}}}\n"
            ),
        )
    };
    let all = of("{application/json: {schema: {type: object, required: [a]}}}");
    for (line, expected) in [
        ("GET /a?%7B%22a%22%3A1%7D", &[][..]),
        ("GET /a?%7B%7D", &["wire/invalid-parameter"]),
        ("GET /a?a=1", &["wire/invalid-parameter"]),
        ("GET /a", &["wire/missing-parameter"]),
    ] {
        assert_eq!(rules(&ask(&all, line, &[], None)), expected, "{line}");
    }
    let all = of(
        "{application/x-www-form-urlencoded: {schema: {type: object, required: [a], properties: {a: {type: integer}}}}}",
    );
    for (line, expected) in [
        ("GET /a?a=1&b=2", &[][..]),
        ("GET /a?a=x", &["wire/invalid-parameter"]),
        ("GET /a?b=2", &["wire/invalid-parameter"]),
    ] {
        assert_eq!(rules(&ask(&all, line, &[], None)), expected, "{line}");
    }
}
