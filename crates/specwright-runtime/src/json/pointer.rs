//! JSON pointers (RFC 6901), into a text without decoding the rest of it, and into a tree.

use std::borrow::Cow;

use super::error::JsonError;
use super::from_end::MembersFromEnd;
use super::reader::JsonReader;
use super::tree::Tree;

/// What a pointer leads to, no deeper than needed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Found<'a> {
    Null,
    Boolean(bool),
    /// A number as written.
    Number(&'a str),
    Text(Cow<'a, str>),
    Object {
        /// Its string member `href`: a link of HAL or JSON:API.
        href: Option<Cow<'a, str>>,
        is_empty: bool,
    },
    Array {
        is_empty: bool,
    },
}

impl<'a> Found<'a> {
    /// A string, the text of a number, or the target of a link.
    pub(crate) fn into_text(self) -> Option<Cow<'a, str>> {
        match self {
            Self::Number(text) => Some(Cow::Borrowed(text)),
            Self::Text(text) => Some(text),
            Self::Object { href, .. } => href,
            Self::Null | Self::Boolean(_) | Self::Array { .. } => None,
        }
    }
}

/// What each of `pointers` leads to in a JSON text that was read before, in one pass at the most; `None` where there is nothing. Of
/// repeated keys the last counts, as everywhere. What precedes a syntax error is found.
pub(crate) fn find_all<'a>(text: &'a [u8], pointers: &[&str]) -> Vec<Option<Found<'a>>> {
    let mut found = vec![None; pointers.len()];
    let paths: Vec<Vec<_>> = pointers
        .iter()
        .map(|pointer| segments(pointer).collect())
        .collect();
    let wanted: Vec<Wanted<'_>> = paths
        .iter()
        .enumerate()
        .map(|(index, path)| (index, path.as_slice()))
        .collect();
    // The body was decoded before: no error is to be expected.
    let _ = search_from_end(text, &wanted, &mut found)
        .unwrap_or_else(|| search(&mut JsonReader::new(text), &wanted, &mut found));
    found
}

/// Captures what is wanted inside an object, from its last member until all is found; `None` if the
/// text is no object, or is wanted as a whole.
fn search_from_end<'a>(
    text: &'a [u8],
    wanted: &[Wanted<'_>],
    found: &mut [Option<Found<'a>>],
) -> Option<Result<(), JsonError>> {
    if wanted.iter().any(|(_, path)| path.is_empty()) {
        return None;
    }
    let mut wanted = wanted.to_vec();
    for (key, value) in MembersFromEnd::of(text)? {
        let Ok(key) = JsonReader::new(key).read_str() else {
            break;
        };
        let inside = inside(&key, &wanted);
        if !inside.is_empty() {
            wanted.retain(|(_, path)| path.first() != Some(&key));
            if let Err(error) = search(&mut JsonReader::new(value), &inside, found) {
                return Some(Err(error));
            }
        }
        // Before another member is looked for: it may be that of all the items.
        if wanted.is_empty() {
            break;
        }
    }
    Some(Ok(()))
}

/// The reference tokens of a pointer, unescaped.
fn segments(pointer: &str) -> impl Iterator<Item = Cow<'_, str>> {
    // The part before the first slash is empty, and so is the pointer to the whole.
    pointer.split('/').skip(1).map(|token| {
        if token.contains('~') {
            Cow::Owned(token.replace("~1", "/").replace("~0", "~"))
        } else {
            Cow::Borrowed(token)
        }
    })
}

/// The index of a pointer and what is left of it.
type Wanted<'p> = (usize, &'p [Cow<'p, str>]);

/// Reads the next value, and captures it or what is wanted inside it.
fn search<'a>(
    json: &mut JsonReader<'a>,
    wanted: &[Wanted<'_>],
    found: &mut [Option<Found<'a>>],
) -> Result<(), JsonError> {
    for (index, path) in wanted {
        if let (true, Some(slot)) = (path.is_empty(), found.get_mut(*index)) {
            *slot = Some(capture(&mut json.clone())?);
        }
    }
    if wanted.iter().all(|(_, path)| path.is_empty()) {
        return json.skip();
    }
    match json.peek()? {
        b'{' => {
            json.begin_object()?;
            while let Some(key) = json.next_key()? {
                step(json, &key, wanted, found)?;
            }
            Ok(())
        }
        b'[' => {
            json.begin_array()?;
            let mut index = 0_usize;
            while json.next_element()? {
                step(json, &index.to_string(), wanted, found)?;
                index += 1;
            }
            Ok(())
        }
        _ => json.skip(),
    }
}

/// What is wanted inside the member or element `name`.
fn inside<'p>(name: &str, wanted: &[Wanted<'p>]) -> Vec<Wanted<'p>> {
    let inside = wanted.iter().filter_map(|(index, path)| {
        let (first, rest) = path.split_first()?;
        (first == name).then_some((*index, rest))
    });
    inside.collect()
}

