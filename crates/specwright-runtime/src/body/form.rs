//! `application/x-www-form-urlencoded` bodies and query strings from the fields of an object
//! (OpenAPI, Encoding Object; WHATWG URL, section 5).

use super::encoding::Encoding;
use crate::json::Tree;
use crate::parameter::{Place, Style, Syntax};

/// The pairs of `value`, an object; `None` if it is none. Space is `+`.
pub(crate) fn urlencoded(value: &Tree, encodings: &[Encoding]) -> Option<String> {
    let Tree::Object(members) = value else {
        return None;
    };
    let pairs = members.iter().filter_map(|(name, value)| {
        let encoding = encodings.iter().find(|encoding| encoding.name == name);
        property(name, value, encoding)
    });
    Some(pairs.collect::<Vec<_>>().join("&").replace("%20", "+"))
}

/// The pairs of one property, or nothing for null and for empty arrays. An object without a style
/// is JSON text; an array without a media type is repeated.
fn property(name: &str, value: &Tree, encoding: Option<&Encoding>) -> Option<String> {
    let style = encoding.and_then(|encoding| encoding.style);
    let explode = encoding.and_then(|encoding| encoding.explode);
    let media_type = encoding.and_then(|encoding| encoding.content_type);
    let allow_reserved = encoding.is_some_and(|encoding| encoding.allow_reserved);
    let is_styled = style.is_some() || explode.is_some() || allow_reserved;
    let style = style.unwrap_or(Style::Form);
    let explode = explode.unwrap_or(style == Style::Form);
    let syntax = Syntax::of(Place::Query, style, explode, allow_reserved);
    match value {
        Tree::Null => None,
        _ if is_styled => syntax.expand(name, value),
        _ if media_type.is_some_and(is_json) => syntax.expand(name, &Tree::Text(value.json())),
        Tree::Array(_) if media_type.is_some() => syntax.expand(name, &Tree::Text(value.json())),
        Tree::Object(_) => syntax.expand(name, &Tree::Text(value.json())),
        _ => syntax.expand(name, value),
    }
}

/// Whether a media type is JSON (`application/json` or a `+json` suffix, RFC 6839).
pub(super) fn is_json(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    let lower = essence.to_ascii_lowercase();
    lower.ends_with("/json") || lower.ends_with("+json")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::{JsonWriter, ToJson, Value};

    /// A body given as JSON.
    struct Json(&'static str);

    impl ToJson for Json {
        fn to_json(&self, json: &mut JsonWriter) {
            serde_json::from_str::<Value>(self.0).unwrap().to_json(json);
        }
    }

    fn form(json: &'static str, encodings: &[Encoding]) -> String {
        urlencoded(&Tree::of(&Json(json)).unwrap(), encodings).unwrap()
    }

    #[test]
    fn scalars_arrays_and_objects_have_their_defaults() {
        let body = r#"{"a b": "x y&z=+", "n": null, "i": 7, "l": [1, null, "ü"], "none": [],
            "o": {"k": [true]}, "empty": ""}"#;
        assert_eq!(
            form(body, &[]),
            "a+b=x+y%26z%3D%2B&i=7&l=1&l=%C3%BC&o=%7B%22k%22%3A%5Btrue%5D%7D&empty="
        );
    }

    /// OpenAPI 3.0.3, "Support for x-www-form-urlencoded Request Bodies": the address is an object
    /// without an encoding.
    #[test]
    fn the_example_of_openapi() {
        let body = r#"{"id": "f81d4fae-7dec-11d0-a765-00a0c91e6bf6", "address": {"streetAddress": "123 Example Dr."}}"#;
        assert_eq!(
            form(body, &[]),
            "id=f81d4fae-7dec-11d0-a765-00a0c91e6bf6&address=%7B%22streetAddress%22%3A%22123+Example+Dr.%22%7D"
        );
    }

    #[test]
    fn a_property_can_have_a_style_or_a_media_type() {
        let one = |json, encoding| form(json, &[encoding, Encoding::new("other").explode(false)]);
        let list = r#"{"l": ["a", "b c"]}"#;
        let style = Encoding::new("l");
        assert_eq!(one(list, style.explode(false)), "l=a,b+c");
        assert_eq!(one(list, style.style(Style::PipeDelimited)), "l=a%7Cb+c");
        assert_eq!(one(list, style.style(Style::SpaceDelimited)), "l=a+b+c");
        assert_eq!(
            one(list, style.content_type("application/json")),
            "l=%5B%22a%22%2C%22b+c%22%5D"
        );
        let object = r#"{"o": {"k": "v", "deep": {"x": 1}}}"#;
        let style = Encoding::new("o");
        assert_eq!(
            one(object, style.style(Style::Form)),
            "k=v&deep=%7B%22x%22%3A1%7D"
        );
        assert_eq!(
            one(object, style.style(Style::DeepObject)),
            "o%5Bk%5D=v&o%5Bdeep%5D%5Bx%5D=1"
        );
        let text = r#"{"t": "a/b"}"#;
        let style = Encoding::new("t");
        assert_eq!(one(text, style.content_type("text/plain")), "t=a%2Fb");
        assert_eq!(
            one(text, style.content_type("application/vnd.x+json; v=1")),
            "t=%22a%2Fb%22"
        );
        assert_eq!(one(text, style.allow_reserved()), "t=a/b");
    }

    #[test]
    fn only_an_object_is_a_form() {
        assert_eq!(urlencoded(&Tree::of(&vec![1]).unwrap(), &[]), None);
        assert_eq!(urlencoded(&Tree::Null, &[]), None);
    }
}
