//! What stands around the items of a page: the rest of the body, and header fields.
//!
//! The body is generated once per operation, with everything optional in it; each page then fills in what it knows.

use std::borrow::Cow;

use serde_json::{Map, Value};
use specwright_openapi::{
    Description, OperationRef,
    diagnostics::Pointer,
    openapiv3::Schema,
    pagination::{PagePlan, ResponsePlace, Style},
};

use super::{
    links::{Address, Links},
    meaning::{Meaning, by_name, counts_pages, says_url},
    page::{Codec, Page, Place},
    random::Random,
    request::{field_name, header_schema, schemas_at, success_schema},
    value::{Choices, Generator, Kind, Presence, Shape, number},
};

/// How deep members that are known by their names are looked for.
const DEEPEST: usize = 4;

/// The frame of the pages of one operation.
#[derive(Debug)]
pub(crate) struct Envelope {
    template: Value,
    slots: Vec<Slot>,
    /// Whether there is a header field `Link`.
    has_links: bool,
}

/// A place that each page fills in.
#[derive(Debug)]
struct Slot {
    target: Target,
    meaning: Meaning,
    kind: Option<Kind>,
    url: Url,
    absence: Absence,
    least: Option<i64>,
    most: Option<i64>,
}

/// Where a place is.
#[derive(Debug)]
enum Target {
    /// In the body.
    Body(Vec<String>),
    /// In a header field.
    Header(String),
}

/// Whether a place takes positions as URLs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Url {
    /// It takes them as they are.
    No,
    /// With the origin.
    Absolute,
    /// From the path on.
    Relative,
}

/// How a place says that there is nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Absence {
    Null,
    Omitted,
    /// The schema permits neither.
    Empty,
}

/// Everything that a page is filled in with.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Content<'p> {
    /// The page.
    pub(crate) page: &'p Page,
    /// The request's address.
    pub(crate) address: &'p Address<'p>,
    /// What writes cursors.
    pub(crate) codec: &'p Codec,
    /// What becomes of URLs of next pages.
    pub(crate) links: Links,
}

/// Header fields: names and values.
pub(crate) type Fields = Vec<(String, String)>;

