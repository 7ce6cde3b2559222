//! What instances of a schema are written in, which decides what a text without encoding is.

/// Where instances stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Place {
    /// In JSON or another notation for data.
    Text,
    /// A body whose properties or items are parts of their own (`multipart/…`).
    Parts,
    /// Bytes of their own: a part, or a body in no known notation.
    Bytes,
}

impl Place {
    /// By the key of a media type in `content`.
    pub(in super::super) fn of_body(media_type: &str) -> Self {
        if media_type.to_ascii_lowercase().starts_with("multipart/") {
            Self::Parts
        } else if is_text(media_type) || media_type.contains('*') {
            Self::Text
        } else {
            Self::Bytes
        }
    }

    pub(super) fn of_properties(self) -> Self {
        match self {
            Self::Parts => Self::Bytes,
            Self::Text | Self::Bytes => Self::Text,
        }
    }

    /// Items of a part are parts too (OAS 3.1.1, Encoding Object).
    pub(super) fn of_items(self) -> Self {
        match self {
            Self::Parts | Self::Bytes => Self::Bytes,
            Self::Text => Self::Text,
        }
    }
}

/// Whether content of a media type is text, so that it can stand in a string as it is.
pub(super) fn is_text(media_type: &str) -> bool {
    let essence = media_type
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    let notations = [
        "json",
        "xml",
        "yaml",
        "javascript",
        "graphql",
        "sql",
        "x-www-form-urlencoded",
    ];
    essence.starts_with("text/") || notations.iter().any(|it| essence.contains(it))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies() {
        let cases = [
            ("application/json", Place::Text),
            ("application/problem+json; charset=utf-8", Place::Text),
            ("Text/Event-Stream", Place::Text),
            ("application/x-ndjson", Place::Text),
            ("application/x-www-form-urlencoded", Place::Text),
            ("*/*", Place::Text),
            ("multipart/form-data", Place::Parts),
            ("Multipart/Mixed; boundary=a", Place::Parts),
            ("application/octet-stream", Place::Bytes),
            ("image/png", Place::Bytes),
        ];
        for (media_type, expected) in cases {
            assert_eq!(Place::of_body(media_type), expected, "{media_type}");
        }
    }
}
