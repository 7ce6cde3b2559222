//! Generated pagers of every style, walked over a server in memory that pages by the words of its document.

#![expect(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

use std::sync::{Arc, Mutex};

use serde_json::{Value, json};
use specwright_contract::goldens::golden_pages::{
    Client,
    lists::Lists,
    types::{Cat, SearchBody},
};
use specwright_runtime::{
    BoxFuture, HeaderMap, HeaderValue, StatusCode, Transport, TransportError, TransportRequest,
    TransportResponse,
};

const CATS: usize = 7;
const SIZE: usize = 3;

/// Serves lists of cats and notes what it is asked.
#[derive(Debug, Clone, Default)]
struct Server(Arc<Mutex<Vec<String>>>);

impl Transport for Server {
    fn send(
        &self,
        request: TransportRequest,
    ) -> BoxFuture<'_, Result<TransportResponse, TransportError>> {
        Box::pin(async move {
            let body = request.body.as_ref().and_then(|it| it.as_bytes());
            let body = body.map_or(Value::Null, |it| serde_json::from_slice(it).unwrap());
            let path = request.url.path().to_owned();
            let query = request.url.query().unwrap_or_default();
            let token = request
                .headers
                .get("x-token")
                .map(|it| it.to_str().unwrap());
            self.0.lock().unwrap().push(format!(
                "{path}?{query} {} {body}",
                token.unwrap_or_default()
            ));
            let query = |name: &str| {
                let mut pairs = request.url.query_pairs();
                pairs
                    .find(|(key, _)| key == name)
                    .map(|(_, value)| value.into_owned())
            };
            let (headers, answer) = answer(&path, &query, token, &body);
            let status = if answer.is_null() {
                StatusCode::NO_CONTENT
            } else {
                StatusCode::OK
            };
            let text = if answer.is_null() {
                String::new()
            } else {
                answer.to_string()
            };
            Ok(TransportResponse::full(status, headers, text))
        })
    }
}

fn cat(number: usize) -> Value {
    json!({"id": format!("c{number}"), "kind": "Cat", "name": "Tom"})
}

/// The cats from a place on, and the place after them.
fn cut(at: usize, size: usize) -> (Vec<Value>, usize) {
    let end = (at + size).min(CATS);
    ((at.min(end)..end).map(cat).collect(), end)
}

fn number(text: Option<String>) -> usize {
    text.map_or(0, |text| text.parse().unwrap())
}

/// The place after the cat with this id.
fn after(id: Option<String>) -> usize {
    id.map_or(0, |id| {
        id.trim_start_matches('c').parse::<usize>().unwrap() + 1
    })
}

fn answer(
    path: &str,
    query: &dyn Fn(&str) -> Option<String>,
    token: Option<&str>,
    body: &Value,
) -> (HeaderMap, Value) {
    let mut headers = HeaderMap::new();
    let answer = match path {
        "/by-token" => {
            let (cats, end) = cut(number(token.map(str::to_owned)), SIZE);
            if end < CATS {
                headers.insert("x-next-token", HeaderValue::from(end));
            }
            json!(cats)
        }
        "/search" => {
            assert_eq!(body["query"], "Tom", "filters are sent with every page");
            // Numbers stay numbers.
            let at = body
                .pointer("/page/cursor")
                .map_or(0, |it| usize::try_from(it.as_u64().unwrap()).unwrap());
            let size = body
                .pointer("/page/size")
                .map_or(SIZE, |it| usize::try_from(it.as_u64().unwrap()).unwrap());
            let (cats, end) = cut(at, size);
            json!({"results": cats, "next_cursor": end, "more": end < CATS})
        }
        "/by-page" => {
            let page = number(query("page"));
            let (cats, _) = cut(page * SIZE, SIZE);
            // Nothing there is an answer without content; nothing but the first page says so here.
            if cats.is_empty() {
                return (headers, Value::Null);
            }
            json!({"content": cats, "number": page})
        }
        "/by-offset" => {
            let (cats, end) = cut(number(query("offset")), SIZE);
            let next = (end < CATS).then_some("https://pages.example/by-offset?x=y");
            json!({"results": cats, "next": next, "meta": {"total": CATS}})
        }
        "/by-url" => {
            let (cats, end) = cut(number(query("at")), SIZE);
            let next = match end {
                CATS => Value::Null,
                3 => json!("/by-url?at=3"),
                _ => json!({"href": format!("?at={end}")}),
            };
            json!({"values": cats, "links": {"next": next, "prev": null}})
        }
        "/by-link" => {
            let (cats, end) = cut(number(query("page")) * SIZE, SIZE);
            if end < CATS {
                let link = format!("</by-link?page={}>; rel=\"next\"", end / SIZE);
                headers.insert("link", HeaderValue::from_str(&link).unwrap());
            }
            json!(cats)
        }
        "/by-key" | "/by-key-of-a-union" => {
            let size = query("limit").map_or(SIZE, |it| it.parse().unwrap());
            let (cats, end) = match query("ending_before") {
                Some(id) => {
                    let end = after(Some(id)) - 1;
                    let start = end.saturating_sub(size);
                    return (
                        headers,
                        json!({"data": cut(start, end - start).0, "has_more": start > 0}),
                    );
                }
                None => cut(after(query("starting_after")), size),
            };
            json!({"data": cats, "has_more": end < CATS})
        }
        "/mirrored" => {
            let at = body.pointer("/paging/next").and_then(Value::as_str);
            let (cats, end) = cut(number(at.map(str::to_owned)), SIZE);
            let next = (end < CATS).then(|| end.to_string());
            json!({"list": {"cats": cats}, "paging": {"next": next, "total": CATS}})
        }
        other => panic!("{other}"),
    };
    (headers, answer)
}

