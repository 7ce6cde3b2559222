//! Words of an API → Rust identifiers.

use std::collections::BTreeSet;

use heck::{ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};

/// Keywords that can be written as raw identifiers (Rust reference, "Keywords", edition 2024).
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];

/// Keywords that cannot.
const RESERVED: &[&str] = &["self", "super", "crate", "Self", "_"];

/// Names of the standard prelude that generated code uses. Those of the runtime are written with their path where the
/// API has a type of the same name.
const TAKEN_TYPES: &[&str] = &[
    "Box",
    "Call",
    "Client",
    "ClientBuilder",
    "Err",
    "From",
    "FromJson",
    "Into",
    "JsonError",
    "JsonReader",
    "JsonWriter",
    "None",
    "Ok",
    "Option",
    "Result",
    "Self",
    "Some",
    "String",
    "ToJson",
    "Vec",
];

/// The package of an API with a title.
pub(super) fn package_name(title: &str) -> String {
    let ascii: String = title
        .chars()
        .map(|it| if it.is_ascii_alphanumeric() { it } else { ' ' })
        .collect();
    let name = module_name(&ascii).replace('_', "-");
    match name.trim_matches('-') {
        "" | "nameless" => "api-client".to_owned(),
        name => name.to_owned(),
    }
}

/// A text as a Markdown code span that nothing in it can end.
pub(crate) fn code_span(text: &str) -> String {
    let printed: String = text
        .chars()
        .map(|it| {
            if it.is_control() || it == '`' {
                '\u{fffd}'
            } else {
                it
            }
        })
        .collect();
    if printed.trim().is_empty() {
        "of an empty text".to_owned()
    } else {
        format!("`{}`", printed.trim())
    }
}

/// A type's name.
pub(super) fn type_name(text: &str) -> String {
    let name = starting_with_letter(&ascii_words(text).to_upper_camel_case(), 'N');
    let name = shortened(&name, LONGEST_TYPE);
    match name.as_str() {
        "Error" => "ErrorBody".to_owned(),
        taken if TAKEN_TYPES.contains(&taken) || RESERVED.contains(&taken) => {
            format!("{taken}Object")
        }
        _ => name,
    }
}

/// An enum's variant.
pub(super) fn variant_name(text: &str) -> String {
    if text.is_empty() {
        return "Empty".to_owned();
    }
    let name = starting_with_letter(&ascii_words(text).to_upper_camel_case(), 'N');
    if RESERVED.contains(&name.as_str()) {
        format!("{name}Value")
    } else {
        name
    }
}

/// A field, function or parameter, raw if it is a keyword: `r#type`.
pub(super) fn value_name(text: &str) -> String {
    let name = starting_with_letter(&ascii_words(text).to_snake_case(), 'n');
    if RESERVED.contains(&name.as_str()) {
        return format!("{name}_");
    }
    if KEYWORDS.contains(&name.as_str()) {
        format!("r#{name}")
    } else {
        name
    }
}

/// A module, which is also a file and so never raw, and ASCII (rustc's E0754).
pub(super) fn module_name(text: &str) -> String {
    let ascii: String = text.chars().map(in_ascii).collect();
    let name = value_name(&ascii);
    match name.strip_prefix("r#") {
        Some(keyword) => format!("{keyword}_"),
        None => shortened(&name, LONGEST_MODULE),
    }
}

/// The longest name of a module: file systems take 255 bytes for a whole name.
const LONGEST_MODULE: usize = 80;

/// The longest name of a type.
const LONGEST_TYPE: usize = 120;

/// The first characters of a name. Names that are the same then are told apart like others.
fn shortened(name: &str, longest: usize) -> String {
    name.chars().take(longest).collect()
}

/// A static.
pub(super) fn static_name(text: &str) -> String {
    starting_with_letter(&ascii_words(text).to_shouty_snake_case(), 'N')
}

/// The first of `wished`, `wished2`, … that is not taken; it is taken from now on.
pub(crate) fn unique(wished: String, taken: &mut BTreeSet<String>) -> String {
    let mut name = wished.clone();
    let mut number = 2;
    while !taken.insert(name.clone()) {
        let joint = if wished.starts_with(char::is_uppercase) {
            ""
        } else {
            "_"
        };
        name = format!("{}{joint}{number}", wished.trim_start_matches("r#"));
        number += 1;
    }
    name
}

