//! The header fields that a response documents.

use serde_json::Value;
use specwright_openapi::{
    Description,
    openapiv3::{Header, ParameterSchemaOrContent, Response, Schema},
};

use super::{
    example,
    random::Random,
    reply::Reply,
    value::{Choices, Generator, Presence},
};

/// What the server or the connection decides, and what would be a lie: no body is compressed, and no field is announced
/// after it.
const OWN: [&str; 13] = [
    "connection",
    "content-encoding",
    "content-length",
    "content-range",
    "content-type",
    "date",
    "keep-alive",
    "proxy-authenticate",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "www-authenticate",
];

/// What has a syntax of its own that schemas do not tell, with a value of it: entity tags and dates (RFC 9110), cookies
/// (RFC 6265).
const KNOWN: [(&str, &str); 6] = [
    ("etag", "\"mock\""),
    ("expires", "Thu, 01 Jan 2026 00:00:00 GMT"),
    ("last-modified", "Thu, 01 Jan 2026 00:00:00 GMT"),
    ("retry-after", "1"),
    ("set-cookie", "session=mock; Path=/"),
    ("vary", "accept"),
];

/// Adds the fields that the response documents and the answer does not have: their examples, or else generated values.
///
/// An undocumented `Link` is better than an invented one, which clients would follow.
pub(crate) fn add(
    description: &Description,
    response: &Response,
    random: &Random,
    mut reply: Reply,
) -> Reply {
    for (index, (name, node)) in response.headers.iter().enumerate() {
        let plain = name.to_ascii_lowercase();
        let (false, false, Some(header)) = (
            OWN.contains(&plain.as_str()) || reply.withheld.contains(&plain),
            reply.has(name),
            description.resolve(node),
        ) else {
            continue;
        };
        let value = documented(description, header.object).map(|it| text(&it));
        let known = || {
            let (_, value) = KNOWN.iter().find(|(known, _)| *known == plain)?;
            Some((*value).to_owned())
        };
        let random = random.element(index);
        let generated =
            || (plain != "link").then(|| generated(description, header.object, &plain, random));
        if let Some(value) = value.or_else(known).or_else(generated) {
            reply = reply.with(name.clone(), value);
        }
    }
    reply
}

/// The schema of the header, and the example or default that goes before generating.
fn documented(description: &Description, header: &Header) -> Option<Value> {
    let own = header.example.as_ref();
    let own = own.or_else(|| example::first(description, &header.examples));
    let of_media = || match &header.format {
        ParameterSchemaOrContent::Schema(_) => None,
        ParameterSchemaOrContent::Content(content) => example::any(description, content.first()?.1),
    };
    let of_schema = || {
        let data = &schema(description, header)?.schema_data;
        data.example.as_ref().or(data.default.as_ref())
    };
    own.or_else(of_media).or_else(of_schema).cloned()
}

fn schema<'a>(description: &'a Description, header: &'a Header) -> Option<&'a Schema> {
    let node = match &header.format {
        ParameterSchemaOrContent::Schema(node) => node,
        ParameterSchemaOrContent::Content(content) => content.first()?.1.schema.as_ref()?,
    };
    description.resolve(node).map(|it| it.object)
}

fn generated(description: &Description, header: &Header, name: &str, random: Random) -> String {
    let schemas: Vec<&Schema> = schema(description, header).into_iter().collect();
    let none = Choices::new();
    let mut generator = Generator::new(description, &none, Presence::Full, random).named(name);
    text(&generator.value(&schemas))
}

/// In the style `simple` (OAS 3.0.3, Style Values): elements, or names and values, with commas between them.
fn text(value: &Value) -> String {
    let join = |texts: Vec<String>| texts.join(",");
    match value {
        Value::String(text) => text.clone(),
        Value::Array(elements) => join(elements.iter().map(text).collect()),
        Value::Object(members) => {
            let pair = |(name, value): (&String, &Value)| format!("{name},{}", text(value));
            join(members.iter().map(pair).collect())
        }
        other => other.to_string(),
    }
}
