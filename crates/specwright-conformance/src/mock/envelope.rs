//! What stands around the items of a page: the rest of the body, and header fields.
//!
//! The body is generated once per operation, with everything optional in it; each page then fills in what it knows.

use serde_json::Value;
use specwright_openapi::{
    Description, OperationRef,
    diagnostics::Pointer,
    openapiv3::Schema,
    pagination::{PagePlan, ResponsePlace, Style},
};

use super::{
    links::{Address, Links},
    meaning::{Meaning, by_name, counts_pages, says_url},
    page::{Codec, Page},
    random::Random,
    request::{field_name, header_schema, schemas_at, success_schema},
    slot::{Slot, Target, Url},
    value::{Choices, Generator, Kind, Presence, Shape},
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

/// Header fields: names and values; without a value, the field has to be absent.
pub(crate) type Fields = Vec<(String, Option<String>)>;

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
                Target::Header(name) => {
                    let text = value.map(|it| it.as_str().map_or(it.to_string(), str::to_owned));
                    fields.push((name.clone(), text));
                }
            }
        }
        if self.has_links {
            fields.extend(
                content
                    .links
                    .field(content)
                    .map(|it| ("link".to_owned(), Some(it))),
            );
        }
        (body, fields)
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
