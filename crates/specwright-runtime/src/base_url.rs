//! The URL that operations' paths are appended to.

use std::fmt;

use url::Url;

use crate::error::ConfigurationError;
use crate::operation::{Server, ServerVariable};
use crate::url_encoding::{encode, expand, is_dot_segment};

/// An absolute `http` or `https` URL of nothing but origin and path, without a slash at the end.
#[derive(Clone)]
pub(crate) struct BaseUrl {
    url: Url,
}

impl BaseUrl {
    /// The URL of `template` with the variables of `server` put in: `values` first, then the
    /// document's defaults.
    pub(crate) fn resolve(
        template: &str,
        server: &Server,
        values: &[(&'static str, String)],
    ) -> Result<Self, ConfigurationError> {
        for (name, value) in values {
            check_allowed(variable(server, name)?, value)?;
        }
        let host_start = template.find("://").map_or(0, |at| at + 3);
        let behind = template.get(host_start..).unwrap_or_default();
        let path_start = host_start + behind.find('/').unwrap_or(behind.len());
        let (authority, path) = template.split_at(path_start);
        let value_of =
            |name: &str| -> Result<(&'static ServerVariable, Option<&str>), ConfigurationError> {
                let set = values.iter().rev().find(|(set, _)| *set == name);
                Ok((
                    variable(server, name)?,
                    set.map(|(_, value)| value.as_str()),
                ))
            };
        let mut url = expand(authority, |name| {
            let (variable, value) = value_of(name)?;
            value.map_or_else(
                || Ok(variable.default.to_owned()),
                |value| in_authority(variable, value),
            )
        })?;
        url.push_str(&expand(path, |name| {
            let (variable, value) = value_of(name)?;
            value.map_or_else(
                || Ok(variable.default.to_owned()),
                |value| in_path(variable, value),
            )
        })?);
        Self::parse(&url)
    }

    fn parse(text: &str) -> Result<Self, ConfigurationError> {
        let refuse = |reason: &str| ConfigurationError::new(format!("the base URL {reason}"));
        let mut url = Url::parse(text).map_err(|error| match error {
            url::ParseError::RelativeUrlWithoutBase => refuse(&format!("`{text}` is not absolute")),
            other => {
                ConfigurationError::caused_by(format!("the base URL is invalid: {other}"), other)
            }
        })?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(refuse(&format!(
                "has the scheme `{}`; only http and https are supported",
                url.scheme()
            )));
        }
        // The text of these parts is not shown: it may be a credential.
        if !url.username().is_empty() || url.password().is_some() {
            return Err(refuse("must not hold a user name or password"));
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(refuse("must not have a query or fragment"));
        }
        let path = url.path().trim_end_matches('/').to_owned();
        url.set_path(&path);
        Ok(Self { url })
    }

    /// The URL of an operation: `path` begins with a slash, `query` is encoded and may be empty.
    pub(crate) fn with(&self, path: &str, query: &str) -> Result<Url, ConfigurationError> {
        let base = self.url.as_str().trim_end_matches('/');
        let slash = if path.starts_with('/') { "" } else { "/" };
        let mark = if query.is_empty() { "" } else { "?" };
        Url::parse(&format!("{base}{slash}{path}{mark}{query}")).map_err(|error| {
            ConfigurationError::caused_by(format!("the request's URL is invalid: {error}"), error)
        })
    }

    pub(crate) fn as_url(&self) -> &Url {
        &self.url
    }
}

impl fmt::Debug for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.url.as_str(), f)
    }
}

fn variable(server: &Server, name: &str) -> Result<&'static ServerVariable, ConfigurationError> {
    server
        .variables
        .iter()
        .find(|variable| variable.name == name)
        .ok_or_else(|| {
            ConfigurationError::new(format!("the server's URL has no variable `{name}`"))
        })
}

fn check_allowed(variable: &ServerVariable, value: &str) -> Result<(), ConfigurationError> {
    if variable.allowed.is_empty() || variable.allowed.contains(&value) {
        return Ok(());
    }
    let (name, allowed) = (variable.name, variable.allowed.join("`, `"));
    Err(ConfigurationError::new(format!(
        "the server variable `{name}` must be one of `{allowed}`, not `{value}`"
    )))
}

/// `value` for a place before the path, where it must not be able to change the host: only
/// characters of an RFC 1123 label. A dot is one only if the document's own default has one, which
/// shows that the variable takes a host name.
fn in_authority(variable: &ServerVariable, value: &str) -> Result<String, ConfigurationError> {
    let dots = variable.default.contains('.');
    let fits = |char: char| char.is_ascii_alphanumeric() || char == '-' || (dots && char == '.');
    if variable.allowed.contains(&value) || (!value.is_empty() && value.chars().all(fits)) {
        return Ok(value.to_owned());
    }
    let name = variable.name;
    Err(ConfigurationError::new(format!(
        "the server variable `{name}` cannot be `{value}`: it is part of the host"
    )))
}

