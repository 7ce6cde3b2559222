//! What a client makes of every documented answer.

use serde_json::Value;
use specwright_openapi::{
    OperationRef, is_json,
    openapiv3::{ReferenceOr, Response, StatusCode},
};
use specwright_runtime::{DecodeError, Error, ErrorResponse, RawResponse, ToJson};

use super::{
    Broken, Operation, Seen,
    same::{difference, dropped, short},
    seen::encoded,
};
use crate::{Script, exchange, value::Presence};

/// How many random bodies each status is answered with.
const RANDOM: u64 = 20;

/// Statuses that are tried for what a document says of ranges and by default, and as the one it does not know.
const OTHERS: [u16; 8] = [418, 451, 507, 599, 299, 226, 305, 306];

/// Redirections that transports follow (RFC 9110 §15.4), so that no client sees them.
const FOLLOWED: [u16; 5] = [301, 302, 303, 307, 308];

/// A documented error as the client has it.
#[derive(Debug, Clone, PartialEq)]
pub struct Typed {
    status: &'static str,
    body: Result<Value, String>,
}

/// The error that the document has under this status (`404`, `4XX` or `default`), with its body.
pub fn typed<T: ToJson + ?Sized>(status: &'static str, body: &T) -> Typed {
    Typed {
        status,
        body: encoded(body),
    }
}

/// The errors of an operation without documented bodies: there are none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Untyped {}

impl ErrorResponse for Untyped {
    fn from_response(_: &RawResponse) -> Option<Result<Self, DecodeError>> {
        None
    }
}

/// For operations without documented error bodies.
#[must_use]
pub fn untyped(error: Untyped) -> Typed {
    match error {}
}

/// An error that the test does not know.
#[must_use]
pub fn unknown() -> Typed {
    typed("unknown", "")
}

/// A status to answer with, and what the document has for it.
struct Case<'a> {
    status: u16,
    /// The key of the response; `None` if there is none.
    key: Option<String>,
    response: Option<&'a Response>,
}

impl Operation {
    /// Has the mock answer every documented status, minimally, in full and at random, and one that is not documented, and
    /// looks at what the client makes of it:
    ///
    /// - a success is decoded, and encoded again it is what was answered;
    /// - an error is an [`Error::Api`] with its status; what the document says of its body is the typed error of that
    ///   status, and encoded again it is what was answered;
    /// - a status that is not documented is an [`Error::Api`] without a typed error.
    ///
    /// `raw` sends the request and gives the response as it is, `call` does so and gives what was decoded, and `error`
    /// tells the typed error. Redirections are left out, because transports follow them.
    ///
    /// # Errors
    /// Everything that is not so.
    pub async fn answers<F, E>(
        &self,
        raw: impl Fn() -> F,
        call: impl AsyncFn() -> Result<Seen, Error>,
        error: impl Fn(E) -> Typed,
    ) -> Result<(), Broken>
    where
        F: Future<Output = Result<RawResponse, Error>>,
        E: ErrorResponse,
    {
        let described = self.described()?;
        let mut problems = Vec::new();
        for case in self.cases(&described) {
            let mut conforming = 0;
            for (presence, seed) in degrees() {
                self.server.script(Some(Script {
                    status: case.status,
                    presence,
                    seed,
                }));
                let problem = match raw().await {
                    Ok(answered) if self.conforms(&case, &answered) => {
                        conforming += 1;
                        self.judged(&case, &answered, call().await, &error)
                    }
                    Ok(_) => None,
                    Err(error) => Some(format!("the answer does not arrive: {error}")),
                };
                if let Some(problem) = problem {
                    let degree = format!("{presence:?}").to_lowercase();
                    let status = case.status;
                    problems.push(format!(
                        "status {status} ({degree}, seed {seed}): {problem}"
                    ));
                    break;
                }
            }
            if conforming == 0 && problems.is_empty() {
                let status = case.status;
                problems.push(format!(
                    "status {status}: no value fits what the document says"
                ));
            }
        }
        self.server.script(None);
        self.verdict(problems)
    }

