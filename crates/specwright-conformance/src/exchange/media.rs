//! Media types and ranges of them.

/// A media type as in `Content-Type` (RFC 9110 §8.3.1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct MediaType {
    /// Type and subtype in lower case, for example `application/json`.
    pub(crate) essence: String,
    /// The parameters, their names in lower case.
    parameters: Vec<(String, String)>,
}

impl MediaType {
    /// Reads a media type; `None` without a slash.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let mut parts = split_quoted(text, ';').into_iter();
        let essence = parts.next()?.trim().to_ascii_lowercase();
        let (kind, subtype) = essence.split_once('/')?;
        if kind.is_empty() || subtype.is_empty() || essence.contains(char::is_whitespace) {
            return None;
        }
        let parameters = parts.filter_map(|part| {
            let (name, value) = part.split_once('=')?;
            Some((name.trim().to_ascii_lowercase(), unquoted(value.trim())))
        });
        Some(Self {
            parameters: parameters.collect(),
            essence,
        })
    }

    /// The value of a parameter.
    pub(crate) fn parameter(&self, name: &str) -> Option<&str> {
        let found = self.parameters.iter().find(|(own, _)| own == name);
        found.map(|(_, value)| value.as_str())
    }

    pub(crate) fn is_json(&self) -> bool {
        specwright_openapi::is_json(&self.essence)
    }

    pub(crate) fn is_xml(&self) -> bool {
        matches!(self.essence.as_str(), "application/xml" | "text/xml")
            || self.essence.ends_with("+xml")
    }

    pub(crate) fn is_form(&self) -> bool {
        self.essence == "application/x-www-form-urlencoded"
    }

    pub(crate) fn is_multipart(&self) -> bool {
        self.essence.starts_with("multipart/")
    }

    pub(crate) fn is_text(&self) -> bool {
        self.essence.starts_with("text/")
    }

    /// One JSON value per line or record: JSON Lines, NDJSON and JSON text sequences (RFC 7464).
    pub(crate) fn is_json_sequence(&self) -> bool {
        matches!(
            self.essence.as_str(),
            "application/jsonl"
                | "application/x-ndjson"
                | "application/ndjson"
                | "application/json-seq"
        ) || self.essence.ends_with("+json-seq")
    }

    /// How specifically `range` names this type, if it does (RFC 9110 §12.5.1): greater is more specific.
    ///
    /// `*` may also stand for the beginning of a subtype, as in `application/*+json`.
    pub(crate) fn fit(&self, range: &Self) -> Option<usize> {
        let all_parameters = range.parameters.iter().all(|(name, value)| {
            let own = self.parameter(name);
            own.is_some_and(|own| own.eq_ignore_ascii_case(value))
        });
        if range.essence == self.essence {
            return Some(if all_parameters {
                100 + range.parameters.len()
            } else {
                50
            });
        }
        if range.essence == "*/*" {
            return Some(1);
        }
        let (kind, subtype) = range.essence.split_once('/')?;
        let (own_kind, own_subtype) = self.essence.split_once('/')?;
        let tail = subtype.strip_prefix('*').filter(|_| kind == own_kind)?;
        (tail.is_empty() || own_subtype.ends_with(tail)).then_some(10 + tail.len().min(30))
    }
}

/// The parts between separators that are not in a quoted string (RFC 9110 §5.6.4).
pub(crate) fn split_quoted(text: &str, separator: char) -> Vec<&str> {
    let (mut parts, mut start) = (Vec::new(), 0);
    let (mut quoted, mut escaped) = (false, false);
    for (at, character) in text.char_indices() {
        match character {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            it if it == separator && !quoted => {
                parts.push(text.get(start..at).unwrap_or_default());
                start = at + it.len_utf8();
            }
            _ => {}
        }
    }
    parts.push(text.get(start..).unwrap_or_default());
    parts
}

/// The content of a quoted string, or the text itself.
pub(crate) fn unquoted(text: &str) -> String {
    let inner = text.strip_prefix('"').and_then(|it| it.strip_suffix('"'));
    let Some(inner) = inner else {
        return text.to_owned();
    };
    let mut out = String::new();
    let mut escaped = false;
    for character in inner.chars() {
        if character == '\\' && !escaped {
            escaped = true;
        } else {
            out.push(character);
            escaped = false;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_specific_range_fits_best() {
        let own = MediaType::parse("application/vnd.a+JSON; Charset=\"utf-8\"").unwrap();
        let fit = |range: &str| own.fit(&MediaType::parse(range).unwrap());
        let ranges = [
            "application/vnd.a+json; charset=UTF-8",
            "application/vnd.a+json",
            "application/*+json",
            "application/*",
            "*/*",
        ];
        let fits: Vec<_> = ranges.iter().map(|it| fit(it).unwrap()).collect();
        assert!(fits.windows(2).all(|it| it[0] > it[1]), "{fits:?}");
        assert_eq!(fit("application/json"), None);
        assert_eq!(fit("text/*"), None);
        assert_eq!(own.parameter("charset"), Some("utf-8"));
    }

    #[test]
    fn texts_that_are_no_media_types() {
        for text in ["", "json", "/json", "application/", "a b/c", ";"] {
            assert_eq!(MediaType::parse(text), None, "{text}");
        }
    }

    #[test]
    fn separators_in_quotes_separate_nothing() {
        assert_eq!(
            split_quoted(r#"a,"b,\",c",d"#, ','),
            ["a", r#""b,\",c""#, "d"]
        );
        assert_eq!(unquoted(r#""b\"c""#), "b\"c");
    }
}
