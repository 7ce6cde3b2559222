//! Parameters that ask for a range, for a text anywhere, or for an order.

use std::cmp::Ordering;

use serde_json::{Value, json};
use specwright_conformance::MockServer;

use crate::{
    client::get,
    things::{THINGS, Things, call, ids, items_at},
};

const SEARCHABLE: Things = Things {
    parameters: "[{name: cursor, in: query, schema: {type: string}}, {name: limit, in: query, schema: {type: integer}},
        {name: min_size, in: query, schema: {type: integer}}, {name: 'size[lt]', in: query, schema: {type: integer}},
        {name: made_after, in: query, schema: {type: string, format: date-time}},
        {name: until, in: query, schema: {type: string, format: date}},
        {name: q, in: query, schema: {type: string}}, {name: 'color[]', in: query, schema: {type: array, items: {type: string}}},
        {name: ids, in: query, schema: {type: array, items: {type: string}}},
        {name: weight_max, in: query, schema: {type: integer}}, {name: after, in: query, schema: {type: string}},
        {name: sort, in: query, schema: {type: string}}, {name: order, in: query, schema: {type: string, enum: [asc, desc]}}]",
    ..THINGS
};

/// The items of all pages of ten.
async fn all(server: &MockServer, query: &str) -> Vec<Value> {
    let mut target = format!("/things?limit=10&{query}");
    let mut items = Vec::new();
    for _ in 0..50 {
        let body = get(server, &target).await.json();
        items.extend(items_at(&body, "/items"));
        match body["next"].as_str() {
            Some(next) => target = format!("/things?limit=10&{query}&cursor={next}"),
            None => return items,
        }
    }
    panic!("the walk does not end");
}

fn chosen(server: &MockServer, fits: impl Fn(&Value) -> bool) -> Vec<Value> {
    let items = server.data("things").iter();
    items.filter(|item| fits(item)).cloned().collect()
}

#[tokio::test]
async fn what_clearly_names_a_field_filters() {
    let server = SEARCHABLE.serve(200).await;
    assert_eq!(
        server.filterable("things"),
        [
            "min_size",
            "size[lt]",
            "made_after",
            "until",
            "q",
            "color[]",
            "ids"
        ]
    );
    let whole = all(&server, "weight_max=1&after=x&unknown=1").await;
    assert_eq!(whole, server.data("things"));
}

#[tokio::test]
async fn ranges_lists_and_texts() {
    let server = SEARCHABLE.serve(200).await;
    let data = server.data("things").to_vec();
    let moment = data[7]["made_at"].as_str().unwrap().to_owned();
    let word = data[9]["name"].as_str().unwrap()[..4].to_uppercase();
    let (one, other) = (
        data[1]["id"].as_str().unwrap(),
        data[8]["id"].as_str().unwrap(),
    );
    let size = |item: &Value| item["size"].as_i64();
    let made = |item: &Value| item["made_at"].as_str().unwrap().to_owned();
    let cases: Vec<(String, Vec<Value>)> = vec![
        (
            "min_size=20&size%5Blt%5D=30".to_owned(),
            chosen(&server, |item| {
                size(item).is_some_and(|it| (20..30).contains(&it))
            }),
        ),
        (
            format!("made_after={moment}"),
            chosen(&server, |item| made(item) > moment),
        ),
        (
            format!("until={}", &moment[..10]),
            chosen(&server, |item| made(item)[..10] <= moment[..10]),
        ),
        (
            "color%5B%5D=red&color%5B%5D=blue".to_owned(),
            chosen(&server, |item| {
                item["color"] == "red" || item["color"] == "blue"
            }),
        ),
        (
            format!("ids={one},{other}"),
            vec![data[1].clone(), data[8].clone()],
        ),
    ];
    for (query, expected) in cases {
        assert!(!expected.is_empty() && expected.len() < 200, "{query}");
        assert_eq!(all(&server, &query).await, expected, "{query}");
    }
    let found = all(&server, &format!("q={word}")).await;
    let has_it = |item: &Value| {
        let texts = item.as_object().unwrap().iter();
        texts
            .filter(|(name, _)| !["color", "made_at"].contains(&name.as_str()))
            .any(|(_, it)| {
                it.as_str()
                    .is_some_and(|it| it.to_uppercase().contains(&word))
            })
    };
    assert_eq!(found, chosen(&server, has_it));
    assert!(found.contains(&data[9]));
}

fn sorted(server: &MockServer, order: impl Fn(&Value, &Value) -> Ordering) -> Vec<Value> {
    let mut items = server.data("things").to_vec();
    items.sort_by(|one, other| order(one, other));
    items
}

#[tokio::test]
async fn orders_are_kept_over_all_pages() {
    let server = SEARCHABLE.serve(100).await;
    let made = |item: &Value| item["made_at"].as_str().unwrap().to_owned();
    let size = |item: &Value| item["size"].as_i64().map_or((1, 0), |it| (0, it));
    let ascending = sorted(&server, |one, other| made(one).cmp(&made(other)));
    let descending = sorted(&server, |one, other| made(other).cmp(&made(one)));
    for (query, expected) in [
        ("sort=made_at", &ascending),
        ("sort=made", &ascending),
        ("sort=made_at&order=desc", &descending),
        ("sort=-made_at", &descending),
        ("sort=made_at:desc", &descending),
        ("sort=madeAt.asc", &ascending),
    ] {
        assert_eq!(all(&server, query).await, *expected, "{query}");
    }
    let by_size = sorted(&server, |one, other| size(one).cmp(&size(other)));
    assert_eq!(
        all(&server, "sort=size").await,
        by_size,
        "ties keep their order"
    );
    for query in ["sort=stars", "order=desc", "sort="] {
        assert_eq!(all(&server, query).await, server.data("things"), "{query}");
    }
}

#[tokio::test]
async fn cursors_of_an_order_survive_changes() {
    let server = SEARCHABLE.serve(40).await;
    let expected = ids(&all(&server, "sort=name").await);
    let first = get(&server, "/things?limit=10&sort=name").await.json();
    let mut walked = ids(&items_at(&first, "/items"));
    let next = first["next"].as_str().unwrap();
    for gone in [9, 2, 20] {
        let target = format!("/things/{}", expected[gone].as_str().unwrap());
        assert_eq!(
            call(&server, "DELETE", &target, &[], None).await.status,
            204
        );
    }
    for name in ["", "zzzz"] {
        call(
            &server,
            "POST",
            "/things",
            &[],
            Some(&json!({ "name": name })),
        )
        .await;
    }
    let mut target = format!("/things?limit=10&sort=name&cursor={next}");
    for _ in 0..5 {
        let body = get(&server, &target).await.json();
        walked.extend(ids(&items_at(&body, "/items")));
        match body["next"].as_str() {
            Some(next) => target = format!("/things?limit=10&sort=name&cursor={next}"),
            None => break,
        }
    }
    let last = walked.pop().unwrap();
    let mut left = expected.clone();
    left.remove(20);
    assert_eq!(walked, left);
    let last = get(&server, &format!("/things/{}", last.as_str().unwrap())).await;
    assert_eq!(last.json()["name"], "zzzz");
}
