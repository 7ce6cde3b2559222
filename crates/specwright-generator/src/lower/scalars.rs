//! Scalars, their formats and enums.

use specwright_openapi::Json;

use super::{flat::Flat, view::Kind};
use crate::ir::{EnumKind, EnumShape, EnumValue, IntegerSize, TextFormat, TypeRef};

/// The type of a text with a format.
pub(super) fn string(format: Option<&str>) -> TypeRef {
    TypeRef::Text(match format {
        Some("date-time" | "datetime" | "local-date-time" | "iso-date-time") => {
            TextFormat::DateTime
        }
        Some("date" | "full-date") => TextFormat::Date,
        Some("time" | "time-local") => TextFormat::Time,
        Some("duration") => TextFormat::Duration,
        Some("uuid") => TextFormat::Uuid,
        Some("uri" | "url" | "iri") => TextFormat::Uri,
        Some("byte" | "base64" | "base64url") => TextFormat::Base64,
        _ => return TypeRef::String,
    })
}

/// The size of an integer: by its format, unless its bounds need more.
pub(super) fn integer(format: Option<&str>, range: (Option<f64>, Option<f64>)) -> TypeRef {
    let size = match format {
        Some("int8" | "int16" | "int32") => IntegerSize::I32,
        Some("uint8" | "uint16" | "uint32") => IntegerSize::U32,
        Some("uint" | "uint64") => IntegerSize::U64,
        Some("bigint" | "int128" | "uint128" | "biginteger") => IntegerSize::I128,
        _ => IntegerSize::I64,
    };
    let fits = |size: IntegerSize| {
        let (low, high) = match size {
            IntegerSize::I32 => (-2_147_483_648.0, 2_147_483_647.0),
            IntegerSize::U32 => (0.0, 4_294_967_295.0),
            IntegerSize::I64 => (-9.3e18, 9.3e18),
            IntegerSize::U64 => (0.0, 1.9e19),
            IntegerSize::I128 => (f64::MIN, f64::MAX),
        };
        range.0.is_none_or(|it| it >= low) && range.1.is_none_or(|it| it <= high)
    };
    let wider = [size, IntegerSize::I64, IntegerSize::U64, IntegerSize::I128];
    TypeRef::Integer(wider.into_iter().find(|it| fits(*it)).unwrap_or(size))
}

/// The type of a number.
pub(super) fn number(format: Option<&str>) -> TypeRef {
    match format {
        Some("decimal" | "decimal128" | "money" | "bigdecimal") => TypeRef::Decimal,
        Some("int32") => TypeRef::Integer(IntegerSize::I32),
        Some("int64" | "integer" | "long") => TypeRef::Integer(IntegerSize::I64),
        _ => TypeRef::Number,
    }
}

/// What `enum` comes down to.
pub(super) enum Values {
    Enum(EnumShape),
    /// Values that no enum is made of: booleans, fractions.
    Plain(TypeRef),
    /// Objects or arrays.
    Composite,
}

/// The type of a set of values, and whether null is among them.
pub(super) fn enumeration(flat: &Flat<'_>) -> (Values, bool) {
    let nullable = flat.values.iter().any(Json::is_null);
    let values: Vec<&Json> = flat.values.iter().filter(|it| !it.is_null()).collect();
    if values.iter().any(|it| it.is_object() || it.is_array()) {
        return (Values::Composite, nullable);
    }
    if values.is_empty() {
        return (Values::Plain(TypeRef::Json), true);
    }
    if values.iter().all(|it| it.is_boolean()) {
        return (Values::Plain(TypeRef::Boolean), nullable);
    }
    let kind = if flat.kind == Some(Kind::String) || values.iter().all(|it| it.is_string()) {
        EnumKind::Text
    } else if values.iter().all(|it| it.is_i64()) {
        EnumKind::Integer
    } else if values.iter().all(|it| it.is_number()) {
        let ty = if flat.kind == Some(Kind::Integer) {
            integer(flat.format.as_deref(), flat.range)
        } else {
            number(flat.format.as_deref())
        };
        return (Values::Plain(ty), nullable);
    } else {
        EnumKind::Mixed
    };
    let named = names(flat);
    let described = texts(flat, &["x-enum-descriptions", "x-enumDescriptions"]);
    let mut members: Vec<EnumValue> = Vec::new();
    for (index, value) in values.into_iter().enumerate() {
        let text = match (kind, value.as_str()) {
            (EnumKind::Text, Some(text)) => text.to_owned(),
            // `enum: [1, 2]` of `type: string`: a YAML value without quotes.
            _ => value.to_string(),
        };
        if members.iter().all(|it| it.text != text) {
            let name = named.get(index).cloned();
            members.push(EnumValue {
                text,
                name,
                description: described.get(index).cloned(),
            });
        }
    }
    (
        Values::Enum(EnumShape {
            values: members,
            kind,
            open: false,
        }),
        nullable,
    )
}

/// The names that a vendor gives the values, if there is one for each.
fn names(flat: &Flat<'_>) -> Vec<String> {
    let listed = texts(
        flat,
        &[
            "x-enum-varnames",
            "x-enumNames",
            "x-enum-names",
            "x-enumnames",
        ],
    );
    if listed.len() == flat.values.len() {
        return listed;
    }
    let extensions = flat.names.map(|it| &it.extensions);
    let microsoft = extensions
        .and_then(|it| it.get("x-ms-enum")?.get("values")?.as_array())
        .into_iter()
        .flatten();
    let named: Vec<String> = microsoft
        .filter_map(|it| it.get("name")?.as_str().map(str::to_owned))
        .collect();
    if named.len() == flat.values.len() {
        named
    } else {
        Vec::new()
    }
}

/// The texts of an extension, if it has one for each value.
fn texts(flat: &Flat<'_>, keys: &[&str]) -> Vec<String> {
    let extensions = flat.names.map(|it| &it.extensions);
    let list = keys
        .iter()
        .find_map(|key| extensions?.get(*key)?.as_array());
    let texts: Vec<String> = list
        .into_iter()
        .flatten()
        .filter_map(|it| it.as_str().map(str::to_owned))
        .collect();
    if texts.len() == flat.values.len() {
        texts
    } else {
        Vec::new()
    }
}

/// A scalar as the text that stands for it in a URL.
pub(super) fn plain_text(value: &Json) -> Option<String> {
    match value.as_str() {
        Some(text) => Some(text.to_owned()),
        None => {
            (!value.is_object() && !value.is_array() && !value.is_null()).then(|| value.to_string())
        }
    }
}
