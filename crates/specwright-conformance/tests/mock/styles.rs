//! Every style of pagination, walked by a plain loop; where pages lead to pages, also while items come and go.

use serde_json::{Value, json};
use specwright_conformance::MockServer;

use crate::{
    client::Answer,
    schema,
    things::{THINGS, Things, all_ids, call, create, delete, ids, items_at},
};

/// No walk takes more requests.
const MOST: usize = 60;

/// A request for a page.
#[derive(Debug, Clone, Default)]
struct Asks {
    target: String,
    headers: Vec<(&'static str, String)>,
    body: Option<Value>,
}

impl Asks {
    fn at(target: impl Into<String>) -> Self {
        Self {
            target: target.into(),
            ..Self::default()
        }
    }
}

/// A walk through a list: what is asked first, and what after a page and its items.
struct Walk<'s> {
    server: &'s MockServer,
    method: &'static str,
    first: Asks,
    items: &'static str,
    next: &'static dyn Fn(&Answer, &[Value]) -> Option<Asks>,
}

impl Walk<'_> {
    async fn page(&self, asks: &Asks) -> (Answer, Vec<Value>) {
        let headers: Vec<(&str, &str)> = asks
            .headers
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        let answer = call(
            self.server,
            self.method,
            &asks.target,
            &headers,
            asks.body.as_ref(),
        )
        .await;
        assert_eq!(
            answer.status,
            200,
            "{asks:?}: {}",
            String::from_utf8_lossy(&answer.body)
        );
        let items = items_at(&answer.json(), self.items);
        (answer, items)
    }

    /// All pages from a request on.
    async fn from(&self, mut asks: Asks) -> Vec<Vec<Value>> {
        let mut pages = Vec::new();
        while pages.len() < MOST {
            let (answer, items) = self.page(&asks).await;
            let next = (self.next)(&answer, &items);
            pages.push(ids(&items));
            match next {
                Some(next) => asks = next,
                None => return pages,
            }
        }
        panic!("the walk does not end");
    }

    /// The list is walked in pages of ten: once as it is, and once while items come and go.
    async fn is_stable(&self) {
        let before = all_ids(self.server);
        let pages = self.from(self.first.clone()).await;
        assert_eq!(pages.concat(), before);
        assert!(pages.iter().take(2).all(|page| page.len() == 10));
        let mut asks = self.first.clone();
        let mut walked = Vec::new();
        for _ in 0..2 {
            let (answer, items) = self.page(&asks).await;
            walked.extend(ids(&items));
            asks = (self.next)(&answer, &items).expect("a next page");
        }
        // The last one that was seen, another one that was, and one that was not; then a new one.
        for seen in [19, 3, 27] {
            delete(self.server, &before[seen]).await;
        }
        let created = create(self.server, "new").await;
        walked.extend(self.from(asks).await.concat());
        let mut expected = before.clone();
        expected.remove(27);
        walked.retain(|id| *id != created);
        assert_eq!(walked, expected);
        let now = self.from(self.first.clone()).await.concat();
        assert_eq!(now.len(), before.len() - 2);
        assert!(now.contains(&created) && !now.contains(&before[3]));
    }
}

fn text(value: &Value) -> Option<String> {
    value
        .as_str()
        .map(str::to_owned)
        .or_else(|| value.as_i64().map(|it| it.to_string()))
}

#[tokio::test]
async fn cursors() {
    let server = THINGS.serve(35).await;
    let walk = Walk {
        server: &server,
        method: "GET",
        first: Asks::at("/things?limit=10"),
        items: "/items",
        next: &|answer, _| {
            let cursor = text(&answer.json()["next"])?;
            Some(Asks::at(format!("/things?limit=10&cursor={cursor}")))
        },
    };
    walk.is_stable().await;
}

