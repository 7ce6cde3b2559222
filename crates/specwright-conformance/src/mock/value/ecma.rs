//! Regular expressions of ECMA-262 in the words of `regex-syntax`.

/// The pattern with what the two write differently rewritten.
///
/// A `[` in a class is no class in it, `&&` there is two characters, a `{` that opens no repetition is itself, and
/// letters that mean nothing after `\` are themselves.
pub(super) fn translate(pattern: &str) -> String {
    const MEANING: &str = "dDsSwWbBpPnrtfvxu0123456789k";
    let mut new = String::with_capacity(pattern.len());
    let mut rest = pattern.chars().peekable();
    let mut in_class = false;
    while let Some(character) = rest.next() {
        match character {
            '\\' => {
                let Some(escaped) = rest.next() else {
                    new.push('\\');
                    break;
                };
                match escaped {
                    '0' => new.push_str("\\x00"),
                    'b' if in_class => new.push_str("\\x08"),
                    letter if letter.is_ascii_alphanumeric() && !MEANING.contains(letter) => {
                        new.push(letter);
                    }
                    '<' | '>' => new.push(escaped),
                    other if !other.is_ascii() => new.push(other),
                    other => new.extend(['\\', other]),
                }
                // The braces of `\p{L}` and `\u{41}` belong to what is before them.
                if matches!(escaped, 'p' | 'P' | 'u') && rest.peek() == Some(&'{') {
                    for inner in rest.by_ref() {
                        new.push(inner);
                        if inner == '}' {
                            break;
                        }
                    }
                }
            }
            '[' if in_class => new.push_str("\\["),
            '[' => {
                in_class = true;
                new.push('[');
                if rest.next_if_eq(&'^').is_some() {
                    new.push('^');
                    if rest.peek() == Some(&']') {
                        new.truncate(new.len() - 2);
                        new.push_str("[\\s\\S");
                    }
                }
            }
            ']' if in_class => {
                in_class = false;
                new.push(']');
            }
            '&' | '~' if in_class => new.extend(['\\', character]),
            '{' if !in_class && !repeats(rest.clone()) => new.push_str("\\{"),
            other => new.push(other),
        }
    }
    new
}

/// Whether `{` opens a repetition: digits, perhaps a comma and digits, and `}`.
fn repeats(rest: impl Iterator<Item = char>) -> bool {
    let inner: String = rest.take_while(|it| *it != '}').take(24).collect();
    let (least, most) = inner.split_once(',').unwrap_or((&inner, ""));
    let digits = |text: &str| text.bytes().all(|it| it.is_ascii_digit());
    !least.is_empty() && digits(least) && digits(most)
}

/// The pattern without the groups that look around, and what those look for ahead.
pub(super) fn without_looks(pattern: &str) -> (String, Vec<String>) {
    const LOOKS: [&str; 4] = ["(?=", "(?!", "(?<=", "(?<!"];
    let (mut new, mut ahead) = (String::new(), Vec::new());
    let mut rest = pattern;
    while let Some(first) = rest.chars().next() {
        let look = LOOKS.into_iter().find(|it| rest.starts_with(it));
        let end = match look {
            Some(_) => group(rest),
            None if first == '\\' => rest.chars().take(2).map(char::len_utf8).sum(),
            None if first == '[' => class(rest),
            None => first.len_utf8(),
        };
        let (part, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
        match look {
            None => new.push_str(part),
            Some("(?=") => ahead.extend(
                part.strip_prefix("(?=")
                    .and_then(|it| it.strip_suffix(')'))
                    .map(str::to_owned),
            ),
            Some(_) => {}
        }
        rest = after;
    }
    (new, ahead)
}

/// The length of the group at the start of the text.
fn group(text: &str) -> usize {
    let (mut at, mut depth) = (0, 0_usize);
    while let Some(rest) = text.get(at..) {
        let Some(first) = rest.chars().next() else {
            break;
        };
        at += match first {
            '\\' => rest.chars().take(2).map(char::len_utf8).sum(),
            '[' => class(rest),
            _ => first.len_utf8(),
        };
        match first {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    at
}

/// The length of the character class at the start of the text.
fn class(text: &str) -> usize {
    let mut escaped = false;
    for (at, character) in text.char_indices().skip(1) {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            ']' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_differently_is_rewritten() {
        for (ecma, rust) in [
            ("[[a]", "[\\[a]"),
            ("[a&&b]", "[a\\&\\&b]"),
            ("^{id}$", "^\\{id}$"),
            ("a{2,3}", "a{2,3}"),
            ("\\-\\/\\i", "\\-\\/i"),
            ("[^]", "[\\s\\S]"),
            ("[\\[{]", "[\\[{]"),
        ] {
            assert_eq!(translate(ecma), rust);
        }
    }

    #[test]
    fn looks_are_taken_out() {
        let (plain, ahead) = without_looks("^(?=.*[)A])(?!x(y))[(?=]a$");
        assert_eq!(
            (plain.as_str(), ahead),
            ("^[(?=]a$", vec![".*[)A]".to_owned()])
        );
        assert_eq!(without_looks("(?=").0, "");
        assert_eq!(without_looks("a\\").0, "a\\");
    }
}
