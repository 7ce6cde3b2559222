//! Requests and responses held against the operations of a document.
//!
//! [`Exchanges`] is made once for a document and can be shared between threads. [`Exchanges::find`] tells which operation
//! a method and a path belong to, [`Exchanges::request`] and [`Exchanges::response`] what is known about a message. The
//! [`Verdict`] has three outcomes, because a document does not say everything: what XML looks like, whether a client
//! certificate was sent, whether a pattern that is no regular expression matches.
//!
//! Values are held against the schemas of the document as it was written ([`crate::schema`]), in its own version. A text
//! in a path, query, header or form is read as its `style` says, and as whatever type the schema allows: if one reading
//! fits, the text does. The rules that findings name are in [`rules`].
//!
//! ```
//! use hyper::HeaderMap;
//! use specwright_conformance::exchange::{Exchanges, Outcome, Request};
//! use specwright_openapi::{MemoryLoader, load_with_document};
//!
//! let text = "
//! openapi: 3.1.0
//! info: {title: Cats, version: '1'}
//! paths:
//!   /cats:
//!     get:
//!       parameters: [{name: limit, in: query, schema: {type: integer, maximum: 10}}]
//!       responses: {'204': {description: None.}}
//! ";
//! let loaded = load_with_document("api.yaml", &MemoryLoader::default().with("api.yaml", text))?;
//! let description = loaded.description.ok_or("no description")?;
//! let exchanges = Exchanges::new(&description, loaded.document.ok_or("no document")?);
//! let verdict = exchanges.request(&Request {
//!     method: "GET",
//!     path: "/cats",
//!     raw_query: "limit=11",
//!     headers: &HeaderMap::new(),
//!     body: None,
//! });
//! assert_eq!(verdict.outcome(), Outcome::Violates);
//! assert_eq!(verdict.findings[0].message, "expected at most 10, found 11");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod body;
mod form;
mod json;
mod media;
mod multipart;
mod one_way;
mod operation;
mod pairs;
mod parameters;
mod reading;
mod readings;
mod route;
pub mod rules;
mod security;
mod styles;
mod verdict;

use std::sync::Arc;

use hyper::HeaderMap;
use specwright_diagnostics::Pointer;
use specwright_openapi::{Description, Document, Version};

pub use readings::Readings;
pub use route::Match;
pub use verdict::{Finding, Outcome, Part, Undecided, Verdict};

use crate::schema::{Checked, Direction, Schemas};
use body::{Bodies, content_type};
use form::{Forms, Unread};
use operation::{Content, Operation, Place, Preparer};
use pairs::Pairs;
use parameters::{Parameters, open};
use reading::Reader;
use route::Routes;
use security::{Credentials, Requirement};

/// The operations of a document, ready to hold messages against them. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Exchanges(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    version: Version,
    schemas: Schemas,
    routes: Routes,
    operations: Vec<Operation>,
}

/// A request as it was sent.
#[derive(Debug, Clone, Copy)]
pub struct Request<'r> {
    /// The method, for example `GET`.
    pub method: &'r str,
    /// The path without the query, percent-encoded.
    pub path: &'r str,
    /// What stands behind `?`, still encoded; empty if there is none.
    pub raw_query: &'r str,
    /// The header fields.
    pub headers: &'r HeaderMap,
    /// The body, if there is one; an empty one counts as none.
    pub body: Option<&'r [u8]>,
}

/// A response as it was sent.
#[derive(Debug, Clone, Copy)]
pub struct Response<'r> {
    /// The status.
    pub status: u16,
    /// The header fields.
    pub headers: &'r HeaderMap,
    /// The body; `None` if there is none to look at, as in the response to `HEAD`.
    pub body: Option<&'r [u8]>,
}

impl Exchanges {
    /// Makes the operations of a document ready. Schemas are made ready when they are first needed.
    #[must_use]
    pub fn new(description: &Description, document: Arc<Document>) -> Self {
        let preparer = Preparer {
            description,
            document: &document,
        };
        Self(Arc::new(Inner {
            version: document.version(),
            routes: Routes::new(description),
            operations: description
                .operations()
                .map(|it| preparer.operation(&it))
                .collect(),
            schemas: Schemas::new(Arc::clone(&document)),
        }))
    }

    /// The schemas that values are held against.
    #[must_use]
    pub fn schemas(&self) -> &Schemas {
        &self.0.schemas
    }

