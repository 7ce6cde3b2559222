//! The body around the items of a page.
//!
//! It is generated once per operation, with everything optional in it; each page then fills in what it knows.

use serde_json::{Map, Value};
use specwright_openapi::{
    Description, OperationRef,
    diagnostics::Pointer,
    openapiv3::{ReferenceOr, Schema},
    pagination::PagePlan,
};

use super::{
    meaning::{Meaning, by_name},
    page::{Page, Place},
    random::Random,
    value::{Choices, Generator, Kind, Presence, Shape},
};

/// How deep members that are known by their names are looked for.
const DEEPEST: usize = 4;

/// The body of the pages of one operation.
#[derive(Debug)]
pub(crate) struct Envelope {
    template: Value,
    slots: Vec<Slot>,
}

/// A place that each page fills in.
#[derive(Debug)]
struct Slot {
    path: Vec<String>,
    meaning: Meaning,
    kind: Option<Kind>,
    absence: Absence,
}

/// How a place says that there is nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Absence {
    Null,
    Omitted,
    /// The schema permits neither.
    Empty,
}

impl Envelope {
    /// Generates the body and finds its places.
    pub(crate) fn generate(
        description: &Description,
        operation: &OperationRef<'_>,
        plan: &PagePlan,
        random: Random,
    ) -> Self {
        let Some(body) = description.success_schema(operation) else {
            return Self {
                template: Value::Null,
                slots: Vec::new(),
            };
        };
        let planned = planned(plan);
        let choices: Choices = planned
            .iter()
            .map(|(pointer, meaning)| {
                let nothing = if *meaning == Meaning::Items {
                    Value::Array(Vec::new())
                } else {
                    Value::Null
                };
                (pointer.segments().collect(), vec![nothing])
            })
            .collect();
        let schemas: Vec<&Schema> = description
            .resolve(body)
            .map(|it| it.object)
            .into_iter()
            .collect();
        let template =
            Generator::new(description, &choices, Presence::Full, random).value(&schemas);
        let slot =
            |pointer: &Pointer, meaning: Meaning| Slot::new(description, body, pointer, meaning);
        let mut slots: Vec<Slot> = planned
            .iter()
            .filter_map(|(pointer, meaning)| slot(pointer, *meaning))
            .collect();
        members(&template, &Pointer::root(), 0, &mut |pointer, name| {
            let is_planned = planned
                .iter()
                .any(|(it, _)| it.strip_prefix(pointer).is_some());
            let meaning = by_name(name).filter(|_| !is_planned);
            slots.extend(
                meaning
                    .and_then(|meaning| slot(pointer, meaning))
                    .filter(Slot::is_sound),
            );
        });
        Self { template, slots }
    }

    /// The body of a page; `path` is that of the request.
    pub(crate) fn fill(&self, page: &Page, items: Vec<Value>, path: &str) -> Value {
        let mut body = self.template.clone();
        let mut items = Some(items);
        for slot in &self.slots {
            let value = match slot.meaning {
                Meaning::Items => items.take().map(Value::Array),
                meaning => of_page(meaning, page, path),
            };
            slot.put(&mut body, value);
        }
        body
    }
}

impl Slot {
    /// `None` if the body has no such place.
    fn new(
        description: &Description,
        body: &ReferenceOr<Schema>,
        pointer: &Pointer,
        meaning: Meaning,
    ) -> Option<Self> {
        let own = description
            .schema_at(body, pointer)
            .map(|it| Shape::first(description, &[it]))?;
        let name = pointer.last().unwrap_or_default();
        let owner = pointer
            .parent()
            .and_then(|parent| description.schema_at(body, &parent));
        let required = owner.is_none_or(|it| {
            Shape::first(description, &[it])
                .required
                .contains(name.as_str())
        });
        let absence = match (own.nullable, required) {
            (true, _) => Absence::Null,
            (false, false) => Absence::Omitted,
            (false, true) => Absence::Empty,
        };
        Some(Self {
            path: pointer.segments().collect(),
            meaning,
            kind: own.kind,
            absence,
        })
    }

    /// Whether the place can mean what its name lets expect.
    fn is_sound(&self) -> bool {
        self.meaning.fits(self.kind)
            && (self.meaning != Meaning::Nothing || self.absence != Absence::Empty)
    }

