//! The texts of references (RFC 3986, RFC 6901).

/// Whether a reference begins with a scheme (RFC 3986 §3.1), which makes it a URL. One letter is a drive.
pub(crate) fn has_scheme(reference: &str) -> bool {
    let Some((scheme, _)) = reference.split_once(':') else {
        return false;
    };
    scheme.len() > 1
        && scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme
            .chars()
            .all(|it| it.is_ascii_alphanumeric() || "+-.".contains(it))
}

/// The path of a file named relative to another; `None` if it leads above the root.
pub(crate) fn join_path(base: &str, reference: &str) -> Option<String> {
    if reference.starts_with('/') {
        return None;
    }
    let folder = base.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in reference.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// Undoes percent-encoding (RFC 3986 §2.1); `None` if the result is no UTF-8.
pub(crate) fn percent_decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        let code = (*first == b'%')
            .then(|| std::str::from_utf8(tail.get(..2)?).ok())
            .flatten()
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(code.unwrap_or(*first));
        rest = if code.is_some() {
            tail.get(2..).unwrap_or_default()
        } else {
            tail
        };
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_joined_below_the_root() {
        for (base, reference, expected) in [
            ("a/b.yaml", "c.yaml", Some("a/c.yaml")),
            ("a/b.yaml", "./x/../c.yaml", Some("a/c.yaml")),
            ("b.yaml", "../c.yaml", None),
            ("b.yaml", "/etc/passwd", None),
        ] {
            assert_eq!(
                join_path(base, reference).as_deref(),
                expected,
                "{base} {reference}"
            );
        }
    }

    #[test]
    fn percent_encoding_is_undone() {
        assert_eq!(
            percent_decoded("/paths/~1a%7Bid%7D/%C3%A9").as_deref(),
            Some("/paths/~1a{id}/é")
        );
        assert_eq!(percent_decoded("100%").as_deref(), Some("100%"));
        assert_eq!(percent_decoded("%FF"), None);
    }

    #[test]
    fn schemes_are_told_from_paths() {
        for url in [
            "https://a.example/b",
            "file:///etc/passwd",
            "urn:a:b",
            "HTTP:x",
        ] {
            assert!(has_scheme(url), "{url}");
        }
        for path in ["a.yaml", "a/b:c.yaml", "C:\\a.yaml", "./a:b", "1a:b"] {
            assert!(!has_scheme(path), "{path}");
        }
    }
}
