//! Moments of an object in the order in which they happen.

use serde_json::{Map, Value};

use super::shape::Shape;

/// Beginnings of names of moments, from the earliest to the latest.
const ORDER: [&[&str]; 5] = [
    &["creat"],
    &["start", "begin", "publish", "submit"],
    &["updat", "modif", "chang", "edit"],
    &["end", "finish", "complet", "clos", "resolv"],
    &["expir", "delet", "archiv", "cancel"],
];

/// Exchanges the moments of an object so that it is not changed before it is created.
pub(super) fn in_order(object: &mut Map<String, Value>, shape: &Shape<'_>) {
    let mut names: Vec<(usize, String)> = object
        .iter()
        .filter(|(name, value)| value.is_string() && is_moment(name, shape))
        .filter_map(|(name, _)| Some((rank(name)?, name.clone())))
        .collect();
    names.sort();
    let mut moments: Vec<String> = names
        .iter()
        .filter_map(|(_, name)| Some(object.get(name)?.as_str()?.to_owned()))
        .collect();
    moments.sort();
    for ((_, name), moment) in names.into_iter().zip(moments) {
        object.insert(name, moment.into());
    }
}

/// Whether the property is a moment that says nothing but `format: date-time`.
fn is_moment(name: &str, shape: &Shape<'_>) -> bool {
    use specwright_openapi::openapiv3::{
        SchemaKind, StringFormat, StringType, Type, VariantOrUnknownOrEmpty::Item,
    };
    let plain = StringType {
        format: Item(StringFormat::DateTime),
        ..StringType::default()
    };
    let said = shape.properties.get(name).map(Vec::as_slice);
    matches!(said, Some([schema]) if schema.schema_kind == SchemaKind::Type(Type::String(plain)))
}

fn rank(name: &str) -> Option<usize> {
    let name = name.to_ascii_lowercase();
    ORDER
        .iter()
        .position(|words| words.iter().any(|word| name.starts_with(word)))
}
