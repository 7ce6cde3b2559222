//! A text for a plain pattern.

/// How often a part of a pattern is repeated at most.
const MOST: usize = 500;

/// A text that the pattern matches, if it is plain: characters, classes and repetitions of them, perhaps between anchors.
/// Groups, choices, back references and looks around are not plain.
pub(super) fn text(pattern: &str) -> Option<String> {
    let inner = pattern.strip_prefix('^').unwrap_or(pattern);
    let inner = match inner.strip_suffix('$') {
        Some(rest) if !rest.ends_with('\\') => rest,
        _ => inner,
    };
    let mut characters = inner.chars().peekable();
    let mut text = String::new();
    while let Some(character) = characters.next() {
        let one = match character {
            '(' | ')' | '|' | '^' | '$' | '*' | '+' | '?' | '{' => return None,
            '.' => 'a',
            '\\' => escaped(characters.next()?)?,
            '[' => {
                let mut class = String::new();
                loop {
                    match characters.next()? {
                        ']' => break,
                        '\\' => class.extend(['\\', characters.next()?]),
                        other => class.push(other),
                    }
                }
                member(&class)?
            }
            other => other,
        };
        let count = match characters.peek() {
            Some('?' | '*') => {
                characters.next();
                0
            }
            Some('+') => {
                characters.next();
                1
            }
            Some('{') => {
                characters.next();
                let bounds: String = characters.by_ref().take_while(|it| *it != '}').collect();
                let (least, most) = bounds.split_once(',').unwrap_or((&bounds, &bounds));
                let least: usize = least.trim().parse().ok()?;
                // An empty text can seldom be sent.
                let is_open = most.trim().is_empty() || most.trim() != "0";
                least.max(usize::from(is_open))
            }
            _ => 1,
        };
        // Lazy repetitions match the same texts.
        if matches!(characters.peek(), Some('?')) && count != 0 {
            characters.next();
        }
        if count > MOST {
            return None;
        }
        text.extend(std::iter::repeat_n(one, count));
    }
    (!text.is_empty()).then_some(text)
}

/// A character that an escape stands for.
fn escaped(character: char) -> Option<char> {
    match character {
        'd' => Some('7'),
        'w' => Some('w'),
        's' => Some(' '),
        'S' | 'D' => Some('x'),
        other if !other.is_alphanumeric() => Some(other),
        _ => None,
    }
}

/// A character of a class.
fn member(class: &str) -> Option<char> {
    if let Some(others) = class.strip_prefix('^') {
        let plain = others.chars().all(|it| it != '\\' && it != '-');
        return ['x', '7']
            .into_iter()
            .find(|it| plain && !others.contains(*it));
    }
    let mut characters = class.chars();
    match characters.next()? {
        '\\' => escaped(characters.next()?),
        first => Some(first),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_patterns_have_a_text() {
        for (pattern, expected) in [
            ("^[A-Z]{3}$", Some("AAA")),
            ("^\\+[0-9]{2,5}$", Some("+00")),
            ("^cus_\\w+$", Some("cus_w")),
            ("a.b", Some("aab")),
            ("^[^/]+$", Some("x")),
            ("^\\d{0,2}$", Some("7")),
            ("^(a|b)$", None),
            ("^$", None),
            ("\\bword\\b", None),
            ("^[a-z]{900}$", None),
        ] {
            assert_eq!(text(pattern).as_deref(), expected, "{pattern}");
        }
    }
}
