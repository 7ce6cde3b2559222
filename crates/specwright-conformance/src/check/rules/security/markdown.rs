//! What Markdown can hold that a browser would run.

/// What a browser would run of a text in Markdown, code aside.
pub(super) fn danger(text: &str) -> Option<&'static str> {
    // Most texts have none of what is looked for.
    if !text.contains(['<', ':']) && !text.contains("eval(") {
        return None;
    }
    let lower = text.to_ascii_lowercase();
    let suspicious = ["<script", "javascript:", "eval(", "on"];
    if !suspicious.iter().any(|it| lower.contains(it)) {
        return None;
    }
    let shown = without_code(&lower);
    if elements(&shown).any(|element| name(element) == "script") {
        return Some("a `<script>` element");
    }
    if elements(&shown).any(has_handler) {
        return Some("an element with an event handler");
    }
    if has_script_address(&shown) {
        return Some("a `javascript:` address");
    }
    has_eval(&shown).then_some("a call of `eval`")
}

/// The text with code spans and fenced blocks left out (CommonMark §4.5, §6.1).
fn without_code(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(['`', '~']) {
        let (before, from) = rest.split_at(start);
        let mark = if from.starts_with('`') { '`' } else { '~' };
        let after = from.trim_start_matches(mark);
        let length = from.len() - after.len();
        let (fence, body) = from.split_at(length);
        shown.push_str(before);
        // A single tilde is no code.
        let end = (mark == '`' || length >= 3)
            .then(|| closing(body, fence))
            .flatten();
        match end {
            Some(end) => rest = body.get(end..).unwrap_or_default(),
            None => {
                shown.push_str(fence);
                rest = body;
            }
        }
    }
    shown.push_str(rest);
    shown
}

/// Where the text goes on after a run of marks as long as `fence`.
fn closing(body: &str, fence: &str) -> Option<usize> {
    let mark = fence.chars().next()?;
    let mut at = 0;
    while let Some(found) = body.get(at..)?.find(mark) {
        let from = at + found;
        let run = body.get(from..)?;
        let length = run.len() - run.trim_start_matches(mark).len();
        if length == fence.len() {
            return Some(from + length);
        }
        at = from + length;
    }
    None
}

/// What is between `<` and `>`.
fn elements(text: &str) -> impl Iterator<Item = &str> {
    let tags = text.split('<').skip(1);
    tags.filter_map(|it| it.split_once('>').map(|(element, _)| element))
}

fn name(element: &str) -> &str {
    let end = element.find(|it: char| !it.is_ascii_alphanumeric());
    element
        .get(..end.unwrap_or(element.len()))
        .unwrap_or_default()
}

/// Whether an element has an attribute such as `onclick`.
fn has_handler(element: &str) -> bool {
    let begins = element.starts_with(|it: char| it.is_ascii_alphabetic());
    begins
        && element
            .split([' ', '\t', '\n', '"', '\'', '/'])
            .skip(1)
            .any(|it| {
                let after = it.strip_prefix("on").unwrap_or_default();
                let handler = after.trim_start_matches(|it: char| it.is_ascii_alphabetic());
                handler.len() < after.len() && handler.starts_with('=')
            })
}

/// Whether a link, or an attribute that holds an address, leads to a script.
fn has_script_address(text: &str) -> bool {
    let mut parts = text.split("javascript:");
    let Some(mut before) = parts.next() else {
        return false;
    };
    for after in parts {
        let lead = before.trim_end().trim_end_matches(['"', '\'']).trim_end();
        if lead.ends_with("](") || lead.ends_with("href=") || lead.ends_with("src=") {
            return true;
        }
        before = after;
    }
    false
}

/// Whether `eval(` stands as a word of its own.
fn has_eval(text: &str) -> bool {
    let mut parts = text.split("eval(");
    let Some(mut before) = parts.next() else {
        return false;
    };
    for after in parts {
        if !before.ends_with(|it: char| it.is_alphanumeric() || matches!(it, '_' | '.' | '-')) {
            return true;
        }
        before = after;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_are_found() {
        for text in [
            "<script>alert(1)</script>",
            "a <SCRIPT src=x>",
            "<a href='#' onclick=\"go()\">",
            "<img src=x onerror=go()>",
            "[a](javascript:go())",
            "<a href=\"JavaScript:go()\">",
            "eval(x)",
            "a ` b <script> c",
        ] {
            assert!(danger(text).is_some(), "{text}");
        }
    }

    #[test]
    fn what_only_looks_like_scripts_is_not() {
        for text in [
            "the `<script>` element",
            "```html\n<script>go()</script>\n```",
            "``a ` <script>``",
            "~~~\n<script>\n~~~",
            "retrieval(s), medieval(ist)",
            "a condition = b < c and on = 1",
            "if a <b then one=two",
            "the scheme javascript: is not allowed",
            "<scripture>",
            "config: on=1",
        ] {
            assert_eq!(danger(text), None, "{text}");
        }
    }
}