#[tokio::test]
async fn cursors_have_the_form_that_the_description_asks_for() {
    let forms = [
        "{type: integer}",
        "{type: integer, format: int32, minimum: 5}",
        "{type: string, format: uuid}",
        "{type: string, maxLength: 8}",
        "{type: string, pattern: '^next-[0-9A-F]{10}$'}",
    ];
    for form in forms {
        let body = THINGS.body.replace(
            "next: {type: string, nullable: true}",
            &format!("next: {form}"),
        );
        let things = Things {
            body: body.leak(),
            parameters: THINGS.parameters.replacen("{type: string}", form, 1).leak(),
            ..THINGS
        };
        let server = things.serve(35).await;
        let validator = schema::of_success(&things.description(), "things");
        let mut target = "/things?limit=10".to_owned();
        let mut walked = Vec::new();
        for _ in 0..4 {
            let body = call(&server, "GET", &target, &[], None).await.json();
            schema::assert_valid(&validator, &body);
            walked.extend(ids(&items_at(&body, "/items")));
            match text(&body["next"]) {
                Some(next) => target = format!("/things?limit=10&cursor={next}"),
                None => break,
            }
        }
        assert_eq!(walked, all_ids(&server), "{form}");
        let broken = call(&server, "GET", "/things?cursor=12", &[], None).await;
        assert_eq!(broken.status, 404, "{form}");
    }
}

#[tokio::test]
async fn a_flag_and_a_cursor_in_header_fields() {
    let things = Things {
        plan: "{style: cursor, request: {position: 'header:X-After', size: 'header:X-Size'},
            response: {items: '', next: 'header:X-Next', has_more: 'header:X-More', total: 'header:X-Total'}}",
        parameters: "[{name: X-After, in: header, schema: {type: string}}, {name: X-Size, in: header, schema: {type: integer}}]",
        body: "THINGS",
        headers: "{X-Next: {schema: {type: string}}, X-More: {schema: {type: boolean}}, X-Total: {schema: {type: integer}}}",
        ..THINGS
    };
    let server = things.serve(35).await;
    let walk = Walk {
        server: &server,
        method: "GET",
        first: Asks {
            headers: vec![("x-size", "10".to_owned())],
            ..Asks::at("/things")
        },
        items: "",
        next: &|answer, _| {
            let next = answer.header("x-next").map(str::to_owned);
            assert_eq!(
                answer.header("x-more"),
                Some(if next.is_some() { "true" } else { "false" })
            );
            Some(Asks {
                headers: vec![("x-size", "10".to_owned()), ("x-after", next?)],
                ..Asks::at("/things")
            })
        },
    };
    let (first, _) = walk.page(&walk.first).await;
    assert_eq!(first.header("x-total"), Some("35"));
    walk.is_stable().await;
}

#[tokio::test]
async fn cursors_of_both_ways() {
    let things = Things {
        plan: "{style: bidirectional, request: {position: after, previous: before, size: limit},
            response: {items: /items, next: /page/end, previous: /page/start, has_more: /page/more}}",
        parameters: "[{name: after, in: query, schema: {type: string}}, {name: before, in: query, schema: {type: string}},
            {name: limit, in: query, schema: {type: integer}}]",
        body: "{type: object, properties: {items: THINGS, page: {type: object, properties: {start: {type: string}, end: {type: string},
            more: {type: boolean}}}}}",
        ..THINGS
    };
    let server = things.serve(35).await;
    let walk = Walk {
        server: &server,
        method: "GET",
        first: Asks::at("/things?limit=10"),
        items: "/items",
        next: &|answer, _| {
            let body = answer.json();
            let end = text(&body["page"]["end"]);
            assert_eq!(body["page"]["more"], end.is_some());
            Some(Asks::at(format!("/things?limit=10&after={}", end?)))
        },
    };
    walk.is_stable().await;
    let all = walk.from(walk.first.clone()).await;
    let (second, _) = walk.page(&walk.first).await;
    let third = (walk.next)(&second, &[]).unwrap();
    let (third, _) = walk.page(&third).await;
    let start = text(&third.json()["page"]["start"]).unwrap();
    let target = format!("/things?limit=10&before={start}");
    let back = call(&server, "GET", &target, &[], None).await.json();
    assert_eq!(ids(&items_at(&back, "/items")), all[0]);
    assert_eq!(back["page"].get("start"), None);
    assert_eq!(back["page"]["more"], false, "nothing lies before");
}

