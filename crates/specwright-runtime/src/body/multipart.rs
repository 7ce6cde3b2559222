//! Multipart bodies (RFC 7578, RFC 2046).

use std::collections::VecDeque;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use http::{HeaderName, HeaderValue};

use super::boundary::boundary;
use super::file::File;
use super::form::is_json;
use super::{Body, Content};
use crate::json::{ToJson, Tree};
use crate::transport::{BodyStream, TransportError};

/// A multipart body in the making. What cannot be sent is reported when the request is.
///
/// ```
/// use specwright_runtime::{File, Multipart};
///
/// let form = Multipart::new()
///     .value("purpose", &"avatar")
///     .file("image", File::new(vec![0xff, 0xd8]).file_name("me.jpg").content_type("image/jpeg"));
/// # let _ = form;
/// ```
#[derive(Debug, Default)]
pub struct Multipart {
    parts: Vec<Part>,
    /// Where the parts of the last value or file begin.
    last: Option<usize>,
    /// Why the form cannot be sent.
    unusable: Option<String>,
}

#[derive(Debug)]
struct Part {
    /// The header lines, each with its line break.
    head: String,
    body: Body,
}

impl Multipart {
    /// A body without parts.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a value: a scalar as plain text, an array as a part for each element, an object as
    /// JSON (OpenAPI 3.0.3, "Special Considerations for multipart Content"). Null adds nothing.
    #[must_use]
    pub fn value(self, name: &str, value: &dyn ToJson) -> Self {
        self.add_value(name, None, value)
    }

    /// Adds a value of a media type: JSON for a JSON type, else the text of a scalar. An array is a
    /// part for each element, unless the type is JSON. Null adds nothing.
    #[must_use]
    pub fn encoded(self, name: &str, content_type: &str, value: &dyn ToJson) -> Self {
        self.add_value(name, Some(content_type), value)
    }

    /// Adds a file.
    #[must_use]
    pub fn file(mut self, name: &str, file: File) -> Self {
        self.last = Some(self.parts.len());
        let content_type = file.content_type.as_deref();
        let content_type = content_type.unwrap_or("application/octet-stream");
        self.part(
            name,
            file.file_name.as_deref(),
            Some(content_type),
            file.body,
        );
        self
    }

    /// Adds a file, of this media type unless it has one of its own.
    #[must_use]
    pub fn file_as(self, name: &str, content_type: &str, mut file: File) -> Self {
        let own = file.content_type.take();
        file.content_type = own.or_else(|| Some(content_type.to_owned()));
        self.file(name, file)
    }

    /// Adds a header to the part of the last value or file; to all of them if it was an array, to
    /// none if it was null.
    #[must_use]
    pub fn header<T: ToString>(mut self, name: &str, value: T) -> Self {
        let value = value.to_string();
        let is_header = HeaderName::from_bytes(name.as_bytes()).is_ok()
            && value.is_ascii()
            && HeaderValue::from_str(&value).is_ok();
        match self.last.and_then(|last| self.parts.get_mut(last..)) {
            Some(parts) if is_header => {
                for part in parts {
                    part.head.push_str(&format!("{name}: {value}\r\n"));
                }
            }
            Some(_) => self.refuse(format!(
                "the header `{name}` of a part cannot carry its value"
            )),
            None => self.refuse(format!("the header `{name}` has no part to belong to")),
        }
        self
    }

    fn add_value(mut self, name: &str, content_type: Option<&str>, value: &dyn ToJson) -> Self {
        self.last = Some(self.parts.len());
        match Tree::of(value) {
            Ok(tree) => self.add_tree(name, content_type, &tree),
            Err(error) => self.refuse(format!("the part `{name}`: {error}")),
        }
        self
    }

    fn add_tree(&mut self, name: &str, content_type: Option<&str>, value: &Tree) {
        match (value, content_type) {
            (Tree::Null, _) => {}
            (value, Some(media_type)) if is_json(media_type) => {
                self.part(name, None, content_type, value.json().into());
            }
            (Tree::Array(elements), _) => {
                for element in elements {
                    match element {
                        Tree::Array(_) => self.add_json(name, content_type, element),
                        element => self.add_tree(name, content_type, element),
                    }
                }
            }
            (Tree::Object(_), _) => self.add_json(name, content_type, value),
            (Tree::Word(text) | Tree::Text(text), _) => {
                self.part(name, None, content_type, text.clone().into());
            }
        }
    }

    fn add_json(&mut self, name: &str, content_type: Option<&str>, value: &Tree) {
        let media_type = content_type.unwrap_or("application/json");
        self.part(name, None, Some(media_type), value.json().into());
    }

