//! The answer of an operation by what its responses say: which response, which media type, and a body.

use std::borrow::Cow;

use hyper::HeaderMap;
use serde_json::Value;
use specwright_openapi::{
    Description, OperationRef, is_json,
    openapiv3::{MediaType, ReferenceOr, Response, Schema, SchemaKind, StatusCode, Type},
};

use super::{
    accept::Accept,
    example, fields,
    media::{self, Content},
    prefer::Preferences,
    random::Random,
    refusal,
    reply::Reply,
    state::Asked,
    value::{Choices, Generator, Presence},
};
use crate::value::{Direction, Values};

/// What an operation answers with.
#[derive(Debug)]
pub(crate) struct Chosen<'a> {
    pub(crate) status: u16,
    response: Option<&'a Response>,
    /// The documented media type and the one of the answer.
    media: Option<(&'a MediaType, String)>,
    preferences: Preferences,
    /// Whether the body is generated unless an example is preferred.
    is_dynamic: bool,
    /// Whether the response is the one of success, in JSON, and not an example that is asked for.
    pub(crate) is_usual: bool,
    /// The preferences that are met, as `Preference-Applied` says them (RFC 7240 §3).
    applied: Vec<String>,
}

/// The lowest successful status; else the default response as 200; else a redirection.
fn documented<'a>(
    description: &'a Description,
    operation: &OperationRef<'a>,
) -> Option<(u16, &'a Response)> {
    let responses = &operation.operation.responses;
    let all = || {
        let all = responses.responses.iter();
        all.map(|(code, node)| (least(code), node))
    };
    let success = all()
        .filter(|(code, _)| (200..300).contains(code))
        .min_by_key(|(code, _)| *code);
    let default = || responses.default.as_ref().map(|node| (200, node));
    let elsewhere = || all().find(|(code, _)| (300..400).contains(code));
    let (status, node) = success.or_else(default).or_else(elsewhere)?;
    Some((status, description.resolve(node)?.object))
}

/// The lowest status of a range.
fn least(code: &StatusCode) -> u16 {
    match code {
        StatusCode::Code(code) => *code,
        StatusCode::Range(digit) => digit.saturating_mul(100),
    }
}

/// The response for a status: its own, or that of its range, or the default one (OAS 3.0.3, Responses Object).
pub(crate) fn response<'a>(
    description: &'a Description,
    operation: &OperationRef<'a>,
    status: u16,
) -> Option<&'a Response> {
    let responses = &operation.operation.responses;
    let exact = responses.responses.get(&StatusCode::Code(status));
    let range = || responses.responses.get(&StatusCode::Range(status / 100));
    let node: &ReferenceOr<Response> = exact.or_else(range).or(responses.default.as_ref())?;
    description.resolve(node).map(|it| it.object)
}

/// Decides on the response by `Prefer` and on the media type by `Accept`; `is_dynamic` unless the client prefers
/// otherwise.
///
/// # Errors
/// A problem: 404 if the description lacks the response or the example that is preferred, 406 if the client takes none
/// of the documented media types, 501 if the response is no final one.
pub(crate) fn choose<'a>(
    description: &'a Description,
    operation: &OperationRef<'a>,
    asked: &Asked<'_>,
    is_dynamic: bool,
) -> Result<Chosen<'a>, Box<Reply>> {
    let preferences = Preferences::of(asked.headers);
    let mut chosen = choose_by(description, operation, asked.headers, preferences)?;
    chosen.is_dynamic = is_dynamic;
    Ok(chosen)
}

/// The same by preferences that need not be those of the request.
pub(crate) fn choose_by<'a>(
    description: &'a Description,
    operation: &OperationRef<'a>,
    headers: &HeaderMap,
    preferences: Preferences,
) -> Result<Chosen<'a>, Box<Reply>> {
    let mut applied = Vec::new();
    let (status, response) = match &preferences.code {
        None => match documented(description, operation) {
            Some((status, response)) => (status, Some(response)),
            None => (204, None),
        },
        Some(code) => {
            let (status, response) = preferred(description, operation, code)?;
            applied.push(format!("code={status}"));
            (status, Some(response))
        }
    };
    if status < 200 {
        let detail = format!("{status} is no final answer, so that it cannot be sent alone");
        return Err(Box::new(refusal::problem(501, &detail)));
    }
    let has_body = !matches!(status, 204 | 205 | 304);
    let media = match response {
        Some(response) if has_body => {
            let wanted = preferences.example.as_deref();
            negotiate(description, response, &Accept::of(headers), wanted)?
        }
        _ => None,
    };
    if let Some(name) = preferences.example.as_deref() {
        if media.is_none() {
            let detail = format!("the response {status} has no body and so no example `{name}`");
            return Err(Box::new(refusal::problem(404, &detail)));
        }
        applied.push(format!("example={}", word(name)));
    }
    let usual = documented(description, operation).map_or(204, |(status, _)| status);
    let is_json = media.as_ref().is_none_or(|(_, name)| is_json(name));
    let wants_example = preferences.example.is_some()
        || (preferences.dynamic == Some(false)
            && (media.as_ref()).is_some_and(|(it, _)| example::any(description, it).is_some()));
    Ok(Chosen {
        status,
        response,
        media,
        is_usual: status == usual && is_json && !wants_example,
        preferences,
        is_dynamic: false,
        applied,
    })
}