    fn put(&self, body: &mut Value, value: Option<Value>) {
        let value = match (value, self.absence) {
            (Some(Value::Number(number)), _) if self.kind == Some(Kind::String) => {
                Value::from(number.to_string())
            }
            (Some(value), _) => value,
            (None, Absence::Null) => Value::Null,
            (None, Absence::Empty) if matches!(self.kind, Some(Kind::Integer | Kind::Number)) => {
                0.into()
            }
            (None, Absence::Empty) => "".into(),
            (None, Absence::Omitted) => return remove(body, &self.path),
        };
        set(body, &self.path, value);
    }
}

fn planned(plan: &PagePlan) -> Vec<(Pointer, Meaning)> {
    let response = &plan.response;
    let optional = [
        (&response.next, Meaning::Next),
        (&response.previous, Meaning::Previous),
        (&response.has_more, Meaning::HasMore),
        (&response.total, Meaning::Total),
        (&response.current, Meaning::Current),
        (&response.last, Meaning::Last),
        (&response.size, Meaning::Size),
    ];
    let optional = optional
        .into_iter()
        .filter_map(|(pointer, meaning)| Some((pointer.as_ref()?.body()?.clone(), meaning)));
    std::iter::once((response.items.clone(), Meaning::Items))
        .chain(optional)
        .collect()
}

/// Visits the members of objects, outer ones first.
fn members(value: &Value, at: &Pointer, depth: usize, visit: &mut dyn FnMut(&Pointer, &str)) {
    let Some(object) = value.as_object().filter(|_| depth < DEEPEST) else {
        return;
    };
    for (name, value) in object {
        let pointer = at.join(name);
        visit(&pointer, name);
        members(value, &pointer, depth + 1, visit);
    }
}

/// What a page says there; `None` if there is nothing to say.
fn of_page(meaning: Meaning, page: &Page, path: &str) -> Option<Value> {
    let empty = page.items.is_empty();
    match meaning {
        Meaning::Items | Meaning::Nothing => None,
        Meaning::Next => page.next.as_ref().map(neighbour),
        Meaning::Previous => page.previous.as_ref().map(neighbour),
        Meaning::HasMore => Some(page.has_more.into()),
        Meaning::HasPrevious => Some(page.previous.is_some().into()),
        Meaning::Total => Some(page.total.into()),
        Meaning::Current => Some(page.number.into()),
        Meaning::Last => Some(page.last.into()),
        Meaning::Size => Some(page.size.unwrap_or(page.total).into()),
        Meaning::Offset => Some(page.items.start.into()),
        Meaning::Count => Some(page.items.len().into()),
        Meaning::From => (!empty).then(|| (page.items.start + 1).into()),
        Meaning::To => (!empty).then(|| page.items.end.into()),
        Meaning::Success => Some(true.into()),
        Meaning::Path => Some(path.into()),
    }
}

fn neighbour(place: &Place) -> Value {
    match place {
        Place::Cursor(cursor) => cursor.encode().into(),
        Place::Number(number) => (*number).into(),
        Place::Text(text) => text.as_str().into(),
    }
}

/// Puts a value at a path; objects that lead there are made where they are missing.
fn set(at: &mut Value, path: &[String], value: Value) {
    let Some((name, rest)) = path.split_first() else {
        *at = value;
        return;
    };
    if let Value::Array(elements) = at {
        let element = name
            .parse::<usize>()
            .ok()
            .and_then(|index| elements.get_mut(index));
        return element
            .into_iter()
            .for_each(|it| set(it, rest, value.clone()));
    }
    if !at.is_object() {
        *at = Value::Object(Map::new());
    }
    if let Value::Object(object) = at {
        set(object.entry(name).or_insert(Value::Null), rest, value);
    }
}

fn remove(at: &mut Value, path: &[String]) {
    match (at, path) {
        (Value::Object(object), [name]) => drop(object.shift_remove(name)),
        (Value::Object(object), [name, rest @ ..]) => object
            .get_mut(name)
            .into_iter()
            .for_each(|it| remove(it, rest)),
        _ => {}
    }
}
