//! Walks by cursor, one way and both ways.

use specwright_runtime::{Notice, PaginationErrorKind, Position};

use crate::generated::Client;
use crate::lists::{BothWays, ByCursor};
use crate::server::{Received, Reply, Server, in_time};

fn cursor(text: &str) -> Position {
    Position::Cursor(text.to_owned())
}

/// A server that answers by the cursor it gets: pairs of cursor (empty for none) and body.
async fn scripted(pages: &'static [(&'static str, &'static str)]) -> Server {
    Server::start(move |request| {
        let asked = request.query("cursor").unwrap_or_default();
        match pages.iter().find(|(cursor, _)| *cursor == asked) {
            Some((_, body)) => Reply::json(*body),
            None => Reply::status(400, format!("no page for `{asked}`")),
        }
    })
    .await
}

async fn kind_and_items(server: &Server) -> (Vec<i64>, Option<PaginationErrorKind>, Position) {
    let mut items = ByCursor::at(server).items();
    let mut taken = Vec::new();
    let kind = loop {
        match items.try_next().await {
            Ok(Some(item)) => taken.push(item),
            Ok(None) => break None,
            Err(error) => {
                let error = error.pagination().unwrap_or_else(|| panic!("{error:?}"));
                assert_eq!(error.operation(), "listNumbers");
                assert_eq!(error.position(), items.position());
                break Some(error.kind().clone());
            }
        }
    };
    let requests = server.count();
    assert!(items.next().await.is_none());
    assert_eq!(server.count(), requests, "nothing is sent after the end");
    let position = items.position().clone();
    (taken, kind, position)
}

