//! `contentEncoding`, `contentMediaType` and `contentSchema` (JSON Schema 2020-12 Validation §8), which 3.0 says, as
//! far as it can, with `format` (OAS 3.1.1, Considerations for File Uploads and Working with Binary Data).

use super::{
    super::context::{Context, set, text},
    NOT_CARRIED,
    place::{Place, is_text},
};
use crate::tree::{Node, Object};

const ENCODING: &str = "x-specwright-content-encoding";
const MEDIA_TYPE: &str = "x-specwright-content-media-type";

const OCTETS: &str = "application/octet-stream";

pub(super) fn rewrite(cx: &mut Context<'_>, schema: &mut Object, place: Place) {
    let message =
        "`contentSchema` is not carried: what is inside the text is not checked and has no type";
    cx.remove(schema, "contentSchema", &NOT_CARRIED, message);
    let [encoding, media_type] =
        ["contentEncoding", "contentMediaType"].map(|key| taken(schema, key));
    let of_texts = schema
        .get("type")
        .is_none_or(|node| node.as_str() == Some("string"));
    if !of_texts || encoding.is_none() && media_type.is_none() {
        return;
    }
    let says_it = match format(encoding.as_deref(), media_type.as_deref(), place) {
        Some(format) => {
            make_text(schema);
            if !schema.contains("format") {
                set(schema, "format", text(format));
            }
            schema.get("format").and_then(Node::as_str) == Some(format)
        }
        None => false,
    };
    if let Some(encoding) = encoding
        && !says_it
    {
        carry(cx, schema, "contentEncoding", ENCODING, &encoding);
    }
    if let Some(media_type) = media_type
        && !(says_it && media_type == OCTETS)
    {
        carry(cx, schema, "contentMediaType", MEDIA_TYPE, &media_type);
    }
}

/// Says that values are texts, where nothing says what they are: in 3.1 bytes have no type.
fn make_text(schema: &mut Object) {
    if !["type", "allOf", "anyOf", "oneOf"]
        .iter()
        .any(|keyword| schema.contains(keyword))
    {
        set(schema, "type", text("string"));
    }
}

fn taken(schema: &mut Object, key: &str) -> Option<String> {
    match schema.remove(key) {
        Some(Node::String(value)) => Some(value),
        _ => None,
    }
}

fn carry(cx: &mut Context<'_>, schema: &mut Object, key: &str, carrier: &str, value: &str) {
    set(schema, carrier, text(value));
    cx.moved(cx.at.join(carrier), &cx.at.join(key));
}

/// The format of 3.0 that says how bytes are written: encoded in a text, or as they are.
///
/// The encoding `binary` (RFC 2045 §6.2) means that there is none.
fn format(encoding: Option<&str>, media_type: Option<&str>, place: Place) -> Option<&'static str> {
    match encoding.map(str::to_ascii_lowercase).as_deref() {
        Some("base64") => Some("byte"),
        Some("base64url") => Some("base64url"),
        Some("binary") => Some("binary"),
        Some(_) => None,
        None => (place == Place::Bytes || !is_text(media_type?)).then_some("binary"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::{documents, schema_sources, schemas};

    #[test]
    fn in_texts() {
        schemas(&[
            (
                "{type: string, contentEncoding: base64}",
                "{type: string, format: byte}",
                &[],
            ),
            (
                "{type: string, contentEncoding: base64url}",
                "{type: string, format: base64url}",
                &[],
            ),
            (
                "{type: string, contentEncoding: binary}",
                "{type: string, format: binary}",
                &[],
            ),
            (
                "{type: string, contentEncoding: base32}",
                "{type: string, x-specwright-content-encoding: base32}",
                &[],
            ),
            (
                "{type: string, contentEncoding: base64, contentMediaType: image/png}",
                "{type: string, format: byte, x-specwright-content-media-type: image/png}",
                &[],
            ),
            (
                "{type: string, contentMediaType: application/octet-stream}",
                "{type: string, format: binary}",
                &[],
            ),
            (
                "{contentMediaType: application/octet-stream}",
                "{type: string, format: binary}",
                &[],
            ),
            (
                "{contentMediaType: image/png}",
                "{type: string, format: binary, x-specwright-content-media-type: image/png}",
                &[],
            ),
            (
                "{type: string, contentMediaType: text/html}",
                "{type: string, x-specwright-content-media-type: text/html}",
                &[],
            ),
            (
                "{type: string, format: uuid, contentEncoding: base64}",
                "{type: string, format: uuid, x-specwright-content-encoding: base64}",
                &[],
            ),
            (
                "{type: string, format: byte, contentEncoding: base64}",
                "{type: string, format: byte}",
                &[],
            ),
            (
                "{type: object, contentEncoding: base64, contentMediaType: a/b}",
                "{type: object}",
                &[],
            ),
            (
                "{anyOf: [{maxLength: 1}, {type: integer}], contentEncoding: base64}",
                "{anyOf: [{maxLength: 1}, {type: integer}], format: byte}",
                &[],
            ),
            (
                "{type: string, contentMediaType: application/json, contentSchema: {type: object}}",
                "{type: string, x-specwright-content-media-type: application/json}",
                &["schema/not-carried /contentSchema"],
            ),
        ]);
        schema_sources(
            "{contentMediaType: text/html}",
            &[("/x-specwright-content-media-type", "/contentMediaType")],
        );
    }

    #[test]
    fn in_bodies() {
        let html = "{type: string, contentMediaType: text/html}";
        let binary = "{type: string, format: binary, x-specwright-content-media-type: text/html}";
        let plain = "{type: string, x-specwright-content-media-type: text/html}";
        let cases = [
            (
                "application/json",
                format!("{{properties: {{a: {html}}}}}"),
                format!("{{properties: {{a: {plain}}}}}"),
            ),
            (
                "multipart/form-data",
                format!("{{properties: {{a: {html}}}}}"),
                format!("{{properties: {{a: {binary}}}}}"),
            ),
            (
                "multipart/form-data",
                format!("{{allOf: [{{properties: {{a: {{items: {html}}}}}}}]}}"),
                format!("{{allOf: [{{properties: {{a: {{items: {binary}}}}}}}]}}"),
            ),
            (
                "multipart/form-data",
                format!("{{properties: {{a: {{properties: {{b: {html}}}}}}}}}"),
                format!("{{properties: {{a: {{properties: {{b: {plain}}}}}}}}}"),
            ),
            (
                "multipart/mixed",
                format!("{{items: {html}}}"),
                format!("{{items: {binary}}}"),
            ),
            (
                "application/octet-stream",
                html.to_owned(),
                binary.to_owned(),
            ),
            ("text/html", html.to_owned(), plain.to_owned()),
        ];
        for (media_type, before, after) in cases {
            let [before, after] = [before, after].map(|schema| {
                format!("{{paths: {{}}, components: {{requestBodies: {{B: {{content: {{{media_type}: {{schema: {schema}}}}}}}}}}}}}")
            });
            documents(&[(&before, &after, &[])]);
        }
    }
}