    /// Whether the mock has answered as the document says; clients are not judged by other answers.
    fn conforms(&self, case: &Case<'_>, answered: &RawResponse) -> bool {
        let response = exchange::Response {
            status: case.status,
            headers: answered.headers(),
            body: Some(answered.body()),
        };
        let verdict = self.exchanges.response(self.index, &response);
        let is_own = answered.status() == case.status;
        is_own && (case.key.is_none() || verdict.violations().next().is_none())
    }

    /// What is wrong with what a call made of an answer.
    fn judged<E: ErrorResponse>(
        &self,
        case: &Case<'_>,
        answered: &RawResponse,
        called: Result<Seen, Error>,
        typed: impl Fn(E) -> Typed,
    ) -> Option<String> {
        if case.status < 300 {
            return match called {
                Ok(seen) => self.changed(case, answered, &seen),
                Err(error) => Some(format!("a documented answer is refused: {error}")),
            };
        }
        let error = match called {
            Err(Error::Api(error)) if error.status() == case.status => error,
            Err(other) => return Some(format!("it is not told as an error of the API: {other}")),
            Ok(_) => return Some("it is taken for a success".to_owned()),
        };
        let has_body = case.response.is_some_and(|it| !it.content.is_empty());
        match (error.body_as::<E>(), &case.key) {
            (None, None) => None,
            (None, Some(_)) => {
                let is_typed = has_body && answered.content_type().is_some_and(is_json);
                let has_types = std::mem::size_of::<E>() > 0;
                (is_typed && has_types).then(|| "the documented body has no type".to_owned())
            }
            // What other responses say does not hold for one that has no body.
            (Some(_), Some(_)) if !has_body => None,
            (Some(Err(error)), _) => Some(format!("the documented body is refused: {error}")),
            (Some(Ok(body)), Some(key)) => {
                let typed = typed(body);
                if typed.status != key {
                    return Some(format!(
                        "it is typed as `{}` instead of `{key}`",
                        typed.status
                    ));
                }
                let seen = match answered.content_type().is_some_and(is_json) {
                    true => Seen::Json(typed.body),
                    false => Seen::Text(as_text(typed.body)),
                };
                self.changed(case, answered, &seen)
            }
            (Some(Ok(_)), None) => Some("a status that is not documented has a type".to_owned()),
        }
    }

    /// Where what was seen is not what was answered.
    fn changed(&self, case: &Case<'_>, answered: &RawResponse, seen: &Seen) -> Option<String> {
        let body = answered.body();
        let text = || String::from_utf8_lossy(body);
        match seen {
            Seen::Nothing => None,
            Seen::Unknown => Some("it is none of the documented successes".to_owned()),
            Seen::Bytes(bytes) => (bytes != body).then(|| "the octets are others".to_owned()),
            Seen::Text(seen) => (*seen != text()).then(|| format!("the text became {seen:?}")),
            Seen::Json(Ok(Value::Null)) if body.is_empty() => None,
            Seen::Json(Ok(seen)) => match serde_json::from_slice(body) {
                Ok(sent) => self.difference(case, answered, sent, seen),
                Err(_) => Some(format!("{} came of what is no JSON", short(seen))),
            },
            Seen::Json(Err(error)) => Some(format!("what was decoded cannot be encoded: {error}")),
            Seen::Items(items) => {
                let sent: Vec<Value> = values(&text(), answered.content_type().unwrap_or_default());
                let seen: Result<Vec<Value>, String> = items.iter().cloned().collect();
                match seen {
                    Ok(seen) => difference(&sent.into(), &seen.into()),
                    Err(error) => Some(format!("an item cannot be encoded: {error}")),
                }
            }
        }
    }

