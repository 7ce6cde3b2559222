//! The answer that shows one item.

use serde_json::{Map, Value};
use specwright_openapi::{Description, OperationRef, is_json, openapiv3::Schema};

use super::fit::overlay;
use crate::mock::{
    data::{Blueprint, at, set},
    endpoint::{self, Chosen},
    random::Random,
    reply::Reply,
    request::success_body,
    store::{Entry, as_text},
    value::{Choices, Generator, Kind, Presence, Shape},
};

/// How deep an item is looked for in a body.
const DEEPEST: usize = 3;

/// Where the item is in a body: names of properties, and what is said there.
type Place<'a> = (Vec<String>, Vec<&'a Schema>);

/// Looks for an item in the values of schemas, which stand at these names of properties.
type Find<'a, 'f> = &'f mut dyn FnMut(Vec<&'a Schema>, &mut Vec<String>) -> Option<Place<'a>>;

/// The successful answer of an operation that shows an item; what the list does not know of it is generated, always
/// the same for the same item.
pub(crate) fn answer(
    (description, operation, chosen): (&Description, &OperationRef<'_>, &Chosen<'_>),
    blueprint: &Blueprint<'_>,
    entry: &Entry,
    path: &str,
    seed: u64,
) -> Reply {
    let Some(content_type) = chosen.content_type() else {
        return Reply::empty(chosen.status);
    };
    let known = success_body(description, operation).filter(|_| is_json(content_type));
    let shown = known.and_then(|(_, _, schema)| {
        let schema = description.resolve(schema)?.object;
        body(description, operation, blueprint, entry, schema, seed)
    });
    match shown {
        Some(body) => Reply::json(chosen.status, content_type, &body),
        None => endpoint::answer(description, operation, chosen, path, seed),
    }
}

fn body(
    description: &Description,
    operation: &OperationRef<'_>,
    blueprint: &Blueprint<'_>,
    entry: &Entry,
    schema: &Schema,
    seed: u64,
) -> Option<Value> {
    let (place, schemas) = same(description, blueprint, vec![schema], &mut Vec::new())
        .or_else(|| alike(description, blueprint, vec![schema], &mut Vec::new()))?;
    let is_same = is_same(blueprint, &schemas);
    let identity = blueprint.identity.as_ref();
    let name = identity.and_then(|path| as_text(at(&entry.item, path)?));
    let purpose = format!("{} {}", operation.id(), name.unwrap_or_default());
    let none = Choices::new();
    let generate = |purpose: &str, schemas: &[&Schema]| {
        let random = Random::of(seed, purpose);
        Generator::new(description, &none, Presence::Varied, random).value(schemas)
    };
    let item = if is_same {
        entry.item.clone()
    } else {
        let mut item = generate(&format!("{purpose} item"), &schemas);
        if let Value::Object(members) = &entry.item {
            overlay(description, &schemas, &mut item, &entry.sent, &|_, _| false);
            overlay(description, &schemas, &mut item, members, &|_, _| false);
        }
        item
    };
    if place.is_empty() {
        return Some(item);
    }
    let mut body = generate(&purpose, &[schema]);
    set(&mut body, &place, item);
    Some(body)
}

fn is_same(blueprint: &Blueprint<'_>, schemas: &[&Schema]) -> bool {
    match (schemas, blueprint.schemas.as_slice()) {
        ([one], [other]) => std::ptr::eq(*one, *other),
        _ => false,
    }
}

/// Where the very schema of the list's items stands.
fn same<'a>(
    description: &'a Description,
    blueprint: &Blueprint<'_>,
    schemas: Vec<&'a Schema>,
    at: &mut Vec<String>,
) -> Option<Place<'a>> {
    if is_same(blueprint, &schemas) {
        return Some((at.clone(), schemas));
    }
    below(description, &schemas, at, &mut |schemas, at| {
        same(description, blueprint, schemas, at)
    })
}

/// Where an object stands that has what tells items apart.
fn alike<'a>(
    description: &'a Description,
    blueprint: &Blueprint<'_>,
    schemas: Vec<&'a Schema>,
    at: &mut Vec<String>,
) -> Option<Place<'a>> {
    let shape = Shape::first(description, &schemas);
    let first = blueprint.identity.as_ref().and_then(|path| path.first());
    let has_identity = first.is_some_and(|name| shape.properties.contains_key(name.as_str()));
    let own = &blueprint.shape.properties;
    let common = own
        .keys()
        .filter(|name| shape.properties.contains_key(*name));
    if has_identity && common.count() * 2 >= own.len() {
        return Some((at.clone(), schemas));
    }
    below(description, &schemas, at, &mut |schemas, at| {
        alike(description, blueprint, schemas, at)
    })
}

fn below<'a>(
    description: &'a Description,
    schemas: &[&'a Schema],
    at: &mut Vec<String>,
    find: Find<'a, '_>,
) -> Option<Place<'a>> {
    if at.len() >= DEEPEST {
        return None;
    }
    let shape = Shape::first(description, schemas);
    if shape.kind != Some(Kind::Object) {
        return None;
    }
    for (name, schemas) in &shape.properties {
        at.push((*name).to_owned());
        let found = find(schemas.clone(), at);
        at.pop();
        if found.is_some() {
            return found;
        }
    }
    None
}

/// What a request sent that may become part of an item; nothing if it was no JSON object.
pub(crate) fn sent(body: &[u8]) -> Map<String, Value> {
    match serde_json::from_slice(body) {
        Ok(Value::Object(members)) => members,
        _ => Map::new(),
    }
}
