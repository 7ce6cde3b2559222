//! Values as text.

use super::layout::Form;
use crate::{
    Json, Node,
    read::{self, Format},
};

/// A value in one line, its texts in the quotes of the value that it stands in place of.
///
/// `spaced` is whether commas and colons of JSON are followed by spaces. `None` of what has no such form.
pub(super) fn written(value: &Json, format: Format, quotes: Form, spaced: bool) -> Option<String> {
    let inner = |value: &Json| written(value, format, quotes, spaced);
    let gap = if spaced || format == Format::Yaml {
        " "
    } else {
        ""
    };
    match value {
        Json::String(text) if format == Format::Yaml => Some(yaml_text(text, quotes)),
        Json::Array(items) => {
            let items: Option<Vec<String>> = items.iter().map(inner).collect();
            Some(format!("[{}]", items?.join(&format!(",{gap}"))))
        }
        Json::Object(members) => {
            let member = |(key, value): (&String, &Json)| {
                let key = inner(&Json::String(key.clone()))?;
                Some(format!("{key}:{gap}{}", inner(value)?))
            };
            let members: Option<Vec<String>> = members.iter().map(member).collect();
            Some(format!("{{{}}}", members?.join(&format!(",{gap}"))))
        }
        scalar => serde_json::to_string(scalar).ok(),
    }
}

/// A text in YAML: plain if it was and can be.
fn yaml_text(text: &str, quotes: Form) -> String {
    let fits_single = !text.chars().any(char::is_control);
    match quotes {
        Form::SingleQuoted if fits_single => single_quoted(text),
        Form::DoubleQuoted => double_quoted(text),
        _ if is_plain(text) => text.to_owned(),
        _ if fits_single => single_quoted(text),
        _ => double_quoted(text),
    }
}

pub(super) fn single_quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// Every string of JSON is one of YAML (YAML 1.2.2 §1.3).
fn double_quoted(text: &str) -> String {
    Json::String(text.to_owned()).to_string()
}

/// Whether a text means itself without quotes, by YAML 1.1 too, and in brackets too.
fn is_plain(text: &str) -> bool {
    let is_harmless = |it: char| it.is_ascii_alphanumeric() || "_-./:+=~%".contains(it);
    let words_of_1_1 = ["y", "n", "yes", "no", "on", "off"];
    let begins_well = text.starts_with(|it: char| it.is_ascii_alphabetic() || "_./".contains(it))
        || is_no_number(text);
    let is_word = words_of_1_1.iter().any(|it| it.eq_ignore_ascii_case(text));
    if !begins_well || is_word || text.ends_with(':') || !text.chars().all(is_harmless) {
        return false;
    }
    let read = read::read("a.yaml", &format!("- {text}\n"));
    read.is_ok_and(|it| it.node == Node::Array(vec![Node::String(text.to_owned())]))
}

/// Whether a text that begins with a digit is no number, time or date of any YAML: `4XX`.
fn is_no_number(text: &str) -> bool {
    let has = |is: fn(&char) -> bool| text.chars().any(|it| is(&it));
    !text.starts_with('0')
        && text.chars().all(|it| it.is_ascii_alphanumeric())
        && has(char::is_ascii_alphabetic)
        && !has(|it| it.eq_ignore_ascii_case(&'e'))
}