impl Envelope {
    /// Generates the body and finds its places.
    pub(crate) fn generate(
        description: &Description,
        operation: &OperationRef<'_>,
        plan: &PagePlan,
        random: Random,
    ) -> Self {
        let mut slots = headers(description, operation, plan);
        let has_links = plan.style == Style::Link
            || header_schema(description, operation, "link").is_some()
            || plan.response.places().iter().any(|(_, place)| {
                matches!(place, Some(ResponsePlace::Header(name)) if name.eq_ignore_ascii_case("link"))
            });
        let Some(body) = success_schema(description, operation) else {
            return Self {
                template: Value::Null,
                slots,
                has_links,
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
        let template = Generator::new(description, &choices, Presence::Full, random).value(&[body]);
        let has_address = plan.position_parameter().is_some()
            || matches!(plan.style, Style::NextUrl | Style::Link);
        let slot = |pointer: &Pointer, meaning: Meaning| {
            Slot::new(description, body, pointer, meaning, plan.style)
        };
        slots.extend(
            planned
                .iter()
                .filter_map(|(pointer, meaning)| slot(pointer, *meaning)),
        );
        members(&template, &Pointer::root(), 0, &mut |pointer, name| {
            let is_planned = planned
                .iter()
                .any(|(it, _)| it.strip_prefix(pointer).is_some());
            let inside = planned
                .iter()
                .any(|(it, _)| pointer.strip_prefix(it).is_some());
            let is_url = || {
                let schemas = schemas_at(description, &[body], pointer);
                schemas.is_some_and(|it| says_url(&Shape::first(description, &it)))
            };
            let meaning = by_name(name, is_url).filter(|_| !is_planned && !inside);
            let is_position = name.ends_with("ursor") || name.ends_with("oken");
            let style = if is_position {
                plan.style
            } else {
                Style::NextUrl
            };
            slots.extend(
                meaning
                    .and_then(|it| Slot::new(description, body, pointer, it, style))
                    .filter(|slot| slot.is_sound() && (slot.url == Url::No || has_address)),
            );
        });
        Self {
            template,
            slots,
            has_links,
        }
    }

    /// The body of a page and the header fields that go with it.
    pub(crate) fn fill(&self, content: Content<'_>, items: Vec<Value>) -> (Value, Fields) {
        let mut body = self.template.clone();
        let mut fields = Fields::new();
        let id = |item: Option<&Value>| item.and_then(|it| it.get("id")).cloned();
        let (first, last) = (id(items.first()), id(items.last()));
        let mut items = Some(items);
        for slot in &self.slots {
            let value = match slot.meaning {
                Meaning::Items => items.take().map(Value::Array),
                Meaning::FirstId => first.clone(),
                Meaning::LastId => last.clone(),
                meaning => slot.of_page(meaning, content),
            };
            match &slot.target {
                Target::Body(path) if slot.kind == Some(Kind::Object) => {
                    slot.show(&mut body, path, value);
                }
                Target::Body(path) => slot.put(&mut body, path, value),
                Target::Header(name) => fields.extend(value.map(|it| {
                    (
                        name.clone(),
                        it.as_str().map_or(it.to_string(), str::to_owned),
                    )
                })),
            }
        }
        if self.has_links {
            fields.extend(
                content
                    .links
                    .field(content)
                    .map(|it| ("link".to_owned(), it)),
            );
        }
        (body, fields)
    }
}

impl Slot {
    /// `None` if the body has no such place.
    fn new(
        description: &Description,
        body: &Schema,
        pointer: &Pointer,
        meaning: Meaning,
        style: Style,
    ) -> Option<Self> {
        let schemas = schemas_at(description, &[body], pointer)?;
        let own = Shape::first(description, &schemas);
        let name = pointer.last().unwrap_or_default();
        let owner = pointer
            .parent()
            .and_then(|parent| schemas_at(description, &[body], &parent));
        let required = owner.is_none_or(|it| {
            Shape::first(description, &it)
                .required
                .contains(name.as_str())
        });
        let absence = match (own.nullable, required) {
            (true, _) => Absence::Null,
            (false, false) => Absence::Omitted,
            (false, true) => Absence::Empty,
        };
        let url = url_of(&own, meaning, &name, style);
        let is_relative = || {
            let examples = schemas
                .iter()
                .filter_map(|it| it.schema_data.example.as_ref());
            let shown = examples
                .filter_map(Value::as_str)
                .any(|it| it.starts_with('/') || it.starts_with('?'));
            shown || matches!(own.text.format, Some("uri-reference" | "iri-reference"))
        };
        Some(Self {
            target: Target::Body(pointer.segments().collect()),
            url: match url {
                true if is_relative() => Url::Relative,
                true => Url::Absolute,
                false => Url::No,
            },
            absence,
            ..Self::shaped(&own, meaning)
        })
    }

    fn shaped(own: &Shape<'_>, meaning: Meaning) -> Self {
        let low = own.range.low.map(|(it, out)| number::above(it, out));
        let high = own.range.high.map(|(it, out)| number::below(it, out));
        Self {
            target: Target::Body(Vec::new()),
            meaning,
            kind: own.kind,
            url: Url::No,
            absence: Absence::Omitted,
            least: own.range.least.max(low),
            most: own.range.most.into_iter().chain(high).min(),
        }
    }

    /// Whether the place can mean what its name lets expect.
    fn is_sound(&self) -> bool {
        self.meaning.fits(self.kind)
            && (self.meaning != Meaning::Nothing || self.absence != Absence::Empty)
    }

    fn put(&self, body: &mut Value, path: &[String], value: Option<Value>) {
        let is_number = matches!(self.kind, Some(Kind::Integer | Kind::Number));
        let value = match (value, self.absence) {
            (Some(Value::Number(number)), _) if self.kind == Some(Kind::String) => {
                Value::from(number.to_string())
            }
            (Some(Value::Number(number)), _) => match number.as_i64() {
                Some(it) => {
                    let it = self.least.map_or(it, |least| it.max(least));
                    self.most.map_or(it, |most| it.min(most)).into()
                }
                None => Value::Number(number),
            },
            (Some(Value::String(text)), _) if is_number => {
                text.parse::<i64>().unwrap_or_default().into()
            }
            (Some(value), _) => value,
            (None, Absence::Null) => Value::Null,
            (None, Absence::Empty) if is_number => self.least.unwrap_or(0).min(0).into(),
            (None, Absence::Empty) if self.kind == Some(Kind::Object) => return,
            (None, Absence::Empty) => "".into(),
            (None, Absence::Omitted) => return remove(body, path),
        };
        set(body, path, value);
    }

    /// Leaves an object where something is to be said, with the URL in it, and takes it away otherwise.
    fn show(&self, body: &mut Value, path: &[String], value: Option<Value>) {
        match value {
            Some(Value::Bool(false)) | None => self.put(body, path, None),
            Some(value) => {
                let names = ["href", "url", "uri"];
                let object = path
                    .iter()
                    .try_fold(&mut *body, |at, name| at.get_mut(name));
                let members = object.and_then(Value::as_object_mut);
                let place = members.and_then(|members| {
                    let known = names.into_iter().find(|it| members.contains_key(*it))?;
                    members.get_mut(known)
                });
                if let (Some(place), Value::String(_)) = (place, &value) {
                    *place = value;
                }
            }
        }
    }

    /// What a page says there; `None` if there is nothing to say.
    fn of_page(&self, meaning: Meaning, content: Content<'_>) -> Option<Value> {
        let (page, empty) = (content.page, content.page.items.is_empty());
        Some(match meaning {
            Meaning::Items | Meaning::FirstId | Meaning::LastId | Meaning::Nothing => return None,
            Meaning::Next => self.next(content)?,
            Meaning::Previous => self.place(content, page.previous.as_ref()?),
            Meaning::End => self.place(content, page.end.as_ref()?),
            Meaning::Start => match self.url {
                Url::Relative => content.address.first().into(),
                _ => content.address.absolute(&content.address.first()).into(),
            },
            Meaning::HasMore if self.url != Url::No => {
                page.has_more.then(|| self.next(content)).flatten()?
            }
            Meaning::HasMore => self.flag(page.has_more),
            Meaning::IsLast => self.flag(!page.has_more),
            Meaning::HasPrevious => self.flag(page.previous.is_some()),
            Meaning::Total => page.total.into(),
            Meaning::Current => page.number.into(),
            Meaning::Last => page.last.into(),
            Meaning::Pages => page.pages.into(),
            Meaning::Size => page.size.unwrap_or(page.total).into(),
            Meaning::Offset => page.items.start.into(),
            Meaning::Count => page.items.len().into(),
            Meaning::From if empty => return None,
            Meaning::From => (page.items.start + 1).into(),
            Meaning::To if empty => return None,
            Meaning::To => page.items.end.into(),
            Meaning::Success => true.into(),
            Meaning::Path => content.address.path.into(),
        })
    }

    fn next(&self, content: Content<'_>) -> Option<Value> {
        let place = content.page.next.as_ref()?;
        match content.links {
            Links::Foreign if self.url != Url::No => Some(content.address.foreign().into()),
            Links::Broken if self.url != Url::No => Some(super::links::BROKEN.into()),
            _ => Some(self.place(content, place)),
        }
    }

    fn place(&self, content: Content<'_>, place: &Place) -> Value {
        let address = content.address;
        let url = || address.at(&text_of(place, content.codec));
        match (self.url, place) {
            (Url::Relative, _) => url().into(),
            (Url::Absolute, _) => address.absolute(&url()).into(),
            (Url::No, Place::Number(number)) => (*number).into(),
            (Url::No, place) => text_of(place, content.codec).into_owned().into(),
        }
    }

    fn flag(&self, flag: bool) -> Value {
        match self.kind {
            Some(Kind::Integer | Kind::Number) => u8::from(flag).into(),
            Some(Kind::String) => flag.to_string().into(),
            _ => flag.into(),
        }
    }
}

/// A place as requests send it.
pub(crate) fn text_of<'p>(place: &'p Place, codec: &Codec) -> Cow<'p, str> {
    match place {
        Place::Cursor(cursor) => codec.encode(*cursor).into(),
        Place::Number(number) => number.to_string().into(),
        Place::Text(text) => text.into(),
    }
}

