//! Seeded values that a schema permits.

use std::collections::BTreeMap;

use serde_json::{Map, Value};
use specwright_openapi::{
    Description,
    diagnostics::Pointer,
    openapiv3::{ReferenceOr, Schema},
};

use super::{
    number,
    shape::{Additional, Kind, Shape},
    text,
};
use crate::mock::random::Random;

/// How many values one body may hold; further ones are `null`, valid or not.
const MOST_VALUES: usize = 20_000;

/// How many values a body holds before what is optional is left out.
const MANY_VALUES: usize = 400;

/// How deep values nest before what is optional is left out.
const DEEP: usize = 8;

/// How deep values nest before further ones are `null`, valid or not.
const DEEPEST: usize = 40;

/// The most elements an array gets because a schema asks for them.
const MOST_ELEMENTS: usize = 1_000;

/// Values for places: property names from the root (through elements of arrays), and the values to choose from.
pub(crate) type Choices = BTreeMap<Vec<String>, Vec<Value>>;

/// What of the optional is present.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Presence {
    /// Anything may be absent, and `null` where that is permitted.
    Varied,
    /// Everything is present, and nothing is `null`.
    Full,
    /// The properties of these names, and nothing is `null`.
    Named(&'static [&'static str]),
}

/// Who sends a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// The client: there are no `readOnly` properties.
    Request,
    /// The server: there are no `writeOnly` properties.
    Response,
}

/// Generates one value.
pub(crate) struct Generator<'a, 'p> {
    description: &'a Description,
    choices: &'p Choices,
    presence: Presence,
    direction: Direction,
    random: Random,
    path: Vec<String>,
    depth: usize,
    values: usize,
}

impl<'a, 'p> Generator<'a, 'p> {
    pub(crate) fn new(
        description: &'a Description,
        choices: &'p Choices,
        presence: Presence,
        random: Random,
    ) -> Self {
        Self {
            description,
            choices,
            presence,
            direction: Direction::Response,
            random,
            path: Vec::new(),
            depth: 0,
            values: 0,
        }
    }

    /// For values that are sent this way; responses unless set.
    pub(crate) fn to(mut self, direction: Direction) -> Self {
        self.direction = direction;
        self
    }

    /// For the value of a property of this name.
    pub(crate) fn named(mut self, name: &str) -> Self {
        self.path.push(name.to_owned());
        self
    }

