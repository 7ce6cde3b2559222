//! Values of every documented JSON body.

use std::collections::BTreeSet;

use specwright_conformance::{
    schema::Direction,
    value::{Presence, Values},
};
use specwright_openapi::{
    Description,
    diagnostics::Pointer,
    is_json,
    openapiv3::{MediaType, ReferenceOr, Schema},
};

use indexmap::IndexMap;

use super::{
    judge::{Judge, Verdict},
    original::{Original, place},
};

/// Each is tried for every body.
pub(crate) const SEEDS: [u64; 5] = [1, 2, 3, 4, 5];

/// How long the reason of an exception is at most, in characters.
const LONGEST: usize = 260;

/// What was found about the values of one document.
#[derive(Debug, Clone, Default)]
pub(crate) struct Found {
    pub(crate) bodies: usize,
    pub(crate) valid: usize,
    pub(crate) invalid: usize,
    pub(crate) undecided: usize,
    /// Values whose schema has no single place in the document: they are judged by the normal form alone.
    pub(crate) unplaced: usize,
    /// The size of the largest value, in bytes.
    pub(crate) largest: usize,
    /// The bodies of which some value is wrong, with the first reason.
    pub(crate) exceptions: Vec<String>,
}

/// What a body is.
struct Body<'a> {
    /// How reports name it.
    name: String,
    schema: &'a ReferenceOr<Schema>,
    /// Where the schema stands in the normal form.
    place: Pointer,
    direction: Direction,
}

/// Judges the bodies of all responses and requests.
pub(crate) fn judge(
    description: &Description,
    judge: &mut Judge,
    original: &Original<'_>,
) -> Found {
    let mut found = Found::default();
    for operation in description.operations() {
        let responses = &operation.operation.responses;
        let coded = responses.responses.iter();
        let coded = coded.map(|(status, node)| (Some(status), node));
        let default = responses.default.iter().map(|node| (None, node));
        for (status, node) in coded.chain(default) {
            let code = status.map_or("default".to_owned(), ToString::to_string);
            let here = operation.pointer.join("responses").join(&code);
            let Some(response) = description.resolve(node) else {
                continue;
            };
            let contents = bodies(&response.object.content, &place(node, here));
            for (media_type, schema, place) in contents {
                let body = Body {
                    name: format!("{} {code}", operation.id()),
                    schema,
                    place,
                    direction: Direction::Response,
                };
                found.add(&body, (judge, original), &|presence, seed| {
                    let values = Values::new(description).seed(seed).presence(presence);
                    values.response(&operation, status, media_type)
                });
            }
        }
        let Some(node) = &operation.operation.request_body else {
            continue;
        };
        let here = operation.pointer.join("requestBody");
        let content = description.resolve(node).map(|it| &it.object.content);
        for (media_type, schema, place) in content
            .into_iter()
            .flat_map(|it| bodies(it, &place(node, here.clone())))
        {
            let body = Body {
                name: format!("{} request", operation.id()),
                schema,
                place,
                direction: Direction::Request,
            };
            found.add(&body, (judge, original), &|presence, seed| {
                let values = Values::new(description).seed(seed).presence(presence);
                values.request(&operation, media_type)
            });
        }
    }
    found
}

/// The JSON media types with their schemas and the places of those.
fn bodies<'a>(
    content: &'a IndexMap<String, MediaType>,
    at: &Pointer,
) -> Vec<(&'a str, &'a ReferenceOr<Schema>, Pointer)> {
    let json = content.iter().filter(|(name, _)| is_json(name));
    json.filter_map(|(name, media)| {
        let place = at.join("content").join(name).join("schema");
        Some((name.as_str(), media.schema.as_ref()?, place))
    })
    .collect()
}

impl Found {
    fn add(
        &mut self,
        body: &Body<'_>,
        (judge, original): (&mut Judge, &Original<'_>),
        make: &dyn Fn(Presence, u64) -> Option<serde_json::Value>,
    ) {
        self.bodies += 1;
        let mut wrong = BTreeSet::new();
        for (presence, seed) in Presence::ALL
            .into_iter()
            .flat_map(|presence| SEEDS.map(|seed| (presence, seed)))
        {
            let Some(value) = make(presence, seed) else {
                continue;
            };
            self.largest = self.largest.max(value.to_string().len());
            let own = original.judge(&body.place, body.direction, &value);
            self.unplaced += usize::from(own.is_none());
            let verdict = verdict(own, judge.judge(body.schema, body.direction, &value));
            match verdict {
                Verdict::Valid => self.valid += 1,
                Verdict::Invalid(reason) => {
                    self.invalid += 1;
                    wrong.insert(format!("{presence:?} {seed}: {reason}"));
                }
                Verdict::Undecided(reason) => {
                    self.undecided += 1;
                    wrong.insert(format!("undecided: {reason}"));
                }
            }
        }
        if let Some(first) = wrong.first() {
            let text = first.split_whitespace().collect::<Vec<_>>().join(" ");
            let text: String = text.chars().take(LONGEST).collect();
            self.exceptions.push(format!("{}: {text}", body.name));
        }
    }
}

/// What the two judges say together: the document's own words count, and the normal form where they are silent; but what
/// either refuses is wrong.
pub(crate) fn verdict(own: Option<Verdict>, normal: Verdict) -> Verdict {
    match (own, normal) {
        (Some(Verdict::Invalid(reason)), _) => Verdict::Invalid(reason),
        (_, Verdict::Invalid(reason)) => Verdict::Invalid(format!("(normal form) {reason}")),
        (Some(own), _) => own,
        (None, normal) => normal,
    }
}
