//! Bodies of requests.

use crate::{ask, of_paths, rules, told};

fn post(content: &str, content_type: &str, body: &[u8]) -> Vec<String> {
    let all = of_paths(
        "3.0.3",
        &format!(
            "  /a: {{post: {{responses: {{}}, requestBody: {{required: true, content: {content}}}}}}}\n"
        ),
    );
    let fields = [("content-type", content_type)];
    let fields = match content_type {
        "" => &[][..],
        _ => &fields,
    };
    told(&ask(&all, "POST /a", fields, Some(body)))
}

const NONE: [&str; 0] = [];

#[test]
fn the_media_type_decides() {
    let content = "{application/json: {schema: {type: integer}}, application/*: {}, text/plain: {schema: {type: string, maxLength: 3}}, 'application/vnd.a+json; v=2': {schema: {type: boolean}}}";
    for (content_type, body, expected) in [
        ("application/json", "1", &[][..]),
        ("Application/JSON; charset=utf-8", "1", &[]),
        (
            "application/json",
            "\"a\"",
            &["the body: expected an integer, found the string \"a\" (wire/invalid-body)"],
        ),
        (
            "application/json",
            "{",
            &["the body: this is no JSON from line 1, column 1 on (wire/malformed-body)"],
        ),
        ("application/vnd.a+json; v=2", "true", &[]),
        (
            "application/vnd.a+json; v=2",
            "1",
            &["the body: expected a boolean, found the number 1 (wire/invalid-body)"],
        ),
        ("application/pdf", "anything", &[]),
        ("text/plain", "abc", &[]),
        (
            "text/plain",
            "abcd",
            &["the body: expected at most 3 characters, found 4 (wire/invalid-body)"],
        ),
        (
            "text/html",
            "abc",
            &[
                "the header `Content-Type`: expected application/json or application/* or text/plain or application/vnd.a+json; v=2, found `text/html` (wire/content-type)",
            ],
        ),
        (
            "nothing",
            "abc",
            &[
                "the header `Content-Type`: expected application/json or application/* or text/plain or application/vnd.a+json; v=2, found `nothing` (wire/content-type)",
            ],
        ),
        (
            "",
            "abc",
            &[
                "the header `Content-Type`: expected application/json or application/* or text/plain or application/vnd.a+json; v=2, found none (wire/content-type)",
            ],
        ),
    ] {
        assert_eq!(
            post(content, content_type, body.as_bytes()),
            expected,
            "{content_type} {body}"
        );
    }
}

#[test]
fn a_member_that_is_there_twice_is_told() {
    let content = "{application/json: {schema: {type: object}}}";
    assert_eq!(
        post(content, "application/json", br#"{"a":1,"a":2}"#),
        ["the body: an object has the member `a` twice (wire/malformed-body)"]
    );
}

#[test]
fn required_bodies_and_bodies_that_nobody_describes() {
    let all = of_paths(
        "3.0.3",
        "  /a: {post: {responses: {}, requestBody: {required: true, content: {application/json: {}}}}, put: {responses: {}, requestBody: {content: {application/json: {}}}}, delete: {responses: {}}}\n",
    );
    assert_eq!(
        rules(&ask(&all, "POST /a", &[], None)),
        ["wire/missing-body"]
    );
    assert_eq!(
        rules(&ask(&all, "POST /a", &[], Some(b""))),
        ["wire/missing-body"]
    );
    assert_eq!(rules(&ask(&all, "PUT /a", &[], None)), NONE);
    let verdict = ask(&all, "DELETE /a", &[], Some(b"x"));
    assert_eq!(rules(&verdict), ["wire/unknown-body"]);
    // This is worth knowing and no violation.
    assert_eq!(verdict.violations().count(), 0);
}

const FORM: &str = "{type: object, required: [n], additionalProperties: false, properties: {n: {type: integer}, many: {type: array, items: {type: integer}}, list: {type: array, items: {type: string}}, sub: {type: object, required: [a]}, deep: {type: object, properties: {a: {type: integer}}}, file: {type: string, format: binary}, date: {type: string, format: date}}}";

#[test]
fn urlencoded_forms() {
    let content = format!(
        "{{application/x-www-form-urlencoded: {{schema: {FORM}, encoding: {{list: {{explode: false}}, deep: {{style: deepObject}}, sub: {{contentType: application/json}}}}}}}}"
    );
    for (body, expected) in [
        ("n=1", &[][..]),
        (
            "n=1&many=1&many=2&list=a,b&deep%5Ba%5D=1&sub=%7B%22a%22%3A1%7D&date=2024-01-01",
            &[],
        ),
        (
            "n=x",
            &["the body at /n: expected an integer, found the string \"x\" (wire/invalid-body)"],
        ),
        (
            "many=1",
            &["the body: the property `n` is missing (wire/invalid-body)"],
        ),
        (
            "n=1&many=x",
            &[
                "the body at /many/0: expected an integer, found the string \"x\" (wire/invalid-body)",
            ],
        ),
        (
            "n=1&sub=%7B%7D",
            &["the body at /sub: the property `a` is missing (wire/invalid-body)"],
        ),
        (
            "n=1&deep[a]=x",
            &[
                "the body at /deep/a: expected an integer, found the string \"x\" (wire/invalid-body)",
            ],
        ),
        (
            "n=1&other=2",
            &["the body at /other: this property is not allowed (wire/invalid-body)"],
        ),
        (
            "n=1&n=2",
            &["the body: the field `n`: expected one value, found 2 (wire/malformed-body)"],
        ),
    ] {
        assert_eq!(
            post(
                &content,
                "application/x-www-form-urlencoded",
                body.as_bytes()
            ),
            expected,
            "{body}"
        );
    }
}

#[test]
fn multipart_forms() {
    let content = format!("{{multipart/form-data: {{schema: {FORM}}}}}");
    let part = |name: &str, head: &str, text: &str| {
        format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"{head}\r\n\r\n{text}\r\n")
    };
    let n = part("n", "", "1");
    let file = part(
        "file",
        "; filename=\"a\"\r\nContent-Type: image/png",
        "\u{1}\u{2}\r\n",
    );
    for (body, expected) in [
        (n.clone(), &[][..]),
        (n.clone() + &file, &[]),
        (
            n.clone() + &part("many", "", "1") + &part("many", "", "2"),
            &[],
        ),
        (
            n.clone() + &part("sub", "\r\nContent-Type: application/json", "{\"a\":1}"),
            &[],
        ),
        (n.clone() + &part("sub", "", "{\"a\":1}"), &[]),
        (
            n.clone() + &part("sub", "\r\nContent-Type: application/json", "{}"),
            &["the body at /sub: the property `a` is missing (wire/invalid-body)"],
        ),
        (
            n.clone() + &part("sub", "\r\nContent-Type: application/json", "{"),
            &["the body: the part `sub` is no JSON (wire/malformed-body)"],
        ),
        (
            part("n", "", "x"),
            &["the body at /n: expected an integer, found the string \"x\" (wire/invalid-body)"],
        ),
        (
            file.clone(),
            &["the body: the property `n` is missing (wire/invalid-body)"],
        ),
        (
            n.clone() + &n,
            &["the body: the field `n` is there 2 times (wire/malformed-body)"],
        ),
    ] {
        let body = body + "--b--\r\n";
        assert_eq!(
            post(&content, "multipart/form-data; boundary=b", body.as_bytes()),
            expected,
            "{body}"
        );
    }
    assert_eq!(
        post(&content, "multipart/form-data", b"--b--"),
        ["the body: the media type names no usable `boundary` (wire/malformed-body)"]
    );
    assert_eq!(
        post(&content, "multipart/form-data; boundary=b", n.as_bytes()),
        ["the body: the last boundary is missing (wire/malformed-body)"]
    );
}

