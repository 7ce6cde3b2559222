//! URLs of pages, and the header field `Link` (RFC 8288).

use std::borrow::Cow;

use hyper::{HeaderMap, header::HOST};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use super::{Fault, envelope::Content, page::Place, slot::text_of, spoil::Spoiler};

/// What has to be escaped in a query or a segment of a path: all but the unreserved characters (RFC 3986 §2.3).
pub(crate) const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// A text that is no URL.
pub(crate) const BROKEN: &str = "http://[";

/// The address of a request, from which those of other pages follow.
#[derive(Debug)]
pub(crate) struct Address<'r> {
    origin: Option<String>,
    /// The path as it was sent.
    pub(crate) path: &'r str,
    query: &'r str,
    parameter: Cow<'r, str>,
    other: Option<Cow<'r, str>>,
}

/// What becomes of the URLs of next pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Links {
    /// They are right.
    Sound,
    /// They are of another origin.
    Foreign,
    /// They are none.
    Broken,
    /// There are two, and the second one leads to the first page.
    Doubled,
}

impl<'r> Address<'r> {
    /// The address of a request whose query parameter `parameter` takes the position; `other` is one that takes the
    /// position of the way back.
    pub(crate) fn new(
        headers: &HeaderMap,
        path: &'r str,
        query: &'r str,
        parameter: Cow<'r, str>,
        other: Option<Cow<'r, str>>,
    ) -> Self {
        let host = headers.get(HOST).and_then(|it| it.to_str().ok());
        Self {
            origin: host.map(|host| format!("http://{host}")),
            path,
            query,
            parameter,
            other,
        }
    }

    /// The path and query of the page at a position.
    pub(crate) fn at(&self, position: &str) -> String {
        let first = self.first();
        let separator = if first.contains('?') { '&' } else { '?' };
        let escape = |text| utf8_percent_encode(text, ESCAPED);
        format!(
            "{first}{separator}{}={}",
            escape(&self.parameter),
            escape(position)
        )
    }

    /// The path and query of the first page: everything that was sent but the position.
    pub(crate) fn first(&self) -> String {
        let keeps = |part: &&str| {
            let name = part.split('=').next().unwrap_or_default().replace('+', " ");
            let name = percent_decode_str(&name).decode_utf8_lossy();
            !part.is_empty() && name != self.parameter && Some(&name) != self.other.as_ref()
        };
        let kept: Vec<&str> = self.query.split('&').filter(keeps).collect();
        if kept.is_empty() {
            return self.path.to_owned();
        }
        format!("{}?{}", self.path, kept.join("&"))
    }

    /// With the origin of the request, if it said one.
    pub(crate) fn absolute(&self, reference: &str) -> String {
        format!("{}{reference}", self.origin.as_deref().unwrap_or_default())
    }

    /// A URL of an origin that is not there (RFC 6761 §6.4).
    pub(crate) fn foreign(&self) -> String {
        format!("http://elsewhere.invalid{}", self.first())
    }
}

impl Links {
    /// What faults make of them.
    pub(crate) fn of(spoiler: &Spoiler<'_>) -> Self {
        if spoiler.shows(Fault::ForeignNextUrl) {
            Self::Foreign
        } else if spoiler.shows(Fault::BrokenNextUrl) {
            Self::Broken
        } else if spoiler.shows(Fault::DuplicateLink) {
            Self::Doubled
        } else {
            Self::Sound
        }
    }

    /// The value of `Link`: the pages around the page, the first and the last one.
    pub(crate) fn field(self, content: Content<'_>) -> Option<String> {
        let (page, address) = (content.page, content.address);
        let url = |place: &Place| address.absolute(&address.at(&text_of(place, content.codec)));
        let mut links = Vec::new();
        if let Some(next) = &page.next {
            links.push(match self {
                Self::Foreign => (address.foreign(), "next"),
                Self::Broken => (BROKEN.to_owned(), "next"),
                Self::Sound | Self::Doubled => (url(next), "next"),
            });
            if self == Self::Doubled {
                links.push((address.absolute(&address.first()), "next"));
            }
        }
        links.extend(page.previous.as_ref().map(|it| (url(it), "prev")));
        links.push((address.absolute(&address.first()), "first"));
        links.extend(page.end.as_ref().map(|it| (url(it), "last")));
        let links = links.iter();
        let texts: Vec<String> = links
            .map(|(url, relation)| format!("<{url}>; rel=\"{relation}\""))
            .collect();
        Some(texts.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(query: &'static str) -> Address<'static> {
        let mut headers = HeaderMap::new();
        headers.insert(HOST, "127.0.0.1:80".parse().unwrap());
        Address::new(&headers, "/a%20b", query, "page[after]".into(), None)
    }

    #[test]
    fn the_position_takes_the_place_of_the_one_before_and_all_else_stays() {
        let cases = [
            ("", "/a%20b?page%5Bafter%5D=x%2F"),
            (
                "q=a+b&q=%C3%A4",
                "/a%20b?q=a+b&q=%C3%A4&page%5Bafter%5D=x%2F",
            ),
            (
                "page%5Bafter%5D=1&page[after]=2&limit=3",
                "/a%20b?limit=3&page%5Bafter%5D=x%2F",
            ),
            ("&&flag&", "/a%20b?flag&page%5Bafter%5D=x%2F"),
        ];
        for (query, expected) in cases {
            assert_eq!(address(query).at("x/"), expected, "{query}");
        }
        assert_eq!(
            address("").absolute("/x"),
            "http://127.0.0.1:80/x",
            "the host is that of the request"
        );
    }
}
