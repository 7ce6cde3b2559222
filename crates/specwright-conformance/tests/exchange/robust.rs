//! Whatever is sent, there is a verdict.

use specwright_conformance::exchange::Request;

use crate::{answer, ask, headers, of_paths};

const API: &str = "
  /a/{p}/{q}:
    post:
      parameters:
        - {name: p, in: path, required: true, style: matrix, explode: true, schema: {type: object, properties: {a: {type: integer}}}}
        - {name: q, in: path, required: true, style: label, schema: {type: array, items: {type: integer}}}
        - {name: d, in: query, style: deepObject, schema: {type: object, additionalProperties: {$ref: '#/components/schemas/T'}}}
        - {name: f, in: query, schema: {type: object, additionalProperties: true}}
        - {name: c, in: query, content: {application/json: {schema: {$ref: '#/components/schemas/T'}}}}
        - {name: H, in: header, explode: true, schema: {type: object}}
        - {name: k, in: cookie, schema: {type: array, items: {}}}
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/T'}}, application/x-www-form-urlencoded: {schema: {$ref: '#/components/schemas/T'}}, multipart/form-data: {schema: {$ref: '#/components/schemas/T'}}}}
      responses: {'200': {description: d, headers: {H: {schema: {$ref: '#/components/schemas/T'}}}, content: {application/json: {schema: {$ref: '#/components/schemas/T'}}}}}
components:
  schemas:
    T: {anyOf: [{type: object, properties: {t: {$ref: '#/components/schemas/T'}}, additionalProperties: {$ref: '#/components/schemas/T'}}, {type: array, items: {$ref: '#/components/schemas/T'}}, {type: integer}]}
";

/// A small generator of numbers (xorshift), so that every run sends the same.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).map_or(0, |it| it % most)
    }
}

#[test]
fn exchanges_can_be_shared() {
    fn shared<T: Send + Sync + Clone + 'static>(_: &T) {}
    let all = of_paths("3.0.3", API);
    shared(&all);
    shared(all.schemas());
    let line = "POST /a/;a=1/.1";
    let ask_once = || format!("{:?}", ask(&all, line, &[], None));
    let told: Vec<String> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(ask_once)).collect();
        threads.into_iter().map(|it| it.join().unwrap()).collect()
    });
    assert!(told.iter().all(|it| *it == told[0]));
}

#[test]
fn odd_bytes_get_a_verdict() {
    let all = of_paths("3.0.3", API);
    let pieces = [
        "a",
        "1",
        "=",
        "&",
        ";",
        ",",
        ".",
        "%",
        "%2",
        "%FF",
        "%00",
        "[",
        "]",
        "[]",
        "d[",
        "d[a]",
        "{",
        "}",
        "\"",
        "\\",
        "+",
        "--b",
        "\r\n",
        "\n",
        ":",
        "é",
        "\u{0}",
        " ",
        "|",
        "/",
        "?",
        "Content-Disposition: form-data; name=\"t\"\r\n\r\n",
        "--b--",
        "{\"t\":",
        "[[[",
        "null",
    ];
    let mut numbers = Numbers(0x9e37_79b9_7f4a_7c15);
    let mut text = move |most: usize| -> String {
        let count = numbers.below(most);
        (0..count)
            .map(|_| pieces[numbers.below(pieces.len())])
            .collect()
    };
    for round in 0..3000 {
        let visible = |text: String| text.replace(['\r', '\n', '\0'], "");
        let content_type = [
            "application/json",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=b",
            "",
            ";",
            "a/b;=\"",
        ][round % 6];
        let path = format!("/a/{}/{}", text(6), text(6));
        let (query, body) = (text(30), text(40));
        let headers = headers(&[
            ("h", &visible(text(10))),
            ("cookie", &visible(text(10))),
            ("authorization", &visible(text(4))),
            ("content-type", content_type),
        ]);
        let request = Request {
            method: "POST",
            path: &path,
            raw_query: &query,
            headers: &headers,
            body: Some(body.as_bytes()),
        };
        let verdict = all.request(&request);
        assert_eq!(
            format!("{verdict:?}"),
            format!("{:?}", all.request(&request))
        );
    }
}

#[test]
fn large_and_deep_messages_are_bounded() {
    let all = of_paths("3.0.3", API);
    let json = [("content-type", "application/json")];
    let line = "POST /a/;a=1/.1";
    let deep = "[".repeat(100) + &"]".repeat(100);
    assert!(
        ask(&all, line, &json, Some(deep.as_bytes()))
            .findings
            .is_empty()
    );
    for body in [
        "[".repeat(1_000_000),
        "{\"t\":".repeat(100_000),
        format!("[{}1]", "\"x\",".repeat(200_000)),
    ] {
        let verdict = answer(&all, line, 200, &json, Some(body.as_bytes()));
        assert!(verdict.findings.len() <= 200, "{}", verdict.findings.len());
    }
    let form = [("content-type", "application/x-www-form-urlencoded")];
    let many = "a=1&".repeat(100_000);
    let names: String = (0..3_000)
        .map(|it| format!("d{}[a]=1&", "[x]".repeat(it % 50)))
        .collect();
    for query in [&many, &names] {
        let verdict = ask(
            &all,
            &format!("{line}?{query}"),
            &form,
            Some(many.as_bytes()),
        );
        assert!(verdict.findings.len() <= 200, "{}", verdict.findings.len());
    }
}