    /// What is at a path, which begins with the path of a server and is still percent-encoded.
    #[must_use]
    pub fn find(&self, method: &str, path: &str) -> Match<'_> {
        self.0.routes.find(method, path)
    }

    /// What is known about a request.
    #[must_use]
    pub fn request(&self, request: &Request<'_>) -> Verdict {
        let mut verdict = Verdict::default();
        let paths = Pointer::root().join("paths");
        match self.find(request.method, request.path) {
            Match::Operation {
                operation,
                parameters,
            } => self.request_of(operation, &parameters, request, &mut verdict),
            Match::OtherMethods(methods) => {
                let message = format!(
                    "expected {}, found {}",
                    methods.join(" or "),
                    request.method
                );
                verdict.find(&rules::METHOD, Part::Method, &paths, message);
            }
            Match::Nothing => {
                let message = "no path of the document fits";
                verdict.find(&rules::PATH, Part::Url, &paths, message);
            }
        }
        verdict
    }

    fn request_of(
        &self,
        operation: usize,
        in_path: &[(&str, String)],
        request: &Request<'_>,
        verdict: &mut Verdict,
    ) {
        let Some(operation) = self.0.operations.get(operation) else {
            return;
        };
        let reader = self.reader(Direction::Request);
        let parameters = Parameters {
            reader,
            in_response: false,
        };
        let all = &operation.parameters;
        parameters.path(all, in_path, verdict);
        for header in all.iter().filter(|it| it.place == Place::Header) {
            parameters.header(header, request.headers, verdict);
        }
        let fields = request.headers.get_all("cookie").iter();
        let mut cookies = Pairs::of_cookies(fields.filter_map(|it| it.to_str().ok()));
        parameters.pairs(all, Place::Cookie, &mut cookies, verdict);
        let mut query = Pairs::of_query(request.raw_query);
        let credentials = Credentials {
            headers: request.headers,
            query: &query,
            cookies: &cookies,
        };
        Requirement::judge(&operation.security, &credentials, verdict);
        match all.iter().find(|it| it.place == Place::QueryString) {
            Some(whole) => {
                let form = |content: &Content, text: &str| self.form_of(content, text);
                parameters.query_string(whole, request.raw_query, verdict, form);
            }
            None => {
                parameters.pairs(all, Place::Query, &mut query, verdict);
                query.claim(|name| operation.security.iter().any(|it| it.takes_query(name)));
                parameters.unknown(&query, &operation.document, verdict);
            }
        }
        self.request_body(operation, request, verdict);
    }

    /// What is known about a text that is a form.
    fn form_of(&self, content: &Content, text: &str) -> Result<Checked, String> {
        let reader = self.reader(Direction::Request);
        Ok(match (Forms { reader, content }).urlencoded(text) {
            Ok(value) => Bodies { reader }.members(content, &value),
            Err(Unread::Malformed(why)) => return Err(why),
            Err(Unread::Beyond(why)) => open(&content.document, why),
        })
    }

    fn request_body(&self, operation: &Operation, request: &Request<'_>, verdict: &mut Verdict) {
        let sent = request.body.filter(|it| !it.is_empty());
        match (&operation.body, sent) {
            (Some(body), Some(sent)) => {
                let reader = self.reader(Direction::Request);
                let headers = request.headers;
                Bodies { reader }.check(&body.content, headers, sent, &body.document, verdict);
            }
            (Some(body), None) if body.required => {
                let message = "a body is required";
                verdict.find(&rules::MISSING_BODY, Part::Body, &body.document, message);
            }
            (None, Some(_)) => {
                let message = "the operation describes no body";
                verdict.find(
                    &rules::UNKNOWN_BODY,
                    Part::Body,
                    &operation.document,
                    message,
                );
            }
            (_, None) => {}
        }
    }

    /// What is known about a response to a request for this operation: its number in the order of
    /// [`Description::operations`], which [`Exchanges::find`] gives.
    #[must_use]
    pub fn response(&self, operation: usize, response: &Response<'_>) -> Verdict {
        let mut verdict = Verdict::default();
        let Some(operation) = self.0.operations.get(operation) else {
            return verdict;
        };
        let fits = operation
            .responses
            .iter()
            .filter_map(|it| Some((it.status.fit(response.status)?, it)));
        let best = fits.max_by_key(|(fit, _)| *fit);
        let at = operation.document.join("responses");
        let bodiless = matches!(response.status, 100..=199 | 204 | 205 | 304);
        if bodiless && response.body.is_some_and(|it| !it.is_empty()) {
            let message = format!("a response with status {} has no body", response.status);
            verdict.find(&rules::UNEXPECTED_BODY, Part::Body, &at, message);
        }
        let Some((_, described)) = best else {
            let message = format!(
                "the operation describes no response with status {}",
                response.status
            );
            verdict.find(&rules::STATUS, Part::Status, &at, message);
            return verdict;
        };
        let reader = self.reader(Direction::Response);
        let parameters = Parameters {
            reader,
            in_response: true,
        };
        for header in &described.headers {
            parameters.header(header, response.headers, &mut verdict);
        }
        let is_head = operation.method == "HEAD";
        let Some(body) = response.body.filter(|_| !bodiless && !is_head) else {
            return verdict;
        };
        let document = &described.document;
        match (described.content.is_empty(), body.is_empty()) {
            (true, true) => {}
            (true, false) if self.0.version == Version::V2_0 => {
                let message = "the response is described without a schema, so it has no body";
                verdict.find(&rules::UNEXPECTED_BODY, Part::Body, document, message);
            }
            (true, false) => {
                let reason = "the response is described without content";
                verdict.leave_open(Part::Body, document, reason);
            }
            (false, true)
                if is_text_or_binary(&described.content, content_type(response.headers)) => {}
            (false, true) => {
                let message = "the response is described with content and has none";
                verdict.find(&rules::MISSING_BODY, Part::Body, document, message);
            }
            (false, false) => {
                let content = &described.content;
                Bodies { reader }.check(content, response.headers, body, document, &mut verdict);
            }
        }
        verdict
    }

    fn reader(&self, direction: Direction) -> Reader<'_> {
        Reader {
            schemas: &self.0.schemas,
            direction,
        }
    }
}

/// Whether an empty body may be content of the media type: an empty text is a text, and no JSON.
fn is_text_or_binary(content: &[Content], sent: Option<&str>) -> bool {
    let sent = sent.and_then(media::MediaType::parse);
    let is_plain = |it: &media::MediaType| !it.is_json() && !it.is_xml() && !it.is_multipart();
    match sent {
        Some(sent) => is_plain(&sent),
        None => content
            .iter()
            .any(|it| it.range.as_ref().is_none_or(is_plain)),
    }
}
