//! `x-stainless-pagination-property`: a purpose on each parameter and property that takes part.

use serde_json::{Map, Value};
use specwright_diagnostics::Pointer;

use super::{
    super::{
        plan::{RequestPlace, ResponsePlace, Style},
        surface::{self, Located},
    },
    Speaker, Spoken, plan, unclear, whole,
};

pub(super) const NAME: &str = "x-stainless-pagination-property";

/// How deep a body is looked into.
const DEEPEST: usize = 4;

/// How many members are looked at: bodies of real documents have fewer.
const MOST_MEMBERS: usize = 1_000;

/// What is marked, by purpose.
#[derive(Default)]
struct Marked {
    request: Map<String, Value>,
    response: Vec<(String, ResponsePlace)>,
    at: Option<Pointer>,
    /// How many members were looked at.
    members: usize,
}

pub(super) fn read(speaker: &Speaker<'_>) -> Option<(Spoken, Pointer)> {
    let mut marked = Marked::default();
    for (place, purpose, at) in inputs(speaker) {
        marked
            .request
            .insert(purpose, Value::String(place.to_string()));
        marked.at.get_or_insert(at);
    }
    let success = surface::success(speaker.description, speaker.operation)?;
    if let Some(body) = &success.body {
        members(speaker, body, &Pointer::root(), "", DEEPEST, &mut marked);
    }
    let at = marked.at.clone()?;
    Some((
        spoken(speaker, &marked).unwrap_or_else(|reason| unclear(&reason)),
        at,
    ))
}

/// The parameters and members of the body that are marked.
fn inputs(speaker: &Speaker<'_>) -> Vec<(RequestPlace, String, Pointer)> {
    let inputs = surface::inputs(speaker.description, speaker.operation);
    let marked = inputs.into_iter().filter_map(|input| {
        let of_schema = input
            .schema
            .as_ref()
            .and_then(|it| it.schema.schema_data.extensions.get(NAME));
        let purpose = purpose_of(input.extensions.and_then(|it| it.get(NAME)).or(of_schema)?)?;
        Some((input.place, purpose.to_owned(), input.at))
    });
    marked.collect()
}

fn purpose_of(value: &Value) -> Option<&str> {
    value.get("purpose")?.as_str()
}

/// `inside` is the purpose of the array that is passed, which makes its elements' members those of items.
fn members(
    speaker: &Speaker<'_>,
    object: &Located<'_>,
    above: &Pointer,
    inside: &str,
    left: usize,
    marked: &mut Marked,
) {
    if left == 0 {
        return;
    }
    for (name, member) in surface::properties(speaker.description, object) {
        marked.members += 1;
        if marked.members > MOST_MEMBERS {
            return;
        }
        let pointer = above.join(&name);
        let mark = member.schema.schema_data.extensions.get(NAME);
        let purpose = mark.and_then(purpose_of);
        if let (Some(mark), Some(purpose)) = (mark, purpose) {
            let header = mark.get("from_header").and_then(Value::as_str);
            let place = match header {
                Some(name) => ResponsePlace::Header(name.to_owned()),
                None if inside == "items" => ResponsePlace::LastItem(pointer.clone()),
                None => ResponsePlace::Body(pointer.clone()),
            };
            marked.response.push((purpose.to_owned(), place));
            marked.at.get_or_insert_with(|| member.at.clone());
        }
        match surface::elements(speaker.description, &member) {
            Some(element) if purpose == Some("items") => {
                members(
                    speaker,
                    &element,
                    &Pointer::root(),
                    "items",
                    left - 1,
                    marked,
                );
            }
            Some(_) => {}
            None => members(speaker, &member, &pointer, inside, left - 1, marked),
        }
    }
}

fn spoken(speaker: &Speaker<'_>, marked: &Marked) -> Result<Spoken, String> {
    let input = |purpose: &str| {
        let place = marked.request.get(purpose)?.as_str()?;
        RequestPlace::parse(place)
    };
    let output = |purpose: &str| {
        let mut places = marked.response.iter();
        places
            .find(|(it, _)| it == purpose)
            .map(|(_, place)| place.clone())
    };
    let items = match output("items") {
        Some(ResponsePlace::Body(pointer)) => Some(pointer),
        _ => speaker.items(),
    };
    let items = items.ok_or("no property is marked as the items")?;
    let has_more = output("has_next_page");
    let cursor_style = if has_more.is_some() {
        Style::Cursor
    } else {
        Style::Token
    };
    let mut plan = if let Some(position) = input("next_cursor_param") {
        let mut plan = plan(cursor_style, items);
        plan.request.position = Some(position);
        plan.response.next = output("next_cursor_field");
        let back = (
            input("previous_cursor_param"),
            output("previous_cursor_field"),
        );
        if let (Some(back), Some(previous)) = back {
            plan.style = Style::Bidirectional;
            plan.request.previous = Some(back);
            plan.response.previous = Some(previous);
        }
        plan
    } else if let Some(position) = input("next_cursor_id_param") {
        let mut plan = plan(Style::Keyset, items);
        plan.request.position = Some(position);
        plan.response.next = output("cursor_item_id");
        if let (Some(back), Some(ResponsePlace::LastItem(field))) =
            (input("previous_cursor_id_param"), &plan.response.next)
        {
            plan.response.previous = Some(ResponsePlace::FirstItem(field.clone()));
            plan.request.previous = Some(back);
        }
        plan
    } else if let Some(url) = output("cursor_url_field") {
        let mut plan = plan(Style::NextUrl, items);
        plan.response.next = Some(url);
        plan
    } else if let Some(position) = input("page_number_param") {
        let mut plan = plan(Style::Page, items);
        plan.request.position = Some(position);
        plan.response.current = output("current_page_number_field");
        plan.response.last = output("total_page_count_field");
        plan
    } else if let Some(position) = input("offset_count_param") {
        let mut plan = plan(Style::Offset, items);
        plan.request.position = Some(position);
        plan.response.total = output("offset_total_count_field");
        plan
    } else {
        return Err("no parameter is marked as taking the position".to_owned());
    };
    plan.response.has_more = has_more;
    Ok(whole(plan))
}
