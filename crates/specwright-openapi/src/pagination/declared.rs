//! Plans declared by `x-specwright-pagination`.

use std::collections::BTreeSet;

use serde_json::{Map, Value};
use specwright_diagnostics::{Part, Pointer};

use super::{
    EXTENSION,
    fit::{self, Misfit},
    plan::{PagePlan, PageSize, RequestPlace, RequestPlan, ResponsePlace, ResponsePlan, Style},
};
use crate::{Description, OperationRef};

/// Takes where something is wrong, at the node or its key, and what.
pub(super) type Report<'a> = &'a mut dyn FnMut(&Pointer, Part, String);

/// What an operation declares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Declared {
    /// A plan, and where it is declared.
    Plan(Box<PagePlan>),
    /// It does not page.
    No,
    /// Something that cannot be used; the problems were reported.
    Unusable,
}

/// The members of a plan, of its request, response and size.
const MEMBERS: [&str; 5] = ["style", "request", "response", "size", "first"];
const REQUEST: [&str; 3] = ["position", "previous", "size"];
const RESPONSE: [&str; 9] = [
    "items", "next", "previous", "has_more", "is_last", "total", "current", "last", "size",
];
const SIZE: [&str; 5] = ["default", "minimum", "maximum", "all", "clamps"];

/// What the operation declares; every problem is reported and makes it unusable.
pub(super) fn read<'a>(
    description: &'a Description,
    operation: &'a OperationRef<'a>,
    report: Report<'_>,
) -> Option<Declared> {
    let value = operation.operation.extensions.get(EXTENSION)?;
    Some(read_value(description, operation, value, report))
}

/// What `value` would declare on the operation.
pub(super) fn read_value<'a>(
    description: &'a Description,
    operation: &'a OperationRef<'a>,
    value: &Value,
    report: Report<'_>,
) -> Declared {
    let mut problems = 0;
    let mut reader = Reader {
        schemes: schemes(description),
        own: None,
        own_at: operation.pointer.join(EXTENSION),
        scheme: None,
        sink: &mut |pointer, part, message| {
            problems += 1;
            report(pointer, part, message);
        },
    };
    let mut plan = match reader.declaration(value) {
        Some(Declared::Plan(plan)) => plan,
        other => return other.unwrap_or(Declared::Unusable),
    };
    for misfit in fit::misfits(description, operation, &plan) {
        reader.misfit(&misfit);
    }
    if problems > 0 {
        return Declared::Unusable;
    }
    fit::complete(description, operation, &mut plan);
    Declared::Plan(plan)
}

/// The schemes of the document, with their names.
fn schemes(description: &Description) -> Option<&Map<String, Value>> {
    description
        .document()
        .extensions
        .get(EXTENSION)?
        .as_object()
}

/// Reports what is wrong with the document's schemes themselves. The second of the results holds schemes that no
/// operation uses.
pub(super) fn check_schemes(description: &Description, report: Report<'_>) -> Vec<Pointer> {
    let Some(value) = description.document().extensions.get(EXTENSION) else {
        return Vec::new();
    };
    let at = Pointer::root().join(EXTENSION);
    let Some(schemes) = value.as_object() else {
        report(
            &at,
            Part::Value,
            "expected an object with a named scheme in each member".to_owned(),
        );
        return Vec::new();
    };
    let mut used = BTreeSet::new();
    for operation in description.operations() {
        let declared = operation.operation.extensions.get(EXTENSION);
        let name = match declared {
            Some(Value::String(name)) => Some(name.clone()),
            Some(Value::Object(plan)) => plan.get("use").and_then(Value::as_str).map(str::to_owned),
            _ => None,
        };
        used.extend(name);
    }
    let mut unused = Vec::new();
    for (name, scheme) in schemes {
        let at = at.join(name);
        match scheme.as_object() {
            None => report(&at, Part::Value, "expected an object".to_owned()),
            Some(scheme) => unknown_members(scheme, &at, false, report),
        }
        if !used.contains(name) {
            unused.push(at);
        }
    }
    unused
}