#[tokio::test]
async fn tokens_in_request_bodies() {
    let things = Things {
        plan: "{style: token, request: {position: 'body:/page/token', size: 'body:/page/size'}, response: {items: /items, next: /next}}",
        parameters: "[], requestBody: {content: {application/json: {schema: {type: object, properties: {page: {type: object,
            properties: {token: {type: string}, size: {type: integer}}}}}}}}",
        ..THINGS
    };
    // The list is asked for with POST, so nothing is created at its path.
    let text_of = things.text().replacen(
        "get: {operationId: things,",
        "put: {operationId: things,",
        1,
    );
    let server = crate::documents::start(
        specwright_conformance::Mock::new(crate::documents::description(&text_of)).items(35),
    )
    .await;
    let asks = |token: Option<String>| Asks {
        body: Some(match token {
            None => json!({ "page": { "size": 10 } }),
            Some(token) => json!({ "page": { "size": 10, "token": token } }),
        }),
        ..Asks::at("/things")
    };
    let mut pages = Vec::new();
    let mut token = None;
    for _ in 0..5 {
        let asks = asks(token);
        let answer = call(&server, "PUT", &asks.target, &[], asks.body.as_ref()).await;
        let body = answer.json();
        pages.push(ids(&items_at(&body, "/items")));
        token = text(&body["next"]);
        if token.is_none() {
            break;
        }
    }
    assert_eq!(pages.concat(), all_ids(&server));
    assert_eq!(
        pages.iter().map(Vec::len).collect::<Vec<_>>(),
        [10, 10, 10, 5]
    );
}

const OFFSETS: Things = Things {
    plan: "{style: offset, request: {position: skip, size: limit},
        response: {items: /items, next: /next, total: 'header:X-Total-Count', is_last: /done}}",
    parameters: "[{name: skip, in: query, schema: {type: integer}}, {name: limit, in: query, schema: {type: integer, minimum: 2, maximum: 12}}]",
    body: "{type: object, required: [items, done], properties: {items: THINGS, next: {type: string, format: uri, nullable: true}, done: {type: boolean}}}",
    headers: "{X-Total-Count: {schema: {type: integer}}}",
    ..THINGS
};

#[tokio::test]
async fn offsets() {
    let server = OFFSETS.serve(35).await;
    let all = all_ids(&server);
    let cases = [
        (0, 10, 10),
        (10, 12, 12),
        (30, 10, 5),
        (33, 2, 2),
        (35, 10, 0),
        (99, 10, 0),
    ];
    for (skip, limit, count) in cases {
        let target = format!("/things?q=a%20b&skip={skip}&limit={limit}");
        let answer = call(&server, "GET", &target, &[], None).await;
        let body = answer.json();
        let expected: Vec<Value> = all.iter().skip(skip).take(limit).cloned().collect();
        assert_eq!(ids(&items_at(&body, "/items")), expected);
        assert_eq!(expected.len(), count);
        assert_eq!(answer.header("x-total-count"), Some("35"));
        let next = (skip + limit < 35).then(|| {
            let limit = format!("http://mock.test:8080/things?q=a%20b&limit={limit}");
            Value::from(format!("{limit}&skip={}", skip + count))
        });
        assert_eq!(body["done"], next.is_none(), "{target}");
        assert_eq!(body["next"], next.unwrap_or_default(), "{target}");
    }
    for (target, status) in [
        ("limit=1", 422),
        ("limit=2", 200),
        ("skip=-1", 422),
        ("limit=13", 200),
    ] {
        let answer = call(&server, "GET", &format!("/things?{target}"), &[], None).await;
        assert_eq!(answer.status, status, "{target}");
    }
    delete(&server, &all[0]).await;
    let answer = call(&server, "GET", "/things?limit=10", &[], None).await;
    assert_eq!(answer.header("x-total-count"), Some("34"));
    assert_eq!(ids(&items_at(&answer.json(), "/items")), all[1..11]);
}

