//! Lists of the mock, walked by a plain loop that knows nothing but the plan.

use serde_json::Value;
use specwright_openapi::{
    diagnostics::Pointer,
    pagination::{PagePlan, RequestPlace, ResponsePlace, Style},
};

use super::{
    client::{Answer, Client},
    request::{Request, text},
};

/// How many pages one walk has at most.
const MOST_PAGES: usize = 300;

/// One page of a walk.
pub(crate) struct Page {
    pub(crate) answer: Answer,
    pub(crate) body: Value,
    pub(crate) items: Vec<Value>,
}

/// Walks a list from its start to its end.
pub(crate) fn walk(
    client: &mut Client,
    plan: &PagePlan,
    start: &Request,
    size: Option<u64>,
) -> Result<Vec<Page>, String> {
    let mut request = start.clone();
    if let (Some(place), Some(size)) = (&plan.request.size, size) {
        request.put(place, &size.to_string(), true);
    }
    let first = match plan.style {
        Style::Page => plan.first.unwrap_or(1),
        _ => 0,
    };
    let mut number = first;
    let mut target = request.target();
    let mut pages: Vec<Page> = Vec::new();
    let mut received = 0_u64;
    while pages.len() < MOST_PAGES {
        let page = fetch(client, plan, &request, &target)?;
        received += page.items.len() as u64;
        let next = next(plan, &page, received, number);
        if size.is_some_and(|size| page.items.len() as u64 > size) {
            return Err(format!("a page of {} items", page.items.len()));
        }
        pages.push(page);
        match next {
            Next::End => return Ok(pages),
            Next::Url(url) => target = resolve(&target, &url).ok_or(format!("the URL {url}"))?,
            Next::Position(text, of_number) => {
                let place: &RequestPlace = plan
                    .request
                    .position
                    .as_ref()
                    .ok_or("the plan has no place for a position")?;
                number = text.parse().unwrap_or_default();
                request.put(place, &text, of_number);
                target = request.target();
            }
        }
    }
    Err(format!("no end after {MOST_PAGES} pages"))
}

fn fetch(
    client: &mut Client,
    plan: &PagePlan,
    request: &Request,
    target: &str,
) -> Result<Page, String> {
    let body = request.body();
    let answer = client
        .send(&request.method, target, &request.headers, body.as_deref())
        .map_err(|it| format!("{target}: {it}"))?;
    let short =
        |bytes: &[u8]| -> String { String::from_utf8_lossy(bytes).chars().take(160).collect() };
    if !(200..300).contains(&answer.status) {
        return Err(format!("status {}: {}", answer.status, short(&answer.body)));
    }
    let body: Value = serde_json::from_slice(&answer.body)
        .map_err(|it| format!("{it}: {}", short(&answer.body)))?;
    let items = body
        .pointer(plan.response.items.as_str())
        .and_then(Value::as_array);
    let items = items
        .ok_or_else(|| {
            format!(
                "no items at {:?}: {}",
                plan.response.items.as_str(),
                short(&answer.body)
            )
        })?
        .clone();
    Ok(Page {
        answer,
        body,
        items,
    })
}

enum Next {
    End,
    /// The text of a position, and whether it is a number.
    Position(String, bool),
    Url(String),
}

fn next(plan: &PagePlan, page: &Page, received: u64, number: u64) -> Next {
    let response = &plan.response;
    let read = |place: &Option<ResponsePlace>| place.as_ref().and_then(|it| at(it, page));
    let count =
        |place: &Option<ResponsePlace>| read(place).and_then(|it| text(&it)?.parse::<u64>().ok());
    let ends = |place: &Option<ResponsePlace>, of: bool| match read(place) {
        Some(Value::Bool(flag)) => flag == of,
        Some(Value::String(text)) if text == "true" || text == "false" => (text == "true") == of,
        Some(Value::String(text)) => !of && text.is_empty(),
        Some(Value::Null) | None => !of && place.is_some(),
        Some(_) => false,
    };
    if ends(&response.has_more, false) || ends(&response.is_last, true) {
        return Next::End;
    }
    let lead = read(&response.next);
    let is_number = lead.as_ref().is_some_and(Value::is_number);
    let lead = lead.and_then(|it| text(&it)).filter(|it| !it.is_empty());
    match plan.style {
        Style::Cursor | Style::Bidirectional | Style::Token => {
            lead.map_or(Next::End, |text| Next::Position(text, is_number))
        }
        Style::Keyset if page.items.is_empty() => Next::End,
        Style::Keyset => lead.map_or(Next::End, |text| Next::Position(text, is_number)),
        Style::NextUrl => lead.map_or(Next::End, Next::Url),
        Style::Link => linked(&page.answer).map_or(Next::End, Next::Url),
        Style::Offset | Style::Page => {
            let counts = plan.style == Style::Page;
            if response.next.is_some() && lead.is_none() || page.items.is_empty() {
                return Next::End;
            }
            if let Some(next) = lead.filter(|it| it.parse::<u64>().is_ok()) {
                return Next::Position(next, true);
            }
            let total = count(&response.total);
            let over = count(&response.last).is_some_and(|last| counts && number >= last);
            if over || total.is_some_and(|total| received >= total) {
                return Next::End;
            }
            let next = if counts { number + 1 } else { received };
            Next::Position(next.to_string(), true)
        }
    }
}

/// What a page says at a place.
fn at(place: &ResponsePlace, page: &Page) -> Option<Value> {
    let below = |value: &Value, pointer: &Pointer| value.pointer(pointer.as_str()).cloned();
    match place {
        ResponsePlace::Body(pointer) => below(&page.body, pointer),
        ResponsePlace::Header(name) => page.answer.header(name).map(Value::from),
        ResponsePlace::LastItem(pointer) => below(page.items.last()?, pointer),
        ResponsePlace::FirstItem(pointer) => below(page.items.first()?, pointer),
    }
}

/// The target of the link with the relation `next` (RFC 8288).
fn linked(answer: &Answer) -> Option<String> {
    let fields = answer
        .headers
        .iter()
        .filter(|(name, _)| name.eq_ignore_ascii_case("link"));
    fields
        .flat_map(|(_, value)| value.split(", <"))
        .find_map(|link| {
            let (target, parameters) = link.trim_start_matches('<').split_once('>')?;
            let is_next = parameters.contains("rel=\"next\"") || parameters.contains("rel=next");
            is_next.then(|| target.to_owned())
        })
}

/// The path and query of a URL or a reference relative to `from`; `None` for one that cannot be asked for.
fn resolve(from: &str, url: &str) -> Option<String> {
    if let Some((_, rest)) = url.split_once("://") {
        let at = rest.find('/')?;
        return rest.get(at..).map(str::to_owned);
    }
    if url.starts_with('/') {
        return Some(url.to_owned());
    }
    let path = from.split('?').next().unwrap_or_default();
    if url.starts_with('?') {
        return Some(format!("{path}{url}"));
    }
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    Some(format!("{folder}/{url}"))
}
