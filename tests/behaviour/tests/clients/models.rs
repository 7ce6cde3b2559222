//! Bodies that keep to the document less than the mock's: models must take them all the same.

use famulor::types::ConversationType;
use mindhunters::types::{CallDirection, CallStatus, Channel, ConversationStatus, Responder};
use serde_json::{Value, json};
use specwright_behaviour::{Api, Famulor, Mindhunters, Parrot, TalkToHumans};

use crate::canned::Canned;
use crate::support::in_time;

/// One page with the items, and members that no document names.
fn page<A: Api>(items: &Value) -> String {
    let body = match A::NAME {
        "talktohumans" => json!({
            "data": { "conversations": items, "pagination": { "has_more": false, "took": 3 }, "new": {} },
            "meta": null,
        }),
        "parrot" => json!({ "data": items, "links": [1, 2] }),
        "famulor" => json!({
            "data": items, "next_cursor": null, "prev_cursor": null,
            "next_page_url": null, "prev_page_url": "http://localhost/?cursor=a",
        }),
        _ => json!({
            "success": true, "message": "Success",
            "data": { "current_page": 1, "data": items, "last_page": 1, "per_page": 15, "from": null, "links": [{}] },
        }),
    };
    body.to_string()
}

async fn read<A: Api>(items: Value) -> Vec<A::Item> {
    in_time(async {
        let list = A::list(&Canned::new(page::<A>(&items)).client::<A>());
        // The canned server has the same page at every position.
        let mut items = A::items(list).max_pages(1);
        let mut read = Vec::new();
        while let Some(item) = items.try_next().await.unwrap() {
            read.push(item);
        }
        read
    })
    .await
}

#[tokio::test]
async fn unknown_members_are_read_over() {
    let further = json!({ "deep": [{ "er": 1 }] });
    let read_one =
        read::<TalkToHumans>(json!([{ "conversation_id": "1", "further": further }])).await;
    assert_eq!(read_one[0].conversation_id, "1");
    let read_one =
        read::<Famulor>(json!([{ "further": further, "id": "no-uuid-at-all-gh" }])).await;
    assert_eq!(read_one[0].id, "no-uuid-at-all-gh");
    let read_one = read::<Mindhunters>(json!([{ "uuid": "3", "further": further }])).await;
    assert_eq!(read_one[0].uuid, "3");
}

#[tokio::test]
async fn unknown_members_of_open_objects_are_kept() {
    let read_one =
        read::<Parrot>(json!([{ "id": "1", "further": { "deep": [1, null] }, "again": false }]))
            .await;
    let kept: Vec<_> = read_one[0]
        .additional
        .iter()
        .map(|(name, value)| (name.as_str(), value.clone()))
        .collect();
    assert_eq!(
        kept,
        [
            ("further", json!({ "deep": [1, null] })),
            ("again", json!(false))
        ]
    );
}

#[tokio::test]
async fn everything_but_the_id_may_be_absent_or_null() {
    let absent = read::<TalkToHumans>(json!([{ "conversation_id": "1" }])).await;
    let null = json!([{ "conversation_id": "1", "account": null, "participants": null, "sequence": null }]);
    assert_eq!(read::<TalkToHumans>(null).await, absent);
    let absent = read::<Famulor>(json!([{ "id": "1" }])).await;
    let null = json!([{ "id": "1", "type": null, "variables": null, "customer": null, "total_cost": null }]);
    assert_eq!(read::<Famulor>(null).await, absent);
    let absent = read::<Mindhunters>(json!([{ "uuid": "1" }])).await;
    let null =
        json!([{ "uuid": "1", "call": null, "contact": null, "task_uuids": null, "status": null }]);
    assert_eq!(read::<Mindhunters>(null).await, absent);
    assert_eq!(
        read::<Parrot>(json!([{}])).await,
        read::<Parrot>(json!([{ "id": null, "status": null }])).await
    );
}

#[tokio::test]
async fn a_missing_id_is_an_error_that_says_where() {
    in_time(async {
        let canned = Canned::new(page::<Famulor>(&json!([{ "id": "1" }, { "type": "test" }])));
        let error = canned
            .client::<Famulor>()
            .conversations()
            .list()
            .items()
            .try_next()
            .await
            .unwrap_err();
        let decode = error.decode().unwrap();
        assert_eq!(
            (decode.path(), decode.message()),
            ("$.data[1]", "missing field `id`")
        );
    })
    .await;
}

