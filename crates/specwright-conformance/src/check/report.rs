//! What checks report.

use specwright_openapi::{
    Key, Path,
    diagnostics::{Part, Pointer},
};

/// One finding, at its place in the [`Document`](specwright_openapi::Document).
#[derive(Debug)]
pub(crate) struct Finding {
    pub(crate) rule: usize,
    pub(crate) pointer: Pointer,
    pub(crate) part: Part,
    pub(crate) message: String,
    pub(crate) label: Option<String>,
    pub(crate) help: Option<String>,
}

/// Takes the findings of one rule.
#[derive(Debug)]
pub(crate) struct Report<'r> {
    pub(super) rule: usize,
    pub(super) findings: &'r mut Vec<Finding>,
}

impl Report<'_> {
    /// A finding about the node at `pointer`. The message is one line without a full stop.
    pub(crate) fn at(&mut self, pointer: Pointer, message: impl Into<String>) -> &mut Finding {
        self.findings.push_mut(Finding {
            rule: self.rule,
            pointer,
            part: Part::Value,
            message: message.into(),
            label: None,
            help: None,
        })
    }

    /// A finding about a node that a walk came to: its key if it has one, so that not the whole object is marked.
    pub(crate) fn node(&mut self, path: &Path<'_>, message: impl Into<String>) -> &mut Finding {
        let on_key = matches!(path.key(), Key::Name(_));
        let finding = self.at(path.pointer(), message);
        if on_key {
            finding.part = Part::Key;
        }
        finding
    }

    /// A finding about the value of a field of a node that a walk came to.
    pub(crate) fn field(
        &mut self,
        path: &Path<'_>,
        field: &str,
        message: impl Into<String>,
    ) -> &mut Finding {
        self.at(path.pointer().join(field), message)
    }

    /// A finding about a field as such: its key is marked.
    pub(crate) fn key(
        &mut self,
        path: &Path<'_>,
        field: &str,
        message: impl Into<String>,
    ) -> &mut Finding {
        self.field(path, field, message).on_key()
    }
}

impl Finding {
    /// Marks the key instead of the value.
    pub(crate) fn on_key(&mut self) -> &mut Self {
        self.part = Part::Key;
        self
    }

    /// Adds a way out, in one line.
    pub(crate) fn help(&mut self, help: impl Into<String>) -> &mut Self {
        self.help = Some(help.into());
        self
    }

    /// Adds a text beside the marked place.
    pub(crate) fn label(&mut self, label: impl Into<String>) -> &mut Self {
        self.label = Some(label.into());
        self
    }
}