/// Like [`unique`], also among names that differ only in case, which some file systems do not tell apart.
pub(super) fn unique_type(wished: String, taken: &mut BTreeSet<String>) -> String {
    let mut name = wished.clone();
    let mut number = 2;
    while !taken.insert(name.to_lowercase()) {
        name = format!("{wished}{number}");
        number += 1;
    }
    name
}

/// Signs that carry meaning as words, other characters that no identifier can have as separators.
fn ascii_words(text: &str) -> String {
    let mut words = String::with_capacity(text.len());
    for (index, character) in text.chars().enumerate() {
        match character {
            '+' => words.push_str(" plus "),
            '-' if index == 0 => words.push_str("minus "),
            '*' => words.push_str(" star "),
            '<' => words.push_str(" less "),
            '>' => words.push_str(" greater "),
            '=' => words.push_str(" equal "),
            '$' | '@' | '#' | '.' | '/' | ':' => words.push(' '),
            other if other == '_' || other.is_alphanumeric() => words.push(other),
            _ => words.push(' '),
        }
    }
    words
}

/// A letter as what it is typed as without a keyboard for it, or else as its number.
fn in_ascii(character: char) -> String {
    let typed = match character {
        it if it.is_ascii() || !it.is_alphanumeric() => return it.to_string(),
        'à'..='å' => "a",
        'À'..='Å' => "A",
        'æ' => "ae",
        'ç' => "c",
        'è'..='ë' => "e",
        'È'..='Ë' => "E",
        'ì'..='ï' => "i",
        'ñ' => "n",
        'ò'..='ö' | 'ø' => "o",
        'Ò'..='Ö' | 'Ø' => "O",
        'ß' => "ss",
        'ù'..='ü' => "u",
        'Ù'..='Ü' => "U",
        other => return format!("u{:x}", u32::from(other)),
    };
    typed.to_owned()
}

fn starting_with_letter(name: &str, letter: char) -> String {
    match name.chars().next() {
        Some(first) if first.is_alphabetic() || first == '_' => name.to_owned(),
        Some(_) => format!("{letter}{name}"),
        None => format!("{letter}ameless"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types() {
        for (text, expected) in [
            ("conversation", "Conversation"),
            ("conversation-list", "ConversationList"),
            ("Error", "ErrorBody"),
            ("option", "OptionObject"),
            ("2fa", "N2fa"),
            ("com.example.User", "ComExampleUser"),
            ("Self", "SelfObject"),
            ("", "Nameless"),
            ("日本", "日本"),
        ] {
            assert_eq!(type_name(text), expected, "{text}");
        }
    }

    #[test]
    fn values() {
        for (text, expected) in [
            ("type", "r#type"),
            ("self", "self_"),
            ("perPage", "per_page"),
            ("X-Rate-Limit", "x_rate_limit"),
            ("+1", "plus_1"),
            ("-1", "minus_1"),
            ("200", "n200"),
        ] {
            assert_eq!(value_name(text), expected, "{text}");
        }
        assert_eq!(module_name("Type"), "type_");
        assert_eq!(module_name("été"), "ete");
        assert_eq!(module_name("日本"), "u65e5u672c");
    }

    #[test]
    fn variants() {
        for (text, expected) in [
            ("in-progress", "InProgress"),
            ("AI", "Ai"),
            ("", "Empty"),
            ("1h", "N1h"),
            ("self", "SelfValue"),
        ] {
            assert_eq!(variant_name(text), expected, "{text}");
        }
    }

    #[test]
    fn clashes_are_numbered() {
        let mut taken = BTreeSet::new();
        assert_eq!(unique("User".to_owned(), &mut taken), "User");
        assert_eq!(unique("User".to_owned(), &mut taken), "User2");
        assert_eq!(unique("r#type".to_owned(), &mut taken), "r#type");
        assert_eq!(unique("r#type".to_owned(), &mut taken), "type_2");
    }
}
