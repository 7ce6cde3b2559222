//! From texts to values: what a text means depends on what the schema wants.

use serde_json::{Map, Value};
use specwright_diagnostics::Pointer;
use specwright_openapi::{Node, Object};

use crate::schema::{Checked, Checker, Direction, Schemas};

/// How deep schemas are searched.
const DEEPEST: usize = 16;

/// The most segments of a `deepObject` name that are looked at.
const MOST_SEGMENTS: usize = 32;

/// Reads texts by schemas.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reader<'s> {
    pub(crate) schemas: &'s Schemas,
    pub(crate) direction: Direction,
}

/// A text in the parts that its style gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Raw {
    /// One value.
    Text(String),
    /// The elements of an array.
    List(Vec<String>),
    /// The members of an object.
    Pairs(Vec<(String, String)>),
    /// The members of nested objects by the way to them; an empty last step is an element of an array.
    Tree(Vec<(Vec<String>, String)>),
}

/// The types that a schema allows, as far as its keywords tell.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Wants {
    pub(crate) number: bool,
    pub(crate) boolean: bool,
    pub(crate) null: bool,
    pub(crate) string: bool,
    pub(crate) array: bool,
    pub(crate) object: bool,
}

impl Wants {
    const ANY: Self = Self {
        number: true,
        boolean: true,
        null: true,
        string: true,
        array: true,
        object: true,
    };

    fn with(self, other: Self, both: fn(bool, bool) -> bool) -> Self {
        Self {
            number: both(self.number, other.number),
            boolean: both(self.boolean, other.boolean),
            null: both(self.null, other.null),
            string: both(self.string, other.string),
            array: both(self.array, other.array),
            object: both(self.object, other.object),
        }
    }

    fn of_type(name: &str) -> Self {
        let mut wants = Self::default();
        match name {
            "integer" | "number" => wants.number = true,
            "boolean" => wants.boolean = true,
            "null" => wants.null = true,
            "string" | "file" => wants.string = true,
            "array" => wants.array = true,
            "object" => wants.object = true,
            _ => return Self::ANY,
        }
        wants
    }

    /// Whether a value that is neither array nor object may be.
    pub(crate) fn scalar(self) -> bool {
        self.number || self.boolean || self.null || self.string
    }
}

impl<'s> Reader<'s> {
    /// The schema at `at`, behind references.
    fn resolve(&self, at: &Pointer) -> Option<(Pointer, &'s Object)> {
        let document = self.schemas.document();
        let mut at = at.clone();
        for _ in 0..64 {
            let schema = document.at(&at)?.as_object()?;
            let Some(reference) = schema.get("$ref").and_then(Node::as_str) else {
                return Some((at, schema));
            };
            at = Pointer::parse(reference.strip_prefix('#')?)?;
        }
        None
    }

    /// The types that the schema allows.
    pub(crate) fn wants(&self, at: &Pointer) -> Wants {
        self.wants_below(at, 0)
    }

    fn wants_below(&self, at: &Pointer, depth: usize) -> Wants {
        let Some((at, schema)) = self.resolve(at).filter(|_| depth < DEEPEST) else {
            return Wants::ANY;
        };
        let mut wants = match schema.get("type") {
            Some(Node::String(name)) => Wants::of_type(name),
            Some(Node::Array(names)) => names
                .iter()
                .filter_map(Node::as_str)
                .map(Wants::of_type)
                .fold(Wants::default(), |all, it| all.with(it, |a, b| a || b)),
            _ => Wants::ANY,
        };
        for keyword in ["anyOf", "oneOf"] {
            let parts = parts(&at, schema, keyword);
            if !parts.is_empty() {
                let parts = parts.iter().map(|part| self.wants_below(part, depth + 1));
                let any = parts.fold(Wants::default(), |all, it| all.with(it, |a, b| a || b));
                wants = wants.with(any, |a, b| a && b);
            }
        }
        for part in parts(&at, schema, "allOf") {
            wants = wants.with(self.wants_below(&part, depth + 1), |a, b| a && b);
        }
        let nullable = ["nullable", "x-nullable"]
            .iter()
            .any(|it| schema.get(it).and_then(Node::as_bool) == Some(true));
        wants.null |= nullable;
        wants
    }

