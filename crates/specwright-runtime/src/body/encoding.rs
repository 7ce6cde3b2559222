//! How a property of a form is written: what generated code declares in statics.

use crate::parameter::Style;

/// The encoding of one property of a form (OpenAPI, Encoding Object).
///
/// ```
/// use specwright_runtime::{Encoding, Style};
///
/// static ENCODINGS: &[Encoding] = &[
///     Encoding::new("metadata").content_type("application/json"),
///     Encoding::new("expand").style(Style::DeepObject),
/// ];
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Encoding {
    pub(super) name: &'static str,
    pub(super) style: Option<Style>,
    pub(super) explode: Option<bool>,
    pub(super) allow_reserved: bool,
    pub(super) content_type: Option<&'static str>,
}

impl Encoding {
    /// The encoding of the property `name`, with nothing set.
    pub const fn new(name: &'static str) -> Self {
        Self {
            name,
            style: None,
            explode: None,
            allow_reserved: false,
            content_type: None,
        }
    }

    /// Sets the style: one of those of a query.
    pub const fn style(mut self, style: Style) -> Self {
        self.style = Some(style);
        self
    }

    /// Sets whether arrays and objects become a pair for each element or member: by default only
    /// in the style `form`.
    pub const fn explode(mut self, explode: bool) -> Self {
        self.explode = Some(explode);
        self
    }

    /// Sends reserved characters as they are; see
    /// [`Parameter::allow_reserved`](crate::Parameter::allow_reserved).
    pub const fn allow_reserved(mut self) -> Self {
        self.allow_reserved = true;
        self
    }

    /// Sets the media type of the value, which counts if no style is set: JSON is sent as JSON
    /// text, anything else as plain text.
    pub const fn content_type(mut self, media_type: &'static str) -> Self {
        self.content_type = Some(media_type);
        self
    }
}
