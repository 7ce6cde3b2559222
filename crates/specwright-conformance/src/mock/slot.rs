//! A place around the items of a page, and what a page says there.

use std::borrow::Cow;

use serde_json::{Map, Value};
use specwright_openapi::{Description, diagnostics::Pointer, openapiv3::Schema, pagination::Style};

use super::{
    envelope::Content,
    links::{BROKEN, Links},
    meaning::{Meaning, says_url},
    page::{Codec, Place},
    request::schemas_at,
    value::{Kind, Shape, number},
};

/// Names of places in objects that hold nothing else.
const HELD: [&str; 5] = ["href", "url", "uri", "link", "cursor"];

/// A place that each page fills in.
#[derive(Debug)]
pub(super) struct Slot {
    pub(super) target: Target,
    pub(super) meaning: Meaning,
    pub(super) kind: Option<Kind>,
    pub(super) url: Url,
    pub(super) absence: Absence,
    /// How many names the way is shorter to what says that there is nothing: an object that only holds the place.
    pub(super) above: usize,
    pub(super) least: Option<i64>,
    pub(super) most: Option<i64>,
}

/// Where a place is.
#[derive(Debug)]
pub(super) enum Target {
    /// In the body.
    Body(Vec<String>),
    /// In a header field.
    Header(String),
}

/// Whether a place takes positions as URLs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Url {
    /// It takes them as they are.
    No,
    /// With the origin.
    Absolute,
    /// From the path on.
    Relative,
}

/// How a place says that there is nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Absence {
    Null,
    Omitted,
    /// The schema permits neither.
    Empty,
}

impl Slot {
    /// `None` if the body has no such place.
    pub(super) fn new(
        description: &Description,
        body: &Schema,
        pointer: &Pointer,
        meaning: Meaning,
        style: Style,
    ) -> Option<Self> {
        let schemas = schemas_at(description, &[body], pointer)?;
        let own = Shape::first(description, &schemas);
        let name = pointer.last().unwrap_or_default();
        let mut absence = absence_of(description, body, pointer, &own);
        let mut above = 0;
        let holder = pointer.parent().filter(|_| HELD.contains(&name.as_str()));
        if let (Absence::Empty, Some(holder)) = (absence, holder) {
            let schemas = schemas_at(description, &[body], &holder)?;
            let shape = Shape::first(description, &schemas);
            absence = absence_of(description, body, &holder, &shape);
            above = usize::from(absence != Absence::Empty);
        }
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
            above,
            ..Self::shaped(&own, meaning)
        })
    }

    pub(super) fn shaped(own: &Shape<'_>, meaning: Meaning) -> Self {
        let low = own.range.low.map(|(it, out)| number::above(it, out));
        let high = own.range.high.map(|(it, out)| number::below(it, out));
        Self {
            target: Target::Body(Vec::new()),
            meaning,
            kind: own.kind,
            url: Url::No,
            absence: Absence::Omitted,
            above: 0,
            least: own.range.least.max(low),
            most: own.range.most.into_iter().chain(high).min(),
        }
    }

    /// Whether the place can mean what its name lets expect.
    pub(super) fn is_sound(&self) -> bool {
        self.meaning.fits(self.kind)
            && (self.meaning != Meaning::Nothing || self.absence != Absence::Empty)
    }

    pub(super) fn put(&self, body: &mut Value, path: &[String], value: Option<Value>) {
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
            (None, Absence::Null) => return set(body, self.holder(path), Value::Null),
            (None, Absence::Empty) if is_number => self.least.unwrap_or(0).min(0).into(),
            (None, Absence::Empty) if self.kind == Some(Kind::Object) => return,
            (None, Absence::Empty) => "".into(),
            (None, Absence::Omitted) => return remove(body, self.holder(path)),
        };
        set(body, path, value);
    }

    fn holder<'s>(&self, path: &'s [String]) -> &'s [String] {
        path.get(..path.len().saturating_sub(self.above))
            .unwrap_or_default()
    }

    /// Leaves an object where something is to be said, with the URL in it, and takes it away otherwise.
    pub(super) fn show(&self, body: &mut Value, path: &[String], value: Option<Value>) {
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
    pub(super) fn of_page(&self, meaning: Meaning, content: Content<'_>) -> Option<Value> {
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
            Links::Broken if self.url != Url::No => Some(BROKEN.into()),
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

/// How the schema lets a place say that there is nothing.
fn absence_of(
    description: &Description,
    body: &Schema,
    pointer: &Pointer,
    own: &Shape<'_>,
) -> Absence {
    let name = pointer.last().unwrap_or_default();
    let owner = pointer
        .parent()
        .and_then(|parent| schemas_at(description, &[body], &parent));
    let required = owner.is_none_or(|it| {
        Shape::first(description, &it)
            .required
            .contains(name.as_str())
    });
    match (own.nullable, required) {
        (true, _) => Absence::Null,
        (false, false) => Absence::Omitted,
        (false, true) => Absence::Empty,
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
