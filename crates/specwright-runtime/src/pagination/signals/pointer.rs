//! Signals in the raw body, where no typed field has them.

use super::super::plan::Signal;
use super::Said;
use crate::json::{Found, find_all};

/// Adds what is found at the pointers.
pub(super) fn read<'a>(
    said: &mut Said<'a>,
    body: &'a [u8],
    pointers: &'static [(Signal, &'static str)],
) {
    let places: Vec<_> = pointers.iter().map(|(_, pointer)| *pointer).collect();
    for ((signal, _), found) in pointers.iter().zip(find_all(body, &places)) {
        match signal {
            Signal::Next | Signal::Previous => {
                said.is_number |= matches!(found, Some(Found::Number(_)));
                said.add_text(*signal, found.and_then(Found::into_text));
            }
            Signal::HasMore => said.add_flag(Some(found.is_some_and(|found| is_there(&found)))),
            Signal::IsLast => said.add_flag(found.and_then(|found| is_false(&found))),
            Signal::Current | Signal::Last | Signal::Total | Signal::Size => {
                said.add_number(*signal, found.and_then(|found| number(&found)));
            }
        }
    }
}

/// Whether a place says that more follows: true, or anything that is there.
fn is_there(found: &Found<'_>) -> bool {
    match found {
        Found::Null => false,
        Found::Boolean(value) => *value,
        Found::Number(text) => *text != "0",
        Found::Text(text) => !matches!(text.trim(), "" | "false" | "0"),
        Found::Object { is_empty, .. } | Found::Array { is_empty } => !is_empty,
    }
}

/// The opposite of a flag.
fn is_false(found: &Found<'_>) -> Option<bool> {
    match found {
        Found::Boolean(value) => Some(!value),
        Found::Number("0") => Some(true),
        Found::Number("1") => Some(false),
        Found::Text(text) => match text.trim() {
            "true" | "1" => Some(false),
            "false" | "0" => Some(true),
            _ => None,
        },
        Found::Null | Found::Number(_) | Found::Object { .. } | Found::Array { .. } => None,
    }
}

fn number(found: &Found<'_>) -> Option<u64> {
    match found {
        Found::Number(text) => crate::json::parse(text.as_bytes()).ok(),
        Found::Text(text) => text.trim().parse().ok(),
        Found::Null | Found::Boolean(_) | Found::Object { .. } | Found::Array { .. } => None,
    }
}
