//! Diagnostics as a JUnit report, which continuous integration servers show as test results.

use super::Findings;
use crate::{Diagnostic, Severity};

/// Renders one test suite per document with a failed test case for each error and warning.
///
/// A document without any has one case that passes.
#[must_use]
pub fn junit(documents: &[Findings<'_>]) -> String {
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let failures: usize = documents.iter().map(|it| failing(it).count()).sum();
    let tests: usize = documents.iter().map(|it| failing(it).count().max(1)).sum();
    xml.push_str(&format!(
        "<testsuites name=\"specwright check\" tests=\"{tests}\" failures=\"{failures}\">\n"
    ));
    for document in documents {
        suite(document, &mut xml);
    }
    xml.push_str("</testsuites>\n");
    xml
}

fn failing<'a>(document: &Findings<'a>) -> impl Iterator<Item = &'a Diagnostic> {
    document
        .diagnostics
        .iter()
        .filter(|it| it.severity != Severity::Info)
}

fn suite(document: &Findings<'_>, xml: &mut String) {
    let failures = failing(document).count();
    let name = escaped(document.document);
    xml.push_str(&format!(
        "  <testsuite name=\"{name}\" tests=\"{}\" failures=\"{failures}\">\n",
        failures.max(1)
    ));
    if failures == 0 {
        xml.push_str(&format!(
            "    <testcase classname=\"{name}\" name=\"check\"/>\n"
        ));
    }
    for diagnostic in failing(document) {
        let rule = escaped(diagnostic.rule.name);
        let place = match document.place(diagnostic) {
            Some(place) => match place.start {
                Some(start) => format!("{}:{}:{}", place.file, start.line, start.column),
                None => place.file.to_owned(),
            },
            None => diagnostic.pointer.to_string(),
        };
        let place = escaped(&place);
        let message = escaped(&diagnostic.message);
        let mut text = format!("{place}\nat {}", escaped(diagnostic.pointer.as_str()));
        if let Some(help) = &diagnostic.help {
            text.push_str(&format!("\nhelp: {}", escaped(help)));
        }
        xml.push_str(&format!(
            "    <testcase classname=\"{name}\" name=\"{rule} {place}\">\n"
        ));
        xml.push_str(&format!(
            "      <failure type=\"{rule}\" message=\"{message}\">{text}</failure>\n"
        ));
        xml.push_str("    </testcase>\n");
    }
    xml.push_str("  </testsuite>\n");
}

/// Escapes text for XML 1.0, which has no way to write most control characters.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\t' | '\n' | '\r' => escaped.push_str(&format!("&#{};", u32::from(character))),
            other if other.is_control() || matches!(other, '\u{fffe}' | '\u{ffff}') => {
                escaped.push('\u{fffd}')
            }
            other => escaped.push(other),
        }
    }
    escaped
}
