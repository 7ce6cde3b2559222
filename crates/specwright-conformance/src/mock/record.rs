//! The requests that a server has had.

use std::{
    collections::VecDeque,
    fmt,
    sync::{Mutex, PoisonError},
};

/// How many requests are remembered.
const REMEMBERED: usize = 20_000;

/// How much memory they take together, about: 32 MiB.
const REMEMBERED_SIZE: usize = 32 << 20;

/// How much of a body is remembered.
pub(crate) const REMEMBERED_BODY: usize = 64 << 10;

/// Headers that carry credentials.
const SECRET: [&str; 3] = ["authorization", "cookie", "proxy-authorization"];

/// One request and how it was answered.
///
/// `Debug` leaves out credentials, and bodies but for their length.
#[derive(Clone, PartialEq, Eq)]
pub struct Recorded {
    /// The id of the operation that the request was for, if it was for one.
    pub operation: Option<String>,
    /// The method, for example `GET`.
    pub method: String,
    /// The path as it was sent, base path included, without the query.
    pub path: String,
    /// The query as it was sent, without the question mark.
    pub raw_query: String,
    /// Names and values of the query in order, decoded.
    pub query: Vec<(String, String)>,
    /// Names, in lower case, and values of the headers in order.
    pub headers: Vec<(String, String)>,
    /// The body as it was sent, but no more than its first 64 KiB; empty where it could not be read.
    pub body: Vec<u8>,
    /// The status of the answer.
    pub status: u16,
}

impl Recorded {
    /// The first value of a query parameter.
    #[must_use]
    pub fn query_value(&self, name: &str) -> Option<&str> {
        first(&self.query, name)
    }

    /// The first value of a header; the name in lower case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        first(&self.headers, name)
    }
}

impl fmt::Debug for Recorded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let redact = |(name, value): &(String, String)| {
            let shown = if SECRET.contains(&name.as_str()) {
                "[redacted]"
            } else {
                value
            };
            (name.clone(), shown.to_owned())
        };
        let headers: Vec<_> = self.headers.iter().map(redact).collect();
        f.debug_struct("Recorded")
            .field("operation", &self.operation)
            .field("method", &self.method)
            .field("path", &self.path)
            .field("query", &self.query)
            .field("headers", &headers)
            .field("body", &format_args!("{} bytes", self.body.len()))
            .field("status", &self.status)
            .finish()
    }
}

impl Recorded {
    /// About how many bytes it takes.
    fn size(&self) -> usize {
        let pairs = self.query.iter().chain(&self.headers);
        let pairs = pairs.map(|(name, value)| {
            name.len() + value.len() + std::mem::size_of::<(String, String)>()
        });
        let texts = self.path.len() + self.raw_query.len() + self.body.len();
        pairs.sum::<usize>() + texts + std::mem::size_of::<Self>()
    }
}

fn first<'a>(pairs: &'a [(String, String)], name: &str) -> Option<&'a str> {
    pairs
        .iter()
        .find(|(key, _)| key == name)
        .map(|(_, value)| value.as_str())
}

/// The latest requests, and how many there were.
#[derive(Debug, Default)]
pub(crate) struct Log {
    entries: Mutex<Entries>,
}

#[derive(Debug, Default)]
struct Entries {
    latest: VecDeque<Recorded>,
    size: usize,
    count: u64,
}

impl Log {
    pub(crate) fn add(&self, request: Recorded) {
        let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        entries.size += request.size();
        entries.latest.push_back(request);
        entries.count += 1;
        while entries.latest.len() > REMEMBERED || entries.size > REMEMBERED_SIZE {
            let Some(oldest) = entries.latest.pop_front() else {
                break;
            };
            entries.size = entries.size.saturating_sub(oldest.size());
        }
    }

    pub(crate) fn latest(&self) -> Vec<Recorded> {
        let entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        entries.latest.iter().cloned().collect()
    }

    pub(crate) fn count(&self) -> u64 {
        self.entries
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .count
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(path: &str) -> Recorded {
        Recorded {
            operation: None,
            method: "GET".to_owned(),
            path: path.to_owned(),
            raw_query: "a=1&a=2".to_owned(),
            query: vec![
                ("a".to_owned(), "1".to_owned()),
                ("a".to_owned(), "2".to_owned()),
            ],
            headers: vec![("authorization".to_owned(), "Bearer hush".to_owned())],
            body: Vec::new(),
            status: 200,
        }
    }

    #[test]
    fn credentials_are_kept_but_not_printed() {
        let request = request("/");
        assert_eq!(request.header("authorization"), Some("Bearer hush"));
        assert_eq!(request.query_value("a"), Some("1"));
        let printed = format!("{request:?}");
        assert!(
            printed.contains("[redacted]") && !printed.contains("hush"),
            "{printed}"
        );
    }

    #[test]
    fn the_latest_are_remembered_and_all_are_counted() {
        let log = Log::default();
        for index in 0..=REMEMBERED {
            log.add(request(&format!("/{index}")));
        }
        let latest = log.latest();
        assert_eq!(log.count(), REMEMBERED as u64 + 1);
        assert_eq!(latest.len(), REMEMBERED);
        assert_eq!(latest.first().map(|it| it.path.as_str()), Some("/1"));
    }

    #[test]
    fn long_requests_are_forgotten_earlier() {
        let log = Log::default();
        for _ in 0..100 {
            log.add(request(&"x".repeat(1 << 20)));
        }
        assert_eq!(log.count(), 100);
        assert!((30..=32).contains(&log.latest().len()));
    }
}