/// Reads the value of a member or element.
fn step<'a>(
    json: &mut JsonReader<'a>,
    name: &str,
    wanted: &[Wanted<'_>],
    found: &mut [Option<Found<'a>>],
) -> Result<(), JsonError> {
    let inside = inside(name, wanted);
    if inside.is_empty() {
        return json.skip();
    }
    for (index, _) in &inside {
        if let Some(slot) = found.get_mut(*index) {
            *slot = None;
        }
    }
    search(json, &inside, found)
}

fn capture<'a>(json: &mut JsonReader<'a>) -> Result<Found<'a>, JsonError> {
    Ok(match json.peek()? {
        b'{' => {
            let (mut href, mut is_empty) = (None, true);
            json.begin_object()?;
            while let Some(key) = json.next_key()? {
                is_empty = false;
                if key == "href" && json.peek()? == b'"' {
                    href = Some(json.read_str()?);
                } else {
                    json.skip()?;
                }
            }
            Found::Object { href, is_empty }
        }
        b'[' => {
            json.begin_array()?;
            let is_empty = !json.next_element()?;
            Found::Array { is_empty }
        }
        b'"' => Found::Text(json.read_str()?),
        b't' | b'f' => Found::Boolean(json.read_bool()?),
        b'n' => {
            json.read::<()>()?;
            Found::Null
        }
        _ => Found::Number(json.number("a value")?.text),
    })
}

impl Tree {
    /// What `pointer` leads to, through objects.
    pub(crate) fn pointed(&self, pointer: &str) -> Option<&Self> {
        segments(pointer).try_fold(self, |tree, name| match tree {
            Self::Object(members) => members
                .iter()
                .find(|(member, _)| *member == name)
                .map(|(_, value)| value),
            _ => None,
        })
    }

    /// Sets the member that `pointer` leads to, with the objects on the way to it, or takes it out.
    /// False, and nothing is changed, if something on the way is no object.
    pub(crate) fn set_pointed(&mut self, pointer: &str, value: Option<Self>) -> bool {
        let path: Vec<_> = segments(pointer).collect();
        self.set_member(&path, value)
    }

    /// Takes out the member that `pointer` leads to, and the objects on the way that are empty then.
    pub(crate) fn take_out(&mut self, pointer: &str) {
        self.set_pointed(pointer, None);
        let mut rest = pointer;
        while let Some((parent, _)) = rest.rsplit_once('/')
            && !parent.is_empty()
        {
            if self.pointed(parent) == Some(&Self::Object(Vec::new())) {
                self.set_pointed(parent, None);
            }
            rest = parent;
        }
    }

