//! The data set of a resource: the items of a list and what makes further ones.

mod filter;
mod find;
mod identity;
mod order;
mod refine;

use std::{cmp::Ordering, collections::BTreeSet};

use serde_json::{Map, Value};
use specwright_openapi::{
    Description, OperationRef,
    openapiv3::Schema,
    pagination::{PagePlan, ResponsePlace, Style},
};

use super::{
    random::Random,
    request::{schemas_at, success_schema},
    value::{Choices, Generator, Kind, Presence, Shape},
};
pub(crate) use filter::{at, compare};
use identity::Identity;
use order::Sorting;
pub(crate) use refine::Refining;

/// How many items in a row may fail to be different from all others before there are no further ones.
const FAILURES: usize = 20;

/// The items of a list.
#[derive(Debug, Default)]
pub(crate) struct Data {
    /// The items in the order in which they are served.
    pub(crate) items: Vec<Value>,
}

/// What makes the items of a resource.
#[derive(Debug)]
pub(crate) struct Blueprint<'a> {
    description: &'a Description,
    /// What is said of an item.
    pub(crate) schemas: Vec<&'a Schema>,
    /// All of that together.
    pub(crate) shape: Shape<'a>,
    /// The names of properties that lead to what tells items apart.
    pub(crate) identity: Option<Vec<String>>,
    /// The names of properties that lead to the key by which the items are in order.
    pub(crate) key: Option<Vec<String>>,
    seed: u64,
    random: Random,
    distinct: bool,
    choices: Choices,
}

impl<'a> Blueprint<'a> {
    /// What makes the items of a list operation; `parameter` is the last one in the path of a single item.
    ///
    /// `random` is for the resource, `refining` what requests may ask the list for.
    pub(crate) fn new(
        description: &'a Description,
        operation: &OperationRef<'a>,
        plan: &PagePlan,
        parameter: Option<&str>,
        random: Random,
    ) -> Self {
        let body = success_schema(description, operation);
        let array = body.and_then(|it| schemas_at(description, &[it], &plan.response.items));
        let array = Shape::first(description, &array.unwrap_or_default());
        let (schemas, distinct) = (array.items, array.unique);
        let shape = Shape::first(description, &schemas);
        let seed = random.clone().next();
        let resources = resources(operation, plan);
        let resources: Vec<&str> = resources.iter().map(String::as_str).collect();
        let identity = Identity::find(description, &shape, &resources, parameter, seed);
        Self {
            description,
            schemas,
            shape,
            identity: identity.map(|it| it.path),
            key: key(plan),
            seed,
            random,
            distinct,
            choices: Choices::new(),
        }
    }

    /// Values for what requests filter by, so that they find something.
    pub(crate) fn choosing(mut self, refining: &Refining) -> Self {
        self.choices.clone_from(&refining.choices);
        self
    }

    /// Generates `count` items, or as many different ones as the schema permits.
    pub(crate) fn generate(&self, count: usize) -> Data {
        let mut identities = self.identities();
        let mut items = Vec::with_capacity(count);
        let mut seen = BTreeSet::new();
        let mut failures = 0;
        for index in 0..count {
            let item = self.item(index, &mut identities);
            let is_new = |item: &Value| {
                !(self.distinct && identities.is_empty()) || seen.insert(item.to_string())
            };
            match item.filter(is_new) {
                Some(item) => {
                    failures = 0;
                    items.push(item);
                }
                None => failures += 1,
            }
            if failures >= FAILURES {
                break;
            }
        }
        if let Some(key) = &self.key {
            items.sort_by(|one, other| by_key(key, one, other));
        }
        items.shrink_to_fit();
        Data { items }
    }

    /// One further item with what the schema requires; `index` is that of no item so far.
    pub(crate) fn further(&self, index: usize) -> Option<Value> {
        let mut random = self.random.element(index);
        let mut item = Generator::new(
            self.description,
            &Choices::new(),
            Presence::Named(&[]),
            random.clone(),
        )
        .value(&self.schemas);
        for identity in &mut self.identities() {
            let value = identity.next(index, &mut random)?;
            set(&mut item, &identity.path, value);
        }
        Some(item)
    }