/// The response that `Prefer: code=…` names: by its status, or in the word of the description (`4XX`, `default`).
fn preferred<'a>(
    description: &'a Description,
    operation: &OperationRef<'a>,
    code: &str,
) -> Result<(u16, &'a Response), Box<Reply>> {
    let responses = &operation.operation.responses;
    let by_name = || {
        let mut all = responses.responses.iter();
        let (code, node) = all.find(|(known, _)| known.to_string().eq_ignore_ascii_case(code))?;
        Some((least(code), description.resolve(node)?.object))
    };
    let default = || {
        let node = responses.default.as_ref()?;
        (code.eq_ignore_ascii_case("default")).then_some(())?;
        Some((200, description.resolve(node)?.object))
    };
    let status: Option<u16> = code.parse().ok().filter(|it| (100..=599).contains(it));
    let by_status = status.and_then(|status| {
        let response = response(description, operation, status)?;
        Some((status, response))
    });
    by_status.or_else(by_name).or_else(default).ok_or_else(|| {
        let known = responses.responses.keys().map(ToString::to_string);
        let known: Vec<String> = known
            .chain(responses.default.as_ref().map(|_| "default".to_owned()))
            .collect();
        let detail = format!(
            "the operation has no response `{code}`; it has {}",
            listed(&known)
        );
        Box::new(refusal::problem(404, &detail))
    })
}

/// The media type that the client wants most; of those that it wants as much, JSON or else the first.
fn negotiate<'a>(
    description: &'a Description,
    response: &'a Response,
    accept: &Accept,
    wanted: Option<&str>,
) -> Result<Option<(&'a MediaType, String)>, Box<Reply>> {
    if response.content.is_empty() {
        return Ok(None);
    }
    let has = |media: &'a MediaType| {
        wanted.is_none_or(|name| example::named(description, media, name).is_some())
    };
    let mut candidates: Vec<(&'a String, &'a MediaType)> =
        response.content.iter().filter(|(_, it)| has(it)).collect();
    if let (true, Some(name)) = (candidates.is_empty(), wanted) {
        let all = response.content.values();
        let known: Vec<String> = all
            .flat_map(|media| example::names(description, media))
            .map(str::to_owned)
            .collect();
        let detail = format!(
            "the response has no example `{name}`; it has {}",
            listed(&known)
        );
        return Err(Box::new(refusal::problem(404, &detail)));
    }
    // The sort is stable: JSON before others, each in the order of the description.
    candidates.sort_by_key(|(name, _)| !is_json(name));
    let best = candidates
        .iter()
        .map(|(name, _)| accept.quality(name))
        .max();
    let Some(best) = best.filter(|it| *it > 0) else {
        let known: Vec<String> = candidates.iter().map(|(name, _)| (*name).clone()).collect();
        let detail = format!("the response is documented as {}", listed(&known));
        return Err(Box::new(refusal::problem(406, &detail)));
    };
    let found = candidates
        .iter()
        .find(|(name, _)| accept.quality(name) == best);
    Ok(found.map(|(name, media)| {
        let is_range = name.split(';').next().unwrap_or_default().contains('*');
        let concrete = accept.concrete(name).filter(|_| is_range);
        let concrete =
            concrete.unwrap_or_else(|| media::concrete(name, is_text(description, media)));
        (*media, concrete)
    }))
}

fn is_text(description: &Description, media: &MediaType) -> bool {
    let schema = media.schema.as_ref();
    let schema = schema.and_then(|node| description.resolve(node));
    schema.is_some_and(|it| matches!(it.object.schema_kind, SchemaKind::Type(Type::String(_))))
}

