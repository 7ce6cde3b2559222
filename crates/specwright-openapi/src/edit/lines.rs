//! Lines of a text, and what stands in them.

/// Where the line of a byte begins.
pub(super) fn start(text: &str, at: usize) -> usize {
    let before = text.get(..at).unwrap_or_default();
    before.rfind('\n').map_or(0, |it| it + 1)
}

/// Where the line of a byte ends, its line break left out.
pub(super) fn end(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    let line = rest.split('\n').next().unwrap_or_default();
    let line = match line.len() < rest.len() {
        true => line.strip_suffix('\r').unwrap_or(line),
        false => line,
    };
    at + line.len()
}

/// Where the next line begins; the end of the text if there is none.
pub(super) fn next(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    at + rest.find('\n').map_or(rest.len(), |it| it + 1)
}

/// What stands before a byte in its line.
pub(super) fn before(text: &str, at: usize) -> &str {
    text.get(start(text, at)..at).unwrap_or_default()
}

/// What stands behind a byte in its line.
pub(super) fn after(text: &str, at: usize) -> &str {
    text.get(at..end(text, at)).unwrap_or_default()
}

/// Whether a part of a line is white space.
pub(super) fn is_blank(part: &str) -> bool {
    part.chars().all(char::is_whitespace)
}

/// Whether the end of a line holds nothing, or nothing but a comment of YAML.
pub(super) fn is_blank_or_comment(part: &str) -> bool {
    let trimmed = part.trim_start();
    trimmed.is_empty() || (trimmed.starts_with('#') && trimmed.len() < part.len())
}

/// The first byte from `at` on that is neither white space nor in a comment of YAML.
pub(super) fn skip(text: &str, mut at: usize) -> usize {
    loop {
        let rest = text.get(at..).unwrap_or_default();
        let blank = rest.len() - rest.trim_start().len();
        at += blank;
        let is_comment = rest.trim_start().starts_with('#')
            && (blank > 0 || at == 0 || before(text, at).is_empty());
        if !is_comment {
            return at;
        }
        at = end(text, at);
    }
}

/// The line break that the text uses.
pub(super) fn line_break(text: &str) -> &'static str {
    if text.contains("\r\n") { "\r\n" } else { "\n" }
}
