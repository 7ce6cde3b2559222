//! Seeded values that a schema permits.

use std::collections::BTreeMap;

use serde_json::{Map, Value};
use specwright_openapi::{
    Description,
    diagnostics::Pointer,
    openapiv3::{ReferenceOr, Schema},
};

use super::{
    apart::told_apart,
    fits::{Fits, same},
    height::Height,
    limits::Limits,
    moments::in_order,
    number, pattern,
    shape::{Additional, Kind, Shape, is_hidden, is_never},
    text,
};
use crate::{mock::random::Random, schema::Direction};

/// How many values one body may hold; further ones are `null`, valid or not.
const MOST_VALUES: usize = 20_000;

/// How many values are made for one body, candidates that are given up included.
const MOST_WORK: usize = 60_000;

/// How many values are made before no more candidates are tried.
const MUCH_WORK: usize = 20_000;

/// How many candidates are tried until one fits schemas that are composed of others.
const ATTEMPTS: usize = 16;

/// How many elements are tried until one is different from those before it.
const UNIQUE_TRIES: usize = 30;

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

/// Generates one value.
pub(crate) struct Generator<'a, 'p> {
    description: &'a Description,
    choices: &'p Choices,
    presence: Presence,
    direction: Direction,
    random: Random,
    path: Vec<String>,
    depth: usize,
    /// How many values the body has.
    values: usize,
    /// How many values were made, those given up included.
    work: usize,
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
            work: 0,
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
        self.work += 1;
        if self.work > MOST_WORK || self.values > MOST_VALUES || self.depth > DEEPEST {
            return Value::Null;
        }
        if self.depth > 1 && self.is_endless(schemas) {
            return Value::Null;
        }
        let usual = self.presence;
        let before = self.values;
        let mut failed: Vec<Value> = Vec::new();
        for attempt in 0..ATTEMPTS {
            self.values = before;
            self.presence = match attempt {
                0..=3 => usual,
                attempt => match attempt % 3 {
                    0 => usual,
                    1 => Presence::Named(&[]),
                    _ => Presence::Full,
                },
            };
            let mut shape = self.shape(schemas);
            if attempt > ATTEMPTS / 2 {
                shape.tags.clear();
            }
            if attempt > 0 && shape.kind.is_none() {
                shape.kind = self.random.pick(&Kind::ALL).copied();
            }
            let value = self.of_shape(&shape);
            let fits = !shape.is_composed || self.is_preset() || self.fits(&value, schemas);
            if fits {
                self.presence = usual;
                return value;
            }
            failed.push(value);
            if self.work > MUCH_WORK {
                break;
            }
        }
        self.presence = usual;
        let apart = failed
            .iter()
            .find_map(|it| told_apart(self.description, self.direction, it, schemas));
        apart
            .or_else(|| failed.into_iter().next())
            .unwrap_or_default()
    }

    fn of_shape(&mut self, shape: &Shape<'a>) -> Value {
        let inner = self.depth > 0 && self.presence == Presence::Varied;
        if inner && shape.nullable && (self.is_long() || self.random.chance(1, 6)) {
            return Value::Null;
        }
        if let Some(value) = self.choice(shape) {
            return value;
        }
        if let Some(members) = &shape.members {
            return self.member(shape, members);
        }
        match shape.kind {
            Some(Kind::String) => self.text(shape).into(),
            Some(Kind::Integer) => number::integer(&shape.range, &mut self.random).into(),
            Some(Kind::Number) => number::number(&shape.range, &mut self.random),
            Some(Kind::Boolean) => self.random.chance(1, 2).into(),
            Some(Kind::Array) => self.array(shape).into(),
            Some(Kind::Object) => self.object(shape).into(),
            None if self.random.chance(3, 4) => self.text(shape).into(),
            None => number::integer(&shape.range, &mut self.random).into(),
        }
    }

    /// One of the enumerated values, of the type that is asked for if any has it.
    fn member(&mut self, shape: &Shape<'a>, members: &[Value]) -> Value {
        let fitting: Vec<&Value> = members
            .iter()
            .filter(|it| match shape.kind {
                Some(Kind::String) => it.as_str().is_some_and(|it| shape.text.permits(it)),
                Some(Kind::Integer) => it.as_f64().is_some_and(|it| it.fract() == 0.0),
                Some(Kind::Number) => it.is_number(),
                Some(Kind::Boolean) => it.is_boolean(),
                Some(Kind::Array) => it.is_array(),
                Some(Kind::Object) => it.is_object(),
                None => true,
            })
            .collect();
        let fitting = self.random.pick(&fitting).copied();
        fitting.or(members.first()).cloned().unwrap_or_default()
    }

    fn fits(&self, value: &Value, schemas: &[&'a Schema]) -> bool {
        Fits::new(self.description, self.direction).all(value, schemas)
    }

    /// Whether something at or below this place is chosen, which later steps replace.
    fn is_preset(&self) -> bool {
        let below = |key: &&Vec<String>| key.starts_with(&self.path);
        let mut values = self.choices.iter().filter(|(key, _)| below(key));
        values.any(|(_, values)| values.iter().any(|it| it.is_null() || it.is_array()))
    }

    /// Whether no value of the schemas ends, so that any one is as good as another.
    fn is_endless(&self, schemas: &[&'a Schema]) -> bool {
        let mut height = Height::new(self.description, self.direction);
        self.depth > DEEP && height.of(schemas).is_none()
    }

    /// What the schemas permit, with variants that lead to places with choices or else any; near the bounds of size, with
    /// the flattest ones.
    fn shape(&mut self, schemas: &[&'a Schema]) -> Shape<'a> {
        let is_long = self.is_long();
        let (description, random) = (self.description, &mut self.random);
        let (choices, path) = (self.choices, self.path.as_slice());
        let direction = self.direction;
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
                if leading.is_none() && is_long {
                    let height = |node| Height::new(description, direction).node(node);
                    let flattest = variants
                        .iter()
                        .enumerate()
                        .filter_map(|(index, node)| Some((height(node)?, index)))
                        .min();
                    if let Some((_, index)) = flattest {
                        return index;
                    }
                }
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
            Presence::Named(_) => 0,
            _ if self.is_long() => 0,
            Presence::Varied => self.random.below(4),
            Presence::Full => 1,
        };
        let usual = if usual > 0 {
            usual.max(shape.prefix.len())
        } else {
            usual
        };
        let most = shape.most.unwrap_or(usize::MAX).min(MOST_ELEMENTS);
        let count = usual.max(shape.least).min(most);
        let mut elements: Vec<Value> = Vec::new();
        for index in 0..count {
            let mut schemas = shape.prefix.get(index).cloned().unwrap_or_default();
            if schemas.is_empty() {
                schemas.clone_from(&shape.items);
            }
            if index >= shape.least && schemas.iter().any(|it| is_never(it)) {
                break;
            }
            let tries = if shape.unique { UNIQUE_TRIES } else { 1 };
            for _ in 0..tries {
                let before = self.values;
                let value = self.below(None, &schemas);
                if !shape.unique || !elements.iter().any(|it| same(it, &value)) {
                    elements.push(value);
                    break;
                }
                self.values = before;
            }
        }
        elements
    }

    fn object(&mut self, shape: &Shape<'a>) -> Map<String, Value> {
        let mut object = Map::new();
        let most = shape.most.unwrap_or(usize::MAX);
        let mut optional = Vec::new();
        let required = shape
            .required
            .iter()
            .filter(|it| shape.properties.contains_key(*it));
        let mut room = most.saturating_sub(required.count());
        for (name, schemas) in &shape.properties {
            let required = shape.required.contains(name);
            if schemas.iter().any(|it| is_hidden(it, self.direction)) {
                continue;
            }
            let Some(said) = shape.of_property(self.description, name) else {
                if required {
                    object.insert((*name).to_owned(), self.below(Some(name), schemas));
                }
                continue;
            };
            if required {
                object.insert((*name).to_owned(), self.below(Some(name), &said));
            } else if room > 0 && self.is_present(name) {
                room -= 1;
                object.insert((*name).to_owned(), self.below(Some(name), &said));
            } else {
                optional.push((*name, said));
            }
        }
        for name in &shape.required_undeclared() {
            let said = shape
                .of_property(self.description, name)
                .unwrap_or_default();
            object.insert((*name).to_owned(), self.below(Some(name), &said));
        }
        for (name, said) in optional {
            if object.len() >= shape.least {
                break;
            }
            object.insert(name.to_owned(), self.below(Some(name), &said));
        }
        for (name, value) in &shape.tags {
            let free = |schemas: &Vec<&'a Schema>| {
                let shape = Shape::first(self.description, schemas);
                shape.members.is_none() && matches!(shape.kind, None | Some(Kind::String))
            };
            let permitted = shape.of_property(self.description, name).is_some();
            if permitted && shape.properties.get(name).is_none_or(free) {
                object.insert((*name).to_owned(), value.clone().into());
            }
        }
        self.undeclared(shape, &mut object);
        if !self.is_preset() {
            in_order(&mut object, shape);
        }
        object
    }

    /// Adds properties that the schema permits or asks for without naming them.
    fn undeclared(&mut self, shape: &Shape<'a>, object: &mut Map<String, Value>) {
        let patterns: Vec<&str> = shape.patterns().collect();
        let is_map = match &shape.additional {
            Additional::Forbidden => return,
            Additional::Unsaid => !patterns.is_empty(),
            Additional::Declared(_) => shape.properties.is_empty(),
        };
        let usual = match self.presence {
            Presence::Named(_) => 0,
            _ if !is_map || self.is_long() => 0,
            Presence::Varied => self.random.below(3),
            Presence::Full => 1,
        };
        let count = usual
            .max(shape.least.saturating_sub(object.len()))
            .min(MOST_ELEMENTS);
        let room = shape
            .most
            .map_or(count, |most| most.saturating_sub(object.len()));
        for index in 0..count.min(room) {
            let listed = shape.permitted_names(self.description, &mut self.random);
            let listed = listed.and_then(|names| {
                let free: Vec<String> = names
                    .into_iter()
                    .filter(|it| !object.contains_key(it))
                    .collect();
                self.random.pick(&free).cloned()
            });
            if !shape.names.is_empty() && listed.is_none() {
                continue;
            }
            let pattern = self.random.pick(&patterns).copied();
            let matching =
                pattern.and_then(|it| pattern::generate(it, &Limits::default(), &mut self.random));
            let is_listed = listed.is_some();
            let mut name = listed
                .or(matching)
                .unwrap_or_else(|| text::word(&mut self.random).to_owned());
            if object.contains_key(&name) && pattern.is_none() && !is_listed {
                name = format!("{name}_{index}");
            }
            let Some(said) = shape.of_property(self.description, &name) else {
                continue;
            };
            let value = self.below(Some(&name), &said);
            object.insert(name, value);
        }
    }

    /// Whether an optional property is present.
    fn is_present(&mut self, name: &str) -> bool {
        let leads = |key: &Vec<String>| {
            key.strip_prefix(self.path.as_slice())
                .and_then(|rest| rest.first())
                .is_some_and(|first| first == name)
        };
        match self.presence {
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
