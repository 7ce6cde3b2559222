//! The answers of a token endpoint (RFC 6749, sections 5.1 and 5.2).

use std::time::Duration;

use crate::error::{ApiError, DecodeError, Error};
use crate::json::{FromJson, JsonError, JsonReader, parse};
use crate::response::RawResponse;
use crate::secret::Secret;
use crate::transport::{Transport, TransportError, TransportRequest, read_body};

/// What errors call the request for a token.
const OPERATION: &str = "token request";

const MAXIMUM_BODY: u64 = 1 << 20;

/// A token and how long it is valid, if the server says so.
pub(super) struct Grant {
    pub(super) token: Secret,
    pub(super) life: Option<Duration>,
}

/// Sends a request for a token.
pub(super) async fn fetch(
    transport: &dyn Transport,
    request: TransportRequest,
) -> Result<Grant, Error> {
    let failed = |error: TransportError| error.during(OPERATION);
    let mut response = transport.send(request).await.map_err(failed)?;
    let body = read_body(&mut response, MAXIMUM_BODY)
        .await
        .map_err(failed)?;
    let response = RawResponse::new(OPERATION, response.status, response.headers, body);
    if response.status().is_success() {
        Ok(granted(&response)?)
    } else {
        Err(refused(response).into())
    }
}

/// The body of a success. Errors say nothing of its text: it holds a token.
fn granted(response: &RawResponse) -> Result<Grant, DecodeError> {
    let failed = |reason: String| {
        let message = format!("the answer holds no token that can be used: {reason}");
        DecodeError::about(OPERATION, response.status(), message)
    };
    let body: Success = response.json().map_err(|error| {
        // Without what was found.
        failed(format!("{} does not fit", error.path()))
    })?;
    match body {
        Success { token: None, .. } => {
            // Some servers refuse with the status 200.
            let reason = reason(response);
            Err(failed(
                reason.unwrap_or_else(|| "`access_token` is absent".to_owned()),
            ))
        }
        Success {
            token_type: Some(other),
            ..
        } if !other.eq_ignore_ascii_case("bearer") => {
            Err(failed("`token_type` is not `Bearer`".to_owned()))
        }
        Success {
            token: Some(token),
            life,
            ..
        } => Ok(Grant {
            token: token.into(),
            life: life.map(Duration::from_secs),
        }),
    }
}

fn refused(response: RawResponse) -> ApiError {
    let reason = reason(&response);
    ApiError::new(response).because(reason)
}

/// What the body says about a refusal, on one line.
fn reason(response: &RawResponse) -> Option<String> {
    let body: Failure = parse(response.body()).ok()?;
    let error = body.error?;
    let reason = match body.description {
        Some(description) => format!("{error}: {description}"),
        None => error,
    };
    Some(reason.escape_debug().to_string())
}

struct Success {
    token: Option<String>,
    token_type: Option<String>,
    life: Option<u64>,
}

impl FromJson for Success {
    fn from_json(json: &mut JsonReader<'_>) -> Result<Self, JsonError> {
        let mut success = Self {
            token: None,
            token_type: None,
            life: None,
        };
        json.begin_object()?;
        while let Some(key) = json.next_key()? {
            match &*key {
                "access_token" => json.set(&mut success.token)?,
                "token_type" => json.set_nullable(&mut success.token_type)?,
                "expires_in" => success.life = lifetime(json)?,
                _ => json.skip()?,
            }
        }
        Ok(success)
    }
}

/// Seconds, which some servers send as text; anything else is no lifetime.
fn lifetime(json: &mut JsonReader<'_>) -> Result<Option<u64>, JsonError> {
    if let Some(seconds) = json.attempt() {
        return Ok(Some(seconds));
    }
    if let Some(text) = json.attempt::<String>() {
        return Ok(text.trim().parse().ok());
    }
    json.skip()?;
    Ok(None)
}

#[derive(Default)]
struct Failure {
    error: Option<String>,
    description: Option<String>,
}

impl FromJson for Failure {
    fn from_json(json: &mut JsonReader<'_>) -> Result<Self, JsonError> {
        let mut failure = Self::default();
        json.begin_object()?;
        while let Some(key) = json.next_key()? {
            match &*key {
                "error" => json.set_nullable(&mut failure.error)?,
                "error_description" => json.set_nullable(&mut failure.description)?,
                _ => json.skip()?,
            }
        }
        Ok(failure)
    }
}

#[cfg(test)]
mod tests {
    use http::{HeaderMap, StatusCode};

    use super::*;

    fn response(status: u16, body: &'static str) -> RawResponse {
        let status = StatusCode::from_u16(status).unwrap();
        RawResponse::new(OPERATION, status, HeaderMap::new(), body.into())
    }

    #[test]
    fn a_grant_has_a_token_and_perhaps_a_life() {
        for (body, life) in [
            (
                r#"{"access_token": "t", "token_type": "bearer", "expires_in": 60}"#,
                Some(60),
            ),
            (
                r#"{"access_token": "t", "token_type": "Bearer", "expires_in": "60"}"#,
                Some(60),
            ),
            (
                r#"{"expires_in": null, "access_token": "t", "scope": ["a"]}"#,
                None,
            ),
            (r#"{"expires_in": -1, "access_token": "t"}"#, None),
        ] {
            let grant = granted(&response(200, body)).unwrap();
            assert_eq!(grant.token.expose(), "t");
            assert_eq!(grant.life, life.map(Duration::from_secs), "{body}");
        }
    }

    #[test]
    fn an_unusable_answer_is_an_error_that_hides_the_token() {
        for (body, reason) in [
            (
                r#"{"access_token": "s3cr3t", "token_type": "mac"}"#,
                "`token_type` is not `Bearer`",
            ),
            (
                r#"{"error": "slow_down", "x": "s3cr3t"}"#,
                "can be used: slow_down",
            ),
            (r#"{"accessToken": "s3cr3t"}"#, "`access_token` is absent"),
            (
                r#"{"access_token": ["s3cr3t"]}"#,
                "$.access_token does not fit",
            ),
            (
                r#"{"access_token": "s3cr3t""#,
                "$.access_token does not fit",
            ),
        ] {
            let Err(error) = granted(&response(200, body)) else {
                panic!("{body}")
            };
            assert!(error.to_string().contains(reason), "{error}");
            assert!(
                !format!("{error} {error:?}").contains("s3cr3t"),
                "{error:?}"
            );
        }
    }

    #[test]
    fn a_refusal_says_why() {
        let message = |status, body| refused(response(status, body)).to_string();
        assert_eq!(
            message(
                401,
                r#"{"error": "invalid_client", "error_description": "no such client"}"#
            ),
            "token request: status 401 Unauthorized: invalid_client: no such client"
        );
        assert_eq!(
            message(400, r#"{"error": "invalid_scope"}"#),
            "token request: status 400 Bad Request: invalid_scope"
        );
        assert_eq!(
            message(502, "<h1>"),
            "token request: status 502 Bad Gateway: <h1>"
        );
    }
}