#[tokio::test]
async fn words_that_no_document_lists_are_kept() {
    let read_all = read::<Famulor>(
        json!([{ "id": "1", "type": "whatsapp" }, { "id": "2", "type": "Telegram" }]),
    )
    .await;
    let types: Vec<_> = read_all
        .iter()
        .map(|it| it.r#type.clone().unwrap())
        .collect();
    assert_eq!(
        types,
        [
            ConversationType::Whatsapp,
            ConversationType::Other("Telegram".to_owned())
        ]
    );
    assert_eq!(types[1].to_string(), "Telegram");

    let read_one = read::<Parrot>(json!([{ "status": "paused" }])).await;
    let status = read_one[0].status.as_ref().unwrap();
    assert_eq!(
        *status,
        parrot::types::ConversationStatus::Other("paused".to_owned())
    );

    let read_one = read::<Mindhunters>(json!([{
        "uuid": "1", "type": "Test", "status": "Archived", "responded_by": "Human", "channel": "sms",
        "call": { "direction": "Outbound", "status": "completed", "handled_by": "AI" },
    }]))
    .await;
    let item = &read_one[0];
    assert_eq!(item.r#type.as_ref().map(|it| it.as_str()), Some("Test"));
    assert_eq!(
        item.status,
        Some(ConversationStatus::Other("Archived".to_owned()))
    );
    assert_eq!(
        item.responded_by,
        Some(Responder::Other("Human".to_owned()))
    );
    assert_eq!(item.channel, Some(Channel::Other("sms".to_owned())));
    let call = item.call.as_ref().unwrap();
    assert_eq!(
        call.direction,
        Some(CallDirection::Other("Outbound".to_owned()))
    );
    assert_eq!(call.status, Some(CallStatus::Other("completed".to_owned())));
    assert_eq!(call.handled_by.as_ref().map(|it| it.as_str()), Some("AI"));
}

#[tokio::test]
async fn variables_may_be_null_an_object_or_phps_empty_list() {
    let items = json!([
        { "id": "1", "variables": null },
        { "id": "2", "variables": {} },
        { "id": "3", "variables": [] },
        { "id": "4", "variables": { "name": "Ada", "vip": true, "n": [1] } },
        { "id": "5" },
    ]);
    let read_all = read::<Famulor>(items).await;
    let sizes: Vec<_> = read_all
        .iter()
        .map(|it| it.variables.as_ref().map(|it| it.len()))
        .collect();
    assert_eq!(sizes, [None, Some(0), Some(0), Some(3), None]);
    assert_eq!(read_all[3].variables.as_ref().unwrap()["n"], json!([1]));
}

#[tokio::test]
async fn a_list_that_is_not_empty_is_no_map() {
    in_time(async {
        let canned = Canned::new(page::<Famulor>(&json!([{ "id": "1", "variables": [1] }])));
        let error = canned
            .client::<Famulor>()
            .conversations()
            .list()
            .await
            .unwrap_err();
        assert!(
            error
                .decode()
                .unwrap()
                .path()
                .starts_with("$.data[0].variables"),
            "{error}"
        );
    })
    .await;
}

#[tokio::test]
async fn dates_keep_their_text_whatever_it_is() {
    let items =
        json!([{ "id": "1", "created_at": "2025-01-25 14:30:00", "updated_at": "yesterday" }]);
    let read_one = read::<Famulor>(items).await;
    assert_eq!(
        read_one[0].created_at.as_ref().map(|it| it.as_str()),
        Some("2025-01-25 14:30:00")
    );
    assert_eq!(
        read_one[0].updated_at.as_ref().map(|it| it.as_str()),
        Some("yesterday")
    );
}

#[tokio::test]
async fn integers_may_be_written_as_other_numbers() {
    let body = page::<Mindhunters>(&json!([])).replace("\"last_page\":1", "\"last_page\":1.0e0");
    in_time(async {
        let page = Canned::new(body)
            .client::<Mindhunters>()
            .conversations()
            .list()
            .await
            .unwrap();
        assert_eq!(page.data.last_page, 1);
    })
    .await;
    let read_one = read::<TalkToHumans>(json!([{
        "conversation_id": "1", "sequence": { "steps": [{ "position": 2.0 }] },
    }]))
    .await;
    let sequence = read_one[0].sequence.as_ref().unwrap();
    assert_eq!(sequence.steps.as_ref().unwrap()[0].position, Some(2));
}
