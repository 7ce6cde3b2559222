//! Positions and page sizes in headers and JSON bodies, and keys of items.

use serde_json::{Value, json};
use specwright_runtime::Position;

use crate::lists::{ByBody, ByHeader, ByKey, ByToken, all};
use crate::server::{Received, Reply, Server, in_time};

#[tokio::test]
async fn a_cursor_in_headers_is_read_and_sent_there() {
    in_time(async {
        let server = Server::start(|request| {
            let page = request.header("x-cursor").unwrap_or("c0");
            let reply = Reply::json(format!("{{\"items\": [{}]}}", &page[1..]));
            match page {
                "c0" => reply.with_header("x-next", "c1").with_header("x-more", "1"),
                _ => reply.with_header("x-more", "false"),
            }
        })
        .await;
        let mut items = ByHeader::at(&server).items().page_size(7);
        assert_eq!(all(&mut items).await.0, [0, 1]);
        let received = server.received();
        assert_eq!(received[0].header("x-cursor"), None);
        assert_eq!(received[1].header("x-cursor"), Some("c1"));
        for request in received {
            assert_eq!(request.header("x-size"), Some("7"));
            assert_eq!(request.target, "/numbers");
        }
    })
    .await;
}

fn body(request: &Received) -> Value {
    serde_json::from_slice(&request.body).unwrap()
}

#[tokio::test]
async fn a_cursor_in_the_body_is_set_there_and_the_rest_stays() {
    in_time(async {
        let server = Server::start(|request| {
            Reply::json(match body(request).pointer("/page/cursor") {
                None | Some(Value::Null) => r#"{"items": [1], "meta": {"next": "a"}}"#,
                Some(_) => r#"{"items": [2], "meta": {"next": null}}"#,
            })
        })
        .await;
        let filter = json!({"filter": {"id": 12345678901234567890_u64}, "page": {"sort": "x", "cursor": null}});
        let mut items = ByBody::at(&server).json(&filter).items();
        assert_eq!(all(&mut items).await.0, [1, 2]);
        let received = server.received();
        assert_eq!(body(&received[0]), filter);
        let mut second = filter.clone();
        second["page"]["cursor"] = json!("a");
        assert_eq!(body(&received[1]), second);
        assert_eq!(received[1].target, "/numbers/search");
        assert_eq!(received[1].method, "POST");
    })
    .await;
}

#[tokio::test]
async fn a_number_stays_a_number_in_the_body() {
    in_time(async {
        let server = Server::start(|request| {
            Reply::json(match body(request).pointer("/page/cursor") {
                None => r#"{"items": [1], "meta": {"next": 17}}"#,
                Some(_) => r#"{"items": [2]}"#,
            })
        })
        .await;
        let mut items = ByBody::at(&server).json(&json!({})).items().page_size(5);
        assert_eq!(all(&mut items).await.0, [1, 2]);
        let bodies: Vec<_> = server.received().iter().map(body).collect();
        assert_eq!(
            bodies,
            [
                json!({"page": {"size": 5}}),
                json!({"page": {"size": 5, "cursor": 17}})
            ]
        );
    })
    .await;
}

#[tokio::test]
async fn a_body_that_is_no_object_is_refused_before_it_is_changed() {
    in_time(async {
        let server = Server::start(|_| Reply::json(r#"{"items": [1], "meta": {"next": "a"}}"#)).await;
        for unfit in [json!([1]), json!({"page": 7})] {
            let before = server.count();
            let mut items = ByBody::at(&server).json(&unfit).items();
            let (taken, error) = all(&mut items).await;
            assert_eq!(taken, [1]);
            let error = error.unwrap();
            assert_eq!(
                error.configuration().unwrap().message(),
                "searchNumbers: paging sets `/page/cursor` in the request's body, which is no JSON object"
            );
            assert!(items.next().await.is_none());
            assert_eq!(server.count(), before + 1);
        }
    })
    .await;
}

/// Six items by key, two on a page, both ways, with a flag for the direction of the request.
fn by_key(request: &Received) -> Reply {
    let all = 1..=6_u64;
    let (items, more): (Vec<u64>, bool) = match (request.number("after"), request.number("before"))
    {
        (None, Some(before)) => {
            let rest: Vec<_> = all.take_while(|key| *key < before).collect();
            let start = rest.len().saturating_sub(2);
            (rest[start..].to_vec(), start > 0)
        }
        (after, None) => {
            let mut rest = all.skip_while(|key| after.is_some_and(|after| *key <= after));
            let items: Vec<_> = rest.by_ref().take(2).collect();
            (items, rest.next().is_some())
        }
        both => return Reply::status(400, format!("{both:?}")),
    };
    Reply::json(format!("{{\"items\": {items:?}, \"has_more\": {more}}}"))
}

#[tokio::test]
async fn keys_of_items_lead_both_ways_and_one_place_is_used_at_a_time() {
    in_time(async {
        let server = Server::start(by_key).await;
        let (taken, error) = all(&mut ByKey::at(&server).items()).await;
        assert!(error.is_none(), "{error:?}");
        assert_eq!((taken, server.count()), (vec![1, 2, 3, 4, 5, 6], 3));

        let mut pages = ByKey::at(&server).pages();
        for expected in [[1, 2], [3, 4], [5, 6]] {
            assert_eq!(pages.try_next().await.unwrap().unwrap().items, expected);
        }
        assert!(pages.next().await.is_none());
        for expected in [[3, 4], [1, 2]] {
            assert_eq!(pages.try_previous().await.unwrap().unwrap().items, expected);
        }
        assert!(pages.previous().await.is_none());
        assert_eq!(pages.position(), &Position::Before("3".to_owned()));
        assert_eq!(pages.try_next().await.unwrap().unwrap().items, [3, 4]);
    })
    .await;
}

#[tokio::test]
async fn a_position_of_the_way_back_on_the_request_is_where_the_walk_starts() {
    in_time(async {
        let server = Server::start(by_key).await;
        let (taken, _) = all(&mut ByKey::at(&server).set("before", 5).items()).await;
        assert_eq!(taken, [3, 4, 5, 6]);
    })
    .await;
}

#[tokio::test]
async fn an_empty_token_is_the_end_and_nothing_odd() {
    in_time(async {
        let server = Server::start(|request| {
            Reply::json(match request.query("token") {
                None => r#"{"items": [1], "next": "t"}"#,
                Some("t") => r#"{"items": [2], "next": ""}"#,
                Some(other) => return Reply::status(400, other),
            })
        })
        .await;
        let mut items = ByToken::at(&server).items();
        assert_eq!(all(&mut items).await.0, [1, 2]);
        assert!(items.notices().is_empty());
        assert_eq!(server.count(), 2);
    })
    .await;
}
