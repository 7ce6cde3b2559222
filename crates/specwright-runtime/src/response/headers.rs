//! Headers of responses as documented types (OpenAPI, Header Object: the style `simple`).

use std::any::type_name;
use std::str::FromStr;

use http::header::SET_COOKIE;
use http::{HeaderMap, StatusCode};

use crate::error::DecodeError;
use crate::json::{FromJson, excerpt_at, from_slice};

/// The documented headers of a response.
pub trait ResponseHeaders: Sized {
    /// Reads the headers.
    ///
    /// # Errors
    /// A required header is absent, or a value does not fit.
    fn from_headers(headers: &HeaderReader<'_>) -> Result<Self, DecodeError>;
}

/// Reads single headers of a response. A header that comes several times is one list (RFC 9110,
/// section 5.3). Errors show the value, except that of `Set-Cookie`.
#[derive(Debug)]
pub struct HeaderReader<'a> {
    operation: &'static str,
    status: StatusCode,
    headers: &'a HeaderMap,
}

impl<'a> HeaderReader<'a> {
    pub(crate) fn new(operation: &'static str, status: StatusCode, headers: &'a HeaderMap) -> Self {
        Self {
            operation,
            status,
            headers,
        }
    }

    /// The value of a header that must be there.
    ///
    /// # Errors
    /// The header is absent, or its value does not fit `T`.
    pub fn required<T: FromStr>(&self, name: &str) -> Result<T, DecodeError> {
        self.optional(name)?
            .ok_or_else(|| self.error(format!("the header `{name}` is absent")))
    }

    /// The value of a header.
    ///
    /// # Errors
    /// The value does not fit `T`.
    pub fn optional<T: FromStr>(&self, name: &str) -> Result<Option<T>, DecodeError> {
        let text = self.text(name)?;
        text.map(|text| self.parse(name, &text)).transpose()
    }

    /// The values of a header that is a list, separated by commas.
    ///
    /// # Errors
    /// A value does not fit `T`.
    pub fn list<T: FromStr>(&self, name: &str) -> Result<Option<Vec<T>>, DecodeError> {
        let Some(text) = self.text(name)? else {
            return Ok(None);
        };
        // Empty elements are no elements (RFC 9110, section 5.6.1.2).
        let elements = text
            .split(',')
            .map(str::trim)
            .filter(|text| !text.is_empty());
        elements
            .map(|element| self.parse(name, element))
            .collect::<Result<_, _>>()
            .map(Some)
    }

    /// The value of a header that is JSON.
    ///
    /// # Errors
    /// The value is not JSON, or does not fit `T`.
    pub fn json<T: FromJson>(&self, name: &str) -> Result<Option<T>, DecodeError> {
        let Some(text) = self.text(name)? else {
            return Ok(None);
        };
        from_slice(text.as_bytes()).map(Some).map_err(|error| {
            let reason = format!("{}: {}", error.path(), error.message());
            self.unfit(name, &text, &reason)
        })
    }

    /// The values of all headers of this name, joined by commas.
    fn text(&self, name: &str) -> Result<Option<String>, DecodeError> {
        let mut joined: Option<String> = None;
        for value in self.headers.get_all(name) {
            let value = std::str::from_utf8(value.as_bytes())
                .map_err(|_| self.error(format!("the header `{name}` is not UTF-8")))?;
            match &mut joined {
                Some(joined) => joined.extend([", ", value.trim()]),
                None => joined = Some(value.trim().to_owned()),
            }
        }
        Ok(joined)
    }

    fn parse<T: FromStr>(&self, name: &str, text: &str) -> Result<T, DecodeError> {
        text.parse().map_err(|_| {
            let path = type_name::<T>();
            let short = path.rsplit("::").next().unwrap_or(path);
            self.unfit(name, text, &format!("does not fit {short}"))
        })
    }

    #[cold]
    fn unfit(&self, name: &str, text: &str, reason: &str) -> DecodeError {
        let message = if name.eq_ignore_ascii_case(SET_COOKIE.as_str()) {
            format!("the header `{name}` does not fit")
        } else {
            let value = excerpt_at(text.as_bytes(), 0);
            format!("the header `{name}` has the value `{value}`: {reason}")
        };
        self.error(message)
    }

    #[cold]
    fn error(&self, message: String) -> DecodeError {
        DecodeError::about(self.operation, self.status, message)
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderName;

    use super::*;
    use crate::json::{DateTime, Map};

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.append(HeaderName::from_static(name), value.parse().unwrap());
        }
        headers
    }

    fn reader(headers: &HeaderMap) -> HeaderReader<'_> {
        HeaderReader::new("getThing", StatusCode::OK, headers)
    }

    #[test]
    fn values_are_parsed_and_names_have_no_case() {
        let headers = headers(&[
            ("x-limit", " 10 "),
            ("x-reset", "tomorrow"),
            ("x-ok", "true"),
        ]);
        let reader = reader(&headers);
        assert_eq!(reader.required::<i64>("X-Limit").unwrap(), 10);
        assert_eq!(reader.optional::<bool>("x-ok").unwrap(), Some(true));
        assert_eq!(reader.optional::<bool>("x-none").unwrap(), None);
        let reset: DateTime = reader.required("x-reset").unwrap();
        assert_eq!(reset.as_str(), "tomorrow");
    }

    #[test]
    fn lists_are_joined_from_lines_and_commas() {
        let headers = headers(&[("x-ids", "1, 2,"), ("x-ids", "3"), ("x-empty", "")]);
        let reader = reader(&headers);
        assert_eq!(reader.list::<u8>("x-ids").unwrap(), Some(vec![1, 2, 3]));
        assert_eq!(reader.list::<u8>("x-empty").unwrap(), Some(vec![]));
        assert_eq!(reader.list::<u8>("x-none").unwrap(), None);
        assert_eq!(
            reader.optional::<String>("x-ids").unwrap().unwrap(),
            "1, 2,, 3"
        );
        assert!(reader.list::<bool>("x-ids").is_err());
    }

    #[test]
    fn json_is_read_from_the_value() {
        let headers = headers(&[("x-map", r#"{"a": 1}"#), ("x-bad", "{")]);
        let reader = reader(&headers);
        let map: Map<String, u8> = reader.json("x-map").unwrap().unwrap();
        assert_eq!(map["a"], 1);
        assert!(reader.json::<bool>("x-none").unwrap().is_none());
        assert_eq!(
            reader.json::<bool>("x-map").unwrap_err().to_string(),
            "getThing: the header `x-map` has the value `{\"a\": 1}`: $: expected a boolean, found an object (status 200)"
        );
        assert!(reader.json::<Map<String, u8>>("x-bad").is_err());
    }

    #[test]
    fn errors_name_the_header_and_never_show_a_session() {
        let headers = headers(&[("x-limit", "many"), ("set-cookie", "sid=s3cr3t")]);
        let reader = reader(&headers);
        assert_eq!(
            reader.required::<i64>("x-limit").unwrap_err().to_string(),
            "getThing: the header `x-limit` has the value `many`: does not fit i64 (status 200)"
        );
        assert_eq!(
            reader.required::<i64>("x-none").unwrap_err().message(),
            "the header `x-none` is absent"
        );
        for error in [
            reader.required::<i64>("Set-Cookie").unwrap_err(),
            reader.json::<i64>("set-cookie").unwrap_err(),
        ] {
            assert!(!format!("{error} {error:?}").contains("s3cr3t"), "{error}");
        }
    }
}
