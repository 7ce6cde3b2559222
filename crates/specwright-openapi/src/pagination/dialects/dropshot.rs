//! `x-dropshot-pagination`: a flag; parameters and response have fixed names.

use serde_json::Value;
use specwright_diagnostics::Pointer;

use super::{
    super::plan::{RequestPlace, ResponsePlace, Style},
    Speaker, Spoken, plan, whole,
};

pub(super) const NAME: &str = "x-dropshot-pagination";

pub(super) fn read(speaker: &Speaker<'_>) -> Option<(Spoken, Pointer)> {
    let (value, at) = speaker.extension(NAME)?;
    if value == &Value::Bool(false) {
        return Some((Spoken::No, at));
    }
    let mut plan = plan(Style::Token, Pointer::root().join("items"));
    plan.request.position = Some(RequestPlace::Query("page_token".to_owned()));
    plan.request.size = Some(RequestPlace::Query("limit".to_owned()));
    plan.response.next = Some(ResponsePlace::Body(Pointer::root().join("next_page")));
    Some((whole(plan), at))
}
