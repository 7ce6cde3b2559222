//! Where in a JSON text a byte stands: path, line and excerpt, found by scanning the text again.
//!
//! Readers track nothing on the good path; these functions pay for it once, when an error is shown.
//! They never fail: on a broken text they say as much as can be said.

use std::fmt::Write;

use super::reader::JsonReader;

/// An array or object that is open at the wanted place.
enum Frame {
    Array { index: usize },
    Object { key: Option<String> },
}

/// The JSON path of the value that holds the byte at `offset`: `$`, `$.data[2].created_at`, `$["odd
/// key"]`.
///
/// A closing bracket stands for its array or object, anything else between two values for the value
/// before it.
pub(crate) fn path_at(text: &[u8], offset: usize) -> String {
    let mut frames: Vec<Frame> = Vec::new();
    let mut expects_key = false;
    let mut at = 0;
    while at < offset {
        let Some(&byte) = text.get(at) else { break };
        match byte {
            b'{' => {
                frames.push(Frame::Object { key: None });
                expects_key = true;
            }
            b'[' => {
                frames.push(Frame::Array { index: 0 });
                expects_key = false;
            }
            b'}' | b']' => {
                frames.pop();
                expects_key = false;
            }
            b',' => match frames.last_mut() {
                Some(Frame::Array { index }) => *index += 1,
                Some(Frame::Object { key }) => {
                    *key = None;
                    expects_key = true;
                }
                None => {}
            },
            b'"' => {
                let end = string_end(text, at);
                if end > offset {
                    break;
                }
                if let (true, Some(Frame::Object { key })) = (expects_key, frames.last_mut()) {
                    *key = text
                        .get(at..end)
                        .and_then(|quoted| JsonReader::new(quoted).read().ok());
                    expects_key = false;
                }
                at = end;
                continue;
            }
            _ => {}
        }
        at += 1;
    }
    match (text.get(offset), frames.last_mut()) {
        (Some(b'}'), Some(Frame::Object { key })) => *key = None,
        (Some(b']'), Some(Frame::Array { .. })) => {
            frames.pop();
        }
        _ => {}
    }
    render(&frames)
}

/// The index after the string that begins at `start`, or the end of the text.
fn string_end(text: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while let Some(&byte) = text.get(at) {
        at += match byte {
            b'"' => return at + 1,
            b'\\' => 2,
            _ => 1,
        };
    }
    text.len()
}

fn render(frames: &[Frame]) -> String {
    let mut path = String::from("$");
    for frame in frames {
        // Writing to a string cannot fail.
        let _ = match frame {
            Frame::Array { index } => write!(path, "[{index}]"),
            Frame::Object { key: None } => Ok(()),
            Frame::Object { key: Some(key) } if is_name(key) => write!(path, ".{key}"),
            Frame::Object { key: Some(key) } => write!(path, "[{key:?}]"),
        };
    }
    path
}

fn is_name(key: &str) -> bool {
    !key.is_empty()
        && key
            .chars()
            .all(|char| char.is_alphanumeric() || char == '_')
        && !key.starts_with(|char: char| char.is_ascii_digit())
}

/// Line and column of the byte at `offset`, both from 1; columns are counted in characters.
pub(crate) fn line_column(text: &[u8], offset: usize) -> (usize, usize) {
    let before = text.get(..offset.min(text.len())).unwrap_or_default();
    let line = 1 + before.iter().filter(|&&byte| byte == b'\n').count();
    let last_line = before
        .rsplit(|&byte| byte == b'\n')
        .next()
        .unwrap_or_default();
    let column = 1 + last_line
        .iter()
        .filter(|&&byte| byte & 0xc0 != 0x80)
        .count();
    (line, column)
}

/// About sixty bytes around the byte at `offset`, on one line: control characters are escaped, and
/// `…` marks where the text goes on.
pub(crate) fn excerpt_at(text: &[u8], offset: usize) -> String {
    const LENGTH: usize = 60;
    const BEFORE: usize = 20;
    let start = boundary(text, offset.min(text.len()).saturating_sub(BEFORE));
    let end = boundary(text, (start + LENGTH).min(text.len()));
    let mut excerpt = String::new();
    if start > 0 {
        excerpt.push('…');
    }
    for char in String::from_utf8_lossy(text.get(start..end).unwrap_or_default()).chars() {
        if char.is_control() {
            excerpt.extend(char.escape_default());
        } else {
            excerpt.push(char);
        }
    }
    if end < text.len() {
        excerpt.push('…');
    }
    excerpt
}

/// The start of the character that holds the byte at `at`.
fn boundary(text: &[u8], at: usize) -> usize {
    let continuation = |&at: &usize| text.get(at).is_some_and(|byte| byte & 0xc0 == 0x80);
    (at.saturating_sub(3)..=at)
        .rev()
        .find(|at| !continuation(at))
        .unwrap_or(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn path(text: &str) -> String {
        let offset = text.find('^').unwrap();
        path_at(text.replacen('^', "", 1).as_bytes(), offset)
    }

    #[test]
    fn a_path_names_the_value_at_the_mark() {
        assert_eq!(path("^1"), "$");
        assert_eq!(
            path("{\"data\": [{}, {}, {\"created_at\": ^7}]}"),
            "$.data[2].created_at"
        );
        assert_eq!(path("[1, ^\"a\"]"), "$[1]");
        assert_eq!(path("[[], [1, {\"a\": {}, \"b\": ^[]}]]"), "$[1][1].b");
        assert_eq!(path("{\"a,{[\": 1, \"b\": ^2}"), "$.b");
        assert_eq!(path("{\"odd key\": ^1}"), "$[\"odd key\"]");
        assert_eq!(path("{\"q\\\"\\\\\": ^1}"), "$[\"q\\\"\\\\\"]");
        assert_eq!(path("{\"\": ^1}"), "$[\"\"]");
    }

    #[test]
    fn a_closing_bracket_stands_for_its_container() {
        assert_eq!(
            path("{\"data\": [{\"a\": 1}, {\"a\": 1, \"b\": 2^}]}"),
            "$.data[1]"
        );
        assert_eq!(path("{\"data\": [1, 2^]}"), "$.data");
        assert_eq!(path("{^}"), "$");
    }

    #[test]
    fn broken_text_gives_the_best_known_path() {
        assert_eq!(path("{\"a\": [1, {\"b\": \"unterminated^"), "$.a[1].b");
        assert_eq!(path("]]]^"), "$");
        assert_eq!(path_at(b"", 10), "$");
    }

    #[test]
    fn lines_and_columns_count_from_one_in_characters() {
        assert_eq!(line_column(b"abc", 0), (1, 1));
        assert_eq!(line_column("é\nüx".as_bytes(), 5), (2, 2));
        assert_eq!(line_column(b"a\n", 99), (2, 1));
    }

    #[test]
    fn excerpts_are_short_single_lines_of_whole_characters() {
        assert_eq!(excerpt_at(b"short\n\x1b[1m", 0), "short\\n\\u{1b}[1m");
        let text = "é".repeat(200);
        let excerpt = excerpt_at(text.as_bytes(), 201);
        assert!(!excerpt.contains('\u{fffd}'), "{excerpt}");
        assert!(excerpt.starts_with('…') && excerpt.ends_with('…'));
        assert_eq!(excerpt_at(b"\xff\xff", 5), "\u{fffd}\u{fffd}");
    }
}
