//! Signals in response headers.

use std::borrow::Cow;

use http::HeaderMap;
use http::header::LINK;

use super::super::plan::Signal;
use super::{Said, link};

/// Adds what the header `name` says.
pub(super) fn read<'a>(
    said: &mut Said<'a>,
    headers: &'a HeaderMap,
    signal: Signal,
    name: &'static str,
) {
    if name.eq_ignore_ascii_case(LINK.as_str()) {
        return read_link(said, headers, signal);
    }
    let value = headers.get(name);
    let text = value.and_then(|value| std::str::from_utf8(value.as_bytes()).ok());
    let Some(text) = text.map(str::trim) else {
        return;
    };
    match signal {
        Signal::Next | Signal::Previous => said.add_text(signal, Some(Cow::Borrowed(text))),
        Signal::HasMore => said.add_flag(flag(text)),
        Signal::IsLast => said.add_flag(flag(text).map(|is_last| !is_last)),
        Signal::Current | Signal::Last | Signal::Total | Signal::Size => {
            said.add_number(signal, text.parse().ok());
        }
    }
}

/// The relation of the signal's name; it says nothing about numbers.
fn read_link(said: &mut Said<'_>, headers: &HeaderMap, signal: Signal) {
    if !headers.contains_key(LINK) {
        return;
    }
    let relations = link::relations(headers);
    match signal {
        Signal::Next => said.add_text(signal, relations.next.map(Cow::Owned)),
        Signal::Previous => said.add_text(signal, relations.previous.map(Cow::Owned)),
        Signal::HasMore => said.add_flag(Some(relations.next.is_some())),
        Signal::IsLast | Signal::Current | Signal::Last | Signal::Total | Signal::Size => {}
    }
}

fn flag(text: &str) -> Option<bool> {
    if text == "1" || text.eq_ignore_ascii_case("true") {
        Some(true)
    } else if text == "0" || text.eq_ignore_ascii_case("false") {
        Some(false)
    } else {
        None
    }
}
