//! Example bodies that do not fit.

use serde_json::{Value, json};

use super::{load, set};
use crate::example;

#[test]
fn example_bodies_that_do_not_fit() {
    let (api, evidence) = load("famulor");
    let body: Value = serde_json::from_str(api.example.expect("an example")).expect("valid JSON");
    let found = |pointer: &str, value: Option<Value>| {
        let mut body = body.clone();
        set(&mut body, pointer, value);
        example::check(&evidence.document, &body).complaints
    };
    assert_eq!(found("/data/0/id", None), ["data[].id: missing"]);
    assert_eq!(
        found("/data/0/id", Some(Value::Null)),
        ["data[].id: is null"]
    );
    assert_eq!(
        found("/data/0/message_count", Some(json!("12"))),
        ["data[].message_count: \"12\" is not of type \"integer\""]
    );
    assert_eq!(
        found("/data/0/colour", Some(json!("red"))),
        ["data[].colour: not declared"]
    );
    assert_eq!(found("/data/0/variables", Some(json!({"any": 1}))), [""; 0]);
    assert_eq!(
        found("/data/0/type", Some(json!("fax"))),
        [""; 0],
        "the enum is open"
    );

    let mut closed = evidence.document.clone();
    set(
        &mut closed,
        "/components/schemas/ConversationType",
        Some(json!({"type": "string", "enum": ["widget"]})),
    );
    let complaints = example::check(&closed, &body).complaints;
    assert_eq!(
        complaints,
        [
            "data[].type: \"whatsapp\" is not allowed",
            "data[].type: \"api\" is not allowed"
        ]
    );
}

#[test]
fn example_bodies_that_show_too_little() {
    let (api, evidence) = load("famulor");
    let mut body: Value =
        serde_json::from_str(api.example.expect("an example")).expect("valid JSON");
    set(&mut body, "/data/0/customer/name", None);
    let report = example::check(&evidence.document, &body);
    assert_eq!(
        example::unseen(&evidence.facts, &report),
        ["data[].customer.name"]
    );
}