#[tokio::test]
async fn the_flag_ends_the_walk_whatever_the_cursor_says() {
    in_time(async {
        let server = scripted(&[
            ("", r#"{"items": [1, 2], "next": "a", "has_more": true}"#),
            ("a", r#"{"items": [], "next": "b", "has_more": true}"#),
            ("b", r#"{"items": [3], "next": "c", "has_more": false}"#),
        ])
        .await;
        assert_eq!(
            kind_and_items(&server).await,
            (vec![1, 2, 3], None, cursor("b"))
        );
        assert_eq!(server.count(), 3);
    })
    .await;
}

#[tokio::test]
async fn more_without_a_cursor_is_an_error_after_the_page() {
    in_time(async {
        for last in [
            r#"{"items": [2], "has_more": true, "next": null}"#,
            r#"{"items": [2], "has_more": true, "next": ""}"#,
            r#"{"items": [2], "has_more": true}"#,
        ] {
            let server = Server::start(move |request| match request.query("cursor") {
                None => Reply::json(r#"{"items": [1], "next": "a", "has_more": true}"#),
                Some(_) => Reply::json(last),
            })
            .await;
            let kind = Some(PaginationErrorKind::MissingCursor);
            assert_eq!(
                kind_and_items(&server).await,
                (vec![1, 2], kind, cursor("a"))
            );
            assert_eq!(server.count(), 2);
        }
    })
    .await;
}

#[tokio::test]
async fn a_refused_page_is_not_delivered_and_the_one_before_is() {
    in_time(async {
        let server = Server::start(|_| Reply::json(r#"{"items": [1], "next": "a"}"#)).await;
        let mut pages = ByCursor::at(&server).pages();
        assert_eq!(pages.try_next().await.unwrap().unwrap().items, [1]);
        let error = pages.try_next().await.unwrap_err();
        assert_eq!(error.pagination().unwrap().pages(), 1);
        assert_eq!(pages.position(), &cursor("a"));
    })
    .await;
}

#[tokio::test]
async fn a_cycle_of_cursors_ends_before_any_item_comes_twice() {
    in_time(async {
        let server = scripted(&[
            ("", r#"{"items": [1], "next": "a", "has_more": true}"#),
            ("a", r#"{"items": [2], "next": "b", "has_more": true}"#),
            ("b", r#"{"items": [3], "next": "c", "has_more": true}"#),
            ("c", r#"{"items": [4], "next": "a", "has_more": true}"#),
        ])
        .await;
        let kind = Some(PaginationErrorKind::RepeatedPosition);
        assert_eq!(
            kind_and_items(&server).await,
            (vec![1, 2, 3], kind, cursor("c"))
        );
        assert_eq!(server.count(), 4);
    })
    .await;
}

#[tokio::test]
async fn a_server_that_ignores_cursors_is_found_out_by_the_second_page() {
    in_time(async {
        let server =
            Server::start(|_| Reply::json(r#"{"items": [1, 2], "next": "a", "has_more": true}"#))
                .await;
        let kind = Some(PaginationErrorKind::RepeatedPosition);
        assert_eq!(
            kind_and_items(&server).await,
            (vec![1, 2], kind, cursor("a"))
        );
        assert_eq!(server.count(), 2);
    })
    .await;
}

#[tokio::test]
async fn empty_pages_are_walked_through_up_to_a_bound() {
    in_time(async {
        let server = Server::start(|request| {
            let next = request.number("cursor").unwrap_or(0) + 1;
            let items: &[u64] = if next == 6 { &[7] } else { &[] };
            Reply::json(format!(
                "{{\"items\": {items:?}, \"next\": \"{next}\", \"has_more\": true}}"
            ))
        })
        .await;
        let mut items = ByCursor::at(&server).items().max_empty_pages(5);
        assert_eq!(items.try_next().await.unwrap(), Some(7));
        let error = items.try_next().await.unwrap_err();
        let error = error.pagination().unwrap();
        assert_eq!(
            error.kind(),
            &PaginationErrorKind::TooManyEmptyPages { allowed: 5 }
        );
        assert_eq!((error.position(), error.pages()), (&cursor("11"), 11));
        assert_eq!(server.count(), 12);
    })
    .await;
}

#[tokio::test]
async fn a_page_without_a_flag_is_walked_on_and_noted() {
    in_time(async {
        let server = scripted(&[
            ("", r#"{"items": [1], "next": "a", "has_more": true}"#),
            ("a", r#"{"items": [2], "next": "b"}"#),
            ("b", r#"{"items": [3]}"#),
        ])
        .await;
        let mut items = ByCursor::at(&server).items();
        while items.try_next().await.unwrap().is_some() {}
        assert_eq!(items.notices(), [Notice::NoFlag { at: cursor("a") }]);
    })
    .await;
}

#[tokio::test]
async fn cursors_are_encoded_and_a_set_cursor_is_the_start() {
    in_time(async {
        let server = scripted(&[
            (
                "eyJ%2B%2F%3D%3D",
                r#"{"items": [1], "next": "a b&c", "has_more": true}"#,
            ),
            ("a%20b%26c", r#"{"items": [2], "has_more": false}"#),
        ])
        .await;
        let mut items = ByCursor::at(&server).set("cursor", "eyJ+/==").items();
        assert_eq!(items.try_next().await.unwrap(), Some(1));
        assert_eq!(items.try_next().await.unwrap(), Some(2));
        assert_eq!(items.try_next().await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn a_generated_list_is_walked_with_its_filters() {
    in_time(async {
        let server = Server::start(|request| {
            let (id, next) = match request.query("cursor") {
                None => ("a", "\"2\""),
                Some(_) => ("b", "null"),
            };
            let more = next != "null";
            Reply::json(format!(
                "{{\"data\": {{\"conversations\": [{{\"id\": \"{id}\"}}], \
                 \"pagination\": {{\"has_more\": {more}, \"next_cursor\": {next}}}}}}}"
            ))
        })
        .await;
        let client = Client::builder().base_url(server.url()).build().unwrap();
        let mut items = client
            .conversations()
            .list("me")
            .tag("vip")
            .limit(1)
            .items();
        let mut ids = Vec::new();
        while let Some(conversation) = items.try_next().await.unwrap() {
            ids.push(conversation.id);
        }
        assert_eq!(ids, ["a", "b"]);
        let path = "/api/v2/accounts/me/conversations?tag=vip&limit=1";
        let targets: Vec<_> = server
            .received()
            .into_iter()
            .map(|request| request.target)
            .collect();
        assert_eq!(targets, [path.to_owned(), format!("{path}&cursor=2")]);
    })
    .await;
}

/// Three pages in Laravel's manner: a page that was reached backwards always has a next cursor, an
/// empty page none.
fn both_ways(request: &Received) -> Reply {
    Reply::json(match request.query("cursor") {
        None => r#"{"items": [1, 2], "next": "n2", "previous": null}"#,
        Some("n2") => r#"{"items": [3, 4], "next": "n3", "previous": "p1"}"#,
        Some("n3") => r#"{"items": [5], "next": null, "previous": "p2"}"#,
        Some("p2") => r#"{"items": [3, 4], "next": "n3", "previous": "p1"}"#,
        Some("p1") => r#"{"items": [1, 2], "next": "n2", "previous": null}"#,
        Some(other) => return Reply::status(400, other),
    })
}

#[tokio::test]
async fn pages_go_forward_back_and_forward_again() {
    in_time(async {
        let server = Server::start(both_ways).await;
        let mut pages = BothWays::at(&server).set("type", "x").pages();
        assert!(pages.previous().await.is_none(), "before the first page");
        for expected in [&[1, 2][..], &[3, 4], &[5]] {
            assert_eq!(pages.try_next().await.unwrap().unwrap().items, expected);
        }
        assert!(pages.next().await.is_none());
        for expected in [[3, 4], [1, 2]] {
            assert_eq!(pages.try_previous().await.unwrap().unwrap().items, expected);
        }
        assert!(pages.previous().await.is_none());
        assert_eq!(pages.position(), &cursor("p1"));
        for expected in [&[3, 4][..], &[5]] {
            assert_eq!(pages.try_next().await.unwrap().unwrap().items, expected);
        }
        assert!(pages.next().await.is_none());
        assert_eq!(server.count(), 7);
        assert!(
            server
                .received()
                .iter()
                .all(|request| request.query("type") == Some("x"))
        );
    })
    .await;
}

#[tokio::test]
async fn items_of_a_list_with_both_ways_go_forward_from_anywhere() {
    in_time(async {
        let server = Server::start(both_ways).await;
        let mut items = BothWays::at(&server).items().start_at(cursor("p2"));
        let mut taken = Vec::new();
        while let Some(item) = items.try_next().await.unwrap() {
            taken.push(item);
        }
        assert_eq!(taken, [3, 4, 5]);
    })
    .await;
}

#[tokio::test]
async fn a_mangled_cursor_that_gives_page_one_again_is_found_out() {
    in_time(async {
        let server =
            Server::start(|_| Reply::json(r#"{"items": [1], "next": "n2", "previous": null}"#))
                .await;
        let mut pages = BothWays::at(&server).pages();
        pages.try_next().await.unwrap();
        let error = pages.try_next().await.unwrap_err();
        assert_eq!(
            error.pagination().unwrap().kind(),
            &PaginationErrorKind::RepeatedPosition
        );
        assert!(pages.next().await.is_none() && pages.previous().await.is_none());
        assert_eq!(server.count(), 2);
    })
    .await;
}

#[tokio::test]
async fn turning_round_gives_up_the_request_in_flight() {
    in_time(async {
        let server = Server::start(|request| match request.query("cursor") {
            Some("n3") => Reply::Stall,
            _ => both_ways(request),
        })
        .await;
        let mut pages = BothWays::at(&server).pages();
        pages.try_next().await.unwrap();
        pages.try_next().await.unwrap();
        let waiting =
            tokio::time::timeout(std::time::Duration::from_millis(50), pages.try_next()).await;
        assert!(waiting.is_err());
        assert_eq!(pages.try_previous().await.unwrap().unwrap().items, [1, 2]);
        assert_eq!(pages.next_position(), Some(&cursor("n2")));
    })
    .await;
}
