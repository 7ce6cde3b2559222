//! Violations in a few words: what was expected, and what was found.

use jsonschema::{
    ValidationError,
    error::{TypeKind, ValidationErrorKind as Kind},
};
use serde_json::Value;

/// How much of a value is shown, in characters.
const LONGEST: usize = 60;

/// How many values of an `enum` are listed.
const MOST_LISTED: usize = 8;

/// What is wrong, for kinds of errors that stand for themselves.
pub(crate) fn message(error: &ValidationError<'_>) -> String {
    let value: &Value = error.instance();
    match error.kind() {
        Kind::Type { kind } => format!("expected {}, found {}", types(kind), found(value)),
        Kind::Enum { options } => {
            let options = options.as_array().map_or(&[][..], Vec::as_slice);
            format!("expected {}, found {}", one_of(options), found(value))
        }
        Kind::Constant { expected_value } => {
            format!("expected {}, found {}", shown(expected_value), found(value))
        }
        Kind::Required { property } => {
            format!("the property `{}` is missing", text(property))
        }
        Kind::Minimum { limit } => format!("expected at least {limit}, found {value}"),
        Kind::Maximum { limit } => format!("expected at most {limit}, found {value}"),
        Kind::ExclusiveMinimum { limit } => format!("expected more than {limit}, found {value}"),
        Kind::ExclusiveMaximum { limit } => format!("expected less than {limit}, found {value}"),
        Kind::MultipleOf { multiple_of } => {
            format!("expected a multiple of {multiple_of}, found {value}")
        }
        Kind::MinLength { limit } => {
            let has = value.as_str().map_or(0, |it| it.chars().count());
            format!(
                "expected at least {}, found {has}",
                many(*limit, "character")
            )
        }
        Kind::MaxLength { limit } => {
            let has = value.as_str().map_or(0, |it| it.chars().count());
            format!(
                "expected at most {}, found {has}",
                many(*limit, "character")
            )
        }
        Kind::MinItems { limit } => {
            format!(
                "expected at least {}, found {}",
                many(*limit, "element"),
                size(value)
            )
        }
        Kind::MaxItems { limit } => {
            format!(
                "expected at most {}, found {}",
                many(*limit, "element"),
                size(value)
            )
        }
        Kind::MinProperties { limit } => {
            format!(
                "expected at least {}, found {}",
                many(*limit, "property"),
                size(value)
            )
        }
        Kind::MaxProperties { limit } => {
            format!(
                "expected at most {}, found {}",
                many(*limit, "property"),
                size(value)
            )
        }
        Kind::Pattern { pattern } => {
            format!(
                "expected a match of `{}`, found {}",
                cut(pattern),
                shown(value)
            )
        }
        Kind::UniqueItems => "expected different elements, found two that are the same".to_owned(),
        Kind::Contains => "no element is one that the array has to contain".to_owned(),
        Kind::Not { .. } => format!("{} is what `not` excludes", shown(value)),
        Kind::FalseSchema => "nothing is allowed here".to_owned(),
        Kind::OneOfMultipleValid { .. } => {
            "expected a value that fits one variant of `oneOf`, found one that fits several"
                .to_owned()
        }
        Kind::AdditionalItems { limit } => {
            let limit = u64::try_from(*limit).unwrap_or(u64::MAX);
            format!(
                "expected at most {}, found {}",
                many(limit, "element"),
                size(value)
            )
        }
        Kind::UnevaluatedItems { .. } => {
            "the array has elements that no schema describes".to_owned()
        }
        Kind::PropertyNames { error } => {
            format!("the name of a property is wrong: {}", message(error))
        }
        Kind::ContentEncoding { content_encoding } => {
            format!("expected text encoded in {}", cut(content_encoding))
        }
        Kind::ContentMediaType { content_media_type } => {
            format!("expected {}", cut(content_media_type))
        }
        // The keyword `format` is our own, and names the format.
        Kind::Custom { message, .. } => {
            format!(
                "expected the format `{}`, found {}",
                cut(message),
                shown(value)
            )
        }
        other => format!("`{}` does not hold for {}", other.keyword(), shown(value)),
    }
}

/// What a value is: its type, and itself where that is short.
pub(crate) fn found(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Array(_) => "an array".to_owned(),
        Value::Object(_) => "an object".to_owned(),
        Value::Bool(value) => format!("the boolean {value}"),
        Value::Number(number) => format!("the number {number}"),
        Value::String(_) => format!("the string {}", shown(value)),
    }
}

/// A value as JSON, cut where it is long.
pub(crate) fn shown(value: &Value) -> String {
    match value {
        Value::Array(_) => "an array".to_owned(),
        Value::Object(_) => "an object".to_owned(),
        // Long texts are cut before they are quoted.
        Value::String(text) if text.len() > LONGEST => Value::String(cut(text)).to_string(),
        other => other.to_string(),
    }
}

/// `a string`, `an integer`.
pub(crate) fn kind(name: &str) -> String {
    match name {
        "null" => "null".to_owned(),
        "array" | "integer" | "object" => format!("an {name}"),
        _ => format!("a {name}"),
    }
}

/// `a`, `a or b`, `a, b or c`.
pub(crate) fn alternatives(names: &[String]) -> String {
    match names {
        [] => "nothing".to_owned(),
        [only] => only.clone(),
        [rest @ .., last] => format!("{} or {last}", rest.join(", ")),
    }
}

fn types(kinds: &TypeKind) -> String {
    let names: Vec<String> = match kinds {
        TypeKind::Single(one) => vec![kind(one.as_str())],
        TypeKind::Multiple(several) => several.iter().map(|it| kind(it.as_str())).collect(),
    };
    alternatives(&names)
}

fn one_of(options: &[Value]) -> String {
    let mut names: Vec<String> = options.iter().take(MOST_LISTED).map(shown).collect();
    match options.len().checked_sub(MOST_LISTED) {
        Some(more @ 1..) => {
            names.push(format!("{more} others"));
            alternatives(&names)
        }
        _ => alternatives(&names),
    }
}

fn many(count: u64, what: &str) -> String {
    match (count, what) {
        (1, _) => format!("1 {what}"),
        (_, "property") => format!("{count} properties"),
        _ => format!("{count} {what}s"),
    }
}

fn size(value: &Value) -> usize {
    match value {
        Value::Array(items) => items.len(),
        Value::Object(members) => members.len(),
        _ => 0,
    }
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), cut)
}

fn cut(text: &str) -> String {
    let mut characters = text.chars();
    let short: String = characters.by_ref().take(LONGEST).collect();
    if characters.next().is_some() {
        format!("{short}…")
    } else {
        short
    }
}
