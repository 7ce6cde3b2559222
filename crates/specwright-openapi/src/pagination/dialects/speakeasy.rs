//! `x-speakeasy-pagination`: inputs by name and role, outputs as JSONPath into the body.

use serde_json::Value;
use specwright_diagnostics::Pointer;

use super::{
    super::plan::{RequestPlace, ResponsePlace, Style},
    Speaker, Spoken,
    path::{self, Way},
    plan, unclear, whole,
};

pub(super) const NAME: &str = "x-speakeasy-pagination";

pub(super) fn read(speaker: &Speaker<'_>) -> Option<(Spoken, Pointer)> {
    let (value, at) = speaker.extension(NAME)?;
    if value == &Value::Bool(false) {
        return Some((Spoken::No, at));
    }
    Some((
        spoken(speaker, value).unwrap_or_else(|reason| unclear(&reason)),
        at,
    ))
}

fn spoken(speaker: &Speaker<'_>, value: &Value) -> Result<Spoken, String> {
    let output = |name: &str| -> Result<Option<Way>, String> {
        let Some(text) = value
            .pointer(&format!("/outputs/{name}"))
            .and_then(Value::as_str)
        else {
            return Ok(None);
        };
        let way = path::parse(text);
        way.map(Some)
            .ok_or_else(|| format!("`{text}` is no way to one place"))
    };
    let next_cursor = output("nextCursor")?;
    let items = match (output("results")?, &next_cursor) {
        (Some(results), _) => results.members(),
        (None, Some(Way::LastItem { array, .. })) => Some(array.clone()),
        (None, _) => speaker.items(),
    };
    let items = items.ok_or("it does not say where the items are")?;
    let inputs = value.get("inputs").and_then(Value::as_array);
    let input = |role: &str| -> Option<RequestPlace> {
        let of_role = |it: &&Value| it.get("type").and_then(Value::as_str) == Some(role);
        let input = inputs?.iter().find(of_role)?;
        let name = input.get("name")?.as_str()?;
        Some(match input.get("in").and_then(Value::as_str) {
            Some("requestBody") => RequestPlace::Body(Pointer::root().join(name)),
            _ => speaker.input(name),
        })
    };
    let kind = value
        .get("type")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let mut plan = match kind {
        "cursor" => {
            let next = next_cursor.ok_or("a cursor needs `nextCursor`")?;
            let style = match next {
                Way::LastItem { .. } => Style::Keyset,
                Way::Members(_) => Style::Token,
            };
            let mut plan = plan(style, items);
            plan.request.position = input("cursor");
            plan.response.next = Some(next.place());
            plan
        }
        "offsetLimit" => {
            let (page, offset) = (input("page"), input("offset"));
            let style = if page.is_some() {
                Style::Page
            } else {
                Style::Offset
            };
            let mut plan = plan(style, items);
            plan.request.position = page.or(offset);
            plan.response.last = output("numPages")?.map(Way::place);
            plan
        }
        "url" => {
            let mut plan = plan(Style::NextUrl, items);
            let next = output("nextUrl")?.and_then(Way::members);
            plan.response.next = next.map(ResponsePlace::Body);
            plan
        }
        other => return Err(format!("`{other}` is no type of pagination")),
    };
    plan.request.size = input("limit");
    Ok(whole(plan))
}
