//! What addresses of servers lead to.

/// The host of an absolute URL; `None` for one that is relative.
pub(crate) fn host(url: &str) -> Option<&str> {
    let (_, rest) = url
        .split_once("://")
        .or_else(|| Some(("", url.strip_prefix("//")?)))?;
    let authority = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    Some(host_of_authority(authority))
}

/// The host of an authority (RFC 3986 §3.2): without user and port.
pub(crate) fn host_of_authority(authority: &str) -> &str {
    let host = authority
        .rsplit_once('@')
        .map_or(authority, |(_, host)| host);
    let port = |text: &str| text.bytes().all(|it| it.is_ascii_digit()) || text.starts_with('{');
    match host.rsplit_once(':') {
        Some((host, after)) if port(after) => host,
        _ => host,
    }
}

/// Whether a host is the machine of whoever asks.
pub(crate) fn is_local(host: &str) -> bool {
    let host = host.to_ascii_lowercase();
    host == "localhost"
        || host.ends_with(".localhost")
        || host.starts_with("127.")
        || host == "0.0.0.0"
        || host == "[::1]"
}

/// Whether a host stands for one that is not said: reserved for documentation (RFC 2606), or local.
pub(crate) fn is_placeholder(host: &str) -> bool {
    let host = host.to_ascii_lowercase();
    let reserved = ["example.com", "example.org", "example.net", "example"];
    let is_below = |of: &str| {
        host.strip_suffix(of)
            .is_some_and(|it| it.is_empty() || it.ends_with('.'))
    };
    is_local(&host) || reserved.into_iter().any(is_below)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_found_in_urls() {
        let cases = [
            ("https://api.cats.test/v1", Some("api.cats.test")),
            ("https://me:secret@cats.test:8443?a=//b", Some("cats.test")),
            ("http://[::1]:80/", Some("[::1]")),
            (
                "https://{tenant}.cats.test:{port}/",
                Some("{tenant}.cats.test"),
            ),
            ("//cats.test/v1", Some("cats.test")),
            ("/v1", None),
            ("{scheme}", None),
        ];
        for (url, expected) in cases {
            assert_eq!(host(url), expected, "{url}");
        }
    }

    #[test]
    fn reserved_and_local_hosts_are_placeholders() {
        for host in [
            "example.com",
            "API.Example.com",
            "{tenant}.example.org",
            "cats.example",
            "localhost",
            "127.0.0.1",
        ] {
            assert!(is_placeholder(host), "{host}");
        }
        for host in [
            "cats.test",
            "myexample.com",
            "example.com.cats.test",
            "localhost.cats.test",
            "{host}",
        ] {
            assert!(!is_placeholder(host), "{host}");
        }
    }
}
