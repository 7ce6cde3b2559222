//! Responses.

use crate::{answer, of_paths, rules, told};

const API: &str = "
  /a:
    get:
      responses:
        '200':
          description: d
          content: {application/json: {schema: {$ref: '#/components/schemas/User'}}, text/plain: {}}
        4XX:
          description: d
          content: {application/problem+json: {schema: {type: object, required: [title]}}}
        '404': {$ref: '#/components/responses/Gone'}
        '204': {description: d}
    put:
      responses:
        default: {description: d, content: {application/json: {schema: {type: integer}}}}
    head: {responses: {'200': {description: d, content: {application/json: {schema: {type: integer}}}}}}
components:
  responses:
    Gone: {description: d, content: {application/json: {schema: {type: boolean}}}}
  schemas:
    User: {type: object, required: [id, password], properties: {id: {type: integer, readOnly: true}, password: {type: string, writeOnly: true}}}
";

#[test]
fn responses_are_found_by_status() {
    let json = [("content-type", "application/json")];
    let problem = [("content-type", "application/problem+json")];
    for version in ["3.0.3", "3.1.0"] {
        let all = of_paths(version, API);
        let told = |line: &str, status, fields: &[_], body: Option<&str>| {
            rules(&answer(&all, line, status, fields, body.map(str::as_bytes)))
        };
        let none = [""; 0];
        assert_eq!(told("GET /a", 200, &json, Some(r#"{"id":1}"#)), none);
        assert_eq!(
            told("GET /a", 200, &json, Some(r#"{"password":"a"}"#)),
            ["wire/invalid-body", "wire/write-only"]
        );
        assert_eq!(told("GET /a", 200, &json, Some("")), ["wire/missing-body"]);
        assert_eq!(
            told("GET /a", 200, &[("content-type", "text/plain")], Some("")),
            none
        );
        assert_eq!(told("GET /a", 200, &json, None), none);
        assert_eq!(
            told("GET /a", 200, &problem, Some("{}")),
            ["wire/content-type"]
        );
        assert_eq!(told("GET /a", 404, &json, Some("true")), none);
        assert_eq!(told("GET /a", 404, &json, Some("1")), ["wire/invalid-body"]);
        assert_eq!(told("GET /a", 409, &problem, Some(r#"{"title":1}"#)), none);
        assert_eq!(
            told("GET /a", 409, &problem, Some("{}")),
            ["wire/invalid-body"]
        );
        assert_eq!(told("GET /a", 500, &json, Some("{}")), ["wire/status"]);
        assert_eq!(told("GET /a", 204, &[], Some("")), none);
        assert_eq!(
            told("GET /a", 204, &[], Some("x")),
            ["wire/unexpected-body"]
        );
        assert_eq!(told("PUT /a", 599, &json, Some("1")), none);
        assert_eq!(
            told("PUT /a", 200, &json, Some("x")),
            ["wire/malformed-body"]
        );
        assert_eq!(told("HEAD /a", 200, &json, Some("")), none);
    }
}

#[test]
fn findings_say_where_the_document_demands_it() {
    let all = of_paths("3.1.0", API);
    let fields = [("content-type", "application/json")];
    let verdict = answer(&all, "GET /a", 200, &fields, Some(br#"{"id":"x"}"#));
    assert_eq!(
        told(&verdict),
        ["the body at /id: expected an integer, found the string \"x\" (wire/invalid-body)"]
    );
    let finding = &verdict.findings[0];
    assert_eq!(
        finding.document.as_str(),
        "/components/schemas/User/properties/id/type"
    );
    let verdict = answer(&all, "GET /a", 500, &[], None);
    assert_eq!(
        verdict.findings[0].document.as_str(),
        "/paths/~1a/get/responses"
    );
}

#[test]
fn a_response_without_content_leaves_its_body_open() {
    let all = of_paths(
        "3.0.3",
        "  /a: {get: {responses: {'200': {description: d}}}}\n",
    );
    assert_eq!(rules(&answer(&all, "GET /a", 200, &[], Some(b"x"))), ["?"]);
    assert_eq!(rules(&answer(&all, "GET /a", 200, &[], Some(b""))), [""; 0]);
}

#[test]
fn sequences_are_read_item_by_item() {
    let all = of_paths(
        "3.2.0",
        "  /a: {get: {responses: {'200': {description: d, content: {application/jsonl: {itemSchema: {type: object, required: [n], properties: {n: {type: integer}}}}, application/json-seq: {itemSchema: {type: integer}}, text/event-stream: {itemSchema: {type: object}}}}}}}\n",
    );
    for (content_type, body, expected) in [
        ("application/jsonl", "{\"n\":1}\n{\"n\":2}\n", &[][..]),
        (
            "application/jsonl",
            "{\"n\":1}\n{\"n\":\"x\"}",
            &["the body at /1/n: expected an integer, found the string \"x\" (wire/invalid-body)"],
        ),
        (
            "application/jsonl",
            "{\"n\":1}\n{",
            &["the body: item 1: this is no JSON from line 1, column 1 on (wire/malformed-body)"],
        ),
        ("application/json-seq", "\u{1e}1\n\u{1e}2\n", &[]),
        (
            "application/json-seq",
            "\u{1e}true\n",
            &["the body at /0: expected an integer, found the boolean true (wire/invalid-body)"],
        ),
        (
            "text/event-stream",
            "data: 1\n\n",
            &["undecided: bodies of this media type are not held against schemas"],
        ),
    ] {
        let verdict = answer(
            &all,
            "GET /a",
            200,
            &[("content-type", content_type)],
            Some(body.as_bytes()),
        );
        assert_eq!(told(&verdict), expected, "{content_type} {body:?}");
    }
}