/// Whether a place takes the URL of a page instead of its position.
fn url_of(own: &Shape<'_>, meaning: Meaning, name: &str, style: Style) -> bool {
    let is_object = own.kind == Some(Kind::Object);
    let is_text = is_object || own.kind.is_none_or(|it| it == Kind::String);
    let by_url = matches!(style, Style::NextUrl | Style::Link);
    let numbered = matches!(style, Style::Offset | Style::Page | Style::Keyset);
    let says_so = || {
        let name = name.to_ascii_lowercase();
        let tails = ["url", "uri", "href", "link"];
        says_url(own) || tails.iter().any(|tail| name.ends_with(tail))
    };
    is_text
        && match meaning {
            Meaning::Next | Meaning::Previous => by_url || (numbered && says_so()),
            Meaning::HasMore => is_object || says_so(),
            Meaning::Start | Meaning::End => true,
            _ => false,
        }
}

/// The header fields that each page fills in.
fn headers(description: &Description, operation: &OperationRef<'_>, plan: &PagePlan) -> Vec<Slot> {
    let places = meanings(plan).into_iter();
    let slots = places.filter_map(|(place, meaning)| match place {
        Some(ResponsePlace::Header(name)) if !name.eq_ignore_ascii_case("link") => {
            let schema = header_schema(description, operation, name).flatten();
            let schemas: Vec<&Schema> = schema.into_iter().collect();
            let own = Shape::first(description, &schemas);
            let by_url = matches!(meaning, Meaning::Next | Meaning::Previous)
                && plan.style == Style::NextUrl;
            let url = if by_url { Url::Absolute } else { Url::No };
            Some(Slot {
                target: Target::Header(field_name(name)?),
                url,
                ..Slot::shaped(&own, meaning)
            })
        }
        _ => None,
    });
    slots.collect()
}

