//! The answer of an operation that is no list.

use specwright_openapi::{
    Description, OperationRef, is_json,
    openapiv3::{MediaType, Response, Schema, StatusCode},
};

use super::{
    random::Random,
    reply::Reply,
    value::{Choices, Generator, Presence},
};

/// The successful answer that the operation documents: its status, the media type that is JSON or else the first one.
pub(crate) fn success<'a>(
    description: &'a Description,
    operation: &OperationRef<'a>,
) -> (u16, Option<(&'a str, &'a MediaType)>) {
    let Some((status, response)) = documented(description, operation) else {
        return (204, None);
    };
    let json = response.content.iter().find(|(name, _)| is_json(name));
    let media = json
        .or(response.content.first())
        .map(|(name, media)| (name.as_str(), media));
    (status, media)
}

/// The lowest successful status; else the default response as 200; else a redirection.
fn documented<'a>(
    description: &'a Description,
    operation: &OperationRef<'a>,
) -> Option<(u16, &'a Response)> {
    let responses = &operation.operation.responses;
    let status = |code: &StatusCode| match code {
        StatusCode::Code(code) => *code,
        StatusCode::Range(digit) => digit.saturating_mul(100),
    };
    let all = || {
        responses
            .responses
            .iter()
            .map(|(code, node)| (status(code), node))
    };
    let success = all()
        .filter(|(code, _)| (200..300).contains(code))
        .min_by_key(|(code, _)| *code);
    let default = || responses.default.as_ref().map(|node| (200, node));
    let elsewhere = || all().find(|(code, _)| (300..400).contains(code));
    let (status, node) = success.or_else(default).or_else(elsewhere)?;
    Some((status, description.resolve(node)?.object))
}

/// The documented answer with a generated body: the same for every request of the same path.
pub(crate) fn answer(
    description: &Description,
    operation: &OperationRef<'_>,
    path: &str,
    seed: u64,
) -> Reply {
    let (status, media) = success(description, operation);
    match media {
        Some((name, media)) if is_json(name) => {
            let purpose = format!("{} {path}", operation.id());
            let schemas: Vec<&Schema> = media
                .schema
                .iter()
                .filter_map(|node| description.resolve(node))
                .map(|it| it.object)
                .collect();
            let none = Choices::new();
            let random = Random::of(seed, &purpose);
            let body = match (&media.example, schemas.as_slice()) {
                (Some(example), []) => example.clone(),
                (_, schemas) => {
                    Generator::new(description, &none, Presence::Varied, random).value(schemas)
                }
            };
            Reply::json(status, name, &body)
        }
        Some((name, _)) if name.starts_with("text/") => Reply::new(status, name, "text"),
        Some((name, _)) => Reply::new(status, name, Vec::new()),
        None => Reply::empty(status),
    }
}
