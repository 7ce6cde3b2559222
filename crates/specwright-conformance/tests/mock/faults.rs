//! Faults of pages, each as it shows on the wire.

use serde_json::Value;
use specwright_conformance::{Fault, MockError, PlacedFault};

use crate::{
    client::{Answer, get},
    documents::{APIS, Api, FAMULOR, MINDHUNTERS, PARROT, TALKTOHUMANS, start},
    schema,
    walk::{all_items, items, position_of, walk},
};

/// Page `number` of `size` items of a server with the fault; earlier pages lead there.
async fn page(api: &Api, fault: impl Into<PlacedFault>, size: usize, number: usize) -> Answer {
    let server = start(api.mock().items(60).fault(fault)).await;
    let position = position_of(api, &server, size, number).await;
    get(&server, &api.target(size, &position)).await
}

/// The flag and the cursor of a page of TalkToHumans.
fn signals(body: &Value) -> (&Value, Option<&str>) {
    let pagination = &body["data"]["pagination"];
    (&pagination["has_more"], pagination["next_cursor"].as_str())
}

#[tokio::test]
async fn repeated_cursor() {
    for api in [TALKTOHUMANS, FAMULOR] {
        let server = start(api.mock().items(60).fault(Fault::RepeatedCursor)).await;
        let position = position_of(&api, &server, 10, 3).await;
        let body = get(&server, &api.target(10, &position)).await.json();
        let next = if api.name == "famulor" {
            body["next_cursor"].as_str()
        } else {
            signals(&body).1
        };
        assert_eq!(position, format!("&cursor={}", next.unwrap()));
        assert_eq!(items(&api, &body), &server.data(api.operation)[20..30]);
    }
}

#[tokio::test]
async fn cursor_cycle() {
    let server = start(TALKTOHUMANS.mock().items(60).fault(Fault::CursorCycle)).await;
    let third = position_of(&TALKTOHUMANS, &server, 10, 3).await;
    let fifth = position_of(&TALKTOHUMANS, &server, 10, 5).await;
    let body = get(&server, &TALKTOHUMANS.target(10, &fifth)).await.json();
    assert_eq!(third, format!("&cursor={}", signals(&body).1.unwrap()));
    assert_eq!(
        items(&TALKTOHUMANS, &body),
        &server.data("listConversations")[40..50]
    );
}

#[tokio::test]
async fn missing_cursor() {
    let body = page(&TALKTOHUMANS, Fault::MissingCursor, 10, 3)
        .await
        .json();
    assert_eq!(signals(&body), (&Value::Bool(true), None));
    assert_eq!(items(&TALKTOHUMANS, &body).len(), 10);
}

#[tokio::test]
async fn empty_cursor() {
    let body = page(&TALKTOHUMANS, Fault::EmptyCursor, 10, 3).await.json();
    assert_eq!(signals(&body), (&Value::Bool(true), Some("")));
    let body = page(&FAMULOR, Fault::EmptyCursor, 10, 3).await.json();
    assert_eq!(body["next_cursor"], "");
}

#[tokio::test]
async fn empty_page() {
    for api in [TALKTOHUMANS, FAMULOR] {
        let server = start(api.mock().items(60).fault(Fault::EmptyPage)).await;
        let pages = walk(&api, &server, 10, "").await;
        let lengths: Vec<usize> = pages.iter().map(|page| items(&api, page).len()).collect();
        assert_eq!(lengths, [10, 10, 0, 10, 10, 10, 10], "{}", api.name);
        assert_eq!(all_items(&api, &pages), server.data(api.operation));
    }
    let server = start(
        TALKTOHUMANS
            .mock()
            .items(30)
            .fault(Fault::EmptyPage.from_page(1)),
    )
    .await;
    let pages = walk(&TALKTOHUMANS, &server, 10, "").await;
    assert_eq!(pages.len(), 6);
}

#[tokio::test]
async fn clamped_size() {
    for api in APIS {
        let server = start(api.mock().items(60).fault(Fault::ClampedSize)).await;
        let pages = walk(&api, &server, 20, "").await;
        assert!(
            pages.iter().all(|page| items(&api, page).len() <= 7),
            "{}",
            api.name
        );
        assert_eq!(
            all_items(&api, &pages),
            server.data(api.operation),
            "{}",
            api.name
        );
    }
    let famulor = page(&FAMULOR, Fault::ClampedSize, 20, 1).await.json();
    assert_eq!(famulor["per_page"], 7);
    let mindhunters = page(&MINDHUNTERS, Fault::ClampedSize, 20, 1).await.json();
    assert_eq!(mindhunters["data"]["last_page"], 9);
}

#[tokio::test]
async fn page_echo_mismatch() {
    let body = page(&MINDHUNTERS, Fault::PageEchoMismatch, 10, 3)
        .await
        .json();
    assert_eq!(body["data"]["current_page"], 1);
    let server = start(MINDHUNTERS.mock().items(60)).await;
    assert_eq!(
        items(&MINDHUNTERS, &body),
        &server.data("listConversations")[20..30]
    );
}