/// The documented answer: an example, or a generated body that is the same for every request of the same path.
pub(crate) fn answer(
    description: &Description,
    operation: &OperationRef<'_>,
    chosen: &Chosen<'_>,
    path: &str,
    seed: u64,
) -> Reply {
    let Some((media, name)) = &chosen.media else {
        return Reply::empty(chosen.status);
    };
    let example = chosen.example(description, media);
    let (value, is_example) = match example {
        Some(value) => (Cow::Borrowed(value), true),
        None => {
            let purpose = format!("{} {path}", operation.id());
            let random = Random::of(seed, &purpose);
            (Cow::Owned(generated(description, media, random)), false)
        }
    };
    let content = Content {
        value: &value,
        is_example,
        schema: media.schema.as_ref(),
    };
    let (content_type, body) = media::encode(description, name, content);
    let mut reply = Reply::new(chosen.status, &content_type, body);
    let preferences = &chosen.preferences;
    reply.is_example = is_example && preferences.example.is_none() && preferences.dynamic.is_none();
    reply
}

fn generated(description: &Description, media: &MediaType, random: Random) -> Value {
    let schema = media.schema.as_ref();
    let schema = schema.and_then(|node| description.resolve(node));
    let schemas: Vec<&Schema> = schema.iter().map(|it| it.object).collect();
    let none = Choices::new();
    Generator::new(description, &none, Presence::Varied, random).value(&schemas)
}

impl Chosen<'_> {
    /// From now on, generates the body.
    pub(crate) fn generate(&mut self) {
        self.is_dynamic = true;
    }

    /// The media type of the answer.
    pub(crate) fn content_type(&self) -> Option<&str> {
        self.media.as_ref().map(|(_, name)| name.as_str())
    }

    /// The response with a body that is generated as `values` are; a text where no schema says what it holds.
    pub(crate) fn generated(&self, description: &Description, values: &Values<'_>) -> Reply {
        let Some((media, name)) = &self.media else {
            return Reply::empty(self.status);
        };
        let value = match &media.schema {
            Some(schema) => values.value(schema, Direction::Response, "", name),
            None => Value::from("text"),
        };
        let content = Content {
            value: &value,
            is_example: false,
            schema: media.schema.as_ref(),
        };
        let (content_type, body) = media::encode(description, name, content);
        Reply::new(self.status, &content_type, body)
    }

    /// The example to answer with, by what is preferred.
    fn example<'a>(&self, description: &'a Description, media: &'a MediaType) -> Option<&'a Value> {
        match (&self.preferences.example, self.preferences.dynamic) {
            (Some(name), _) => example::named(description, media, name),
            (None, Some(true)) => None,
            (None, Some(false)) => example::any(description, media),
            (None, None) if self.is_dynamic => None,
            (None, None) => example::fitting(description, media),
        }
    }

    /// Adds the header fields that the description has for the answer, and says which preferences it meets.
    pub(crate) fn finish(
        &self,
        description: &Description,
        operation: &OperationRef<'_>,
        reply: Reply,
        seed: u64,
    ) -> Reply {
        let status = reply.status;
        let own = self.response.filter(|_| status == self.status);
        let response = own.or_else(|| response(description, operation, status));
        let mut reply = match response {
            Some(response) => {
                let random = Random::of(seed, &format!("{} fields", operation.id()));
                fields::add(description, response, &random, reply)
            }
            None => reply,
        };
        if status == self.status && !self.preferences.is_empty() {
            let mut applied = self.applied.clone();
            match self.preferences.dynamic {
                Some(true) if self.preferences.example.is_none() => {
                    applied.push("dynamic=true".to_owned());
                }
                Some(false) if !self.is_usual => applied.push("dynamic=false".to_owned()),
                _ => {}
            }
            if !applied.is_empty() {
                reply = reply.with("preference-applied", applied.join(", "));
            }
        }
        reply
    }
}

/// A token, or a quoted string where it has to be one (RFC 9110 §5.6.4).
fn word(text: &str) -> String {
    let is_token = |it: char| it.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(it);
    if !text.is_empty() && text.chars().all(is_token) {
        return text.to_owned();
    }
    let escaped = text.replace('\\', "\\\\").replace('"', "\\\"");
    format!("\"{escaped}\"")
}

/// The texts in code marks, separated by commas.
fn listed(texts: &[String]) -> String {
    if texts.is_empty() {
        return "none".to_owned();
    }
    let quoted: Vec<String> = texts.iter().map(|it| format!("`{it}`")).collect();
    quoted.join(", ")
}
