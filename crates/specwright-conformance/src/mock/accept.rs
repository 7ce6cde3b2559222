//! Which media types a client takes: the field `Accept` (RFC 9110 §12.5.1).

use hyper::{HeaderMap, header::ACCEPT};

use super::prefer::split;

/// The media ranges of a request.
#[derive(Debug, Clone, Default)]
pub(crate) struct Accept {
    ranges: Vec<Range>,
}

#[derive(Debug, Clone)]
struct Range {
    kind: String,
    subtype: String,
    /// In thousandths.
    quality: u16,
}

impl Accept {
    /// Reads every field `Accept`. What is no media range is ignored; without any, everything is taken.
    pub(crate) fn of(headers: &HeaderMap) -> Self {
        let mut ranges = Vec::new();
        for field in headers.get_all(ACCEPT) {
            let text = String::from_utf8_lossy(field.as_bytes());
            ranges.extend(split(&text, ',').into_iter().filter_map(Range::parse));
        }
        Self { ranges }
    }

    /// How much a media type is wanted, in thousandths, by the most specific range that it matches. Parameters such as
    /// `charset` do not tell media types apart.
    pub(crate) fn quality(&self, media_type: &str) -> u16 {
        if self.ranges.is_empty() {
            return 1000;
        }
        let (kind, subtype) = essence(media_type);
        let best = self
            .ranges
            .iter()
            .filter_map(|range| Some((range.matches(&kind, &subtype)?, range.quality)));
        best.max().map_or(0, |(_, quality)| quality)
    }

    /// The first range without a wildcard that a documented range such as `image/*` covers, as a media type.
    pub(crate) fn concrete(&self, documented: &str) -> Option<String> {
        let (kind, subtype) = essence(documented);
        let covered = |range: &&Range| {
            range.quality > 0
                && range.subtype != "*"
                && (kind == "*" || kind == range.kind)
                && (subtype == "*" || subtype == range.subtype)
        };
        let found = self.ranges.iter().find(covered)?;
        Some(format!("{}/{}", found.kind, found.subtype))
    }
}

impl Range {
    fn parse(text: &str) -> Option<Self> {
        let mut parts = split(text, ';').into_iter().map(str::trim);
        let (kind, subtype) = essence(parts.next()?);
        if kind.is_empty() || subtype.is_empty() || (kind == "*" && subtype != "*") {
            return None;
        }
        let quality = parts
            .filter_map(|it| it.split_once('='))
            .find(|(name, _)| name.trim().eq_ignore_ascii_case("q"))
            .map_or(Some(1000), |(_, value)| thousandths(value.trim()))?;
        Some(Self {
            kind,
            subtype,
            quality,
        })
    }

    /// How specific the range is, if the media type (or documented range) and it have something in common.
    fn matches(&self, kind: &str, subtype: &str) -> Option<u8> {
        let same = |own: &str, other: &str| own == other || other == "*";
        if self.kind == "*" {
            Some(0)
        } else if !same(&self.kind, kind) {
            None
        } else if self.subtype == "*" {
            Some(1)
        } else {
            same(&self.subtype, subtype).then_some(2)
        }
    }
}

/// Type and subtype in lower case, without parameters.
fn essence(media_type: &str) -> (String, String) {
    let essence = media_type.split(';').next().unwrap_or_default();
    let (kind, subtype) = essence.split_once('/').unwrap_or((essence, ""));
    let plain = |part: &str| part.trim().to_ascii_lowercase();
    (plain(kind), plain(subtype))
}

/// A weight (RFC 9110 §12.4.2), from 0 to 1.
fn thousandths(text: &str) -> Option<u16> {
    let weight: f64 = text.parse().ok()?;
    (0.0..=1.0)
        .contains(&weight)
        .then(|| (weight * 1000.0).round() as u16)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Accept {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, text.parse().unwrap());
        Accept::of(&headers)
    }

    #[test]
    fn the_most_specific_range_holds() {
        // The example of RFC 9110 §12.5.1, without the parameters.
        let accept = of("text/*;q=0.3, text/plain;q=0.7, */*;q=0.5");
        for (media_type, quality) in [
            ("text/plain", 700),
            ("Text/Plain; charset=utf-8", 700),
            ("text/html", 300),
            ("image/jpeg", 500),
        ] {
            assert_eq!(accept.quality(media_type), quality, "{media_type}");
        }
        assert_eq!(of("application/json").quality("text/plain"), 0);
        assert_eq!(of("*/*, text/plain;q=0").quality("text/plain"), 0);
        assert_eq!(of("text/plain").quality("text/*"), 1000);
    }

    #[test]
    fn what_is_no_range_is_ignored() {
        for text in [
            "",
            "json",
            "*/json",
            "text/plain;q=2",
            "text/plain;q=x",
            ",,",
        ] {
            assert_eq!(of(text).quality("application/json"), 1000, "{text}");
        }
    }

    #[test]
    fn a_documented_range_becomes_what_is_asked_for() {
        let accept = of("image/*, image/webp;q=0.5, text/plain");
        assert_eq!(accept.concrete("image/*").as_deref(), Some("image/webp"));
        assert_eq!(accept.concrete("*/*").as_deref(), Some("image/webp"));
        assert_eq!(accept.concrete("audio/*"), None);
    }
}