#[tokio::test]
async fn shrinking_last_page() {
    let server = start(MINDHUNTERS.mock().items(60).fault(Fault::ShrinkingLastPage)).await;
    let pages = walk(&MINDHUNTERS, &server, 10, "").await;
    let told: Vec<_> = pages
        .iter()
        .map(|page| {
            (
                page["data"]["last_page"].as_u64(),
                page["data"]["total"].as_u64(),
            )
        })
        .collect();
    let (before, after) = ((Some(6), Some(60)), (Some(4), Some(40)));
    assert_eq!(told, [before, before, after, after]);
    for api in APIS {
        let server = start(api.mock().items(60).fault(Fault::ShrinkingLastPage)).await;
        let pages = walk(&api, &server, 10, "").await;
        assert_eq!(
            all_items(&api, &pages),
            &server.data(api.operation)[..40],
            "{}",
            api.name
        );
    }
}

#[tokio::test]
async fn growing_last_page() {
    let server = start(MINDHUNTERS.mock().items(40).fault(Fault::GrowingLastPage)).await;
    let pages = walk(&MINDHUNTERS, &server, 10, "").await;
    let told: Vec<_> = pages
        .iter()
        .map(|page| page["data"]["last_page"].as_u64().unwrap())
        .collect();
    assert_eq!(told, [4, 4, 6, 6, 6, 6]);
    for api in APIS {
        let server = start(api.mock().items(40).fault(Fault::GrowingLastPage)).await;
        let pages = walk(&api, &server, 10, "").await;
        assert_eq!(server.data(api.operation).len(), 60);
        assert_eq!(
            all_items(&api, &pages),
            server.data(api.operation),
            "{}",
            api.name
        );
    }
}

#[tokio::test]
async fn wrong_type() {
    for (api, field) in APIS
        .into_iter()
        .zip(["conversation_id", "id", "id", "uuid"])
    {
        let description = api.description();
        let validator = schema::of_success(&description, api.operation);
        let sound = page(&api, Fault::WrongType, 10, 2).await.json();
        assert!(validator.is_valid(&sound));
        let broken = page(&api, Fault::WrongType, 10, 3).await.json();
        let places: Vec<String> = validator
            .iter_errors(&broken)
            .map(|it| it.instance_path().to_string())
            .collect();
        assert!(
            places
                .iter()
                .all(|it| it.starts_with(&format!("{}/0/{field}", api.items))),
            "{places:?}"
        );
        assert!(!places.is_empty(), "{}", api.name);
    }
}

#[tokio::test]
async fn duplicate_item() {
    for api in APIS {
        let server = start(api.mock().items(60).fault(Fault::DuplicateItem)).await;
        let pages = walk(&api, &server, 10, "").await;
        let (second, third) = (items(&api, &pages[1]), items(&api, &pages[2]));
        assert_eq!(second.last(), third.first(), "{}", api.name);
        let mut expected = server.data(api.operation).to_vec();
        expected.insert(20, expected[19].clone());
        assert_eq!(all_items(&api, &pages), expected, "{}", api.name);
    }
}

#[tokio::test]
async fn missing_item() {
    for api in APIS {
        let server = start(api.mock().items(60).fault(Fault::MissingItem)).await;
        let pages = walk(&api, &server, 10, "").await;
        let mut expected = server.data(api.operation).to_vec();
        expected.remove(20);
        assert_eq!(all_items(&api, &pages), expected, "{}", api.name);
    }
}

#[tokio::test]
async fn a_fault_shows_only_where_it_is_placed() {
    let body = page(&MINDHUNTERS, Fault::PageEchoMismatch.at(4), 10, 3)
        .await
        .json();
    assert_eq!(body["data"]["current_page"], 3);
    for number in [4, 5] {
        let body = page(
            &MINDHUNTERS,
            Fault::PageEchoMismatch.from_page(4),
            10,
            number,
        )
        .await
        .json();
        assert_eq!(body["data"]["current_page"], 1);
    }
}

#[tokio::test]
async fn a_fault_that_cannot_show_is_refused() {
    let refused = [
        (PARROT, Fault::RepeatedCursor),
        (MINDHUNTERS, Fault::CursorCycle),
        (FAMULOR, Fault::MissingCursor),
        (PARROT, Fault::EmptyCursor),
        (MINDHUNTERS, Fault::EmptyPage),
        (TALKTOHUMANS, Fault::PageEchoMismatch),
    ];
    for (api, fault) in refused {
        let error = api
            .mock()
            .fault(fault)
            .start(([127, 0, 0, 1], 0).into())
            .await
            .expect_err("a refusal");
        assert!(
            matches!(error, MockError::FaultNotApplicable(it) if it == fault),
            "{error}"
        );
    }
}
