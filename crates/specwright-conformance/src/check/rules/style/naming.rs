//! How names are written.

use specwright_openapi::diagnostics::Pointer;

use crate::check::report::Report;

/// Ways to write names of several words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Writing {
    Snake,
    Kebab,
    Camel,
    Pascal,
}

use Writing::{Camel, Kebab, Pascal, Snake};

impl Writing {
    const ALL: [Self; 4] = [Snake, Kebab, Camel, Pascal];

    fn as_str(self) -> &'static str {
        match self {
            Snake => "snake_case",
            Kebab => "kebab-case",
            Camel => "camelCase",
            Pascal => "PascalCase",
        }
    }

    /// The way in which a name is written; `None` if it is a single word, or written in no way that has a name.
    fn of(name: &str) -> Option<Self> {
        let is_plain = |it: char| it.is_ascii_alphanumeric() || it == '_' || it == '-';
        if !name.starts_with(|it: char| it.is_ascii_alphabetic()) || !name.chars().all(is_plain) {
            return None;
        }
        let has = |of: fn(char) -> bool| name.contains(of);
        let (lower, upper) = (
            has(|it| it.is_ascii_lowercase()),
            has(|it| it.is_ascii_uppercase()),
        );
        let begins_upper = name.starts_with(|it: char| it.is_ascii_uppercase());
        match (has(|it| it == '_'), has(|it| it == '-'), lower, upper) {
            (true, false, true, false) => Some(Snake),
            (false, true, true, false) => Some(Kebab),
            (false, false, true, true) if begins_upper => Some(Pascal),
            (false, false, true, true) => Some(Camel),
            _ => None,
        }
    }
}

/// Counts names by the way in which they are written.
#[derive(Debug, Default)]
pub(super) struct Tally {
    counts: [usize; 4],
    first: [Option<(String, Pointer)>; 4],
}

impl Tally {
    /// Counts a name. `at` gives its place if it is the first of its kind.
    pub(super) fn add(&mut self, name: &str, at: impl FnOnce() -> Pointer) {
        let Some(writing) = Writing::of(name) else {
            return;
        };
        if let Some(count) = self.counts.get_mut(writing as usize) {
            *count += 1;
        }
        if let Some(first @ None) = self.first.get_mut(writing as usize) {
            *first = Some((name.to_owned(), at()));
        }
    }

    /// Reports each way but the most frequent one, at its first name.
    pub(super) fn report(self, what: &str, report: &mut Report<'_>) {
        let counted = || Writing::ALL.into_iter().zip(self.counts);
        let Some((most, count_of_most)) = counted().rev().max_by_key(|(_, count)| *count) else {
            return;
        };
        let others = counted()
            .zip(&self.first)
            .filter(|((writing, _), _)| *writing != most);
        for ((writing, count), first) in others {
            let Some((name, at)) = first else { continue };
            let message = format!(
                "`{name}` is in {}, while most {what} are in {}",
                writing.as_str(),
                most.as_str()
            );
            let finding = report.at(at.clone(), message).on_key();
            finding.label(format!("the first of {count}, beside {count_of_most}"));
        }
    }
}

/// Endings of paths that name a format.
const FORMATS: [&str; 7] = ["json", "xml", "csv", "yaml", "txt", "html", "pdf"];

/// The segments of a path that its author named: without templates, well-known names (RFC 8615) and names with dots, but
/// for endings such as `.json`, which are taken off.
pub(super) fn segments(path: &str) -> impl Iterator<Item = &str> {
    let own = path.split("/.well-known/").next().unwrap_or(path);
    own.split('/')
        .filter_map(|segment| match segment.rsplit_once('.') {
            _ if segment.is_empty() || segment.contains(['{', '}']) => None,
            Some((name, ending)) if FORMATS.contains(&ending) && !name.contains('.') => Some(name),
            Some(_) => None,
            None => Some(segment),
        })
}

/// The first word of a name that is written in any way.
pub(super) fn first_word(name: &str) -> &str {
    let mut last_was_lower = false;
    let end = name.find(|it: char| {
        let begins_word = it.is_ascii_uppercase() && last_was_lower;
        last_was_lower = it.is_ascii_lowercase();
        begins_word || !it.is_ascii_alphanumeric()
    });
    name.get(..end.unwrap_or(name.len())).unwrap_or(name)
}
