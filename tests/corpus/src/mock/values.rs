//! Values of every documented JSON body.

use std::collections::BTreeSet;

use specwright_conformance::value::{Direction, Presence, Values};
use specwright_openapi::{
    Description, OperationRef, is_json,
    openapiv3::{MediaType, ReferenceOr, Schema},
};

use super::judge::{Judge, Verdict};

/// Each is tried for every body.
pub(crate) const SEEDS: [u64; 5] = [1, 2, 3, 4, 5];

/// How long the reason of an exception is at most, in characters.
const LONGEST: usize = 260;

/// What was found about the values of one document.
#[derive(Debug, Clone, Default)]
pub(crate) struct Values_ {
    pub(crate) bodies: usize,
    pub(crate) valid: usize,
    pub(crate) invalid: usize,
    pub(crate) undecided: usize,
    /// The size of the largest value, in bytes.
    pub(crate) largest: usize,
    /// The bodies of which some value is wrong, with the first reason.
    pub(crate) exceptions: Vec<String>,
}

/// Judges the bodies of all responses and requests.
pub(crate) fn judge(description: &Description, judge: &mut Judge) -> Values_ {
    let mut found = Values_::default();
    for operation in description.operations() {
        for (place, status, media) in responses(description, &operation) {
            let Some(schema) = &media.1.schema else {
                continue;
            };
            body(
                &mut found,
                judge,
                schema,
                Direction::Response,
                &place,
                &|values| values.response(&operation, status.as_ref(), media.0),
                description,
            );
        }
        let body_of = operation.operation.request_body.as_ref();
        let content = body_of
            .and_then(|it| description.resolve(it))
            .map(|it| &it.object.content);
        for (name, media) in content
            .into_iter()
            .flatten()
            .filter(|(name, _)| is_json(name))
        {
            let Some(schema) = &media.schema else {
                continue;
            };
            let place = format!("{} request", operation.id());
            body(
                &mut found,
                judge,
                schema,
                Direction::Request,
                &place,
                &|values| values.request(&operation, name),
                description,
            );
        }
    }
    found
}

type Documented<'a> = (
    String,
    Option<specwright_openapi::openapiv3::StatusCode>,
    (&'a str, &'a MediaType),
);

fn responses<'a>(
    description: &'a Description,
    operation: &OperationRef<'a>,
) -> Vec<Documented<'a>> {
    let responses = &operation.operation.responses;
    let coded = responses
        .responses
        .iter()
        .map(|(status, node)| (Some(status.clone()), node));
    let default = responses.default.iter().map(|node| (None, node));
    let mut all = Vec::new();
    for (status, node) in coded.chain(default) {
        let name = status
            .as_ref()
            .map_or("default".to_owned(), ToString::to_string);
        let Some(response) = description.resolve(node) else {
            continue;
        };
        for (media_type, media) in response
            .object
            .content
            .iter()
            .filter(|(name, _)| is_json(name))
        {
            let place = format!("{} {name}", operation.id());
            all.push((place, status.clone(), (media_type.as_str(), media)));
        }
    }
    all
}

fn body<'a>(
    found: &mut Values_,
    judge: &mut Judge,
    schema: &ReferenceOr<Schema>,
    direction: Direction,
    place: &str,
    make: &dyn Fn(&Values<'a>) -> Option<serde_json::Value>,
    description: &'a Description,
) {
    found.bodies += 1;
    let mut wrong = BTreeSet::new();
    for presence in Presence::ALL {
        for seed in SEEDS {
            let values = Values::new(description).seed(seed).presence(presence);
            let Some(value) = make(&values) else { continue };
            found.largest = found.largest.max(value.to_string().len());
            match judge.judge(schema, direction, &value) {
                Verdict::Valid => found.valid += 1,
                Verdict::Invalid(reason) => {
                    found.invalid += 1;
                    wrong.insert(format!("{presence:?}: {reason}"));
                }
                Verdict::Undecided(reason) => {
                    found.undecided += 1;
                    wrong.insert(format!("undecided: {reason}"));
                }
            }
        }
    }
    if let Some(first) = wrong.first() {
        let text: String = first.split_whitespace().collect::<Vec<_>>().join(" ");
        let text: String = text.chars().take(LONGEST).collect();
        found.exceptions.push(format!("{place}: {text}"));
    }
}