fn unknown_members(plan: &Map<String, Value>, at: &Pointer, may_use: bool, report: Report<'_>) {
    let mut known = MEMBERS.to_vec();
    if may_use {
        known.push("use");
    }
    only(plan, at, &known, report);
    for (name, known) in [
        ("request", &REQUEST[..]),
        ("response", &RESPONSE[..]),
        ("size", &SIZE[..]),
    ] {
        let Some(value) = plan.get(name) else {
            continue;
        };
        let at = at.join(name);
        match value.as_object() {
            Some(members) => only(members, &at, known, report),
            None => report(&at, Part::Value, "expected an object".to_owned()),
        }
    }
}

fn only(members: &Map<String, Value>, at: &Pointer, known: &[&str], report: Report<'_>) {
    for name in members
        .keys()
        .filter(|name| !known.contains(&name.as_str()))
    {
        let message = format!("unknown field `{name}`; known are {}", known.join(", "));
        report(&at.join(name), Part::Key, message);
    }
}

/// Reads a plan that is an operation's own, a scheme's, or a scheme's with some members replaced.
struct Reader<'v, 'r> {
    schemes: Option<&'v Map<String, Value>>,
    own: Option<&'v Map<String, Value>>,
    own_at: Pointer,
    scheme: Option<(&'v Map<String, Value>, Pointer)>,
    sink: Report<'r>,
}

impl<'v> Reader<'v, '_> {
    fn report(&mut self, at: &Pointer, message: impl Into<String>) {
        (self.sink)(at, Part::Value, message.into());
    }

    fn declaration(&mut self, value: &'v Value) -> Option<Declared> {
        let at = self.own_at.clone();
        match value {
            Value::Bool(false) => return Some(Declared::No),
            Value::String(name) => self.use_scheme(name, &at)?,
            Value::Object(plan) => {
                self.own = Some(plan);
                unknown_members(plan, &at, true, self.sink);
                match plan.get("use") {
                    None => {}
                    Some(Value::String(name)) => self.use_scheme(name, &at.join("use"))?,
                    Some(other) => {
                        let message =
                            format!("expected the name of a scheme, found {}", shown(other));
                        self.report(&at.join("use"), message);
                        return None;
                    }
                }
            }
            other => {
                let found = shown(other);
                self.report(
                    &at,
                    format!("expected a plan, the name of a scheme, or `false`; found {found}"),
                );
                return None;
            }
        }
        self.plan().map(|plan| Declared::Plan(Box::new(plan)))
    }

    fn use_scheme(&mut self, name: &str, at: &Pointer) -> Option<()> {
        let scheme = self.schemes.and_then(|it| it.get(name));
        let scheme = scheme.and_then(Value::as_object);
        if scheme.is_none() {
            let message = format!("the document has no scheme `{name}` in its `{EXTENSION}`");
            self.report(at, message);
        }
        let at = Pointer::root().join(EXTENSION).join(name);
        self.scheme = Some((scheme?, at));
        Some(())
    }

    /// The value at a way of names, the operation's own before the scheme's, and where it stands. `null` takes a
    /// scheme's member away.
    fn get(&self, way: &[&str]) -> Option<(&'v Value, Pointer)> {
        let own = self.own.and_then(|own| find(own, way));
        match own {
            Some(Value::Null) => None,
            Some(value) => Some((value, joined(&self.own_at, way))),
            None => {
                let (scheme, at) = self.scheme.as_ref()?;
                let value = find(scheme, way).filter(|it| !it.is_null())?;
                Some((value, joined(at, way)))
            }
        }
    }

    /// Where something is wrong that concerns a way of names: its value, or what is next above it.
    fn nearest(&self, way: &[&str]) -> Pointer {
        (0..=way.len())
            .rev()
            .filter_map(|length| way.get(..length))
            .filter(|way| !way.is_empty())
            .find_map(|way| self.get(way))
            .map_or_else(|| self.own_at.clone(), |(_, at)| at)
    }

    fn misfit(&mut self, misfit: &Misfit) {
        // What is there and could not be read was reported as such.
        if misfit.is_missing && self.get(&misfit.part).is_some() {
            return;
        }
        let at = self.nearest(&misfit.part);
        let message = misfit.message.clone();
        self.report(&at, message);
    }

