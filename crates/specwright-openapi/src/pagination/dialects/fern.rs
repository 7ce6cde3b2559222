//! `x-fern-pagination`: `$request.x` and `$response.y`; `true` on an operation takes the document's.

use serde_json::Value;
use specwright_diagnostics::Pointer;

use super::{
    super::plan::{RequestPlace, Style},
    Speaker, Spoken,
    path::{self, Way},
    plan, unclear,
};

pub(super) const NAME: &str = "x-fern-pagination";

pub(super) fn read(speaker: &Speaker<'_>) -> Option<(Spoken, Pointer)> {
    let (value, at) = speaker.extension(NAME)?;
    let of_document = speaker.description.document().extensions.get(NAME);
    let spoken = match (value, of_document) {
        (Value::Bool(false), _) => return Some((Spoken::No, at)),
        (Value::Bool(true), None) => Err("the document has none to take".to_owned()),
        (Value::Bool(true), Some(value)) => spoken(speaker, value),
        (value, _) => spoken(speaker, value),
    };
    Some((spoken.unwrap_or_else(|reason| unclear(&reason)), at))
}

fn spoken(speaker: &Speaker<'_>, value: &Value) -> Result<Spoken, String> {
    let text = |name: &str| value.get(name).and_then(Value::as_str);
    let request = |name: &str| -> Option<RequestPlace> {
        let way = text(name)?.strip_prefix("$request.")?;
        match way.split_once('.') {
            None => Some(speaker.input(way)),
            Some(_) => path::parse(way)?.members().map(RequestPlace::Body),
        }
    };
    let response = |name: &str| -> Option<Way> {
        let way = text(name)?.strip_prefix("$response")?;
        path::parse(way)
    };
    if text("type") == Some("custom") {
        return Err("`custom` leaves the pages to hand-written code".to_owned());
    }
    let items = response("results")
        .and_then(Way::members)
        .or_else(|| speaker.items())
        .ok_or("it does not say where the items are")?;
    let mut lost = Vec::new();
    let plan = if text("cursor").is_some() {
        let mut plan = plan(Style::Token, items);
        plan.request.position = request("cursor");
        plan.response.next = response("next_cursor").map(Way::place);
        plan
    } else if text("offset").is_some() {
        // Without a step the offset counts pages.
        let step = request("step");
        let style = if step.is_some() {
            Style::Offset
        } else {
            Style::Page
        };
        let mut plan = plan(style, items);
        plan.request.position = request("offset");
        plan.request.size = step;
        plan.response.has_more = response("has-next-page").map(Way::place);
        plan
    } else if let Some(name) = ["next_uri", "next_path"]
        .into_iter()
        .find(|it| text(it).is_some())
    {
        let mut plan = plan(Style::NextUrl, items);
        plan.response.next = response(name).map(Way::place);
        plan
    } else {
        return Err("it names no cursor, offset or URL".to_owned());
    };
    if let Some(step) = text("step").filter(|it| !it.starts_with("$request.")) {
        lost.push(format!(
            "the step `{step}` is not used: offsets advance by the items received"
        ));
    }
    Ok(Spoken::Plan {
        plan: Box::new(plan),
        lost,
    })
}
