//! The keywords of JSON Schema 2020-12 that say something about values, by the type of value that they are about
//! (Core §7.6.1).

const OF_STRINGS: &[&str] = &[
    "minLength",
    "maxLength",
    "pattern",
    "contentEncoding",
    "contentMediaType",
    "contentSchema",
];

const OF_NUMBERS: &[&str] = &[
    "multipleOf",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
];

const OF_ARRAYS: &[&str] = &[
    "items",
    "prefixItems",
    "minItems",
    "maxItems",
    "uniqueItems",
    "contains",
    "minContains",
    "maxContains",
];

const OF_OBJECTS: &[&str] = &[
    "properties",
    "patternProperties",
    "additionalProperties",
    "propertyNames",
    "required",
    "minProperties",
    "maxProperties",
    "dependentRequired",
    "dependentSchemas",
];

/// Those about values of several types, and what OpenAPI adds to them.
const OF_ALL: &[&str] = &[
    "type",
    "enum",
    "const",
    "format",
    "discriminator",
    "allOf",
    "anyOf",
    "oneOf",
    "not",
    "if",
    "then",
    "else",
];

/// Formats of numbers (OpenAPI Format Registry); all others are of strings.
const NUMBER_FORMATS: &[&str] = &[
    "int8",
    "int16",
    "int32",
    "int64",
    "uint8",
    "uint16",
    "uint32",
    "uint64",
    "float",
    "double",
    "double-int",
    "decimal",
    "decimal128",
];

/// The keywords about values of one type only.
pub(super) fn of_type(name: &str) -> &'static [&'static str] {
    match name {
        "string" => OF_STRINGS,
        "number" | "integer" => OF_NUMBERS,
        "array" => OF_ARRAYS,
        "object" => OF_OBJECTS,
        _ => &[],
    }
}

/// Whether a `format` is one of a type.
pub(super) fn is_format_of(format: &str, name: &str) -> bool {
    match NUMBER_FORMATS.contains(&format) {
        true => matches!(name, "number" | "integer"),
        false => name == "string",
    }
}

/// Whether a keyword says something about values, and not only to readers.
///
/// `unevaluatedItems` and `unevaluatedProperties` are gone before anybody asks.
pub(super) fn is_constraint(keyword: &str) -> bool {
    let all = [OF_STRINGS, OF_NUMBERS, OF_ARRAYS, OF_OBJECTS, OF_ALL];
    all.iter().any(|keywords| keywords.contains(&keyword))
}
