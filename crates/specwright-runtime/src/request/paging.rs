//! What the pager needs of a request: places by name, the URL itself, and what stays the same from
//! page to page.

use std::time::Duration;

use http::header::CONTENT_TYPE;
use url::Url;

use super::Request;
use crate::body::Body;
use crate::error::{ConfigurationError, Error};
use crate::json::{Tree, parse};
use crate::pagination::Place;
use crate::response::RawResponse;
use crate::transport::BoxFuture;

/// A value for a [`Place`].
#[derive(Debug, Clone, Copy)]
pub(crate) struct Placed<'a> {
    pub(crate) text: &'a str,
    /// In a JSON body it is a number.
    pub(crate) is_number: bool,
}

impl Request {
    /// The value that is set at `place`, and whether it is a JSON number.
    pub(crate) fn placed(&self, place: Place) -> Option<(String, bool)> {
        match place {
            Place::Query(name) => Some((self.query.value(name)?.to_owned(), false)),
            Place::Header(name) => {
                let text = self.headers.get(name)?.to_str().ok()?;
                Some((text.to_owned(), false))
            }
            Place::Body(pointer) => match self.body_tree()?.pointed(pointer)? {
                Tree::Text(text) => Some((text.clone(), false)),
                Tree::Word(text) if text.parse::<f64>().is_ok() => Some((text.clone(), true)),
                _ => None,
            },
        }
    }

    /// Sets what `place` carries, or takes it out. What cannot be set is reported when the request
    /// is sent.
    pub(crate) fn put(&mut self, place: Place, value: Option<Placed<'_>>) {
        match (place, value) {
            (Place::Query(name), Some(value)) => self.query(name, value.text),
            (Place::Query(name), None) => self.query.remove(name),
            (Place::Header(name), Some(value)) => self.set_header(name, value.text),
            (Place::Header(name), None) => drop(self.headers.remove(name)),
            (Place::Body(pointer), value) => self.put_member(pointer, value),
        }
    }

    fn put_member(&mut self, pointer: &str, value: Option<Placed<'_>>) {
        if self.body.is_none() && value.is_none() {
            return;
        }
        let tree = match &self.body {
            None => Some(Tree::Object(Vec::new())),
            Some(_) => self.body_tree(),
        };
        let value = value.map(|value| {
            let text = value.text.to_owned();
            if value.is_number {
                Tree::Word(text)
            } else {
                Tree::Text(text)
            }
        });
        let changed = tree.and_then(|mut tree| tree.set_pointed(pointer, value).then_some(tree));
        let Some(tree) = changed else {
            return self.refuse(format!(
                "paging sets `{pointer}` in the request's body, which is no JSON object"
            ));
        };
        self.body = Some(Body::from(tree.json()));
        if !self.headers.contains_key(CONTENT_TYPE) {
            self.set_header("content-type", "application/json");
        }
    }

    fn body_tree(&self) -> Option<Tree> {
        parse(self.body.as_ref()?.as_bytes()?).ok()
    }

    /// The URL of the request as it is, without credentials.
    pub(crate) fn own_url(&self) -> Result<Url, ConfigurationError> {
        self.url(&self.query.encoded())
    }

    /// Sends the request to `url` instead of the operation's; the query is that of `url`.
    pub(crate) fn send_to(&mut self, url: Option<Url>) {
        self.target = url;
    }

    /// Sends the request; statuses other than 2xx are errors.
    pub(crate) async fn answer(&self) -> Result<RawResponse, Error> {
        let response = self.exchange(super::prepare::Reading::Whole).await?;
        self.read(response).await?.successful()
    }

    /// Whether the request can be sent more than once.
    pub(crate) fn is_repeatable(&self) -> bool {
        self.body.as_ref().is_none_or(Body::is_repeatable)
    }

    /// Waits by the clock of the transport.
    pub(crate) fn pause(&self, duration: Duration) -> BoxFuture<'static, ()> {
        self.client.shared().transport.sleep(duration)
    }

    /// The values that make it a request for this very list, whatever the order in which they were
    /// set: path, query and body without what `places` carry.
    pub(crate) fn filters(&self, places: &[Place]) -> Vec<Vec<u8>> {
        let mut query = self.query.clone();
        let mut pointers = Vec::new();
        for place in places {
            match place {
                Place::Query(name) => query.remove(name),
                Place::Header(_) => {}
                Place::Body(pointer) => pointers.push(*pointer),
            }
        }
        let body = self.body.as_ref().and_then(Body::as_bytes);
        let body = match self.body_tree() {
            Some(mut tree) if !pointers.is_empty() => {
                for pointer in pointers {
                    tree.take_out(pointer);
                }
                tree.json().into_bytes()
            }
            _ => body.map(|body| body.to_vec()).unwrap_or_default(),
        };
        let mut path: Vec<_> = self.path.iter().collect();
        path.sort_by_key(|value| value.name);
        let path = path.into_iter();
        let mut filters: Vec<Vec<u8>> = path
            .map(|value| format!("{}={}", value.name, value.text).into_bytes())
            .collect();
        filters.push(query.sorted().into_bytes());
        filters.push(body);
        filters
    }
}