    fn identities(&self) -> Vec<Identity<'a>> {
        let identity = |path: &Vec<String>| {
            let shape = shape_at(self.description, &self.schemas, path)?;
            Some(Identity::of(path.clone(), shape, self.seed))
        };
        let key = self
            .key
            .iter()
            .filter(|it| self.identity.as_ref() != Some(it));
        self.identity
            .iter()
            .chain(key)
            .filter_map(identity)
            .collect()
    }

    fn item(&self, index: usize, identities: &mut [Identity<'a>]) -> Option<Value> {
        let mut random = self.random.element(index);
        let mut values = Vec::new();
        for identity in identities {
            values.push((identity.path.clone(), identity.next(index, &mut random)?));
        }
        let mut item = Generator::new(self.description, &self.choices, Presence::Varied, random)
            .value(&self.schemas);
        for (path, value) in values {
            set(&mut item, &path, value);
        }
        Some(compact(item))
    }
}

/// The property that every reader has to look at, with its type; no property for the item itself.
pub(crate) fn breakable(
    description: &Description,
    blueprint: &Blueprint<'_>,
) -> (Option<String>, Option<Kind>) {
    let item = &blueprint.shape;
    let identity = match blueprint.identity.as_deref() {
        Some([only]) => Some(only.as_str()),
        _ => None,
    };
    let typed: Vec<(&str, Kind)> = item
        .properties
        .iter()
        .filter_map(|(name, schemas)| Some((*name, Shape::first(description, schemas).kind?)))
        .collect();
    let required = typed.iter().find(|(name, _)| item.required.contains(name));
    let known = typed.iter().find(|(name, _)| Some(*name) == identity);
    match required.or(known).or(typed.first()) {
        Some((name, kind)) => (Some((*name).to_owned()), Some(*kind)),
        None => (None, item.kind),
    }
}

/// Compares items by the value at a path.
pub(crate) fn by_key(key: &[String], one: &Value, other: &Value) -> Ordering {
    compare(at(one, key), at(other, key))
}

/// The key by which a list is in order, if its plan goes on after the last item.
fn key(plan: &PagePlan) -> Option<Vec<String>> {
    let places = [&plan.response.next, &plan.response.previous];
    let mut fields = places
        .into_iter()
        .flatten()
        .filter_map(|place| match place {
            ResponsePlace::LastItem(field) | ResponsePlace::FirstItem(field) => {
                Some(field.segments().collect())
            }
            ResponsePlace::Body(_) | ResponsePlace::Header(_) => None,
        });
    fields.next().filter(|_| plan.style == Style::Keyset)
}

/// What is said of the value at a path.
pub(crate) fn shape_at<'a>(
    description: &'a Description,
    schemas: &[&'a Schema],
    path: &[String],
) -> Option<Shape<'a>> {
    let mut schemas = schemas.to_vec();
    for name in path {
        let shape = Shape::first(description, &schemas);
        schemas = shape.properties.get(name.as_str())?.clone();
    }
    Some(Shape::first(description, &schemas))
}

/// Puts a value at a path of an object; objects that lead there are made where they are missing.
pub(crate) fn set(at: &mut Value, path: &[String], value: Value) {
    let Some((name, rest)) = path.split_first() else {
        *at = value;
        return;
    };
    if at.is_null() && !path.is_empty() {
        *at = Value::Object(Map::new());
    }
    if let Value::Object(object) = at {
        set(object.entry(name).or_insert(Value::Null), rest, value);
    }
}

/// The value in no more memory than it takes: objects grow by doubling, and a data set may have a million of them.
fn compact(value: Value) -> Value {
    match value {
        Value::Object(object) => {
            let mut exact = Map::with_capacity(object.len());
            exact.extend(
                object
                    .into_iter()
                    .map(|(name, value)| (name, compact(value))),
            );
            Value::Object(exact)
        }
        Value::Array(elements) => {
            let mut exact: Vec<Value> = elements.into_iter().map(compact).collect();
            exact.shrink_to_fit();
            Value::Array(exact)
        }
        plain => plain,
    }
}

/// Names that the resource may have: that of the array, that in the path.
fn resources(operation: &OperationRef<'_>, plan: &PagePlan) -> Vec<String> {
    let of_path = operation
        .path
        .rsplit('/')
        .find(|part| !part.starts_with('{'))
        .map(str::to_owned);
    plan.response
        .items
        .last()
        .into_iter()
        .chain(of_path)
        .collect()
}
