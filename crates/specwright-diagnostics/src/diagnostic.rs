//! One finding.

use crate::{FileId, Pointer, Rule, Sources, Span};

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The document breaks a rule of its specification or cannot be used as it is.
    Error,
    /// The document can be used, but something in it is lost, doubtful or bad for its users.
    Warning,
    /// Worth knowing.
    Info,
}

impl Severity {
    /// `error`, `warning` or `info`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
        }
    }
}

/// Which part of an object member a diagnostic is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Part {
    /// The node itself.
    #[default]
    Value,
    /// The key under which the node stands.
    Key,
}

/// One finding: a rule, a place, and what to say about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The rule that was broken.
    pub rule: &'static Rule,
    /// How bad it is here.
    pub severity: Severity,
    /// What is wrong, in one line, without a full stop.
    pub message: String,
    /// The file it is in, if it is in one.
    pub file: Option<FileId>,
    /// The node it is about.
    pub pointer: Pointer,
    /// Whether it is about the node or about its key.
    pub part: Part,
    /// The place in the text, once it has been located.
    pub span: Option<Span>,
    /// A short text to put beside the marked place.
    pub label: Option<String>,
    /// A way out, in one line.
    pub help: Option<String>,
    /// Where the rule is written down: the section of a specification.
    pub link: Option<String>,
}

impl Diagnostic {
    /// A finding of `rule` with its default severity.
    #[must_use]
    pub fn new(
        rule: &'static Rule,
        file: FileId,
        pointer: Pointer,
        message: impl Into<String>,
    ) -> Self {
        Self {
            rule,
            severity: rule.severity,
            message: message.into(),
            file: Some(file),
            pointer,
            part: Part::Value,
            span: None,
            label: None,
            help: None,
            link: None,
        }
    }

    /// The same finding about the key instead of the value.
    #[must_use]
    pub fn on_key(mut self) -> Self {
        self.part = Part::Key;
        self
    }

    /// The same finding with a place in the text.
    #[must_use]
    pub fn with_span(mut self, span: Span) -> Self {
        self.span = Some(span);
        self
    }

    /// The same finding with a text beside the marked place.
    #[must_use]
    pub fn with_label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// The same finding with a way out.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// Puts diagnostics into the order in which they are shown: by file, place, rule and message.
pub fn sort(diagnostics: &mut [Diagnostic], sources: &Sources) {
    diagnostics.sort_by_cached_key(|it| {
        let name = it
            .file
            .and_then(|file| sources.get(file))
            .map(|source| source.name().to_owned());
        let start = it.span.as_ref().map_or(usize::MAX, |span| span.bytes.start);
        (
            it.file,
            name,
            start,
            it.pointer.clone(),
            it.rule.name,
            it.message.clone(),
        )
    });
}
