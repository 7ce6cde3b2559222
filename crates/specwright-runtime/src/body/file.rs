//! Files in multipart bodies.

use super::Body;

/// A file to be sent as a part of a [`Multipart`](super::Multipart) body.
///
/// ```
/// use specwright_runtime::File;
///
/// let file = File::new("a,b\n1,2\n").file_name("table.csv").content_type("text/csv");
/// # let _ = file;
/// ```
#[derive(Debug)]
pub struct File {
    pub(super) body: Body,
    pub(super) file_name: Option<String>,
    pub(super) content_type: Option<String>,
}

impl File {
    /// A file of this content, without a name and of the type `application/octet-stream`.
    pub fn new(body: impl Into<Body>) -> Self {
        Self {
            body: body.into(),
            file_name: None,
            content_type: None,
        }
    }

    /// Sets the name under which the file is sent.
    #[must_use]
    pub fn file_name(mut self, name: impl Into<String>) -> Self {
        self.file_name = Some(name.into());
        self
    }

    /// Sets the media type.
    #[must_use]
    pub fn content_type(mut self, media_type: impl Into<String>) -> Self {
        self.content_type = Some(media_type.into());
        self
    }

    /// The content, without name and type.
    pub fn into_body(self) -> Body {
        self.body
    }
}
