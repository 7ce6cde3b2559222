//! The table "Style Examples" of OAS 3.0.3 and 3.1.1 (Parameter Object), read back: each text means what the table says,
//! and nothing else.

use crate::{answer, ask, assert_conforms, of_paths, rules};

const SCHEMAS: [(&str, &str); 4] = [
    ("empty", "{type: string, enum: ['']}"),
    ("string", "{type: string, enum: [blue]}"),
    (
        "array",
        "{type: array, items: {type: string}, enum: [[blue, black, brown]]}",
    ),
    (
        "object",
        "{type: object, properties: {R: {type: integer}, G: {type: integer}, B: {type: integer}}, enum: [{R: 100, G: 200, B: 150}]}",
    ),
];

#[test]
fn texts_of_the_table() {
    let cases: &[(&str, &str, bool, [&str; 4])] = &[
        (
            "path",
            "matrix",
            false,
            [
                ";color",
                ";color=blue",
                ";color=blue,black,brown",
                ";color=R,100,G,200,B,150",
            ],
        ),
        (
            "path",
            "matrix",
            true,
            [
                ";color",
                ";color=blue",
                ";color=blue;color=black;color=brown",
                ";R=100;G=200;B=150",
            ],
        ),
        (
            "path",
            "label",
            false,
            [".", ".blue", ".blue,black,brown", ".R,100,G,200,B,150"],
        ),
        (
            "path",
            "label",
            true,
            [".", ".blue", ".blue.black.brown", ".R=100.G=200.B=150"],
        ),
        // Up to 3.0.3 the table separates these by dots.
        (
            "path",
            "label",
            false,
            ["", ".blue", ".blue.black.brown", ".R.100.G.200.B.150"],
        ),
        (
            "path",
            "simple",
            false,
            ["", "blue", "blue,black,brown", "R,100,G,200,B,150"],
        ),
        (
            "path",
            "simple",
            true,
            ["", "blue", "blue,black,brown", "R=100,G=200,B=150"],
        ),
        (
            "query",
            "form",
            false,
            [
                "color=",
                "color=blue",
                "color=blue,black,brown",
                "color=R,100,G,200,B,150",
            ],
        ),
        (
            "query",
            "form",
            true,
            [
                "color=",
                "color=blue",
                "color=blue&color=black&color=brown",
                "R=100&G=200&B=150",
            ],
        ),
        (
            "query",
            "spaceDelimited",
            false,
            [
                "",
                "",
                "color=blue%20black%20brown",
                "color=R%20100%20G%20200%20B%20150",
            ],
        ),
        (
            "query",
            "spaceDelimited",
            false,
            ["", "", "color=blue+black+brown", ""],
        ),
        (
            "query",
            "pipeDelimited",
            false,
            [
                "",
                "",
                "color=blue%7Cblack%7Cbrown",
                "color=R%7C100%7CG%7C200%7CB%7C150",
            ],
        ),
        (
            "query",
            "pipeDelimited",
            false,
            ["", "", "color=blue|black|brown", ""],
        ),
        (
            "query",
            "deepObject",
            true,
            [
                "",
                "",
                "",
                "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150",
            ],
        ),
        (
            "query",
            "deepObject",
            true,
            ["", "", "", "color[R]=100&color[G]=200&color[B]=150"],
        ),
        (
            "cookie",
            "form",
            false,
            [
                "",
                "color=blue",
                "color=blue,black,brown",
                "color=R,100,G,200,B,150",
            ],
        ),
        (
            "header",
            "simple",
            false,
            ["", "blue", "blue, black,brown", "R,100,G,200,B,150"],
        ),
        (
            "header",
            "simple",
            true,
            ["", "blue", "blue,black,brown", "R=100, G=200, B=150"],
        ),
    ];
    for (place, style, explode, texts) in cases {
        for ((kind, schema), text) in SCHEMAS.iter().zip(texts) {
            if text.is_empty() {
                continue;
            }
            for version in ["3.0.3", "3.1.1"] {
                let all = of_paths(
                    version,
                    &format!(
                        "  /a/{}:\n    get:\n      responses: {{}}\n      parameters: [{{name: color, in: {place}, required: true, style: {style}, explode: {explode}, schema: {schema}}}]\n",
                        if *place == "path" { "{color}" } else { "b" },
                    ),
                );
                let what = format!("{version} {place} {style} {explode} {kind} {text}");
                let (line, field) = match *place {
                    "path" => (format!("GET /a/{text}"), None),
                    "query" => (format!("GET /a/b?{text}"), None),
                    "cookie" => ("GET /a/b".to_owned(), Some(("cookie", *text))),
                    _ => ("GET /a/b".to_owned(), Some(("color", *text))),
                };
                let fields: Vec<_> = field.into_iter().collect();
                assert_conforms(&ask(&all, &line, &fields, None), &what);
                // Another text is read, and is not the value of the table.
                let other = |text: &str| text.replace("blue", "green").replace("100", "101");
                let line = other(&line);
                let changed = field.map(|(name, text)| (name, other(text)));
                let fields: Vec<_> = changed
                    .iter()
                    .map(|(name, text)| (*name, text.as_str()))
                    .collect();
                if *kind != "empty" {
                    let verdict = ask(&all, &line, &fields, None);
                    assert_eq!(rules(&verdict), ["wire/invalid-parameter"], "{what}");
                }
            }
        }
    }
}

#[test]
fn headers_of_responses() {
    let all = of_paths(
        "3.0.3",
        "
  /a:
    get:
      responses:
        '200':
          description: d
          headers:
            X-Many: {schema: {type: array, items: {type: integer}, minItems: 2}, required: true}
            X-Pairs: {explode: true, schema: {type: object, properties: {a: {type: integer}}}}
            Content-Type: {schema: {type: integer}}
",
    );
    let answer = |fields: &[(&str, &str)]| rules(&answer(&all, "GET /a", 200, fields, None));
    assert_eq!(
        answer(&[("x-many", "1, 2"), ("content-type", "text/plain")]),
        [""; 0]
    );
    // Lines of one name are one list, and empty elements count for nothing (RFC 9110 §5.3 and §5.6.1).
    assert_eq!(answer(&[("x-many", "1"), ("x-many", ",2,")]), [""; 0]);
    assert_eq!(answer(&[("x-many", "1")]), ["wire/invalid-header"]);
    assert_eq!(answer(&[("x-many", "1,b")]), ["wire/invalid-header"]);
    assert_eq!(answer(&[]), ["wire/missing-header"]);
    assert_eq!(answer(&[("x-many", "1,2"), ("x-pairs", "a=1")]), [""; 0]);
    assert_eq!(
        answer(&[("x-many", "1,2"), ("x-pairs", "a=b")]),
        ["wire/invalid-header"]
    );
    assert_eq!(
        answer(&[("x-many", "1,2"), ("x-pairs", "a")]),
        ["wire/invalid-header"]
    );
}
