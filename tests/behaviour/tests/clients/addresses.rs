//! Where requests go: documented servers, their variables, and base URLs.

use specwright_behaviour::{Api, Famulor, Mindhunters};

use crate::canned::Canned;
use crate::support::{Stage, collect_all, in_time};

each_api!(
    the_documented_server_is_the_default,
    a_base_url_replaces_the_server,
    a_base_url_that_cannot_be_one_is_refused,
    a_slash_at_the_end_changes_nothing,
);

/// A body that every API takes for an empty page.
pub(crate) const EMPTY: &str = r#"{
    "data": {"conversations": [], "pagination": {"has_more": false}, "data": [], "current_page": 1, "last_page": 1}
}"#;

/// The same for those whose `data` is the list.
pub(crate) const EMPTY_LIST: &str = r#"{"data": [], "next_cursor": null, "prev_cursor": null}"#;

fn empty<A: Api>() -> Canned {
    Canned::new(if matches!(A::NAME, "parrot" | "famulor") {
        EMPTY_LIST
    } else {
        EMPTY
    })
}

async fn the_documented_server_is_the_default<A: Api>() {
    let canned = empty::<A>();
    A::list(&canned.client::<A>()).await.unwrap();
    let expected = match A::NAME {
        "talktohumans" => "https://api.talktohumans.app/v1/conversations",
        "parrot" => "https://api.prtmb.com/api/v2/accounts/me/conversations",
        "famulor" => "https://app.famulor.de/api/user/conversations",
        "mindhunters" => "https://demo.mindhunters.ai/api/v1/conversations",
        other => panic!("{other}"),
    };
    assert_eq!(canned.urls(), [expected]);
    // Without a token none is sent: the server decides.
    assert!(!canned.requests()[0].headers.contains_key("authorization"));
}

async fn a_base_url_replaces_the_server<A: Api>() {
    for (base, expected) in [
        ("http://localhost:8080", "http://localhost:8080/"),
        ("https://proxy.example/a/b", "https://proxy.example/a/b/"),
        ("https://proxy.example/a/b/", "https://proxy.example/a/b/"),
        ("http://[::1]:9", "http://[::1]:9/"),
    ] {
        let canned = empty::<A>();
        let builder = A::transport(A::base_url(A::builder(), base), canned.clone());
        A::list(&A::build(builder).unwrap()).await.unwrap();
        let url = canned.urls().remove(0);
        let rest = url
            .strip_prefix(expected)
            .unwrap_or_else(|| panic!("{url}"));
        assert!(
            rest.ends_with("conversations") && !rest.starts_with('/'),
            "{url}"
        );
    }
}

async fn a_base_url_that_cannot_be_one_is_refused<A: Api>() {
    for base in [
        "",
        "localhost:8080",
        "/api",
        "ftp://localhost",
        "http://localhost?key=1",
        "http://localhost#part",
        "http://user:p4ssw0rd@localhost",
    ] {
        let error = A::build(A::base_url(A::builder(), base)).expect_err(base);
        assert!(error.configuration().is_some(), "{error:?}");
        assert!(
            !format!("{error} {error:?}").contains("p4ssw0rd"),
            "{error:?}"
        );
    }
}

async fn a_slash_at_the_end_changes_nothing<A: Api>() {
    let stage = Stage::<A>::with(|mock| mock.items(30)).await;
    let client = A::client(&format!("{}/", stage.server.url()), crate::support::TOKEN).unwrap();
    assert_eq!(
        collect_all::<A>(&mut A::items(A::list(&client))).await,
        stage.ids
    );
    let requests = stage.requests();
    assert!(
        requests
            .iter()
            .all(|it| it.status == 200 && !it.path.contains("//")),
        "{requests:?}"
    );
}

#[tokio::test]
async fn the_subdomain_is_part_of_the_host() {
    in_time(async {
        let canned = empty::<Mindhunters>();
        let builder = mindhunters::Client::builder()
            .subdomain("acme-7")
            .transport(canned.clone());
        builder
            .build()
            .unwrap()
            .conversations()
            .list()
            .await
            .unwrap();
        assert_eq!(
            canned.urls(),
            ["https://acme-7.mindhunters.ai/api/v1/conversations"]
        );
    })
    .await;
}

#[tokio::test]
async fn a_base_url_may_name_the_subdomain() {
    in_time(async {
        let canned = empty::<Mindhunters>();
        let builder = mindhunters::Client::builder()
            .subdomain("acme")
            .base_url("https://{subdomain}.mihu.ai");
        builder
            .transport(canned.clone())
            .build()
            .unwrap()
            .conversations()
            .list()
            .await
            .unwrap();
        assert_eq!(canned.urls(), ["https://acme.mihu.ai/api/v1/conversations"]);
    })
    .await;
}

#[test]
fn no_subdomain_leads_to_another_host() {
    for subdomain in [
        "evil.example/",
        "evil.example#",
        "evil.example?",
        "a@evil.example",
        "evil:80",
        "",
        "a b",
        "ä",
    ] {
        let error = mindhunters::Client::builder()
            .subdomain(subdomain)
            .build()
            .expect_err(subdomain);
        assert!(error.configuration().is_some(), "{error:?}");
    }
}

#[tokio::test]
async fn the_base_path_of_the_server_is_kept() {
    in_time(async {
        let stage = Stage::<Famulor>::with(|mock| mock.items(3)).await;
        assert!(
            stage.server.url().ends_with("/api"),
            "{}",
            stage.server.url()
        );
        stage.plain_list().await.unwrap();
        assert_eq!(stage.requests()[0].path, "/api/user/conversations");
    })
    .await;
}
