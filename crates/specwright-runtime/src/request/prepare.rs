//! From a request to what goes over the wire.

use std::sync::Arc;

use http::Method;
use http::header::{ACCEPT, AUTHORIZATION, COOKIE, HeaderMap, HeaderValue, USER_AGENT};
use percent_encoding::percent_decode_str;
use url::Url;

use super::Request;
use crate::body::Body;
use crate::credential::{Carried, TokenProvider, bearer};
use crate::error::{ConfigurationError, Error};
use crate::transport::TransportRequest;
use crate::url_encoding::{expand, is_dot_segment};

/// How a response will be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    /// At once: the timeout covers all of it.
    Whole,
    /// While it arrives: the timeout covers each wait.
    Streamed,
}

/// A request for the transport, complete but for its body and a provider's token.
pub(super) struct Prepared<'a> {
    pub(super) request: TransportRequest,
    pub(super) tokens: Option<Tokens<'a>>,
}

/// Where the token of a request comes from.
#[derive(Clone, Copy)]
pub(super) struct Tokens<'a> {
    scheme: &'static str,
    provider: &'a Arc<dyn TokenProvider>,
}

impl Tokens<'_> {
    /// Puts a token on the request, a fresh one if asked.
    pub(super) async fn authorize(
        &self,
        request: &mut TransportRequest,
        refresh: bool,
    ) -> Result<(), Error> {
        let token = self.provider.token(refresh).await;
        let token = token.map_err(|error| error.into_error())?;
        let value = bearer(self.scheme, &token)?;
        request.headers.insert(AUTHORIZATION, value);
        Ok(())
    }
}

impl Request {
    pub(super) fn prepare(&self, reading: Reading) -> Result<Prepared<'_>, ConfigurationError> {
        if let Some(reason) = &self.unusable {
            return Err(self.refused(reason));
        }
        let shared = self.client.shared();
        let method = Method::from_bytes(self.operation.method().as_bytes())
            .map_err(|_| self.refused(&format!("`{}` is no method", self.operation.method())))?;
        let mut query = match &self.target {
            Some(url) => url.query().unwrap_or_default().to_owned(),
            None => self.query.encoded(),
        };
        let mut headers = self.headers.clone();
        headers.insert(USER_AGENT, shared.user_agent.clone());
        let accept = HeaderValue::from_str(self.accept.unwrap_or(self.operation.accepted()));
        headers.insert(
            ACCEPT,
            accept.map_err(|_| self.refused("the media types of `Accept` are no header value"))?,
        );
        for (name, pairs) in &self.cookies {
            let pairs = HeaderValue::from_str(pairs)
                .map_err(|_| self.refused(&format!("the cookie `{name}` cannot be carried")))?;
            add_cookie(&mut headers, &pairs);
        }
        let mut tokens = None;
        for credential in shared.credentials_for(self.operation.requirements()) {
            match credential {
                Carried::Header(name, value) => drop(headers.insert(name, value.clone())),
                Carried::Cookie(pair) => add_cookie(&mut headers, pair),
                // A URL that the server gave may hold the credential already.
                Carried::Query(pair) if self.target.is_some() && has_name_of(&query, pair) => {}
                Carried::Query(pair) => {
                    if !query.is_empty() {
                        query.push('&');
                    }
                    query.push_str(pair);
                }
                Carried::Provider(scheme, provider) => tokens = Some(Tokens { scheme, provider }),
            }
        }
        let mut request = TransportRequest::new(method, self.destination(&query)?);
        request.headers = headers;
        match reading {
            Reading::Whole => request.timeout = Some(self.timeout),
            Reading::Streamed => request.idle_timeout = Some(self.timeout),
        }
        Ok(Prepared { request, tokens })
    }

    /// The body for one attempt. It is claimed last of all, because a stream is gone afterwards.
    pub(super) fn claimed_body(&self) -> Result<Option<Body>, ConfigurationError> {
        let Some(body) = &self.body else {
            return Ok(None);
        };
        let claimed = body.claim().ok_or_else(|| {
            self.refused(
                "the request's body is a stream that was sent already; it can be sent once",
            )
        })?;
        Ok(Some(claimed))
    }

    fn destination(&self, query: &str) -> Result<Url, ConfigurationError> {
        let Some(target) = &self.target else {
            return self.url(query);
        };
        let mut url = target.clone();
        if url.query().unwrap_or_default() != query {
            url.set_query(Some(query));
        }
        Ok(url)
    }

    pub(super) fn url(&self, query: &str) -> Result<Url, ConfigurationError> {
        let path = expand(self.operation.path(), |name| {
            let Some(value) = self.path.iter().find(|value| value.name == name) else {
                return Err(self.refused(&format!("the path parameter `{name}` is not set")));
            };
            if value.text.is_empty() && !value.may_be_empty {
                return Err(self.refused(&format!("the path parameter `{name}` is empty")));
            }
            Ok(value.text.clone())
        })?;
        if path.split('/').any(is_dot_segment) {
            return Err(self.refused(&format!(
                "the path `{path}` has a segment `.` or `..`, which is not sent as such"
            )));
        }
        let base = self.client.shared().base_of(self.operation)?;
        base.with(&path, query)
    }
}

/// Whether `query` has a parameter of the same name as the encoded `pair`.
fn has_name_of(query: &str, pair: &str) -> bool {
    let Some((name, _)) = pair.split_once('=') else {
        return false;
    };
    let name = percent_decode_str(name);
    let mut names = query.split('&').map(|pair| {
        let (name, _) = pair.split_once('=').unwrap_or((pair, ""));
        name.replace('+', " ")
    });
    names.any(|other| percent_decode_str(&other).eq(name.clone()))
}

/// Adds `pair` to the one header that may carry cookies (RFC 6265, section 5.4).
fn add_cookie(headers: &mut HeaderMap, pair: &HeaderValue) {
    let joined = match headers.get(COOKIE) {
        Some(others) => {
            HeaderValue::from_bytes(&[others.as_bytes(), b"; ", pair.as_bytes()].concat())
        }
        None => Ok(pair.clone()),
    };
    // Header values joined by other allowed bytes are a header value.
    if let Ok(mut joined) = joined {
        joined.set_sensitive(true);
        headers.insert(COOKIE, joined);
    }
}