fn client() -> (Client, Server) {
    let server = Server::default();
    let client = Client::builder().transport(server.clone()).build().unwrap();
    (client, server)
}

fn requests(server: &Server) -> Vec<String> {
    std::mem::take(&mut server.0.lock().unwrap())
}

/// Walks a list and gives the names of what came and how often the server was asked.
macro_rules! walk {
    ($lists:ident, $server:ident, $list:expr, $id:expr) => {{
        let mut items = $list.items();
        let mut ids: Vec<String> = Vec::new();
        let id: fn(_) -> String = $id;
        while let Some(item) = items.try_next().await.unwrap() {
            ids.push(id(item));
        }
        assert!(items.try_next().await.unwrap().is_none());
        let expected: Vec<String> = (0..CATS).map(|number| format!("c{number}")).collect();
        assert_eq!(ids, expected);
        requests(&$server)
    }};
}

#[test]
fn every_style_gives_every_item_once() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    runtime.block_on(async {
        let (client, server) = client();
        let lists: Lists<'_> = client.lists();
        let id = |cat: Cat| cat.id;

        let sent = walk!(lists, server, lists.by_token(), id);
        assert_eq!(
            sent,
            ["/by-token?  null", "/by-token? 3 null", "/by-token? 6 null"]
        );

        let body = SearchBody {
            query: Some("Tom".to_owned()),
            ..SearchBody::default()
        };
        let sent = walk!(lists, server, lists.search(&body), id);
        assert_eq!(sent.len(), 3);
        assert!(sent[1].contains(r#""page":{"cursor":3}"#), "{sent:?}");

        // The end is a response without content: neither page nor error.
        let sent = walk!(lists, server, lists.by_page(), id);
        assert_eq!(sent.len(), 4);
        assert!(sent[1].contains("page=1"), "{sent:?}");

        let mut items = lists.by_offset().items().page_size(3);
        let mut count = 0;
        while items.try_next().await.unwrap().is_some() {
            count += 1;
        }
        let sent = requests(&server);
        assert_eq!((count, sent.len()), (CATS, 3));
        assert!(sent[2].contains("offset=6"), "{sent:?}");

        // Relative, a path, and an object with `href`.
        let sent = walk!(lists, server, lists.by_url(), id);
        let urls = ["/by-url?  null", "/by-url?at=3  null", "/by-url?at=6  null"];
        assert_eq!(sent, urls);

        let sent = walk!(lists, server, lists.by_link(), id);
        assert_eq!(sent.len(), 3);

        let sent = walk!(lists, server, lists.by_key(), id);
        assert_eq!(sent[1], "/by-key?starting_after=c2  null");

        let sent = walk!(lists, server, lists.by_key_of_a_union(), |item| {
            let value: Value =
                serde_json::from_slice(&specwright_runtime::to_vec(&item).unwrap()).unwrap();
            value["id"].as_str().unwrap().to_owned()
        });
        assert_eq!(sent[2], "/by-key-of-a-union?starting_after=c5  null");

        let sent = walk!(lists, server, lists.mirrored(), id);
        assert!(sent[1].contains(r#"{"paging":{"next":"3"}}"#), "{sent:?}");
    });
}

#[test]
fn keys_lead_back_and_limits_ask_for_what_is_left() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    runtime.block_on(async {
        let (client, server) = client();
        let mut pages = client.lists().by_key().pages();
        let ids = |page: &[Cat]| page.iter().map(|it| it.id.clone()).collect::<Vec<_>>();
        assert_eq!(
            ids(&pages.try_next().await.unwrap().unwrap().data),
            ["c0", "c1", "c2"]
        );
        assert_eq!(
            ids(&pages.try_next().await.unwrap().unwrap().data),
            ["c3", "c4", "c5"]
        );
        let back = pages.try_previous().await.unwrap().unwrap();
        assert_eq!(ids(&back.data), ["c0", "c1", "c2"]);
        assert_eq!(requests(&server)[2], "/by-key?ending_before=c3  null");

        let mut items = client.lists().by_key().items().page_size(3).limit(4);
        let mut count = 0;
        while items.try_next().await.unwrap().is_some() {
            count += 1;
        }
        let sent = requests(&server);
        assert_eq!((count, sent.len()), (4, 2));
        assert!(sent[1].contains("limit=1"), "{sent:?}");
    });
}