#[tokio::test]
async fn pages_from_zero() {
    let things = Things {
        plan: "{style: page, first: 0, request: {position: page, size: size},
            response: {items: /content, current: /number, last: /last, total: /total, size: /size}}",
        parameters: "[{name: page, in: query, schema: {type: integer}}, {name: size, in: query, schema: {type: integer, enum: [5, 10]}}]",
        body: "{type: object, properties: {content: THINGS, number: {type: integer}, last: {type: integer}, total: {type: integer},
            size: {type: integer}, totalPages: {type: integer}}}",
        ..THINGS
    };
    let server = things.serve(35).await;
    let mut walked = Vec::new();
    for page in 0..5 {
        let target = format!("/things?size=10&page={page}");
        let mut body = call(&server, "GET", &target, &[], None).await.json();
        walked.extend(ids(&items_at(&body, "/content")));
        body.as_object_mut().unwrap().remove("content");
        let expected =
            json!({ "number": page, "last": 3, "total": 35, "size": 10, "totalPages": 4 });
        assert_eq!(body, expected);
    }
    assert_eq!(walked, all_ids(&server));
    let usual = call(&server, "GET", "/things", &[], None).await.json();
    assert_eq!(
        items_at(&usual, "/content").len(),
        5,
        "the smallest size that is listed"
    );
}

#[tokio::test]
async fn urls_in_the_body() {
    for (format, is_absolute) in [
        ("format: uri", true),
        ("format: uri-reference", false),
        ("example: '/things?page=2'", false),
    ] {
        let body = format!(
            "{{type: object, properties: {{items: THINGS, next: {{type: string, nullable: true, {format}}}}}}}"
        );
        let things = Things {
            plan: "{style: next-url, request: {size: limit}, response: {items: /items, next: /next}}",
            body: body.leak(),
            ..THINGS
        };
        let server = things.serve(35).await;
        let first = call(&server, "GET", "/things?limit=10&tag=a+b", &[], None).await;
        let next = first.json()["next"].as_str().unwrap().to_owned();
        let start = if is_absolute {
            "http://mock.test:8080/things?"
        } else {
            "/things?"
        };
        assert!(
            next.starts_with(&format!("{start}limit=10&tag=a+b&cursor=")),
            "{next}"
        );
        let walk = Walk {
            server: &server,
            method: "GET",
            first: Asks::at("/things?limit=10"),
            items: "/items",
            next: &|answer, _| {
                let next = text(&answer.json()["next"])?;
                Some(Asks::at(next.trim_start_matches("http://mock.test:8080")))
            },
        };
        walk.is_stable().await;
    }
}

#[tokio::test]
async fn urls_in_objects_that_are_absent_at_the_end() {
    let things = Things {
        plan: "{style: next-url, request: {size: limit}, response: {items: /items, next: /_links/next/href, has_more: /_links/next}}",
        body: "{type: object, required: [_links], properties: {items: THINGS, _links: {type: object, properties: {
            next: {$ref: '#/components/schemas/Reference'}, prev: {$ref: '#/components/schemas/Reference'}}}}}",
        ..THINGS
    };
    let text = things.text().replace(
        "schemas: {",
        "schemas: {Reference: {type: object, required: [href], properties: {href: {type: string, format: uri}}}, ",
    );
    let description = crate::documents::description(&text);
    let validator = schema::of_success(&description, "things");
    let mock = specwright_conformance::Mock::new(description);
    let server = crate::documents::start(mock.items(25)).await;
    let mut target = "/things?limit=10".to_owned();
    let mut walked = Vec::new();
    for page in 1..=3 {
        let body = call(&server, "GET", &target, &[], None).await.json();
        schema::assert_valid(&validator, &body);
        walked.extend(ids(&items_at(&body, "/items")));
        let next = body.pointer("/_links/next/href").and_then(Value::as_str);
        assert_eq!(next.is_some(), page < 3);
        assert_eq!(body.pointer("/_links/next").is_some(), page < 3);
        let next = next.unwrap_or_default();
        target = next.trim_start_matches("http://mock.test:8080").to_owned();
    }
    assert_eq!(walked, all_ids(&server));
}

/// The target of a relation in `Link`.
fn link(answer: &Answer, relation: &str) -> Option<String> {
    let links = answer.header("link")?;
    let wanted = format!("; rel=\"{relation}\"");
    let link = links.split(", ").find_map(|it| it.strip_suffix(&wanted))?;
    let url = link.strip_prefix('<')?.strip_suffix('>')?;
    Some(url.strip_prefix("http://mock.test:8080")?.to_owned())
}

