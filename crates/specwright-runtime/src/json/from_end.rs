//! The members of an object from its last to its first: what lists say about themselves mostly comes
//! behind their items, which need not be looked at then.

/// The members of an object, keys with their quotes, for a text that was read before: nothing is
/// checked, and where it is no object the iterator ends.
pub(super) struct MembersFromEnd<'a> {
    /// What precedes the members that were given.
    rest: &'a [u8],
}

impl<'a> MembersFromEnd<'a> {
    /// The members of the object that `text` is; `None` if it is none.
    pub(super) fn of(text: &'a [u8]) -> Option<Self> {
        let rest = trimmed(text).strip_suffix(b"}")?;
        Some(Self { rest })
    }
}

impl<'a> Iterator for MembersFromEnd<'a> {
    type Item = (&'a [u8], &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let rest = trimmed(self.rest);
        let rest = trimmed(rest.strip_suffix(b",").unwrap_or(rest));
        let (before, value) = rest.split_at_checked(value_start(rest)?)?;
        let before = trimmed(trimmed(before).strip_suffix(b":")?);
        let (rest, key) = before.split_at_checked(string_start(before)?)?;
        self.rest = rest;
        Some((key, value))
    }
}

fn trimmed(text: &[u8]) -> &[u8] {
    text.trim_ascii_end()
}

/// Where the value begins with which `text` ends.
fn value_start(text: &[u8]) -> Option<usize> {
    match text.last()? {
        b'"' => string_start(text),
        b'}' | b']' => container_start(text),
        b'{' | b'[' | b':' | b',' => None,
        _ => {
            let is_outside = |byte: &u8| b":,{[ \t\r\n".contains(byte);
            Some(text.iter().rposition(is_outside)? + 1)
        }
    }
}

/// Where the string begins with which `text` ends. Inside a string a quote is escaped: an odd number
/// of backslashes precedes it. No backslash precedes the first.
fn string_start(text: &[u8]) -> Option<usize> {
    let mut rest = text.strip_suffix(b"\"")?;
    loop {
        let at = rest.iter().rposition(|byte| *byte == b'"')?;
        rest = rest.get(..at)?;
        let escapes = rest.iter().rev().take_while(|byte| **byte == b'\\');
        if escapes.count() % 2 == 0 {
            return Some(at);
        }
    }
}

/// Where the array or object begins with which `text` ends.
fn container_start(text: &[u8]) -> Option<usize> {
    let mut depth = 0_usize;
    let mut rest = text;
    while let Some((last, before)) = rest.split_last() {
        match last {
            b'"' => {
                rest = rest.get(..string_start(rest)?)?;
                continue;
            }
            b'}' | b']' => depth += 1,
            b'{' | b'[' if depth <= 1 => return Some(before.len()),
            b'{' | b'[' => depth -= 1,
            _ => {}
        }
        rest = before;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn members(text: &str) -> Vec<(&str, &str)> {
        let text_of = |bytes| std::str::from_utf8(bytes).unwrap();
        let members = MembersFromEnd::of(text.as_bytes()).into_iter().flatten();
        members
            .map(|(key, value)| (text_of(key), text_of(value)))
            .collect()
    }

    #[test]
    fn members_come_from_the_last_to_the_first() {
        let text = r#" { "a" : [1, {"x": "]}"}, []] ,"b\"":"\\","c":null , "":-1.5e3,"d":"\\\"{é","e":{},"f":true } "#;
        assert_eq!(
            members(text),
            [
                ("\"f\"", "true"),
                ("\"e\"", "{}"),
                ("\"d\"", r#""\\\"{é""#),
                ("\"\"", "-1.5e3"),
                ("\"c\"", "null"),
                (r#""b\"""#, r#""\\""#),
                ("\"a\"", r#"[1, {"x": "]}"}, []]"#),
            ]
        );
        assert!(members("{}").is_empty() && members("\u{feff}{ }").is_empty());
        assert_eq!(members("\u{feff}{\"a\":1}"), [("\"a\"", "1")]);
    }

    #[test]
    fn what_is_no_object_ends_somewhere_and_never_panics() {
        let text = br#"{"a":[1,{"b":"\\\"}"}],"c":-1,"d":{"e":null}}"#;
        for from in 0..text.len() {
            for to in from..=text.len() {
                let members = MembersFromEnd::of(&text[from..to]);
                assert!(members.into_iter().flatten().count() <= 4);
            }
        }
    }
}
