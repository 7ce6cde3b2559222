//! Diagnostics for people, in the manner of rustc.

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use crate::{Diagnostic, Severity, Source, Sources};

/// Whether the text may hold terminal colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// No escape sequences.
    Plain,
    /// ANSI colours.
    Colour,
}

/// Lines longer than this are cut to a window around the marked place before they are shown.
const LONGEST_LINE: usize = 200;

/// Renders each finding with its rule, place, source line and help, separated by empty lines.
#[must_use]
pub fn text(diagnostics: &[Diagnostic], sources: &Sources, style: Style) -> String {
    let renderer = match style {
        Style::Plain => Renderer::plain(),
        Style::Colour => Renderer::styled(),
    };
    let mut output = String::new();
    for diagnostic in diagnostics {
        output.push_str(&render_one(diagnostic, sources, &renderer));
        output.push_str("\n\n");
    }
    output
}

fn render_one(diagnostic: &Diagnostic, sources: &Sources, renderer: &Renderer) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
    };
    let source = diagnostic.file.and_then(|file| sources.get(file));
    let excerpt = source.and_then(|source| {
        let span = diagnostic.span.as_ref()?;
        Some((source, Excerpt::around(source, span.bytes.clone())))
    });
    let mut group = annotate_snippets::Group::with_title(
        level
            .primary_title(diagnostic.message.as_str())
            .id(diagnostic.rule.name),
    );
    let origin;
    if let Some((source, excerpt)) = &excerpt {
        let mut annotation = AnnotationKind::Primary.span(excerpt.marked.clone());
        if let Some(label) = &diagnostic.label {
            annotation = annotation.label(label.as_str());
        }
        group = group.element(
            Snippet::source(excerpt.text.as_str())
                .line_start(excerpt.line)
                .path(source.name())
                .annotation(annotation),
        );
    } else if let Some(source) = source {
        origin = annotate_snippets::Origin::path(source.name());
        group = group.element(origin);
    }
    let place = format!("at {}", diagnostic.pointer);
    if !diagnostic.pointer.is_root() {
        group = group.element(Level::NOTE.message(place.as_str()));
    }
    let link = diagnostic.link.as_ref().map(|link| format!("see {link}"));
    if let Some(link) = &link {
        group = group.element(Level::NOTE.message(link.as_str()));
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    renderer.render(&[group])
}

/// The lines to show for a span, with the span inside them.
struct Excerpt {
    text: String,
    line: usize,
    marked: std::ops::Range<usize>,
}

impl Excerpt {
    /// The first line that the span touches; of very long lines (minified JSON) a window.
    fn around(source: &Source, bytes: std::ops::Range<usize>) -> Self {
        let text = source.text();
        let start = floor_boundary(text, bytes.start);
        let line_start = text
            .get(..start)
            .and_then(|it| it.rfind('\n'))
            .map_or(0, |it| it + 1);
        let line_end = text
            .get(start..)
            .and_then(|it| it.find('\n'))
            .map_or(text.len(), |it| start + it);
        let end = floor_boundary(text, bytes.end).clamp(start, line_end);
        let (from, to) = if line_end - line_start > LONGEST_LINE {
            let from = floor_boundary(text, start.saturating_sub(LONGEST_LINE / 2)).max(line_start);
            let to = floor_boundary(text, start + LONGEST_LINE / 2).min(line_end);
            (from, to)
        } else {
            (line_start, line_end)
        };
        let shown = text
            .get(from..to)
            .unwrap_or_default()
            .trim_end_matches('\r');
        let clip = |offset: usize| offset.saturating_sub(from).min(shown.len());
        Self {
            marked: clip(start)..clip(end),
            text: shown.to_owned(),
            line: source.line_column(start).line,
        }
    }
}

fn floor_boundary(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Pointer, Rule, Span};

    static RULE: Rule = Rule {
        name: "reference/unresolved",
        severity: Severity::Error,
        summary: "",
        explanation: "",
    };

    #[test]
    fn a_finding_shows_its_line() {
        let mut sources = Sources::default();
        let file = sources.add("api.yaml", "a: 1\nb:\n  $ref: '#/c'\nd: 2\n");
        let finding = Diagnostic::new(
            &RULE,
            file,
            Pointer::parse("/b/$ref").unwrap(),
            "`#/c` does not exist",
        )
        .with_span(Span { bytes: 16..21 })
        .with_label("nothing is there")
        .with_help("define it");
        let shown = text(&[finding], &sources, Style::Plain);
        for part in [
            "error[reference/unresolved]: `#/c` does not exist",
            "--> api.yaml:3:9",
            "$ref: '#/c'",
            "^^^^^ nothing is there",
            "note: at /b/$ref",
            "help: define it",
        ] {
            assert!(shown.contains(part), "`{part}` is missing in\n{shown}");
        }
    }

    #[test]
    fn very_long_lines_are_cut() {
        let mut sources = Sources::default();
        let long = format!("{}[oops]{}", "é".repeat(4000), "x".repeat(4000));
        let file = sources.add("api.json", long);
        let finding = Diagnostic::new(&RULE, file, Pointer::root(), "no")
            .with_span(Span { bytes: 8000..8006 });
        let shown = text(&[finding], &sources, Style::Plain);
        assert!(shown.contains("[oops]"), "{shown}");
        assert!(shown.len() < 2000, "{} bytes", shown.len());
    }
}