    fn set_member(&mut self, path: &[Cow<'_, str>], value: Option<Self>) -> bool {
        let (Self::Object(members), Some((name, rest))) = (self, path.split_first()) else {
            return false;
        };
        let at = members.iter().position(|(member, _)| member == name);
        let Some(value) = value else {
            return match at {
                None => true,
                Some(at) if rest.is_empty() => {
                    members.remove(at);
                    true
                }
                Some(at) => members.get_mut(at).is_none_or(|(_, inner)| {
                    !matches!(inner, Self::Object(_)) || inner.set_member(rest, None)
                }),
            };
        };
        match (at.and_then(|at| members.get_mut(at)), rest.is_empty()) {
            (Some((_, member)), true) => *member = value,
            (Some((_, member)), false) => {
                if *member == Self::Null {
                    *member = Self::Object(Vec::new());
                }
                return member.set_member(rest, Some(value));
            }
            (None, true) => members.push((name.clone().into_owned(), value)),
            (None, false) => {
                let mut inner = Self::Object(Vec::new());
                inner.set_member(rest, Some(value));
                members.push((name.clone().into_owned(), inner));
            }
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::super::document::parse;
    use super::*;

    fn find<'a>(text: &'a str, pointer: &str) -> Option<Found<'a>> {
        find_all(text.as_bytes(), &[pointer]).pop().unwrap()
    }

    #[test]
    fn values_are_found_in_one_pass_wherever_they_are() {
        let text = r#"{"a": {"b": [1, {"c": "x"}], "~/": null}, "d": 12.5, "": true, "l": {"x": 1, "href": "/n"}}"#;
        let found = find_all(
            text.as_bytes(),
            &[
                "/a/b/1/c", "/a/~0~1", "/d", "/", "/l", "/a/b", "/a/none", "/d/e", "", "/a/b/2",
            ],
        );
        let texts: Vec<_> = found
            .into_iter()
            .map(|found| format!("{found:?}"))
            .collect();
        assert_eq!(
            texts,
            [
                "Some(Text(\"x\"))",
                "Some(Null)",
                "Some(Number(\"12.5\"))",
                "Some(Boolean(true))",
                "Some(Object { href: Some(\"/n\"), is_empty: false })",
                "Some(Array { is_empty: false })",
                "None",
                "None",
                "Some(Object { href: None, is_empty: false })",
                "None",
            ]
        );
    }

    #[test]
    fn from_the_end_the_same_is_found_as_from_the_start() {
        let values = [
            "1",
            "null",
            "\"}\\\"\"",
            "[]",
            "[{\"a\": 1}, 2]",
            "{}",
            "{\"a\": {\"b\": 3}, \"b\": \"{\"}",
            "true",
            "{\"b\": [\"]\", {\"a\": \"\\\\\"}]}",
        ];
        let pointers = [
            "/a", "/b", "/a/b", "/b/a", "/a/a/b", "/b/0/a", "/a/b/1/a", "/c",
        ];
        let paths: Vec<Vec<_>> = pointers
            .iter()
            .map(|path| segments(path).collect())
            .collect();
        let wanted: Vec<Wanted<'_>> = paths.iter().map(Vec::as_slice).enumerate().collect();
        for first in values {
            for second in values {
                for third in values {
                    for keys in [["a", "b", "c"], ["a", "b", "a"], ["b", "\\u0061", "b"]] {
                        let [a, b, c] = keys;
                        let text =
                            format!("{{\"{a}\": {first}, \"{b}\":{second} ,\"{c}\":{third}}}");
                        let mut found = vec![None; pointers.len()];
                        search(&mut JsonReader::new(text.as_bytes()), &wanted, &mut found).unwrap();
                        assert_eq!(find_all(text.as_bytes(), &pointers), found, "{text}");
                    }
                }
            }
        }
    }

    #[test]
    fn the_last_of_repeated_keys_counts_and_broken_text_gives_what_came_before() {
        assert_eq!(find(r#"{"a": 1, "a": 2}"#, "/a"), Some(Found::Number("2")));
        assert_eq!(find(r#"{"a": {"b": 1}, "a": 2}"#, "/a/b"), None);
        assert_eq!(find(r#"{"a": 1, "b"#, "/a"), Some(Found::Number("1")));
        assert_eq!(find("<html>", "/a"), None);
        assert_eq!(find("[{}, []]", "/0").unwrap().into_text(), None);
    }

    #[test]
    fn members_are_set_with_the_objects_on_the_way_and_taken_out() {
        let set = |text: &str, pointer: &str, value: Option<&str>| {
            let mut tree: Tree = parse(text.as_bytes()).unwrap();
            let value = value.map(|text| Tree::Word(text.to_owned()));
            tree.set_pointed(pointer, value).then(|| tree.json())
        };
        assert_eq!(set("{}", "/a/b", Some("1")).unwrap(), r#"{"a":{"b":1}}"#);
        assert_eq!(
            set(r#"{"a":null,"c":2}"#, "/a/b", Some("1")).unwrap(),
            r#"{"a":{"b":1},"c":2}"#
        );
        assert_eq!(
            set(r#"{"a":{"b":1,"c":2}}"#, "/a/b", Some("3")).unwrap(),
            r#"{"a":{"b":3,"c":2}}"#
        );
        assert_eq!(
            set(r#"{"a":{"b":1,"c":2}}"#, "/a/b", None).unwrap(),
            r#"{"a":{"c":2}}"#
        );
        assert_eq!(set("{}", "/a/b", None).unwrap(), "{}");
        for (text, pointer) in [("[]", "/a"), (r#"{"a":1}"#, "/a/b"), ("{}", "")] {
            assert_eq!(set(text, pointer, Some("1")), None, "{text} {pointer}");
        }
        let mut nested: Tree = parse(br#"{"a": {"b": {"c": 1}}, "d": {}}"#).unwrap();
        nested.take_out("/a/b/c");
        assert_eq!(nested.json(), r#"{"d":{}}"#);
        let tree: Tree = parse(br#"{"a": {"b": 1}}"#).unwrap();
        assert_eq!(tree.pointed("/a/b"), Some(&Tree::Word("1".to_owned())));
        assert_eq!(tree.pointed("/a/c"), None);
        assert_eq!(tree.pointed("/a/b/c"), None);
    }
}