    fn plan(&mut self) -> Option<PagePlan> {
        let style = self.style();
        let request = RequestPlan {
            position: self.request("position"),
            previous: self.request("previous"),
            size: self.request("size"),
        };
        let items = self.items();
        let mut response = ResponsePlan::of(items.clone().unwrap_or_else(Pointer::root));
        for name in RESPONSE.into_iter().filter(|name| *name != "items") {
            let place = self.response(name);
            if let Some(slot) = response.place_mut(name) {
                *slot = place;
            }
        }
        let size = self.size();
        let first = self.number(&["first"]);
        if style == Some(Style::Link) && response.next.is_none() {
            response.next = Some(ResponsePlace::Header("Link".to_owned()));
        }
        items?;
        Some(PagePlan {
            style: style?,
            request,
            response,
            size,
            first,
        })
    }

    fn style(&mut self) -> Option<Style> {
        let Some((value, at)) = self.get(&["style"]) else {
            let at = self.own_at.clone();
            self.report(&at, "missing field `style`");
            return None;
        };
        let found = Style::ALL
            .into_iter()
            .find(|style| value.as_str() == Some(style.as_str()));
        if found.is_none() {
            let known = Style::ALL.map(|style| format!("`{style}`")).join(", ");
            self.report(&at, format!("{} is not one of {known}", shown(value)));
        }
        found
    }

    fn request(&mut self, name: &str) -> Option<RequestPlace> {
        let (value, at) = self.get(&["request", name])?;
        let place = value.as_str().and_then(RequestPlace::parse);
        if place.is_none() {
            self.report(
                &at,
                "expected the name of a query parameter, `header:Name` or `body:/pointer`",
            );
        }
        place
    }

    fn items(&mut self) -> Option<Pointer> {
        let Some((value, at)) = self.get(&["response", "items"]) else {
            let at = self.nearest(&["response"]);
            self.report(&at, "missing field `items`");
            return None;
        };
        let pointer = value.as_str().and_then(Pointer::parse);
        if pointer.is_none() {
            let found = shown(value);
            self.report(
                &at,
                format!("expected a JSON pointer such as `/data/items`, found {found}"),
            );
        }
        pointer
    }

    fn response(&mut self, name: &str) -> Option<ResponsePlace> {
        let (value, at) = self.get(&["response", name])?;
        let place = value.as_str().and_then(ResponsePlace::parse);
        if place.is_none() {
            let found = shown(value);
            self.report(
                &at,
                format!(
                    "expected a JSON pointer such as `/data/next`, `header:Name` or `last-item:field`, found {found}"
                ),
            );
        }
        place
    }

    fn size(&mut self) -> PageSize {
        let clamps = self.get(&["size", "clamps"]);
        if let Some((value, at)) = &clamps
            && !value.is_boolean()
        {
            self.report(at, "expected `true` or `false`");
        }
        PageSize {
            default: self.number(&["size", "default"]),
            minimum: self.number(&["size", "minimum"]),
            maximum: self.number(&["size", "maximum"]),
            all: self.number(&["size", "all"]),
            clamps: clamps.and_then(|(it, _)| it.as_bool()).unwrap_or_default(),
        }
    }

    fn number(&mut self, way: &[&str]) -> Option<u64> {
        let (value, at) = self.get(way)?;
        let number = value.as_u64();
        if number.is_none() {
            let message = format!("expected a number from 0, found {}", shown(value));
            self.report(&at, message);
        }
        number
    }
}

fn find<'v>(members: &'v Map<String, Value>, way: &[&str]) -> Option<&'v Value> {
    let (first, rest) = way.split_first()?;
    let value = members.get(*first)?;
    if rest.is_empty() || value.is_null() {
        return Some(value);
    }
    find(value.as_object()?, rest)
}

fn joined(at: &Pointer, way: &[&str]) -> Pointer {
    way.iter().fold(at.clone(), |at, name| at.join(name))
}

/// A value as it may stand in a message.
fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => format!("`{text}`"),
        Value::Array(_) => "an array".to_owned(),
        Value::Object(_) => "an object".to_owned(),
        other => format!("`{other}`"),
    }
}