/// What a page says, and where the plan has it.
fn meanings(plan: &PagePlan) -> [(Option<&ResponsePlace>, Meaning); 8] {
    let response = &plan.response;
    let last = response.last.as_ref();
    let counts = last.is_some_and(|place| match place {
        ResponsePlace::Body(pointer) => counts_pages(&pointer.last().unwrap_or_default()),
        ResponsePlace::Header(name) => counts_pages(name),
        ResponsePlace::LastItem(_) | ResponsePlace::FirstItem(_) => false,
    });
    let last_meaning = if counts {
        Meaning::Pages
    } else {
        Meaning::Last
    };
    [
        (response.next.as_ref(), Meaning::Next),
        (response.previous.as_ref(), Meaning::Previous),
        (response.has_more.as_ref(), Meaning::HasMore),
        (response.is_last.as_ref(), Meaning::IsLast),
        (response.total.as_ref(), Meaning::Total),
        (response.current.as_ref(), Meaning::Current),
        (last, last_meaning),
        (response.size.as_ref(), Meaning::Size),
    ]
}

/// The places in the body.
fn planned(plan: &PagePlan) -> Vec<(Pointer, Meaning)> {
    let optional = meanings(plan)
        .into_iter()
        .filter_map(|(place, meaning)| Some((place?.body()?.clone(), meaning)));
    std::iter::once((plan.response.items.clone(), Meaning::Items))
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
