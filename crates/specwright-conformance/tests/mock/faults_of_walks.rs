//! Faults that break the promises of a walk, each as it shows on the wire.

use serde_json::Value;
use specwright_conformance::{Fault, MockServer, PlacedFault};

use crate::{
    client::{Answer, get},
    documents::start,
    schema,
    things::{THINGS, Things, all_ids, ids, items_at},
};

const FLAGGED: Things = Things {
    plan: "{style: cursor, request: {position: cursor, size: limit}, response: {items: /items, next: /next, has_more: /more, total: /total}}",
    body: "{type: object, properties: {items: THINGS, next: {type: string, nullable: true}, more: {type: boolean}, total: {type: integer}}}",
    ..THINGS
};

const PAGES: Things = Things {
    plan: "{style: page, request: {position: page, size: limit}, response: {items: /items, current: /page, last: /last}}",
    parameters: "[{name: page, in: query, schema: {type: integer}}, {name: limit, in: query, schema: {type: integer}}]",
    body: "{type: object, properties: {items: THINGS, page: {type: integer}, last: {type: integer}}}",
    ..THINGS
};

const URLS: Things = Things {
    plan: "{style: next-url, request: {size: limit}, response: {items: /items, next: /next}}",
    ..THINGS
};

const LINKS: Things = Things {
    plan: "{style: link, request: {size: limit}, response: {items: /items}}",
    ..THINGS
};

async fn serve(things: &Things, fault: impl Into<PlacedFault>) -> MockServer {
    start(things.mock().items(35).fault(fault)).await
}

/// The answers of pages of ten of a list with cursors, as many as there are, but at most eight.
async fn pages(server: &MockServer) -> Vec<Answer> {
    let mut target = "/things?limit=10".to_owned();
    let mut pages = Vec::new();
    while pages.len() < 8 {
        let answer = get(server, &target).await;
        let next = answer.json()["next"].as_str().map(str::to_owned);
        pages.push(answer);
        match next {
            Some(next) => target = format!("/things?limit=10&cursor={next}"),
            None => break,
        }
    }
    pages
}

fn served(answer: &Answer) -> Vec<Value> {
    ids(&items_at(&answer.json(), "/items"))
}

#[tokio::test]
async fn ignored_position() {
    let server = serve(&FLAGGED, Fault::IgnoredPosition).await;
    let all = all_ids(&server);
    let pages = pages(&server).await;
    assert_eq!(served(&pages[1]), all[10..20]);
    assert_eq!(served(&pages[2]), all[..10]);
    assert_eq!(pages[2].body, pages[0].body);
    let server = serve(&PAGES, Fault::IgnoredPosition.from_page(2)).await;
    let first = get(&server, "/things").await.body;
    assert_eq!(get(&server, "/things?page=2").await.body, first);
}

#[tokio::test]
async fn ignored_size() {
    let server = serve(&FLAGGED, Fault::IgnoredSize).await;
    assert_eq!(served(&get(&server, "/things?limit=5").await).len(), 20);
}

#[tokio::test]
async fn unstable_page() {
    let server = serve(&PAGES, Fault::UnstablePage).await;
    let all = all_ids(&server);
    let target = "/things?limit=10&page=3";
    assert_eq!(served(&get(&server, target).await), all[20..30]);
    assert_eq!(served(&get(&server, target).await), all[21..31]);
    assert_eq!(served(&get(&server, target).await), all[21..31]);
}

#[tokio::test]
async fn contradicting_flag() {
    let server = serve(&FLAGGED, Fault::ContradictingFlag).await;
    let pages = pages(&server).await;
    let flags: Vec<_> = pages.iter().map(|it| it.json()["more"].clone()).collect();
    assert_eq!(flags, [true, true, false, false]);
    let server = serve(&FLAGGED, Fault::ContradictingFlag.at(4)).await;
    let last = crate::things::items_at(&pages[3].json(), "/items").len();
    let pages = self::pages(&server).await;
    let body = pages[3].json();
    assert_eq!(
        (last, &body["more"], &body["next"]),
        (5, &Value::Bool(true), &Value::Null)
    );
}

#[tokio::test]
async fn early_end() {
    let server = serve(&FLAGGED, Fault::EarlyEnd).await;
    let pages = pages(&server).await;
    let body = pages[2].json();
    assert_eq!(
        (pages.len(), &body["more"], &body["total"]),
        (3, &false.into(), &30.into())
    );
    let server = serve(&PAGES, Fault::EarlyEnd).await;
    let body = get(&server, "/things?limit=10&page=3").await.json();
    assert_eq!((&body["page"], &body["last"]), (&3.into(), &3.into()));
}

