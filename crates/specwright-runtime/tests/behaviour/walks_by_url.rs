//! Walks by URLs that the server gives: in the body, and in the header `Link`.

use specwright_runtime::{ApiKeyPlace, Credential, PaginationErrorKind, Position, StatusCode};

use crate::lists::{ByLink, ByUrl, all, client};
use crate::server::{Received, Reply, Server, in_time};

/// Three pages whose next URLs are relative in every way.
fn relative(request: &Received) -> Reply {
    Reply::json(match request.target.as_str() {
        "/numbers?type=x&page=1" => r#"{"items": [1], "next": "?page=2&type=x"}"#,
        "/numbers?page=2&type=x" => {
            r#"{"items": [], "next": "numbers/3?q=a%2Bb", "previous": "/numbers?type=x&page=1"}"#
        }
        "/numbers/3?q=a%2Bb" => r#"{"items": [3], "next": null}"#,
        other => return Reply::status(404, other),
    })
}

#[tokio::test]
async fn urls_are_resolved_and_asked_for_exactly_as_given() {
    in_time(async {
        let server = Server::start(relative).await;
        let mut items = ByUrl::at(&server).set("type", "x").set("page", 1).items();
        let (taken, error) = all(&mut items).await;
        assert!(error.is_none(), "{error:?}");
        assert_eq!((taken, server.count()), (vec![1, 3], 3));
        let last = format!("{}/numbers/3?q=a%2Bb", server.url());
        assert_eq!(items.position(), &Position::Url(last));
    })
    .await;
}

#[tokio::test]
async fn absolute_urls_lead_back_too_and_headers_are_sent_again() {
    in_time(async {
        let server = Server::start(relative).await;
        let token = client(&server, |builder| {
            builder.credential("bearer", Credential::bearer("t"));
        });
        let list = ByUrl::of(&token).set("type", "x").set("page", 1);
        let mut pages = list.pages();
        assert_eq!(pages.try_next().await.unwrap().unwrap().items, [1]);
        assert!(pages.try_next().await.unwrap().unwrap().items.is_empty());
        assert_eq!(pages.try_previous().await.unwrap().unwrap().items, [1]);
        for request in server.received() {
            assert_eq!(request.header("authorization"), Some("Bearer t"));
            assert_eq!(request.header("accept"), Some("application/json"));
        }
    })
    .await;
}

#[tokio::test]
async fn another_origin_is_never_asked() {
    in_time(async {
        let other = Server::start(|_| Reply::json("{}")).await;
        let foreign = format!("{}/numbers?key=s3cr3t", other.url());
        let server = Server::start(move |_| {
            Reply::json(format!("{{\"items\": [1], \"next\": \"{foreign}\"}}"))
        })
        .await;
        let mut items = ByUrl::at(&server).items();
        let (taken, error) = all(&mut items).await;
        let error = error.unwrap();
        let url = format!("{}/numbers", other.url());
        assert_eq!(
            error.pagination().unwrap().kind(),
            &PaginationErrorKind::ForeignOrigin { url }
        );
        assert!(!error.to_string().contains("s3cr3t"));
        assert_eq!(taken, [1]);
        assert!(items.next().await.is_none());
        assert_eq!((server.count(), other.count()), (1, 0));
    })
    .await;
}

#[tokio::test]
async fn a_key_in_the_query_is_added_unless_the_url_has_it() {
    in_time(async {
        let server = Server::start(|request| {
            let next = match request.query("page") {
                None => "\"/numbers?page=2\"",
                Some("2") => "\"/numbers?api%5Fkey=k%26&page=3\"",
                _ => "null",
            };
            Reply::json(format!("{{\"items\": [1], \"next\": {next}}}"))
        })
        .await;
        let keyed = client(&server, |builder| {
            let key = Credential::api_key(ApiKeyPlace::Query, "api_key", "k&");
            builder.credential("key", key);
        });
        let mut items = ByUrl::of(&keyed).items();
        assert_eq!(all(&mut items).await.0, [1, 1, 1]);
        let targets: Vec<_> = server
            .received()
            .into_iter()
            .map(|got| got.target)
            .collect();
        assert_eq!(
            targets,
            [
                "/numbers?api_key=k%26",
                "/numbers?page=2&api_key=k%26",
                "/numbers?api%5Fkey=k%26&page=3"
            ]
        );
    })
    .await;
}

/// `pages` pages of one item each in GitHub's manner.
fn linked(pages: u64) -> impl Fn(&Received) -> Reply {
    move |request| {
        let page = request.number("page").unwrap_or(1);
        let link = |number: u64, relation: &str| {
            format!(
                "<http://{}/numbers?page={number}>; rel=\"{relation}\"",
                request.header("host").unwrap()
            )
        };
        let mut links = Vec::new();
        if page > 1 {
            links.extend([link(page - 1, "prev"), link(1, "first")]);
        }
        if page < pages {
            links.extend([link(page + 1, "next"), link(pages, "last")]);
        }
        let reply = Reply::json(format!("{{\"items\": [{page}]}}"));
        reply.with_header("link", links.join(", "))
    }
}

#[tokio::test]
async fn link_headers_lead_forward_back_first_and_last() {
    in_time(async {
        let server = Server::start(linked(3)).await;
        let (taken, error) = all(&mut ByLink::at(&server).items()).await;
        assert!(error.is_none(), "{error:?}");
        assert_eq!((taken, server.count()), (vec![1, 2, 3], 3));

        let mut pages = ByLink::at(&server).pages();
        assert_eq!(pages.status(), None);
        pages.try_next().await.unwrap();
        assert_eq!(pages.first_position(), None);
        let last = pages.last_position().unwrap();
        assert_eq!(
            last,
            Position::Url(format!("{}/numbers?page=3", server.url()))
        );
        assert_eq!(pages.status(), Some(StatusCode::OK));
        assert!(pages.headers().unwrap().contains_key("link"));

        let mut from_last = ByLink::at(&server).pages().start_at(last);
        assert_eq!(from_last.try_next().await.unwrap().unwrap().items, [3]);
        assert!(from_last.next().await.is_none());
        assert_eq!(from_last.try_previous().await.unwrap().unwrap().items, [2]);
        assert_eq!(from_last.try_previous().await.unwrap().unwrap().items, [1]);
        assert!(from_last.previous().await.is_none());
    })
    .await;
}