    /// Adds a part. One without a name is for bodies whose parts are told by their order.
    fn part(&mut self, name: &str, file: Option<&str>, content_type: Option<&str>, body: Body) {
        let mut head = String::new();
        let file = file.map(|file| format!("; filename=\"{}\"", escaped(file)));
        if !name.is_empty() {
            let file = file.unwrap_or_default();
            let name = escaped(name);
            head = format!("Content-Disposition: form-data; name=\"{name}\"{file}\r\n");
        } else if let Some(file) = file {
            head = format!("Content-Disposition: attachment{file}\r\n");
        }
        if let Some(content_type) = content_type {
            if HeaderValue::from_str(content_type).is_err() {
                self.refuse(format!(
                    "the media type of the part `{name}` is no header value"
                ));
            }
            head.push_str(&format!("Content-Type: {content_type}\r\n"));
        }
        self.parts.push(Part { head, body });
    }

    fn refuse(&mut self, reason: String) {
        self.unusable.get_or_insert(reason);
    }

    /// The boundary and the body, or why there is none.
    pub(crate) fn finish(self) -> Result<(String, Body), String> {
        if let Some(reason) = self.unusable {
            return Err(reason);
        }
        let seed: String = self
            .parts
            .iter()
            .map(|part| format!("{}{:?}", part.head, part.body.length()))
            .collect();
        let contents: Vec<&[u8]> = self
            .parts
            .iter()
            .filter_map(|part| part.body.as_bytes().map(|bytes| &**bytes))
            .collect();
        let boundary = boundary(seed.as_bytes(), &contents);
        let body = assemble(self.parts, &boundary)
            .ok_or_else(|| "a part of the body is a stream that was sent already".to_owned())?;
        Ok((boundary, body))
    }
}

/// The parts between their delimiters: bytes if all parts are, else a stream. `None` if a part's
/// stream is gone.
fn assemble(parts: Vec<Part>, boundary: &str) -> Option<Body> {
    let mut pieces = Vec::with_capacity(2 * parts.len() + 1);
    let mut separator = String::new();
    for Part { head, body } in parts {
        pieces.push(Body::from(format!("{separator}--{boundary}\r\n{head}\r\n")));
        pieces.push(body.claim()?);
        separator = "\r\n".to_owned();
    }
    pieces.push(Body::from(format!("{separator}--{boundary}--\r\n")));
    if pieces.iter().all(Body::is_repeatable) {
        let bytes: Vec<_> = pieces.iter().filter_map(Body::as_bytes).cloned().collect();
        return Some(Body(Content::Bytes(bytes.concat().into())));
    }
    let length = pieces.iter().map(Body::length).sum::<Option<u64>>();
    let body = Body::streaming(Box::pin(Sequence {
        pieces: pieces.into(),
        current: None,
    }));
    Some(match length {
        Some(length) => body.with_length(length),
        None => body,
    })
}

