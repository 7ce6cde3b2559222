//! OpenAPI links (OAS 3.0.3, Link Object) from a response back to its own operation, with a parameter that comes from
//! the response.

use openapiv3::{Link, LinkOperation};
use specwright_diagnostics::Pointer;

use super::{
    super::{
        plan::{RequestPlace, ResponsePlace, Style},
        surface,
    },
    Speaker, Spoken, plan, unclear, whole,
};

pub(super) const NAME: &str = "links";

pub(super) fn read(speaker: &Speaker<'_>) -> Option<(Spoken, Pointer)> {
    let (place, next, at) = surface::links(speaker.description, speaker.operation)
        .into_iter()
        .filter(|(link, _)| leads_to(link, speaker))
        .find_map(|(link, at)| {
            link.parameters.iter().find_map(|(name, value)| {
                let next = response_place(value.as_str()?)?;
                Some((parameter(name), next, at.clone()))
            })
        })?;
    let Some(items) = speaker.items() else {
        return Some((
            unclear("the response has no array that could hold the items"),
            at,
        ));
    };
    let is_number = super::super::takes_number(speaker.description, speaker.operation, &place);
    let style = if is_number { Style::Page } else { Style::Token };
    let mut plan = plan(style, items);
    plan.request.position = Some(place);
    plan.response.next = Some(next);
    Some((whole(plan), at))
}

fn leads_to(link: &Link, speaker: &Speaker<'_>) -> bool {
    match &link.operation {
        LinkOperation::OperationId(id) => {
            speaker.operation.operation.operation_id.as_ref() == Some(id)
        }
        LinkOperation::OperationRef(reference) => {
            let pointer = reference.strip_prefix('#').and_then(Pointer::parse);
            pointer.as_ref() == Some(&speaker.operation.pointer)
        }
    }
}

/// `cursor`, `query.cursor`.
fn parameter(name: &str) -> RequestPlace {
    match name.split_once('.') {
        Some(("query", name)) => RequestPlace::Query(name.to_owned()),
        Some(("header", name)) => RequestPlace::Header(name.to_owned()),
        _ => RequestPlace::Query(name.to_owned()),
    }
}

/// `$response.body#/next`, `$response.header.X-Next` (OAS 3.0.3, Runtime Expressions).
fn response_place(expression: &str) -> Option<ResponsePlace> {
    let of_response = expression.strip_prefix("$response.")?;
    if let Some(name) = of_response.strip_prefix("header.") {
        return (!name.is_empty()).then(|| ResponsePlace::Header(name.to_owned()));
    }
    let pointer = of_response.strip_prefix("body#")?;
    Pointer::parse(pointer).map(ResponsePlace::Body)
}
