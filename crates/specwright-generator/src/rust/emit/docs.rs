//! Descriptions → doc comments.
//!
//! Descriptions are CommonMark (OAS 3.0.3, "Rich Text Formatting"), and so are doc comments, but rustdoc reads more
//! into them: `[text]` may become a link to an item, indented text and unlabelled fences are compiled as Rust, and raw
//! HTML and bare URLs are warned about. So brackets and angle brackets are escaped, fences are labelled `text`, and
//! URLs are put in angle brackets. Links to web pages stay links; those within the vendor's own site lead nowhere from
//! here and are shown.

use proc_macro2::TokenStream;
use quote::quote;

use super::html;

/// Lines are filled up to this many characters.
const WIDTH: usize = 96;

/// Doc attributes for paragraphs of Markdown; paragraphs are separated by empty lines.
pub(super) fn docs<S: AsRef<str>>(paragraphs: &[S]) -> TokenStream {
    lines_to_tokens(&markdown_lines(paragraphs), false)
}

/// The same for a description that may be missing or without anything to read.
pub(super) fn described(
    description: Option<&String>,
    otherwise: impl FnOnce() -> String,
) -> TokenStream {
    let lines = description
        .map(|it| markdown_lines(&[it]))
        .unwrap_or_default();
    if lines.iter().any(|it| !it.trim().is_empty()) {
        lines_to_tokens(&lines, false)
    } else {
        docs(&[otherwise()])
    }
}

/// The same for a module or crate (`//!`).
pub(super) fn inner_docs<S: AsRef<str>>(paragraphs: &[S]) -> TokenStream {
    lines_to_tokens(&markdown_lines(paragraphs), true)
}

/// Doc attributes for lines that are printed as they are.
pub(super) fn verbatim<S: AsRef<str>>(lines: &[S]) -> TokenStream {
    let lines: Vec<String> = lines.iter().map(|line| line.as_ref().to_owned()).collect();
    lines_to_tokens(&lines, false)
}