/// Escapes a name as browsers do (WHATWG HTML, section 4.10.22.8).
fn escaped(name: &str) -> String {
    name.replace('"', "%22")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// Bodies one after the other.
struct Sequence {
    pieces: VecDeque<Body>,
    current: Option<BodyStream>,
}

impl Stream for Sequence {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(current) = &mut self.current {
                if let Some(chunk) = ready!(current.as_mut().poll_next(cx)) {
                    return Poll::Ready(Some(chunk));
                }
                self.current = None;
            }
            match self.pieces.pop_front() {
                Some(piece) => self.current = Some(piece.into_stream()),
                None => return Poll::Ready(None),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{collect, streamed};
    use super::*;
    use crate::json::Map;

    /// The parts of a form, each with its head and content.
    async fn parts(form: Multipart) -> Vec<String> {
        let (boundary, body) = form.finish().unwrap();
        let length = body.length();
        let text = collect(body).await.unwrap();
        if let Some(length) = length {
            assert_eq!(length, text.len() as u64);
        }
        let delimiter = format!("--{boundary}");
        let inner = text
            .strip_prefix(&format!("{delimiter}\r\n"))
            .and_then(|text| text.strip_suffix(&format!("\r\n{delimiter}--\r\n")))
            .unwrap_or_else(|| panic!("{text}"));
        let delimiter = format!("\r\n{delimiter}\r\n");
        inner.split(&delimiter).map(str::to_owned).collect()
    }

    #[tokio::test]
    async fn values_become_parts_by_their_kind() {
        let object = Map::from([("k".to_owned(), "v")]);
        let form = Multipart::new()
            .value("text", &"a b")
            .value("number", &1.5)
            .value("null", &None::<i32>)
            .header("X-N", 1)
            .value("list", &vec!["x", "y"])
            .header("X-L", 2)
            .value("object", &object)
            .encoded("json", "application/json", &vec![1, 2])
            .encoded("csv", "text/csv", &"a,b")
            .value("deep", &vec![vec![1, 2]]);
        assert_eq!(
            parts(form).await,
            [
                "Content-Disposition: form-data; name=\"text\"\r\n\r\na b",
                "Content-Disposition: form-data; name=\"number\"\r\n\r\n1.5",
                "Content-Disposition: form-data; name=\"list\"\r\nX-L: 2\r\n\r\nx",
                "Content-Disposition: form-data; name=\"list\"\r\nX-L: 2\r\n\r\ny",
                "Content-Disposition: form-data; name=\"object\"\r\nContent-Type: application/json\r\n\r\n{\"k\":\"v\"}",
                "Content-Disposition: form-data; name=\"json\"\r\nContent-Type: application/json\r\n\r\n[1,2]",
                "Content-Disposition: form-data; name=\"csv\"\r\nContent-Type: text/csv\r\n\r\na,b",
                "Content-Disposition: form-data; name=\"deep\"\r\nContent-Type: application/json\r\n\r\n[1,2]",
            ]
        );
    }

    #[tokio::test]
    async fn files_have_names_types_and_headers() {
        let file = File::new("1,2")
            .file_name("a\"b\r\nü.csv")
            .content_type("text/csv");
        let form = Multipart::new()
            .file("f\"", file)
            .header("X-Rate", 7)
            .file("", File::new("x").file_name("y"))
            .file("", File::new("z"));
        assert_eq!(
            parts(form).await,
            [
                "Content-Disposition: form-data; name=\"f%22\"; filename=\"a%22b%0D%0Aü.csv\"\r\nContent-Type: text/csv\r\nX-Rate: 7\r\n\r\n1,2",
                "Content-Disposition: attachment; filename=\"y\"\r\nContent-Type: application/octet-stream\r\n\r\nx",
                "Content-Type: application/octet-stream\r\n\r\nz",
            ]
        );
    }

    #[tokio::test]
    async fn a_form_streams_when_a_part_does() {
        let form = || Multipart::new().value("a", &1);
        let (_, body) = form().finish().unwrap();
        assert!(body.is_repeatable());
        let unknown = form().file("f", File::new(streamed(&["x", "y"])));
        let (_, body) = unknown.finish().unwrap();
        assert!(!body.is_repeatable() && body.length().is_none());
        let known = form().file("f", File::new(streamed(&["x", "y"]).with_length(2)));
        let (_, body) = known.finish().unwrap();
        assert!(!body.is_repeatable() && body.length().is_some());
        let streamed = form().file("f", File::new(streamed(&["x", "y"]).with_length(2)));
        let last = parts(streamed).await.pop().unwrap();
        assert!(last.ends_with("\r\n\r\nxy"), "{last}");
    }

    #[test]
    fn what_cannot_be_sent_is_said() {
        let reason = |form: Multipart| form.finish().unwrap_err();
        assert_eq!(
            reason(Multipart::new().header("X-A", 1)),
            "the header `X-A` has no part to belong to"
        );
        assert_eq!(
            reason(
                Multipart::new()
                    .value("a", &1)
                    .header("X-A", "two\r\nlines")
            ),
            "the header `X-A` of a part cannot carry its value"
        );
        assert_eq!(
            reason(Multipart::new().value("a", &vec![f64::NAN])),
            "the part `a`: $[0]: the number is not finite"
        );
        let typed = File::new("").content_type("a\r\nX-Injected: 1");
        assert!(reason(Multipart::new().file("a", typed)).contains("media type"));
        let body = streamed(&[]);
        assert!(body.claim().is_some());
        assert!(reason(Multipart::new().file("a", File::new(body))).contains("sent already"));
    }

    #[test]
    fn no_part_holds_the_boundary() {
        let boundary_for = |content: String| {
            let form = Multipart::new()
                .file("a", File::new(content))
                .value("b", &1);
            form.finish().unwrap().0
        };
        let filler = "x".repeat(boundary_for(String::new()).len());
        let boundary = boundary_for(filler.clone());
        assert_eq!(boundary_for(filler.replace('x', "y")), boundary);
        assert_ne!(boundary_for(boundary.clone()), boundary);
    }

    #[test]
    fn an_empty_form_is_closed() {
        let (boundary, body) = Multipart::new().finish().unwrap();
        assert_eq!(body.as_bytes().unwrap(), &format!("--{boundary}--\r\n"));
    }
}
