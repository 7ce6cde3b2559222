//! JSON pointers to places in the text, on demand.
//!
//! Reading keeps no positions, so documents without findings pay nothing. When there are findings, their files are
//! scanned once more for just the pointers that are wanted.

mod json;
mod yaml;

use std::{collections::HashMap, ops::Range};

use specwright_diagnostics::{Diagnostic, FileId, Part, Pointer, Sources, Span};

use crate::read::Format;

pub(crate) use yaml::Offsets;

/// Where a node stands: byte ranges.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Place {
    /// The key, if the node is a member of an object.
    key: Option<Range<usize>>,
    /// The node; of containers the first token.
    value: Range<usize>,
    container: bool,
}

type Places = HashMap<Pointer, Place>;

/// Gives every diagnostic that has a file but no span its span.
///
/// A pointer that is not in the text (a field that is missing, a node that came through a YAML alias) is shown at its
/// nearest ancestor that is.
pub(crate) fn locate(
    diagnostics: &mut [Diagnostic],
    sources: &Sources,
    format: impl Fn(FileId) -> Format,
) {
    for (file, source) in sources.iter() {
        let waiting = |it: &&mut Diagnostic| it.file == Some(file) && it.span.is_none();
        let mut wanted = Places::new();
        for diagnostic in diagnostics.iter_mut().filter(waiting) {
            want(&mut wanted, &diagnostic.pointer);
        }
        if wanted.is_empty() {
            continue;
        }
        match format(file) {
            Format::Json => json::scan(source.text(), &mut wanted),
            Format::Yaml => yaml::scan(source.text(), &mut wanted),
        }
        for diagnostic in diagnostics.iter_mut().filter(waiting) {
            let bytes = span_of(&wanted, diagnostic).unwrap_or(0..0);
            diagnostic.span = Some(Span { bytes });
        }
    }
}

/// Asks for a pointer and, as a fallback, its ancestors.
fn want(wanted: &mut Places, pointer: &Pointer) {
    let mut next = Some(pointer.clone());
    while let Some(pointer) = next {
        next = pointer.parent();
        wanted.entry(pointer).or_insert(UNSEEN);
    }
}

const UNSEEN: Place = Place {
    key: None,
    value: 0..0,
    container: false,
};

fn span_of(places: &Places, diagnostic: &Diagnostic) -> Option<Range<usize>> {
    let mut exact = true;
    let mut next = Some(diagnostic.pointer.clone());
    while let Some(pointer) = next {
        if let Some(place) = places.get(&pointer).filter(|place| **place != UNSEEN) {
            let shows_nothing = place.container || place.value.is_empty();
            let key_is_better = !exact || shows_nothing || diagnostic.part == Part::Key;
            return Some(match &place.key {
                Some(key) if key_is_better => key.clone(),
                _ => place.value.clone(),
            });
        }
        exact = false;
        next = pointer.parent();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(format: Format, text: &str, pointer: &str) -> Option<String> {
        let pointer = Pointer::parse(pointer).unwrap();
        let mut wanted = Places::new();
        want(&mut wanted, &pointer);
        match format {
            Format::Json => json::scan(text, &mut wanted),
            Format::Yaml => yaml::scan(text, &mut wanted),
        }
        let place = wanted.remove(&pointer).filter(|place| *place != UNSEEN)?;
        let key = place.key.map(|it| text[it].to_owned()).unwrap_or_default();
        Some(format!("{key} = {}", &text[place.value]))
    }

    const YAML: &str = "a:\n  - x: 1\n    'y/z': \"é\"\n  - &b\n    c: [1, {d: e}]\nf: *b\n\"g\": |\n  long\n  text\n";

    #[test]
    fn yaml_places() {
        for (pointer, expected) in [
            ("/a/0/x", "x = 1"),
            ("/a/0/y~1z", "'y/z' = \"é\""),
            ("/a/1/c/1/d", "d = e"),
            ("/a/1/c/0", " = 1"),
            ("/f/c/1/d", "d = e"),
        ] {
            assert_eq!(
                find(Format::Yaml, YAML, pointer).as_deref(),
                Some(expected),
                "{pointer}"
            );
        }
        assert_eq!(find(Format::Yaml, YAML, "/a/7"), None);
        assert!(
            find(Format::Yaml, YAML, "/g")
                .unwrap()
                .starts_with("\"g\" = long")
        );
    }

    #[test]
    fn json_places() {
        let text = r#"{"a": [{"x": 1, "y/z": "é\"}"}, null], "q\u0041": {"b": -1.5e3}}"#;
        for (pointer, expected) in [
            ("/a/0/x", "\"x\" = 1"),
            ("/a/0/y~1z", "\"y/z\" = \"é\\\"}\""),
            ("/a/1", " = null"),
            ("/qA/b", "\"b\" = -1.5e3"),
        ] {
            assert_eq!(
                find(Format::Json, text, pointer).as_deref(),
                Some(expected),
                "{pointer}"
            );
        }
        assert_eq!(find(Format::Json, text, "/a/0/z"), None);
    }

    #[test]
    fn of_duplicate_keys_the_last_is_shown() {
        assert_eq!(
            find(Format::Json, r#"{"a": 1, "a": 2}"#, "/a").as_deref(),
            Some("\"a\" = 2")
        );
        assert_eq!(
            find(Format::Yaml, "a: 1\na: 2\n", "/a").as_deref(),
            Some("a = 2")
        );
    }

    #[test]
    fn broken_text_ends_the_scan() {
        assert_eq!(
            find(Format::Json, r#"{"a": {"b": 1"#, "/a/b").as_deref(),
            Some("\"b\" = 1")
        );
        assert_eq!(find(Format::Json, r#"{"a": "#, "/a/b"), None);
        assert_eq!(find(Format::Json, "", "/a"), None);
    }
}