fn lines_to_tokens(lines: &[String], inner: bool) -> TokenStream {
    let attributes = lines.iter().map(|line| {
        let text = if line.is_empty() {
            String::new()
        } else {
            format!(" {line}")
        };
        if inner {
            quote!(#![doc = #text])
        } else {
            quote!(#[doc = #text])
        }
    });
    quote!(#(#attributes)*)
}

fn markdown_lines<S: AsRef<str>>(paragraphs: &[S]) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for paragraph in paragraphs {
        let printed = markdown(paragraph.as_ref());
        if printed.is_empty() {
            continue;
        }
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.extend(printed);
    }
    lines
}

/// Safe, filled lines of Markdown.
pub(super) fn markdown(text: &str) -> Vec<String> {
    let text = &html::to_markdown(text);
    let mut lines = Vec::new();
    let mut paragraph = String::new();
    let mut fenced = false;
    for raw in text.lines() {
        let line = raw.trim_end();
        let trimmed = line.trim_start();
        if trimmed.starts_with("```") || trimmed.starts_with("~~~") {
            fill(&mut paragraph, &mut lines);
            lines.push(if fenced {
                "```".to_owned()
            } else {
                "```text".to_owned()
            });
            fenced = !fenced;
        } else if fenced {
            lines.push(line.replace("```", "'''"));
        } else if trimmed.is_empty() {
            fill(&mut paragraph, &mut lines);
            if lines.last().is_some_and(|last| !last.is_empty()) {
                lines.push(String::new());
            }
        } else if stands_alone(trimmed) {
            fill(&mut paragraph, &mut lines);
            lines.push(escape(trimmed));
        } else {
            if !paragraph.is_empty() {
                paragraph.push(' ');
            }
            paragraph.push_str(trimmed);
        }
    }
    fill(&mut paragraph, &mut lines);
    if fenced {
        lines.push("```".to_owned());
    }
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    lines
}

/// Lines that must not be joined with others: list items, headings, tables, quotations.
fn stands_alone(line: &str) -> bool {
    let numbered = line.split_once(['.', ')']).is_some_and(|(number, rest)| {
        number.len() <= 3 && number.bytes().all(|it| it.is_ascii_digit()) && rest.starts_with(' ')
    });
    numbered
        || ["- ", "* ", "+ ", "#", "|", ">"]
            .iter()
            .any(|it| line.starts_with(it))
}

fn fill(paragraph: &mut String, lines: &mut Vec<String>) {
    let text = escape(&std::mem::take(paragraph));
    let mut line = String::new();
    for word in text.split_whitespace() {
        if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > WIDTH {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    if !line.is_empty() {
        lines.push(line);
    }
}

/// Makes one paragraph safe, code spans left alone.
fn escape(text: &str) -> String {
    let balanced = text.matches('`').count().is_multiple_of(2);
    let mut escaped = String::with_capacity(text.len() + 8);
    for (index, part) in text.split('`').enumerate() {
        if index > 0 {
            escaped.push_str(if balanced { "`" } else { "\\`" });
        }
        if balanced && index % 2 == 1 {
            escaped.push_str(part);
        } else {
            escape_prose(part, &mut escaped);
        }
    }
    escaped
}

fn escape_prose(text: &str, escaped: &mut String) {
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if rest.starts_with("http://") || rest.starts_with("https://") {
            let end = rest
                .find(|it: char| it.is_whitespace() || "<>()[]\"'`,;".contains(it))
                .unwrap_or(rest.len());
            let (link, tail) = rest.split_at(end);
            let url = link.trim_end_matches(['.', ':', '!', '?']);
            escaped.push('<');
            escaped.push_str(url);
            escaped.push('>');
            escaped.push_str(link.get(url.len()..).unwrap_or_default());
            rest = tail;
            continue;
        }
        if first == '['
            && let Some((printed, tail)) = link(rest)
        {
            escaped.push_str(&printed);
            rest = tail;
            continue;
        }
        if matches!(first, '[' | ']' | '<' | '>') {
            escaped.push('\\');
        }
        escaped.push(first);
        rest = rest.get(first.len_utf8()..).unwrap_or_default();
    }
}

/// An inline link at the start of a text (CommonMark, section 6.3), and what follows it.
fn link(text: &str) -> Option<(String, &str)> {
    let (label, behind) = text.strip_prefix('[')?.split_once("](")?;
    let (target, tail) = behind.split_once(')')?;
    let target = target.split_whitespace().next()?.trim_matches(['<', '>']);
    if label.contains(['[', ']', '\n']) || target.contains(['(', '`', '"', '<', '>']) {
        return None;
    }
    let mut printed = String::new();
    escape_prose(label, &mut printed);
    Some(
        if target.starts_with("https://") || target.starts_with("http://") {
            (format!("[{printed}]({target})"), tail)
        } else {
            (format!("{printed} (`{target}`)"), tail)
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_rustdoc_would_misread_is_escaped() {
        for (text, expected) in [
            (
                "A [link](https://a.b/c), [another](/d) and [none].",
                vec!["A [link](https://a.b/c), another (`/d`) and \\[none\\]."],
            ),
            ("See https://a.b/c.", vec!["See <https://a.b/c>."]),
            (
                "Uses `Vec<T>[]` and <x>.",
                vec!["Uses `Vec<T>[]` and \\<x\\>."],
            ),
            ("    let x = 1;", vec!["let x = 1;"]),
            ("```\ncode\n", vec!["```text", "code", "```"]),
            ("a\nb\n\n\n- c\n- d\n", vec!["a b", "", "- c", "- d"]),
            ("odd ` tick [x]", vec!["odd \\` tick \\[x\\]"]),
        ] {
            assert_eq!(markdown(text), expected, "{text}");
        }
    }

    #[test]
    fn long_paragraphs_are_filled() {
        let lines = markdown(&"word ".repeat(60));
        assert!(
            lines.len() > 2 && lines.iter().all(|line| line.len() <= WIDTH),
            "{lines:?}"
        );
    }
}