#[test]
fn what_is_not_read_is_undecided() {
    for (content, content_type, is_open) in [
        (
            "{application/xml: {schema: {type: object}}}",
            "application/xml",
            true,
        ),
        ("{application/xml: {}}", "application/xml", false),
        (
            "{application/pdf: {schema: {type: string, format: binary}}}",
            "application/pdf",
            false,
        ),
        (
            "{application/pdf: {schema: {type: string, maxLength: 2}}}",
            "application/pdf",
            true,
        ),
        (
            "{text/csv: {schema: {type: array, items: {}}}}",
            "text/csv",
            true,
        ),
        (
            "{text/plain: {schema: {type: string}}}",
            "text/plain; charset=ebcdic",
            true,
        ),
    ] {
        let told = post(content, content_type, b"<a/>");
        assert_eq!(
            told.iter().any(|it| it.starts_with("undecided")),
            is_open,
            "{content}: {told:?}"
        );
        assert!(told.len() <= 1, "{told:?}");
    }
}

#[test]
fn bodies_that_cannot_be_looked_at_are_undecided() {
    let content = "{application/json: {schema: {type: integer}}}";
    let all = of_paths(
        "3.0.3",
        &format!("  /a: {{post: {{responses: {{}}, requestBody: {{content: {content}}}}}}}\n"),
    );
    let json = ("content-type", "application/json");
    let encoded = [json, ("content-encoding", "gzip")];
    assert_eq!(
        rules(&ask(&all, "POST /a", &encoded, Some(b"\x1f\x8b"))),
        ["?"]
    );
    let plain = [json, ("content-encoding", "identity")];
    assert_eq!(rules(&ask(&all, "POST /a", &plain, Some(b"1"))), NONE);
    // What the document names is no media type, so nobody knows what it allows.
    let told = post(
        "{json: {schema: {type: integer}}}",
        "application/json",
        b"1",
    );
    assert_eq!(
        told,
        ["undecided: the document names something that is no media type"]
    );
}

#[test]
fn properties_that_go_the_other_way_are_told() {
    let content = "{application/json: {schema: {type: array, items: {type: object, properties: {id: {type: integer, readOnly: true}, secret: {type: string, writeOnly: true}, inner: {type: object, properties: {at: {type: string, readOnly: true}}}}}}}}";
    let told = post(
        content,
        "application/json",
        br#"[{"id":1,"secret":"a","inner":{"at":"x"}},{}]"#,
    );
    assert_eq!(
        told,
        [
            "the body at /0/id: this property is `readOnly` (wire/read-only)",
            "the body at /0/inner/at: this property is `readOnly` (wire/read-only)"
        ]
    );
}
