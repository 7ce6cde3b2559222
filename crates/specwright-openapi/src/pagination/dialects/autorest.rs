//! `x-ms-pageable` of AutoRest: the names of the items and of the next link.

use serde_json::Value;
use specwright_diagnostics::Pointer;

use super::{
    super::plan::{ResponsePlace, Style},
    Speaker, Spoken, plan,
};

pub(super) const NAME: &str = "x-ms-pageable";

pub(super) fn read(speaker: &Speaker<'_>) -> Option<(Spoken, Pointer)> {
    let (value, at) = speaker.extension(NAME)?;
    let text = |name: &str| value.get(name).and_then(Value::as_str);
    // Without a link there is one page, which is to be unwrapped.
    let Some(next) = text("nextLinkName").filter(|it| !it.is_empty()) else {
        return Some((Spoken::No, at));
    };
    let items = text("itemName")
        .filter(|it| !it.is_empty())
        .unwrap_or("value");
    let way = |name: &str| name.split('.').fold(Pointer::root(), |at, it| at.join(it));
    let mut plan = plan(Style::NextUrl, way(items));
    plan.response.next = Some(ResponsePlace::Body(way(next)));
    let lost = text("operationName").map(|operation| {
        format!("`operationName` is not used: the next link is followed by this operation, not by `{operation}`")
    });
    let lost = lost.into_iter().collect();
    Some((
        Spoken::Plan {
            plan: Box::new(plan),
            lost,
        },
        at,
    ))
}
