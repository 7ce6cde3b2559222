//! `x-pagination` as Datadog writes it: parameters by name (`body.page.limit` for members of the body), paths with dots.

use serde_json::Value;
use specwright_diagnostics::Pointer;

use super::{
    super::plan::{RequestPlace, Style},
    Speaker, Spoken,
    path::{self, Way},
    plan, unclear, whole,
};

pub(super) const NAME: &str = "x-pagination";

pub(super) fn read(speaker: &Speaker<'_>) -> Option<(Spoken, Pointer)> {
    let (value, at) = speaker.extension(NAME)?;
    // Others use the name for other things.
    let names = ["cursorParam", "pageOffsetParam", "pageParam", "limitParam"];
    names.into_iter().find(|name| value.get(name).is_some())?;
    Some((
        spoken(speaker, value).unwrap_or_else(|reason| unclear(&reason)),
        at,
    ))
}

fn spoken(speaker: &Speaker<'_>, value: &Value) -> Result<Spoken, String> {
    let text = |name: &str| value.get(name).and_then(Value::as_str);
    let request = |name: &str| -> Option<RequestPlace> {
        let name = text(name)?;
        match name.strip_prefix("body.") {
            Some(way) => path::parse(way)?.members().map(RequestPlace::Body),
            None => Some(speaker.input(name)),
        }
    };
    let items = match text("resultsPath") {
        Some(way) => path::parse(way).and_then(Way::members),
        None => speaker.items(),
    };
    let items = items.ok_or("it does not say where the items are")?;
    let mut plan = if text("cursorParam").is_some() {
        let way = text("cursorPath").and_then(path::parse);
        let way = way.ok_or("a cursor needs `cursorPath`")?;
        let style = match way {
            Way::LastItem { .. } => Style::Keyset,
            Way::Members(_) => Style::Token,
        };
        let mut plan = plan(style, items);
        plan.request.position = request("cursorParam");
        plan.response.next = Some(way.place());
        plan
    } else if text("pageOffsetParam").is_some() {
        let mut plan = plan(Style::Offset, items);
        plan.request.position = request("pageOffsetParam");
        plan
    } else if text("pageParam").is_some() {
        let mut plan = plan(Style::Page, items);
        plan.request.position = request("pageParam");
        plan.first = value
            .get("pageStart")
            .and_then(Value::as_u64)
            .filter(|it| *it != 1);
        plan
    } else {
        return Err("it names no parameter for the position".to_owned());
    };
    plan.request.size = request("limitParam");
    Ok(whole(plan))
}