    /// Where a body says something else than what was seen of it, but for members that the document says nothing about:
    /// clients read over them.
    fn difference(
        &self,
        case: &Case<'_>,
        answered: &RawResponse,
        mut sent: Value,
        seen: &Value,
    ) -> Option<String> {
        let found = difference(&sent, seen)?;
        for pointer in dropped(&sent, seen) {
            // What may be anything at all is not described.
            let absurd = serde_json::json!([{ "absurd": [null] }]);
            let Some(place) = sent.pointer_mut(&pointer.to_string()) else {
                return Some(found);
            };
            let own = std::mem::replace(place, absurd);
            let body = sent.to_string();
            let response = exchange::Response {
                status: case.status,
                headers: answered.headers(),
                body: Some(body.as_bytes()),
            };
            let verdict = self.exchanges.response(self.index, &response);
            let place = sent.pointer_mut(&pointer.to_string())?;
            *place = match verdict.violations().next() {
                Some(_) => own,
                None => Value::Null,
            };
        }
        difference(&sent, seen)
    }

    /// A status for each documented response, and one that is not documented.
    fn cases<'a>(&'a self, operation: &OperationRef<'a>) -> Vec<Case<'a>> {
        let responses = &operation.operation.responses;
        let codes: Vec<&StatusCode> = responses.responses.keys().collect();
        let is_code = |status: u16| codes.contains(&&StatusCode::Code(status));
        let is_ranged = |status: u16| codes.contains(&&StatusCode::Range(status / 100));
        let mut cases = Vec::new();
        for (code, node) in &responses.responses {
            let status = match code {
                StatusCode::Code(code) => Some(*code),
                StatusCode::Range(digit) => {
                    let own = OTHERS
                        .into_iter()
                        .find(|it| it / 100 == *digit && !is_code(*it));
                    own.or(Some(digit * 100).filter(|it| !is_code(*it)))
                }
            };
            cases.extend(status.map(|status| self.case(status, Some((code.to_string(), node)))));
        }
        let free = OTHERS.into_iter().filter(|it| *it > 399);
        let free = free.into_iter().find(|it| !is_code(*it) && !is_ranged(*it));
        let default = responses
            .default
            .as_ref()
            .map(|node| ("default".to_owned(), node));
        cases.extend(free.map(|status| self.case(status, default)));
        cases.retain(|it| it.status >= 200 && !FOLLOWED.contains(&it.status));
        cases
    }

    fn case<'a>(
        &'a self,
        status: u16,
        documented: Option<(String, &'a ReferenceOr<Response>)>,
    ) -> Case<'a> {
        let (key, node) = documented.unzip();
        let response = node.and_then(|node| self.description.resolve(node));
        Case {
            status,
            key,
            response: response.map(|it| it.object),
        }
    }
}

/// How bodies are made: minimal, full, and at random.
fn degrees() -> impl Iterator<Item = (Presence, u64)> {
    let fixed = [(Presence::Minimal, 1), (Presence::Full, 1)];
    let random = (1..=RANDOM).map(|seed| (Presence::Varied, seed));
    fixed.into_iter().chain(random)
}

fn as_text(body: Result<Value, String>) -> String {
    match body {
        Ok(Value::String(text)) => text,
        Ok(other) => other.to_string(),
        Err(error) => error,
    }
}

/// The values of a sequence: the data of events (HTML Standard, Server-sent events), or a value in each line.
fn values(text: &str, content_type: &str) -> Vec<Value> {
    let value = |text: &str| serde_json::from_str(text).unwrap_or_else(|_| Value::from(text));
    if !content_type.starts_with("text/event-stream") {
        let lines = text
            .split(['\n', '\u{1e}'])
            .filter(|it| !it.trim().is_empty());
        return lines.map(value).collect();
    }
    let events = text.split("\n\n").filter(|it| !it.is_empty());
    let data = events.map(|event| {
        let lines = event.lines().filter_map(|it| it.strip_prefix("data: "));
        lines.collect::<Vec<_>>().join("\n")
    });
    data.map(|it| value(&it)).collect()
}
