//! Answers, before they are sent.

use std::{borrow::Cow, time::Duration};

use serde_json::Value;

/// An answer.
#[derive(Debug, Clone, Default)]
pub(crate) struct Reply {
    /// The status.
    pub(crate) status: u16,
    /// The header fields.
    pub(crate) headers: Vec<(Cow<'static, str>, String)>,
    /// The body.
    pub(crate) body: Vec<u8>,
    /// Whether the connection is closed in the middle of the body.
    pub(crate) cut: bool,
    /// Header fields that are not added to it, because what they tell is not so.
    pub(crate) withheld: Vec<String>,
    /// How long the answer is held back.
    pub(crate) delay: Duration,
}

impl Reply {
    /// An answer without a body.
    pub(crate) fn empty(status: u16) -> Self {
        Self {
            status,
            ..Self::default()
        }
    }

    /// An answer with a body.
    pub(crate) fn new(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        Self {
            body: body.into(),
            ..Self::empty(status)
        }
        .with("content-type", content_type)
    }

    /// An answer with a JSON body.
    pub(crate) fn json(status: u16, content_type: &str, body: &Value) -> Self {
        Self::new(status, content_type, body.to_string())
    }

    /// Adds a header field.
    pub(crate) fn with(
        mut self,
        name: impl Into<Cow<'static, str>>,
        value: impl Into<String>,
    ) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Whether it has a header field of this name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.headers
            .iter()
            .any(|(known, _)| known.eq_ignore_ascii_case(name))
    }
}
