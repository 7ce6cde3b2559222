//! JSON values as the bytes of a media type.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;
use specwright_openapi::{
    Description, is_json,
    openapiv3::{ReferenceOr, Schema},
};

use super::xml;

/// What is not escaped in forms (URL Standard, application/x-www-form-urlencoded percent-encode set).
const FORM: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'*')
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b' ');

/// What separates the parts of multipart bodies.
const BOUNDARY: &str = "specwright-mock";

/// The smallest files of their kind that programs open.
const FILES: [(&str, &[u8]); 4] = [
    (
        "image/png",
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0:~\x9bU\0\0\0\nIDATx\x9cc\xf8\x0f\0\x01\x01\x01\0\xb18\xf6\x14\0\0\0\0IEND\xaeB`\x82",
    ),
    (
        "image/gif",
        b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff!\xf9\x04\x01\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;",
    ),
    (
        "application/zip",
        b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0",
    ),
    (
        "application/pdf",
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n",
    ),
];

/// What is written, and where it comes from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Content<'a> {
    pub(crate) value: &'a Value,
    /// Whether the value is a documented example: texts among them stand for the body as it is.
    pub(crate) is_example: bool,
    /// What the value follows.
    pub(crate) schema: Option<&'a ReferenceOr<Schema>>,
}

/// The media type of the answer for one that the description documents, which may be a range.
pub(crate) fn concrete(documented: &str, schema_is_text: bool) -> String {
    let essence = documented.split(';').next().unwrap_or_default().trim();
    match essence.split_once('/') {
        Some(("text", "*")) => "text/plain".to_owned(),
        Some(("image", "*")) => "image/png".to_owned(),
        Some(("*" | "application", "*")) if schema_is_text => "text/plain".to_owned(),
        Some(("*" | "application", "*")) => "application/json".to_owned(),
        Some((_, "*")) => "application/octet-stream".to_owned(),
        _ => documented.to_owned(),
    }
}

/// The body, with the field `Content-Type` for it.
///
/// JSON, XML, forms, lines of JSON and events are written as such. YAML is JSON, which is a subset. Other texts are
/// written as they are; so is an example of anything that is no JSON. Of files that are known there is an empty one;
/// others hold the generated text.
pub(crate) fn encode(
    description: &Description,
    media_type: &str,
    content: Content<'_>,
) -> (String, Vec<u8>) {
    let value = content.value;
    let essence = media_type.split(';').next().unwrap_or_default();
    let essence = essence.trim().to_ascii_lowercase();
    let own = |bytes: Vec<u8>| (media_type.to_owned(), bytes);
    if is_json(media_type) {
        return own(value.to_string().into_bytes());
    }
    if let (true, Value::String(text)) = (content.is_example, value) {
        return own(text.clone().into_bytes());
    }
    if essence == "application/xml" || essence == "text/xml" || essence.ends_with("+xml") {
        return own(xml::document(description, content.schema, value).into_bytes());
    }
    match essence.as_str() {
        "application/x-www-form-urlencoded" => own(form(value).into_bytes()),
        "application/x-ndjson"
        | "application/jsonl"
        | "application/json-seq"
        | "application/x-jsonlines" => own(lines(value, &essence).into_bytes()),
        "text/event-stream" => own(events(value).into_bytes()),
        "text/csv" => own(table(value).into_bytes()),
        _ if essence.starts_with("multipart/") => (
            format!("{essence}; boundary={BOUNDARY}"),
            parts(value).into_bytes(),
        ),
        _ => {
            let file = FILES.iter().find(|(name, _)| *name == essence);
            own(file.map_or_else(|| plain(value).into_bytes(), |(_, bytes)| bytes.to_vec()))
        }
    }
}

/// A text as it is, anything else as JSON.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// The elements of an array, or the one value.
fn elements(value: &Value) -> &[Value] {
    match value {
        Value::Array(elements) => elements,
        one => std::slice::from_ref(one),
    }
}

fn lines(value: &Value, essence: &str) -> String {
    // RFC 7464 puts a record separator before each text.
    let before = if essence == "application/json-seq" {
        "\u{1e}"
    } else {
        ""
    };
    let lines = elements(value).iter();
    lines.map(|it| format!("{before}{it}\n")).collect()
}

/// Events (HTML Standard, Server-sent events), each with one datum.
fn events(value: &Value) -> String {
    let event = |value: &Value| {
        let text = plain(value);
        let lines = text
            .split(['\n', '\r'])
            .map(|line| format!("data: {line}\n"));
        format!("{}\n", lines.collect::<String>())
    };
    elements(value).iter().map(event).collect()
}

/// Pairs of a form (URL Standard, application/x-www-form-urlencoded).
fn form(value: &Value) -> String {
    let escape = |text: &str| {
        utf8_percent_encode(text, FORM)
            .to_string()
            .replace(' ', "+")
    };
    let Value::Object(members) = value else {
        return escape(&plain(value));
    };
    let pairs = members.iter().flat_map(|(name, value)| {
        elements(value)
            .iter()
            .map(|value| format!("{}={}", escape(name), escape(&plain(value))))
    });
    pairs.collect::<Vec<_>>().join("&")
}

/// A table (RFC 4180): a row for each object, with a line of the names before them.
fn table(value: &Value) -> String {
    let rows = elements(value);
    let Some(Value::Object(first)) = rows.first() else {
        return rows.iter().map(|it| format!("{}\r\n", cell(it))).collect();
    };
    let names: Vec<&String> = first.keys().collect();
    let line = |cells: Vec<String>| format!("{}\r\n", cells.join(","));
    let head = names.iter().map(|name| cell(&Value::from(name.as_str())));
    let mut table = line(head.collect());
    for row in rows {
        let of = |name: &&String| row.get(name.as_str()).map(cell).unwrap_or_default();
        table.push_str(&line(names.iter().map(of).collect()));
    }
    table
}

fn cell(value: &Value) -> String {
    let text = match value {
        Value::Null => String::new(),
        other => plain(other),
    };
    if text.contains([',', '"', '\r', '\n']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
}

/// The members as parts of a form (RFC 7578), or the value as the only part.
fn parts(value: &Value) -> String {
    let mut body = String::new();
    let mut part = |head: &str, value: &Value| {
        let is_nested = value.is_object() || value.is_array();
        let kind = if is_nested {
            "application/json"
        } else {
            "text/plain; charset=utf-8"
        };
        body.push_str(&format!(
            "--{BOUNDARY}\r\n{head}content-type: {kind}\r\n\r\n{}\r\n",
            plain(value)
        ));
    };
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                // RFC 7578 §2 with the escapes of the HTML Standard.
                let name = name
                    .replace('"', "%22")
                    .replace('\r', "%0D")
                    .replace('\n', "%0A");
                part(
                    &format!("content-disposition: form-data; name=\"{name}\"\r\n"),
                    value,
                );
            }
        }
        other => part("", other),
    }
    body.push_str(&format!("--{BOUNDARY}--\r\n"));
    body
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use specwright_openapi::{MemoryLoader, load};

    use super::*;

    fn written(media_type: &str, value: &Value, is_example: bool) -> (String, String) {
        let text = "{openapi: 3.0.3, info: {title: T, version: '1'}, paths: {}}";
        let loaded = load("api.yaml", &MemoryLoader::default().with("api.yaml", text)).unwrap();
        let content = Content {
            value,
            is_example,
            schema: None,
        };
        let (name, bytes) = encode(&loaded.description.unwrap(), media_type, content);
        (name, String::from_utf8_lossy(&bytes).into_owned())
    }

    #[test]
    fn values_are_written_in_the_media_type() {
        let object = json!({ "a b": "1&2", "c": [true, 4] });
        let list = json!([{ "a": "x,\"y\"", "b": 1 }, { "a": null }]);
        for (media_type, value, body) in [
            ("application/problem+json", &json!("a"), "\"a\""),
            ("text/plain", &json!("a"), "a"),
            ("text/plain", &json!(1), "1"),
            (
                "application/x-www-form-urlencoded",
                &object,
                "a+b=1%262&c=true&c=4",
            ),
            (
                "application/x-ndjson",
                &json!([1, { "a": 2 }]),
                "1\n{\"a\":2}\n",
            ),
            (
                "text/event-stream",
                &json!(["a\nb", 1]),
                "data: a\ndata: b\n\ndata: 1\n\n",
            ),
            ("text/csv", &list, "a,b\r\n\"x,\"\"y\"\"\",1\r\n,\r\n"),
            ("application/yaml", &json!({ "a": 1 }), "{\"a\":1}"),
            ("application/octet-stream", &json!("abc"), "abc"),
        ] {
            let (name, written) = written(media_type, value, false);
            assert_eq!((name.as_str(), written.as_str()), (media_type, body));
        }
        let (name, body) = written("multipart/form-data", &json!({ "a\"": [1] }), false);
        assert_eq!(name, "multipart/form-data; boundary=specwright-mock");
        assert_eq!(
            body,
            "--specwright-mock\r\ncontent-disposition: form-data; name=\"a%22\"\r\ncontent-type: application/json\r\n\r\n[1]\r\n--specwright-mock--\r\n"
        );
    }

    #[test]
    fn an_example_of_a_text_is_the_body() {
        let example = json!("<a/>");
        assert_eq!(written("application/xml", &example, true).1, "<a/>");
        assert_eq!(
            written("application/xml", &example, false).1,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<root>&lt;a/&gt;</root>\n"
        );
        assert_eq!(written("application/json", &example, true).1, "\"<a/>\"");
    }

    #[test]
    fn ranges_become_media_types() {
        for (documented, is_text, expected) in [
            ("*/*", false, "application/json"),
            ("*/*", true, "text/plain"),
            ("image/*", false, "image/png"),
            ("text/*; charset=utf-8", false, "text/plain"),
            ("audio/*", false, "application/octet-stream"),
            ("application/hal+json", true, "application/hal+json"),
        ] {
            assert_eq!(concrete(documented, is_text), expected);
        }
    }
}
