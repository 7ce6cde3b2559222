//! Query parameters that name a field filter by it.

use std::collections::BTreeSet;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

use crate::{
    client::get,
    documents::{APIS, FAMULOR, MINDHUNTERS, PARROT, TALKTOHUMANS, start},
    walk::{all_items, items, walk},
};

#[tokio::test]
async fn the_parameters_that_filter_are_known() {
    let expected: [&[&str]; 4] = [
        &["contact_id"],
        &[
            "audience_membership_id",
            "conversation_graph_id",
            "support_required",
            "status",
        ],
        &[
            "type",
            "customer_phone",
            "whatsapp_sender_phone",
            "external_identifier",
        ],
        &[
            "contact_uuid",
            "agent_uuid",
            "campaign_uuid",
            "task_uuid",
            "channel",
            "status",
        ],
    ];
    for (api, expected) in APIS.into_iter().zip(expected) {
        let server = start(api.mock().items(1)).await;
        assert_eq!(server.filterable(api.operation), expected, "{}", api.name);
    }
    let server = start(FAMULOR.mock()).await;
    assert!(server.filterable("nothing").is_empty() && server.data("nothing").is_empty());
}

/// The texts of an item that a parameter is compared with.
fn compared<'i>(name: &str, item: &'i Value) -> Vec<&'i str> {
    let in_array = |array: &'i Value, field: &str| -> Vec<&'i Value> {
        let elements = array.as_array().map_or(&[][..], Vec::as_slice);
        elements
            .iter()
            .map(|it| if field.is_empty() { it } else { &it[field] })
            .collect()
    };
    let values = match name {
        "contact_id" => in_array(&item["participants"], "contact_id"),
        "customer_phone" => vec![&item["customer"]["phone"]],
        "whatsapp_sender_phone" => vec![&item["whatsapp_sender"]["phone"]],
        "contact_uuid" => vec![&item["contact"]["uuid"]],
        "task_uuid" => in_array(&item["task_uuids"], ""),
        name => vec![&item[name]],
    };
    values.into_iter().filter_map(Value::as_str).collect()
}

#[tokio::test]
async fn every_filter_finds_what_it_names_and_nothing_else() {
    for api in APIS {
        let server = start(api.mock().items(300)).await;
        let data = server.data(api.operation);
        for name in server.filterable(api.operation) {
            let values: BTreeSet<&str> =
                data.iter().flat_map(|item| compared(&name, item)).collect();
            assert!((1..=12).contains(&values.len()), "{name}: {values:?}");
            let wanted = values.first().unwrap();
            let query = format!("&{name}={}", utf8_percent_encode(wanted, NON_ALPHANUMERIC));
            let pages = walk(&api, &server, 7, &query).await;
            let expected: Vec<Value> = data
                .iter()
                .filter(|item| compared(&name, item).contains(wanted))
                .cloned()
                .collect();
            assert!(
                !expected.is_empty() && expected.len() < data.len(),
                "{name}"
            );
            assert_eq!(all_items(&api, &pages), expected, "{name}");
        }
    }
}

#[tokio::test]
async fn filters_that_find_nothing_give_an_empty_list() {
    let server = start(MINDHUNTERS.mock()).await;
    let body = get(&server, &MINDHUNTERS.target(5, "&status=Nothing"))
        .await
        .json();
    assert_eq!(
        (&body["data"]["total"], &body["data"]["last_page"]),
        (&Value::from(0), &Value::from(1))
    );
    assert_eq!(items(&MINDHUNTERS, &body).len(), 0);
}

#[tokio::test]
async fn filters_are_combined() {
    let server = start(PARROT.mock().items(400)).await;
    let pages = walk(&PARROT, &server, 0, "&status=running&support_required=true").await;
    let found = all_items(&PARROT, &pages);
    assert!(!found.is_empty());
    assert!(
        found
            .iter()
            .all(|it| it["status"] == "running" && it["support_required"] == "true")
    );
}

#[tokio::test]
async fn a_plus_sign_must_be_escaped() {
    let server = start(FAMULOR.mock()).await;
    let phone = server
        .data(FAMULOR.operation)
        .iter()
        .find_map(|it| it["customer"]["phone"].as_str())
        .unwrap();
    let raw = get(
        &server,
        &FAMULOR.target(5, &format!("&customer_phone={phone}")),
    )
    .await
    .json();
    assert!(phone.starts_with('+') && items(&FAMULOR, &raw).is_empty());
    let escaped = phone.replace('+', "%2B");
    let found = get(
        &server,
        &FAMULOR.target(5, &format!("&customer_phone={escaped}")),
    )
    .await
    .json();
    assert!(!items(&FAMULOR, &found).is_empty());
}

#[tokio::test]
async fn other_parameters_do_not_filter() {
    let server = start(FAMULOR.mock()).await;
    let all = get(&server, FAMULOR.path).await.body;
    assert_eq!(
        get(&server, &format!("{}?assistant_id=1", FAMULOR.path))
            .await
            .body,
        all
    );
    let server = start(TALKTOHUMANS.mock()).await;
    let all = get(&server, TALKTOHUMANS.path).await.body;
    assert_eq!(
        get(
            &server,
            &format!("{}?tag=nobody&unknown=1", TALKTOHUMANS.path)
        )
        .await
        .body,
        all
    );
}

#[tokio::test]
async fn contacts_have_the_form_that_their_filter_asks_for() {
    let server = start(TALKTOHUMANS.mock()).await;
    let contacts = server
        .data(TALKTOHUMANS.operation)
        .iter()
        .flat_map(|item| compared("contact_id", item));
    for contact in contacts {
        assert!(contact.parse::<u64>().is_ok_and(|it| it > 0), "{contact}");
    }
}