    /// A value that all of the schemas permit.
    pub(crate) fn value(&mut self, schemas: &[&'a Schema]) -> Value {
        self.values += 1;
        if self.values > MOST_VALUES || self.depth > DEEPEST {
            return Value::Null;
        }
        let shape = self.shape(schemas);
        let inner = self.depth > 0 && self.presence == Presence::Varied;
        if inner && shape.nullable && (self.is_long() || self.random.chance(1, 6)) {
            return Value::Null;
        }
        if let Some(value) = self.choice(&shape) {
            return value;
        }
        if let Some(members) = &shape.members {
            return self.random.pick(members).cloned().unwrap_or_default();
        }
        match shape.kind {
            Some(Kind::String) => self.text(&shape).into(),
            Some(Kind::Integer) => number::integer(&shape.range, &mut self.random).into(),
            Some(Kind::Number) => number::number(&shape.range, &mut self.random),
            Some(Kind::Boolean) => self.random.chance(1, 2).into(),
            Some(Kind::Array) => self.array(&shape).into(),
            Some(Kind::Object) => self.object(&shape).into(),
            None if self.random.chance(3, 4) => self.text(&shape).into(),
            None => number::integer(&shape.range, &mut self.random).into(),
        }
    }

    /// What the schemas permit, with variants that lead to places with choices or else any.
    fn shape(&mut self, schemas: &[&'a Schema]) -> Shape<'a> {
        let (description, random) = (self.description, &mut self.random);
        let (choices, path) = (self.choices, self.path.as_slice());
        Shape::of(
            description,
            schemas,
            &mut |variants: &'a [ReferenceOr<Schema>]| {
                let wanted = choices
                    .keys()
                    .find_map(|key| key.strip_prefix(path)?.first());
                let pointer = wanted.map(|name| Pointer::root().join(name));
                let leads = |variant: &'a ReferenceOr<Schema>| {
                    pointer
                        .as_ref()
                        .is_some_and(|pointer| description.schema_at(variant, pointer).is_some())
                };
                let leading = variants.iter().position(leads);
                leading.unwrap_or_else(|| random.below(variants.len()))
            },
        )
    }

    fn choice(&mut self, shape: &Shape<'a>) -> Option<Value> {
        let choices = self.choices.get(self.path.as_slice())?;
        let nests = matches!(shape.kind, Some(Kind::Array | Kind::Object));
        let fits = |value: &Value| !nests || value.is_array() || value.is_object();
        self.random
            .pick(choices)
            .filter(|value| fits(value))
            .cloned()
    }

    fn text(&mut self, shape: &Shape<'a>) -> String {
        let name = self.path.last().map_or("", String::as_str);
        text::text(&shape.text, name, &mut self.random)
    }

    fn array(&mut self, shape: &Shape<'a>) -> Vec<Value> {
        let usual = match self.presence {
            _ if self.is_long() => 0,
            Presence::Varied => self.random.below(4),
            Presence::Full => 1,
            Presence::Named(_) => 0,
        };
        let most = shape.most.unwrap_or(usize::MAX).min(MOST_ELEMENTS);
        let count = usual.max(shape.least).min(most);
        let mut elements: Vec<Value> = Vec::new();
        for _ in 0..count {
            let tries = if shape.unique { 12 } else { 1 };
            let mut candidates = (0..tries).map(|_| self.below(None, &shape.items));
            elements.extend(candidates.find(|it| !shape.unique || !elements.contains(it)));
        }
        elements
    }

    fn object(&mut self, shape: &Shape<'a>) -> Map<String, Value> {
        let mut object = Map::new();
        let most = shape.most.unwrap_or(usize::MAX);
        for (name, schemas) in &shape.properties {
            let required = shape.required.contains(name);
            if required || (object.len() < most && self.is_present(name, schemas)) {
                object.insert((*name).to_owned(), self.below(Some(name), schemas));
            }
        }
        for name in &shape.required_undeclared() {
            object.insert((*name).to_owned(), self.below(Some(name), &[]));
        }
        if let Some((name, value)) = &shape.tag {
            let free = |schemas: &Vec<&'a Schema>| {
                Shape::first(self.description, schemas).members.is_none()
            };
            if shape.properties.get(name).is_none_or(free) {
                object.insert((*name).to_owned(), value.clone().into());
            }
        }
        self.undeclared(shape, &mut object);
        object
    }

    /// Adds properties that the schema permits or asks for without naming them.
    fn undeclared(&mut self, shape: &Shape<'a>, object: &mut Map<String, Value>) {
        let schemas: &[&'a Schema] = match &shape.additional {
            Additional::Forbidden => return,
            Additional::Unsaid => &[],
            Additional::Declared(schemas) => schemas,
        };
        let usual = match self.presence {
            _ if !shape.properties.is_empty() || self.is_long() => 0,
            Presence::Varied => self.random.below(3),
            Presence::Full => 1,
            Presence::Named(_) => 0,
        };
        let count = usual
            .max(shape.least.saturating_sub(object.len()))
            .min(MOST_ELEMENTS);
        let room = shape
            .most
            .map_or(count, |most| most.saturating_sub(object.len()));
        for index in 0..count.min(room) {
            let mut name = text::word(&mut self.random).to_owned();
            if object.contains_key(&name) {
                name = format!("{name}_{index}");
            }
            let value = self.below(Some(&name), schemas);
            object.insert(name, value);
        }
    }

    /// Whether an optional property is present.
    fn is_present(&mut self, name: &str, schemas: &[&'a Schema]) -> bool {
        let leads = |key: &Vec<String>| {
            key.strip_prefix(self.path.as_slice())
                .and_then(|rest| rest.first())
                .is_some_and(|first| first == name)
        };
        let hidden = schemas.iter().any(|schema| schema.schema_data.write_only);
        match self.presence {
            _ if hidden => false,
            Presence::Full => !self.is_long() || self.choices.keys().any(leads),
            Presence::Named(names) => names.contains(&name),
            Presence::Varied => !self.is_long() && self.random.chance(4, 5),
        }
    }

    /// The value of a property, or of an element if it has no name.
    fn below(&mut self, name: Option<&str>, schemas: &[&'a Schema]) -> Value {
        self.depth += 1;
        self.path.extend(name.map(str::to_owned));
        let value = self.value(schemas);
        if name.is_some() {
            self.path.pop();
        }
        self.depth -= 1;
        value
    }

    fn is_long(&self) -> bool {
        self.values > MANY_VALUES || self.depth > DEEP
    }
}
