//! Changes to parameters.

use serde_json::json;

use super::{LIMIT, PARAMETERS, change};

#[test]
fn a_missing_parameter() {
    let expected = [
        "query parameter cursor: missing",
        "cursor is no query parameter",
    ];
    change("talktohumans", &format!("{PARAMETERS}/3"), None, &expected);
}

#[test]
fn an_undocumented_parameter() {
    let parameter = json!({"name": "sort", "in": "query", "schema": {"type": "string"}});
    let pointer = format!("{PARAMETERS}/-");
    change(
        "talktohumans",
        &pointer,
        Some(parameter),
        &["query parameter sort: not documented"],
    );
}

#[test]
fn a_changed_default() {
    let expected = ["query parameter limit: default is documented as 10, not 20"];
    change(
        "talktohumans",
        &format!("{LIMIT}/default"),
        Some(json!(20)),
        &expected,
    );
}

#[test]
fn a_missing_default() {
    let expected = ["query parameter sort_dir: default is documented as \"desc\", but missing"];
    change(
        "mindhunters",
        "/components/schemas/SortDirection/default",
        None,
        &expected,
    );
}

#[test]
fn an_undocumented_minimum() {
    let pointer = "/paths/~1api~1v1~1conversations/get/parameters/1/schema/minimum";
    change(
        "mindhunters",
        pointer,
        Some(json!(1)),
        &["query parameter per_page: minimum 1 is not documented"],
    );
}

#[test]
fn a_changed_maximum_pattern_or_type() {
    let expected = ["query parameter limit: maximum 25 is not documented"];
    change(
        "talktohumans",
        &format!("{LIMIT}/maximum"),
        Some(json!(25)),
        &expected,
    );
    let expected = [
        "query parameter contact_id: pattern is documented as \"^[1-9][0-9]*$\", not \"^[0-9]+$\"",
    ];
    change(
        "talktohumans",
        &format!("{PARAMETERS}/1/schema/pattern"),
        Some(json!("^[0-9]+$")),
        &expected,
    );
    let expected =
        ["query parameter assistant_id: type is documented as \"integer\", not \"string\""];
    let pointer = "/paths/~1user~1conversations/get/parameters/1/schema/type";
    change("famulor", pointer, Some(json!("string")), &expected);
}

#[test]
fn changed_enum_members() {
    let expected =
        ["query parameter status: enum is documented as [\"Active\",\"Closed\"], not [\"Active\"]"];
    change(
        "mindhunters",
        "/components/schemas/ConversationStatusFilter/enum/1",
        None,
        &expected,
    );
    let expected =
        ["path parameter account_id: enum is documented as [\"me\"], not [\"me\",\"self\"]"];
    change(
        "parrot",
        "/components/schemas/AccountId/anyOf/0/enum/-",
        Some(json!("self")),
        &expected,
    );
}

#[test]
fn a_required_or_deprecated_parameter() {
    let expected = ["query parameter tag: required is documented as false, not true"];
    change(
        "talktohumans",
        &format!("{PARAMETERS}/0/required"),
        Some(json!(true)),
        &expected,
    );
    let expected = ["query parameter tag: deprecated true is not documented"];
    change(
        "talktohumans",
        &format!("{PARAMETERS}/0/deprecated"),
        Some(json!(true)),
        &expected,
    );
}
