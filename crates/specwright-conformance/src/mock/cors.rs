//! Cross-origin requests (the CORS protocol of the Fetch Standard): every origin may do everything.

use hyper::{
    HeaderMap,
    header::{ACCESS_CONTROL_REQUEST_HEADERS, ACCESS_CONTROL_REQUEST_METHOD, HeaderName, ORIGIN},
};

use super::reply::Reply;

/// Header fields that scripts see without being told of them (Fetch, CORS-safelisted response-header name).
const SAFE: [&str; 7] = [
    "cache-control",
    "content-language",
    "content-length",
    "content-type",
    "expires",
    "last-modified",
    "pragma",
];

/// How long a browser may remember the answer to a preflight, in seconds.
const REMEMBERED: &str = "600";

/// Whether the request is a preflight: `OPTIONS` with an origin and the method that is to come.
pub(crate) fn is_preflight(method: &str, headers: &HeaderMap) -> bool {
    method == "OPTIONS"
        && headers.contains_key(ORIGIN)
        && headers.contains_key(ACCESS_CONTROL_REQUEST_METHOD)
}

/// The answer to a preflight: the methods of the path are allowed, and every header field that is asked for.
///
/// Where the path has no operation the method that is asked for is allowed, so that scripts see the 404.
pub(crate) fn preflight(headers: &HeaderMap, methods: &[&str]) -> Reply {
    let text = |name: HeaderName| {
        let value = headers.get(name)?.to_str().ok()?.trim();
        (!value.is_empty()).then(|| value.to_owned())
    };
    let mut reply = Reply::empty(204);
    let methods = match methods {
        [] => text(ACCESS_CONTROL_REQUEST_METHOD),
        methods => Some(methods.join(", ")),
    };
    if let Some(methods) = methods {
        reply = reply.with("access-control-allow-methods", methods);
    }
    if let Some(fields) = text(ACCESS_CONTROL_REQUEST_HEADERS) {
        reply = reply.with("access-control-allow-headers", fields);
    }
    if headers.contains_key("access-control-request-private-network") {
        reply = reply.with("access-control-allow-private-network", "true");
    }
    reply.with("access-control-max-age", REMEMBERED)
}

/// Lets scripts of the request's origin read the answer, with all its header fields.
///
/// The origin is named rather than `*`, which browsers refuse for requests with credentials.
pub(crate) fn share(reply: Reply, headers: &HeaderMap) -> Reply {
    let Some(origin) = headers.get(ORIGIN).and_then(|it| it.to_str().ok()) else {
        return reply;
    };
    let mut exposed: Vec<String> = Vec::new();
    for (name, _) in &reply.headers {
        let name = name.to_ascii_lowercase();
        let known = SAFE.contains(&name.as_str()) || name.starts_with("access-control-");
        if !known && !exposed.contains(&name) {
            exposed.push(name);
        }
    }
    let mut reply = reply
        .with("access-control-allow-origin", origin)
        .with("access-control-allow-credentials", "true")
        .with("vary", "origin");
    if !exposed.is_empty() {
        reply = reply.with("access-control-expose-headers", exposed.join(", "));
    }
    reply
}
