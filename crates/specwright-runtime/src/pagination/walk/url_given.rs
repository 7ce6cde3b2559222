//! Where a page leads that gives URLs.

use url::Url;

use super::super::error::PaginationErrorKind;
use super::super::position::Position;
use super::super::signals::Signals;
use super::{Lead, Links};

/// The URLs of a page, resolved against the page's own (RFC 3986, section 5). `home` is the URL of
/// the first request.
pub(super) fn links(at: &Position, signals: &Signals<'_>, home: Option<&Url>) -> Links {
    let own = match at {
        Position::Url(url) => Url::parse(url).ok(),
        _ => None,
    };
    let base = own.as_ref().or(home);
    let lead = |reference: Option<&str>| match reference.map(str::trim) {
        None | Some("") => Lead::End,
        Some(reference) => match base.and_then(|base| resolve(base, reference)) {
            Some(url) if Some(url.origin()) == home.map(Url::origin) => {
                Lead::To(Position::Url(url.into()))
            }
            Some(url) => Lead::Nowhere(PaginationErrorKind::ForeignOrigin { url: shown(&url) }),
            None => Lead::Nowhere(PaginationErrorKind::InvalidUrl),
        },
    };
    let next = match (signals.has_more, lead(signals.next.as_deref())) {
        (Some(false), _) => Lead::End,
        (Some(true), Lead::End) => Lead::Nowhere(PaginationErrorKind::MissingCursor),
        (_, lead) => lead,
    };
    Links {
        next,
        previous: lead(signals.previous.as_deref()),
    }
}

/// The URL that a page at `base` means by `reference`, in the form in which it is asked for: without
/// what is not sent to a server, or would be sent as another credential.
pub(in super::super) fn resolve(base: &Url, reference: &str) -> Option<Url> {
    let mut url = base.join(reference).ok()?;
    url.set_fragment(None);
    // A URL that can be without a host refuses; it is of another origin anyway.
    let _ = url.set_username("").and_then(|()| url.set_password(None));
    Some(url)
}

/// Whether `url` has the scheme, host and port of `home`.
pub(super) fn is_of_origin(home: &Url, url: &str) -> bool {
    Url::parse(url).is_ok_and(|url| url.origin() == home.origin())
}

/// A URL without what may be a credential.
fn shown(url: &Url) -> String {
    let mut url = url.clone();
    url.set_query(None);
    url.into()
}