    /// The schema of the elements of arrays.
    pub(crate) fn items(&self, at: &Pointer) -> Option<Pointer> {
        self.find(at, 0, &|at, schema| {
            schema.contains("items").then(|| at.join("items"))
        })
    }

    /// The schema of a member, or of members that have no schema of their own.
    pub(crate) fn property(&self, at: &Pointer, name: &str) -> Option<Pointer> {
        let own = self.find(at, 0, &|at, schema| {
            let known = schema.get("properties")?.get(name).is_some();
            known.then(|| at.join("properties").join(name))
        });
        own.or_else(|| {
            self.find(at, 0, &|at, schema| {
                let further = schema.get("additionalProperties")?;
                further.as_object()?;
                Some(at.join("additionalProperties"))
            })
        })
    }

    /// The properties that the schema names, through compositions.
    pub(crate) fn properties(&self, at: &Pointer) -> Vec<(String, Pointer)> {
        let found = std::cell::RefCell::new(Vec::<(String, Pointer)>::new());
        self.find(at, 0, &|at, schema| {
            let own = schema.get("properties").and_then(Node::as_object);
            for (name, _) in own.into_iter().flat_map(Object::iter) {
                let mut found = found.borrow_mut();
                if !found.iter().any(|(known, _)| known == name) {
                    found.push((name.to_owned(), at.join("properties").join(name)));
                }
            }
            None
        });
        found.into_inner()
    }

    /// Whether the schema, or one that it refers to, says `true` for a field.
    pub(crate) fn says(&self, at: &Pointer, field: &str) -> bool {
        let own = self.schemas.document().at(at).and_then(Node::as_object);
        let behind = self.resolve(at).map(|(_, schema)| schema);
        let says = |schema: &Object| schema.get(field).and_then(Node::as_bool) == Some(true);
        own.is_some_and(says) || behind.is_some_and(says)
    }

    /// Whether members that the schema does not name may be there.
    pub(crate) fn is_open(&self, at: &Pointer) -> bool {
        self.resolve(at).is_none_or(|(_, schema)| {
            schema.get("additionalProperties").and_then(Node::as_bool) != Some(false)
        })
    }

    fn find(
        &self,
        at: &Pointer,
        depth: usize,
        wanted: &dyn Fn(&Pointer, &Object) -> Option<Pointer>,
    ) -> Option<Pointer> {
        let (at, schema) = self.resolve(at).filter(|_| depth < DEEPEST)?;
        wanted(&at, schema).or_else(|| {
            let mut all = ["allOf", "anyOf", "oneOf"]
                .into_iter()
                .flat_map(|keyword| parts(&at, schema, keyword));
            all.find_map(|part| self.find(&part, depth + 1, wanted))
        })
    }

    /// The checker of a schema; `None` if there is none.
    pub(crate) fn checker(&self, at: &Pointer) -> Option<Checker> {
        self.schemas.checker(at, self.direction).ok()
    }

    /// What is known about a value; nothing is wrong where there is no schema.
    pub(crate) fn check(&self, at: Option<&Pointer>, value: &Value) -> Checked {
        let Some(at) = at else {
            return Checked::default();
        };
        match self.schemas.checker(at, self.direction) {
            Ok(checker) => checker.check(value),
            Err(undecidable) => Checked {
                undecided: vec![undecidable],
                ..Checked::default()
            },
        }
    }