#[tokio::test]
async fn never_ends() {
    for things in [FLAGGED, URLS] {
        let server = start(things.mock().items(25).fault(Fault::NeverEnds)).await;
        let mut target = "/things?limit=10".to_owned();
        let mut seen = Vec::new();
        let mut lengths = Vec::new();
        for _ in 0..8 {
            let answer = get(&server, &target).await;
            let next = answer.json()["next"]
                .as_str()
                .expect("a next page")
                .to_owned();
            lengths.push(served(&answer).len());
            assert!(!seen.contains(&next), "no cursor comes twice");
            target = match next.strip_prefix("http://mock") {
                Some(target) => target.to_owned(),
                None => format!("/things?limit=10&cursor={next}"),
            };
            seen.push(next);
        }
        assert_eq!(lengths, [10, 10, 5, 0, 0, 0, 0, 0]);
    }
}

#[tokio::test]
async fn lost_page() {
    let server = serve(&FLAGGED, Fault::LostPage).await;
    let all = all_ids(&server);
    let pages = pages(&server).await;
    let walked: Vec<Value> = pages.iter().flat_map(served).collect();
    assert_eq!(served(&pages[2]).len(), 0);
    assert_eq!(walked, [&all[..20], &all[30..]].concat());
}

#[tokio::test]
async fn overrun() {
    let server = serve(&FLAGGED, Fault::Overrun.at(2)).await;
    let all = all_ids(&server);
    let pages = pages(&server).await;
    assert_eq!(served(&pages[1]), all[10..21]);
    assert_eq!(served(&pages[2]), all[20..30]);
}

#[tokio::test]
async fn wrong_total() {
    let server = serve(&FLAGGED, Fault::WrongTotal).await;
    let totals: Vec<Value> = pages(&server)
        .await
        .iter()
        .map(|it| it.json()["total"].clone())
        .collect();
    assert_eq!(totals, [35, 35, 36, 35]);
}

#[tokio::test]
async fn reversed_order() {
    let server = serve(&FLAGGED, Fault::ReversedOrder).await;
    let mut expected = all_ids(&server)[20..30].to_vec();
    expected.reverse();
    assert_eq!(served(&pages(&server).await[2]), expected);
}

#[tokio::test]
async fn next_urls_that_lead_astray() {
    let server = serve(&URLS, Fault::ForeignNextUrl.at(1)).await;
    let next = get(&server, "/things?limit=10").await.json()["next"].clone();
    assert_eq!(next, "http://elsewhere.invalid/things?limit=10");
    let server = serve(&URLS, Fault::BrokenNextUrl.at(1)).await;
    let next = get(&server, "/things").await.json()["next"].clone();
    assert_eq!(next, "http://[");
    let server = serve(&LINKS, Fault::ForeignNextUrl.at(1)).await;
    let link = get(&server, "/things")
        .await
        .header("link")
        .unwrap()
        .to_owned();
    assert!(
        link.starts_with("<http://elsewhere.invalid/things>; rel=\"next\""),
        "{link}"
    );
    let server = serve(&LINKS, Fault::DuplicateLink.at(1)).await;
    let link = get(&server, "/things")
        .await
        .header("link")
        .unwrap()
        .to_owned();
    assert_eq!(link.matches("rel=\"next\"").count(), 2);
    assert!(
        link.contains("<http://mock/things>; rel=\"next\""),
        "{link}"
    );
}

#[tokio::test]
async fn no_content() {
    let server = serve(&PAGES, Fault::NoContent).await;
    let answer = get(&server, "/things?page=3").await;
    assert_eq!((answer.status, answer.body.len()), (204, 0));
    assert_eq!(get(&server, "/things?page=2").await.status, 200);
}

#[tokio::test]
async fn cursors_in_urls_are_spoilt_as_well() {
    let server = serve(&URLS, Fault::RepeatedCursor.at(2)).await;
    let first = get(&server, "/things?limit=10").await.json()["next"].clone();
    let target = first
        .as_str()
        .unwrap()
        .strip_prefix("http://mock")
        .unwrap()
        .to_owned();
    assert_eq!(get(&server, &target).await.json()["next"], first);
}

#[tokio::test]
async fn pages_of_faulty_servers_keep_to_their_schema() {
    let spared = [
        Fault::WrongType,
        Fault::NoContent,
        Fault::Html,
        Fault::CutBody,
    ];
    for things in [FLAGGED, PAGES, URLS, LINKS] {
        let description = things.description();
        let validator = schema::of_success(&description, "things");
        let operation = description
            .operations()
            .find(|it| it.id() == "things")
            .unwrap();
        let plan = specwright_conformance::served_plan(&description, &operation).unwrap();
        let shown = Fault::ALL
            .into_iter()
            .filter(|fault| fault.applies_to(&plan) && !spared.contains(fault));
        for fault in shown {
            let server = start(things.mock().items(15).fault(fault.from_page(1))).await;
            for target in ["/things?limit=5", "/things?limit=5&page=2"] {
                let answer = get(&server, target).await;
                if answer.status == 200 {
                    schema::assert_valid(&validator, &answer.json());
                }
            }
        }
    }
}
