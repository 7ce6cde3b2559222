//! Requests: an operation and its parameters.

mod paging;
mod prepare;
mod query;
mod send;

use std::fmt;
use std::pin::Pin;
use std::time::Duration;

use http::header::{HeaderMap, HeaderName, HeaderValue};
use url::Url;

use self::query::Query;
use crate::body::{Body, Encoding, Multipart, urlencoded};
use crate::client::Client;
use crate::error::{ConfigurationError, Error};
use crate::json::{ToJson, Tree, to_vec};
use crate::operation::Operation;
use crate::parameter::{Parameter, Place, Style, cookie_text};
use crate::url_encoding::encode;

pub(crate) use paging::Placed;

/// A call under way.
pub type Call<T> = Pin<Box<dyn Future<Output = Result<T, Error>> + Send>>;

/// A request for one operation. Nothing is sent before [`send`](Self::send) or its like is awaited.
///
/// The setters take the place of earlier values of the same name. A value that cannot be sent is
/// reported when the request is.
#[derive(Clone)]
pub struct Request {
    client: Client,
    operation: &'static Operation,
    path: Vec<PathValue>,
    query: Query,
    headers: HeaderMap,
    /// Encoded pairs, by name.
    cookies: Vec<(&'static str, String)>,
    accept: Option<&'static str>,
    body: Option<Body>,
    timeout: Duration,
    /// Where the request goes in place of the operation's URL, query included.
    target: Option<Url>,
    /// The first setter's value that cannot be sent.
    unusable: Option<String>,
}

/// An encoded value for a place in the path.
#[derive(Clone)]
struct PathValue {
    name: &'static str,
    text: String,
    /// Whether the path still leads to the operation when the text is empty.
    may_be_empty: bool,
}

impl Request {
    pub(crate) fn new(client: Client, operation: &'static Operation) -> Self {
        let timeout = client.shared().timeout;
        Self {
            client,
            operation,
            path: Vec::new(),
            query: Query::default(),
            headers: HeaderMap::new(),
            cookies: Vec::new(),
            accept: None,
            body: None,
            timeout,
            target: None,
            unusable: None,
        }
    }

    /// The operation that is called.
    pub fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// Sets a parameter of the path. It is sent as one segment or part of one, whatever it
    /// contains; a value that would be dropped on the way (empty, `.` or `..`) is refused when the
    /// request is sent.
    pub fn path<T: ToString>(&mut self, name: &'static str, value: T) {
        let text = encode(&value.to_string()).into_owned();
        self.set_path(name, text, false);
    }

    /// Sets a parameter of the query.
    pub fn query<T: ToString>(&mut self, name: &'static str, value: T) {
        self.query.set_value(name, value.to_string());
    }

    /// Sets a parameter of the query that is repeated for each value (OpenAPI, `style: form` with
    /// `explode: true`).
    pub fn query_each<T: ToString>(
        &mut self,
        name: &'static str,
        values: impl IntoIterator<Item = T>,
    ) {
        let values = values.into_iter().map(|value| value.to_string()).collect();
        self.query.set_values(name, values);
    }

    /// Sets a header.
    pub fn header<T: ToString>(&mut self, name: &'static str, value: T) {
        self.set_header(name, &value.to_string());
    }

    /// Sets a cookie. Characters that a cookie cannot carry are percent-encoded.
    pub fn cookie<T: ToString>(&mut self, name: &'static str, value: T) {
        let pair = format!("{}={}", cookie_text(name), cookie_text(&value.to_string()));
        self.set_cookie(name, Some(pair));
    }

    /// Sets a parameter of any place as its style says. Null, and an empty array or object, leave
    /// the parameter out, unless it is sent as JSON.
    pub fn parameter(&mut self, parameter: Parameter, value: &dyn ToJson) {
        let tree = match Tree::of(value) {
            Ok(tree) => tree,
            Err(error) => return self.refuse(format!("{}: {error}", parameter.described())),
        };
        let text = parameter.serialize(&tree);
        let name = parameter.name;
        match parameter.place {
            Place::Path => {
                let may_be_empty = matches!(parameter.style, Style::Label | Style::Matrix);
                self.set_path(name, text.unwrap_or_default(), may_be_empty);
            }
            Place::Query => match (text, &tree) {
                (Some(text), Tree::Word(value) | Tree::Text(value)) if !parameter.json => {
                    self.query.set(name, text, Some(value.clone()));
                }
                (Some(text), _) => self.query.set(name, text, None),
                (None, _) => self.query.remove(name),
            },
            Place::Header => match text {
                Some(text) => self.set_header(name, &text),
                None => drop(self.headers.remove(name)),
            },
            Place::Cookie => self.set_cookie(name, text),
        }
    }

    /// Sets the query from the fields of an object (OpenAPI 3.2, `in: querystring` with form
    /// content): arrays are repeated, inner objects are JSON, null is left out. It is joined with
    /// parameters that are set otherwise.
    pub fn query_string(&mut self, value: &dyn ToJson) {
        match Tree::of(value) {
            Ok(Tree::Null) => self.query.remove(""),
            Ok(tree) => match urlencoded(&tree, &[]) {
                Some(pairs) => self.query.set("", pairs, None),
                None => self.refuse("the query string is not made from an object".to_owned()),
            },
            Err(error) => self.refuse(format!("the query string: {error}")),
        }
    }