    /// The value that a text means where the schema is this: the first reading that fits.
    pub(crate) fn scalar(&self, text: &str, at: Option<&Pointer>) -> Value {
        let Some(at) = at else { return text.into() };
        let wants = self.wants(at);
        let mut readings: Vec<Value> = Vec::new();
        if wants.number {
            let number = serde_json::from_str::<serde_json::Number>(text);
            readings.extend(number.ok().map(Value::Number));
        }
        if wants.boolean {
            readings.extend(text.parse::<bool>().ok().map(Value::Bool));
        }
        if wants.string {
            readings.push(text.into());
        }
        if wants.null && (text.is_empty() || text == "null") {
            readings.push(Value::Null);
        }
        if readings.len() > 1
            && let Some(checker) = self.checker(at)
            && let Some(fits) = readings.iter().position(|it| checker.is_valid(it))
        {
            return readings.swap_remove(fits);
        }
        readings.into_iter().next().unwrap_or_else(|| text.into())
    }

    /// The value that the parts of a text mean where the schema is this.
    pub(crate) fn value(&self, raw: &Raw, at: Option<&Pointer>) -> Value {
        match raw {
            Raw::Text(text) => self.scalar(text, at),
            Raw::List(texts) => {
                let items = at.and_then(|at| self.items(at));
                let values = texts.iter().map(|it| self.scalar(it, items.as_ref()));
                values.collect()
            }
            Raw::Pairs(pairs) => {
                let member = |(name, text): &(String, String)| {
                    let schema = at.and_then(|at| self.property(at, name));
                    (name.clone(), self.scalar(text, schema.as_ref()))
                };
                Value::Object(pairs.iter().map(member).collect())
            }
            Raw::Tree(leaves) => {
                let leaves: Vec<(&[String], &str)> = leaves
                    .iter()
                    .map(|(way, text)| (way.as_slice(), text.as_str()))
                    .collect();
                self.tree(&leaves, at, 0)
            }
        }
    }

    fn tree(&self, leaves: &[(&[String], &str)], at: Option<&Pointer>, depth: usize) -> Value {
        if let [([], text)] = leaves {
            let is_list = at.is_some_and(|at| {
                let wants = self.wants(at);
                wants.array && !wants.scalar()
            });
            return match is_list {
                true => self.value(&Raw::List(vec![(*text).to_owned()]), at),
                false => self.scalar(text, at),
            };
        }
        let is_element =
            |way: &[String]| matches!(way, [] | [_]) && way.first().is_none_or(String::is_empty);
        if leaves.iter().all(|(way, _)| is_element(way)) {
            let texts = leaves.iter().map(|(_, text)| (*text).to_owned());
            return self.value(&Raw::List(texts.collect()), at);
        }
        let mut members = Map::new();
        if depth >= MOST_SEGMENTS {
            return members.into();
        }
        for (way, _) in leaves {
            let Some(name) = way.first().filter(|it| !members.contains_key(*it)) else {
                continue;
            };
            let below: Vec<(&[String], &str)> = leaves
                .iter()
                .filter_map(|(way, text)| match way.split_first() {
                    Some((first, rest)) if first == name => Some((rest, *text)),
                    _ => None,
                })
                .collect();
            let schema = at.and_then(|at| self.property(at, name));
            members.insert(name.clone(), self.tree(&below, schema.as_ref(), depth + 1));
        }
        let wants = at.map_or(Wants::ANY, |at| self.wants(at));
        // `a[0]=x&a[1]=y` is an array where only an array can be.
        if wants.array && !wants.object && members.keys().all(|it| it.parse::<usize>().is_ok()) {
            return members.into_iter().map(|(_, value)| value).collect();
        }
        members.into()
    }
}

fn parts(at: &Pointer, schema: &Object, keyword: &str) -> Vec<Pointer> {
    let count = schema
        .get(keyword)
        .and_then(Node::as_array)
        .map_or(0, <[Node]>::len);
    (0..count.min(256))
        .map(|index| at.join(keyword).index(index))
        .collect()
}