#[tokio::test]
async fn links() {
    let things = Things {
        plan: "{style: link, request: {size: limit}, response: {items: ''}}",
        body: "THINGS",
        ..THINGS
    };
    let server = things.serve(35).await;
    let walk = Walk {
        server: &server,
        method: "GET",
        first: Asks::at("/things?limit=10"),
        items: "",
        next: &|answer, _| link(answer, "next").map(Asks::at),
    };
    let all = all_ids(&server);
    let (first, _) = walk.page(&walk.first).await;
    assert_eq!(link(&first, "first").as_deref(), Some("/things?limit=10"));
    assert_eq!(link(&first, "prev"), None);
    let (last, items) = walk.page(&Asks::at(link(&first, "last").unwrap())).await;
    assert_eq!(ids(&items), all[30..]);
    assert_eq!(link(&last, "next"), None);
    let (_, items) = walk.page(&Asks::at(link(&last, "prev").unwrap())).await;
    assert_eq!(ids(&items), all[20..30]);
    walk.is_stable().await;
}

#[tokio::test]
async fn keys_of_items() {
    for (id, is_number) in [
        ("{type: string, readOnly: true}", false),
        ("{type: integer, readOnly: true}", true),
    ] {
        let things = Things {
            plan: "{style: keyset, request: {position: starting_after, previous: ending_before, size: limit},
                response: {items: /items, next: 'last-item:id', previous: 'first-item:id', has_more: /has_more}}",
            parameters: "[{name: starting_after, in: query, schema: {type: string}}, {name: ending_before, in: query, schema: {type: string}},
                {name: limit, in: query, schema: {type: integer}}]",
            body: "{type: object, properties: {items: THINGS, has_more: {type: boolean}}}",
            id,
            ..THINGS
        };
        let server = things.serve(35).await;
        let all = all_ids(&server);
        let mut sorted = all.clone();
        sorted.sort_by_key(|it| (it.as_i64(), it.as_str().map(str::to_owned)));
        assert_eq!((all.clone(), all[0].is_number()), (sorted, is_number));
        let walk = Walk {
            server: &server,
            method: "GET",
            first: Asks::at("/things?limit=10"),
            items: "/items",
            next: &|answer, items| {
                let last = text(&items.last()?["id"])?;
                (answer.json()["has_more"] == true)
                    .then(|| Asks::at(format!("/things?limit=10&starting_after={last}")))
            },
        };
        let before = text(&all[15]).unwrap();
        let asks = Asks::at(format!("/things?limit=10&ending_before={before}"));
        let (answer, items) = walk.page(&asks).await;
        assert_eq!(ids(&items), all[5..15]);
        assert_eq!(answer.json()["has_more"], true, "five more before them");
        let before = text(&all[5]).unwrap();
        let asks = Asks::at(format!("/things?limit=10&ending_before={before}"));
        let (answer, items) = walk.page(&asks).await;
        assert_eq!(
            (ids(&items), &answer.json()["has_more"]),
            (all[..5].to_vec(), &json!(false))
        );
        walk.is_stable().await;
    }
}

#[tokio::test]
async fn pages_that_nobody_declares() {
    let document = "{openapi: 3.0.3, info: {title: T, version: '1'}, paths: {/things: {get: {operationId: things,
        parameters: [{name: page, in: query, schema: {type: integer}}, {name: per_page, in: query, schema: {type: integer}}],
        responses: {'200': {description: A page., headers: {Link: {schema: {type: string}}},
          content: {application/json: {schema: {type: array, items: {type: object, properties: {id: {type: integer}}}}}}}}}}}}";
    let mock = specwright_conformance::Mock::new(crate::documents::description(document));
    let server = crate::documents::start(mock.items(35)).await;
    let first = call(&server, "GET", "/things?per_page=10", &[], None).await;
    assert_eq!(
        link(&first, "next").as_deref(),
        Some("/things?per_page=10&page=2")
    );
    assert_eq!(
        link(&first, "last").as_deref(),
        Some("/things?per_page=10&page=4")
    );
    let last = call(&server, "GET", "/things?per_page=10&page=4", &[], None).await;
    assert_eq!(link(&last, "next"), None);
    assert_eq!(ids(&items_at(&last.json(), "")), all_ids(&server)[30..]);
}
