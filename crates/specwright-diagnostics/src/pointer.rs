//! JSON pointers (RFC 6901).

use std::{borrow::Borrow, collections::BTreeMap, fmt};

/// A JSON pointer (RFC 6901): the path from a document's root to one of its nodes.
///
/// Kept in its escaped text form; the root is the empty string.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Pointer(String);

impl Pointer {
    /// The pointer to the whole document.
    #[must_use]
    pub fn root() -> Self {
        Self::default()
    }

    /// Reads the text form: empty, or starting with `/` and with every `~` followed by `0` or `1` (RFC 6901 §3).
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let escapes_hold = text
            .split('~')
            .skip(1)
            .all(|rest| rest.starts_with(['0', '1']));
        let starts_well = text.is_empty() || text.starts_with('/');
        (starts_well && escapes_hold).then(|| Self(text.to_owned()))
    }

    /// The pointer to the member `key` (or the decimal index) below this one.
    #[must_use]
    pub fn join(&self, key: &str) -> Self {
        let mut text = String::with_capacity(self.0.len() + key.len() + 1);
        text.push_str(&self.0);
        push_escaped(&mut text, key);
        Self(text)
    }

    /// The pointer to element `index` below this one.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        Self(format!("{}/{index}", self.0))
    }

    /// Appends a member in place; [`Pointer::pop`] undoes it.
    pub fn push(&mut self, key: &str) {
        push_escaped(&mut self.0, key);
    }

    /// Removes the last segment in place, if there is one.
    pub fn pop(&mut self) {
        self.0.truncate(self.0.rfind('/').unwrap_or(0));
    }

    /// The pointer without its last segment; `None` for the root.
    #[must_use]
    pub fn parent(&self) -> Option<Self> {
        let (parent, _) = self.0.rsplit_once('/')?;
        Some(Self(parent.to_owned()))
    }

    /// The last segment, unescaped; `None` for the root.
    #[must_use]
    pub fn last(&self) -> Option<String> {
        let (_, last) = self.0.rsplit_once('/')?;
        Some(unescape(last))
    }

    /// The unescaped segments from the root.
    pub fn segments(&self) -> impl Iterator<Item = String> {
        self.0.split('/').skip(1).map(unescape)
    }

    /// The pointer `tail` seen from this one.
    #[must_use]
    pub fn concat(&self, tail: &Pointer) -> Self {
        Self(format!("{}{}", self.0, tail.0))
    }

    /// What follows `prefix`, if this pointer is `prefix` or below it.
    #[must_use]
    pub fn strip_prefix(&self, prefix: &Pointer) -> Option<Pointer> {
        let rest = self.0.strip_prefix(&prefix.0)?;
        (rest.is_empty() || rest.starts_with('/')).then(|| Self(rest.to_owned()))
    }

    /// The longest prefix of this pointer that a map has, with its value and what follows it.
    #[must_use]
    pub fn longest_prefix<'m, T>(&self, map: &'m BTreeMap<Pointer, T>) -> Option<(&'m T, Pointer)> {
        let mut prefix = self.0.as_str();
        while !map.is_empty() {
            if let Some(found) = map.get(prefix) {
                let rest = self.0.get(prefix.len()..).unwrap_or_default();
                return Some((found, Self(rest.to_owned())));
            }
            prefix = prefix.rsplit_once('/')?.0;
        }
        None
    }

    /// The escaped text form.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether this is the root.
    #[must_use]
    pub fn is_root(&self) -> bool {
        self.0.is_empty()
    }
}

/// In its escaped text form, by which pointers are equal and ordered too.
impl Borrow<str> for Pointer {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn push_escaped(text: &mut String, key: &str) {
    text.push('/');
    for character in key.chars() {
        match character {
            '~' => text.push_str("~0"),
            '/' => text.push_str("~1"),
            other => text.push(other),
        }
    }
}

fn unescape(segment: &str) -> String {
    segment.replace("~1", "/").replace("~0", "~")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn segments_survive_escaping() {
        let pointer = Pointer::root().join("paths").join("/a~b/{id}").index(3);
        assert_eq!(pointer.as_str(), "/paths/~1a~0b~1{id}/3");
        assert_eq!(
            pointer.segments().collect::<Vec<_>>(),
            ["paths", "/a~b/{id}", "3"]
        );
        assert_eq!(pointer.last().as_deref(), Some("3"));
    }

    #[test]
    fn an_escaped_tilde_one_is_not_a_slash() {
        assert_eq!(Pointer::root().join("~1").as_str(), "/~01");
        assert_eq!(
            Pointer::parse("/~01").unwrap().last().as_deref(),
            Some("~1")
        );
    }

    #[test]
    fn malformed_texts_are_refused() {
        for text in ["a", "/~", "/~2", "/a~/b"] {
            assert_eq!(Pointer::parse(text), None, "{text}");
        }
        for text in ["", "/", "/a//b", "/~0~1"] {
            assert!(Pointer::parse(text).is_some(), "{text}");
        }
    }

    #[test]
    fn push_and_pop_are_inverse() {
        let mut pointer = Pointer::root();
        pointer.push("a/b");
        pointer.push("c");
        pointer.pop();
        assert_eq!(pointer, Pointer::root().join("a/b"));
        pointer.pop();
        pointer.pop();
        assert!(pointer.is_root());
    }

    #[test]
    fn a_prefix_ends_at_a_segment() {
        let pointer = Pointer::parse("/a/bc").unwrap();
        assert_eq!(pointer.strip_prefix(&Pointer::parse("/a/b").unwrap()), None);
        assert_eq!(
            pointer.strip_prefix(&Pointer::parse("/a").unwrap()),
            Pointer::parse("/bc")
        );
    }
}