/// `value` for a place in the path, percent-encoded; slashes stay if the document's own default has
/// some.
fn in_path(variable: &ServerVariable, value: &str) -> Result<String, ConfigurationError> {
    if value.split('/').any(is_dot_segment) {
        let name = variable.name;
        return Err(ConfigurationError::new(format!(
            "the server variable `{name}` cannot be `{value}`: it leaves the path"
        )));
    }
    let encoded = encode(value);
    Ok(if variable.default.contains('/') {
        encoded.replace("%2F", "/")
    } else {
        encoded.into_owned()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    static TENANT: Server = Server {
        url: "https://{subdomain}.example.com/{version}/",
        variables: &[
            ServerVariable {
                name: "subdomain",
                default: "demo",
                allowed: &[],
            },
            ServerVariable {
                name: "version",
                default: "v1",
                allowed: &[],
            },
        ],
    };

    fn tenant(values: &[(&'static str, &str)]) -> Result<String, String> {
        let values: Vec<_> = values
            .iter()
            .map(|(name, value)| (*name, (*value).to_owned()))
            .collect();
        match BaseUrl::resolve(TENANT.url, &TENANT, &values) {
            Ok(base) => Ok(base.as_url().to_string()),
            Err(error) => Err(error.to_string()),
        }
    }

    fn joined(base: &str) -> String {
        static PLAIN: Server = Server {
            url: "",
            variables: &[],
        };
        BaseUrl::resolve(base, &PLAIN, &[])
            .unwrap()
            .with("/a/b", "q=1")
            .unwrap()
            .to_string()
    }

    #[test]
    fn variables_have_defaults_and_the_last_value_counts() {
        assert_eq!(tenant(&[]).unwrap(), "https://demo.example.com/v1");
        assert_eq!(
            tenant(&[("subdomain", "a"), ("subdomain", "b")]).unwrap(),
            "https://b.example.com/v1"
        );
        assert_eq!(
            tenant(&[("region", "eu")]).unwrap_err(),
            "the server's URL has no variable `region`"
        );
    }

    #[test]
    fn a_value_cannot_change_the_host() {
        for value in [
            "evil.com/",
            "evil.com",
            "a@evil",
            "a:80",
            "a/b",
            "a?b",
            "a#b",
            "a\\b",
            "",
            "ü",
            "a%2eb",
            "a b",
        ] {
            let refused = tenant(&[("subdomain", value)]).unwrap_err();
            assert!(
                refused.starts_with("the server variable `subdomain` cannot be"),
                "{value}: {refused}"
            );
        }
        assert_eq!(
            tenant(&[("subdomain", "Acme-2")]).unwrap(),
            "https://acme-2.example.com/v1"
        );
    }

    #[test]
    fn a_variable_that_is_a_host_name_takes_dots() {
        static HOST: Server = Server {
            url: "https://{host}/api",
            variables: &[ServerVariable {
                name: "host",
                default: "api.example.com",
                allowed: &[],
            }],
        };
        let resolve =
            |value: &str| BaseUrl::resolve(HOST.url, &HOST, &[("host", value.to_owned())]);
        assert_eq!(
            resolve("eu.example.org").unwrap().as_url().as_str(),
            "https://eu.example.org/api"
        );
        assert!(resolve("eu.example.org/x").is_err());
    }

    #[test]
    fn a_value_in_the_path_stays_one_segment() {
        assert_eq!(
            tenant(&[("version", "v 2/x?y")]).unwrap(),
            "https://demo.example.com/v%202%2Fx%3Fy"
        );
        assert!(tenant(&[("version", "..")]).is_err());
    }

    #[test]
    fn only_allowed_values_are_taken() {
        static REGION: Server = Server {
            url: "https://{region}/",
            variables: &[ServerVariable {
                name: "region",
                default: "eu.a.com",
                allowed: &["eu.a.com", "us.a.com:8443"],
            }],
        };
        let resolve =
            |value: &str| BaseUrl::resolve(REGION.url, &REGION, &[("region", value.to_owned())]);
        assert_eq!(
            resolve("us.a.com:8443").unwrap().as_url().as_str(),
            "https://us.a.com:8443/"
        );
        let message = resolve("us").unwrap_err().to_string();
        assert_eq!(
            message,
            "the server variable `region` must be one of `eu.a.com`, `us.a.com:8443`, not `us`"
        );
    }

    #[test]
    fn a_path_prefix_is_kept_and_a_slash_at_the_end_is_irrelevant() {
        for base in [
            "https://h.example/api",
            "https://h.example/api/",
            "https://h.example/api//",
        ] {
            assert_eq!(joined(base), "https://h.example/api/a/b?q=1");
        }
        assert_eq!(
            joined("http://127.0.0.1:8080"),
            "http://127.0.0.1:8080/a/b?q=1"
        );
        assert_eq!(joined("http://[::1]:8080/"), "http://[::1]:8080/a/b?q=1");
    }

    #[test]
    fn other_parts_of_a_url_are_refused_without_showing_credentials() {
        for base in [
            "https://user@h/",
            "https://:s3cr3t@h/",
            "https://h/?a=s3cr3t",
            "https://h/#a",
            "ftp://h/",
            "/api",
            "h/api",
            "https://",
            "https://h:99999/",
        ] {
            let error = BaseUrl::parse(base).unwrap_err().to_string();
            assert!(
                error.starts_with("the base URL") && !error.contains("s3cr3t"),
                "{base}: {error}"
            );
        }
    }
}
