//! Plain loops that read all pages of the built-in APIs.

use serde_json::Value;
use specwright_conformance::MockServer;

use crate::{
    client::get,
    documents::{Api, FAMULOR, MINDHUNTERS, PARROT, TALKTOHUMANS},
};

/// No walk takes more requests.
const MOST: usize = 300;

pub(crate) fn items<'b>(api: &Api, body: &'b Value) -> &'b [Value] {
    body.pointer(api.items)
        .and_then(Value::as_array)
        .unwrap_or_else(|| panic!("no items in {body}"))
}

pub(crate) fn all_items(api: &Api, pages: &[Value]) -> Vec<Value> {
    pages
        .iter()
        .flat_map(|page| items(api, page))
        .cloned()
        .collect()
}

async fn page(server: &MockServer, target: &str) -> Value {
    let answer = get(server, target).await;
    assert_eq!(
        answer.status,
        200,
        "{target}: {}",
        String::from_utf8_lossy(&answer.body)
    );
    answer.json()
}

/// Reads all pages of `size` items; `further` are query parameters, starting with `&`.
pub(crate) async fn walk(api: &Api, server: &MockServer, size: usize, further: &str) -> Vec<Value> {
    let start = api.target(size, further);
    let mut target = start.clone();
    let mut pages = Vec::new();
    while pages.len() < MOST {
        let body = page(server, &target).await;
        pages.push(body.clone());
        let next = match api.name {
            "talktohumans" => after_talktohumans(&body),
            "parrot" => after_parrot(&body, &pages, size),
            "famulor" => body["next_cursor"]
                .as_str()
                .map(|cursor| format!("&cursor={cursor}")),
            _ => after_mindhunters(&body),
        };
        match next {
            Some(position) => target = format!("{start}{position}"),
            None => return pages,
        }
    }
    panic!("the walk does not end");
}

fn after_talktohumans(body: &Value) -> Option<String> {
    let pagination = &body["data"]["pagination"];
    let more = pagination["has_more"].as_bool().expect("a flag");
    let next = pagination["next_cursor"].as_str();
    assert_eq!(more, next.is_some(), "flag and cursor disagree");
    next.map(|cursor| format!("&cursor={cursor}"))
}

fn after_parrot(body: &Value, pages: &[Value], size: usize) -> Option<String> {
    let received: usize = pages.iter().map(|page| items(&PARROT, page).len()).sum();
    let ended = size == 0 || items(&PARROT, body).is_empty();
    (!ended).then(|| format!("&offset={received}"))
}

fn after_mindhunters(body: &Value) -> Option<String> {
    let number = |name: &str| body["data"][name].as_u64().expect("a number");
    let (current, last) = (number("current_page"), number("last_page"));
    (current < last).then(|| format!("&page={}", current + 1))
}

/// Follows `prev_cursor` from a page to the start.
pub(crate) async fn walk_back(server: &MockServer, size: usize, from: &Value) -> Vec<Value> {
    let mut pages = Vec::new();
    let mut previous = from["prev_cursor"].as_str().map(str::to_owned);
    while let Some(cursor) = previous {
        assert!(pages.len() < MOST, "the way back does not end");
        let body = page(server, &FAMULOR.target(size, &format!("&cursor={cursor}"))).await;
        assert!(
            body["next_cursor"].is_string(),
            "a page that was reached backward has a next one"
        );
        previous = body["prev_cursor"].as_str().map(str::to_owned);
        pages.push(body);
    }
    pages
}

/// The position of page `number` in the query, found by walking there.
pub(crate) async fn position_of(
    api: &Api,
    server: &MockServer,
    size: usize,
    number: usize,
) -> String {
    let mut position = String::new();
    for page_number in 1..number {
        let body = page(server, &api.target(size, &position)).await;
        position = if *api.name == *TALKTOHUMANS.name {
            after_talktohumans(&body).expect("a next page")
        } else if *api.name == *FAMULOR.name {
            format!(
                "&cursor={}",
                body["next_cursor"].as_str().expect("a next page")
            )
        } else if *api.name == *MINDHUNTERS.name {
            format!("&page={}", page_number + 1)
        } else {
            format!("&offset={}", page_number * size)
        };
    }
    position
}