    /// Sets the query to a value as JSON, percent-encoded (OpenAPI 3.2, `in: querystring` with JSON
    /// content).
    pub fn query_string_json(&mut self, value: &dyn ToJson) {
        match Tree::of(value) {
            Ok(tree) => self.query.set("", encode(&tree.json()).into_owned(), None),
            Err(error) => self.refuse(format!("the query string: {error}")),
        }
    }

    /// Sets the header `Accept`, in place of the operation's.
    pub fn accept(&mut self, media_types: &'static str) {
        self.accept = Some(media_types);
    }

    /// Sets the body to `value` as JSON.
    pub fn json<T: ToJson + ?Sized>(&mut self, value: &T) {
        self.set_json(
            "application/json",
            to_vec(value).map_err(|error| error.to_string()),
        );
    }

    /// Sets the body to `value` as JSON of another media type.
    pub fn json_as(&mut self, content_type: &'static str, value: &dyn ToJson) {
        self.set_json(
            content_type,
            to_vec(value).map_err(|error| error.to_string()),
        );
    }

    /// Sets the body to the fields of an object as `application/x-www-form-urlencoded` (OpenAPI
    /// 3.0.3, "Support for x-www-form-urlencoded Request Bodies"): arrays are repeated, objects are
    /// JSON, null is left out, unless an encoding says otherwise.
    pub fn form(&mut self, value: &dyn ToJson, encodings: &'static [Encoding]) {
        match Tree::of(value) {
            Ok(tree) => match urlencoded(&tree, encodings) {
                Some(pairs) => self.body("application/x-www-form-urlencoded", pairs),
                None => self.refuse("the request's form is not made from an object".to_owned()),
            },
            Err(error) => self.refuse(format!("the request's body: {error}")),
        }
    }

    /// Sets the body to a form with files (`multipart/form-data`, RFC 7578).
    pub fn multipart(&mut self, form: Multipart) {
        self.multipart_as("multipart/form-data", form);
    }

    /// Sets the body to parts of another multipart type, such as `multipart/related`.
    pub fn multipart_as(&mut self, content_type: &'static str, form: Multipart) {
        match form.finish() {
            Ok((boundary, body)) => {
                let content_type = format!("{content_type}; boundary={boundary}");
                self.set_body(&content_type, body);
            }
            Err(reason) => self.refuse(format!("the request's body: {reason}")),
        }
    }

    /// Sets the body to text.
    pub fn text(&mut self, content_type: &'static str, text: String) {
        self.set_body(content_type, text.into());
    }

    /// Sets the body.
    pub fn body(&mut self, content_type: &'static str, body: impl Into<Body>) {
        self.set_body(content_type, body.into());
    }

    /// Sets the longest that one attempt may take, in place of the client's setting. For responses
    /// that are read while they arrive it is the longest until the response begins, and from then on
    /// between two chunks.
    pub fn timeout(&mut self, timeout: Duration) {
        self.timeout = timeout;
    }

    fn set_json(&mut self, content_type: &str, text: Result<Vec<u8>, String>) {
        match text {
            Ok(text) => self.set_body(content_type, text.into()),
            Err(error) => self.refuse(format!("the request's body: {error}")),
        }
    }

    fn set_body(&mut self, content_type: &str, body: Body) {
        self.set_header("content-type", content_type);
        self.body = Some(body);
    }

    fn set_path(&mut self, name: &'static str, text: String, may_be_empty: bool) {
        self.path.retain(|set| set.name != name);
        self.path.push(PathValue {
            name,
            text,
            may_be_empty,
        });
    }

    fn set_cookie(&mut self, name: &'static str, pairs: Option<String>) {
        self.cookies.retain(|(set, _)| *set != name);
        self.cookies.extend(pairs.map(|pairs| (name, pairs)));
    }

    fn set_header(&mut self, name: &'static str, value: &str) {
        match (
            HeaderName::from_bytes(name.as_bytes()),
            HeaderValue::from_str(value),
        ) {
            (Ok(name), Ok(text)) if value.is_ascii() => drop(self.headers.insert(name, text)),
            _ => self.refuse(format!("the header `{name}` cannot carry its value")),
        }
    }

    fn refuse(&mut self, reason: String) {
        self.unusable.get_or_insert(reason);
    }

    fn refused(&self, reason: &str) -> ConfigurationError {
        ConfigurationError::new(format!("{}: {reason}", self.operation.id()))
    }
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path.iter().map(|value| (value.name, &value.text));
        f.debug_struct("Request")
            .field("operation", &self.operation.id())
            .field("path", &path.collect::<Vec<_>>())
            .field("query", &self.query.encoded())
            .field("headers", &self.headers)
            .field("body", &self.body)
            .finish_non_exhaustive()
    }
}
