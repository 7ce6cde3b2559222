//! Changes to responses, their bodies and headers.

use serde_json::json;

use super::change;

#[test]
fn an_undocumented_field() {
    let field = json!({"type": "string", "format": "uri", "nullable": true});
    let pointer = "/components/schemas/Conversation/properties/web_url";
    change(
        "talktohumans",
        pointer,
        Some(field),
        &["field data.conversations[].web_url: not documented"],
    );
}

#[test]
fn a_missing_field() {
    let expected = ["field data[].total_cost: missing"];
    change(
        "famulor",
        "/components/schemas/Conversation/properties/total_cost",
        None,
        &expected,
    );
}

#[test]
fn a_changed_field() {
    let expected =
        ["field data[].message_count: type is documented as \"integer\", not \"string\""];
    let pointer = "/components/schemas/Conversation/properties/message_count/type";
    change("famulor", pointer, Some(json!("string")), &expected);
    let expected =
        ["field data.data[].task_uuids[]: format is documented as \"uuid\", but missing"];
    let pointer = "/components/schemas/Conversation/properties/task_uuids/items/format";
    change("mindhunters", pointer, None, &expected);
    let expected = ["field next_cursor: nullable is documented as true, but missing"];
    change(
        "famulor",
        "/components/schemas/ConversationPage/properties/next_cursor/nullable",
        None,
        &expected,
    );
}

#[test]
fn a_required_field() {
    let pointer = "/components/schemas/Account/required";
    let expected =
        ["field data.conversations[].account.account_id: required true is not documented"];
    change(
        "talktohumans",
        pointer,
        Some(json!(["account_id"])),
        &expected,
    );
    let expected = ["field data: required is documented as true, but missing"];
    change(
        "talktohumans",
        "/components/schemas/ConversationList/required",
        None,
        &expected,
    );
}

#[test]
fn an_undocumented_constraint_of_a_field() {
    let pointer = "/components/schemas/Conversation/properties/app_url/format";
    let expected = ["field data.conversations[].app_url: format \"uri\" is not documented"];
    change("talktohumans", pointer, Some(json!("uri")), &expected);
    let pointer = "/components/schemas/Customer/properties/phone/maxLength";
    change(
        "famulor",
        pointer,
        Some(json!(20)),
        &["field data[].customer.phone: maxLength 20 is not documented"],
    );
}

#[test]
fn an_undocumented_or_missing_status() {
    let pointer = "/paths/~1api~1v1~1conversations/get/responses/409";
    let response = json!({"$ref": "#/components/responses/Error"});
    change(
        "mindhunters",
        pointer,
        Some(response),
        &["response 409: status true is not documented"],
    );
    let pointer = "/paths/~1user~1conversations/get/responses/429";
    let expected = [
        "response 429: status is documented as true, but missing",
        &format!("A2-8: there is no {pointer}"),
    ];
    change("famulor", pointer, None, &expected);
}

#[test]
fn a_changed_error_body() {
    let pointer = "/components/schemas/Error/properties/retry_after/type";
    let expected = ["error field retry_after: type is documented as \"integer\", not \"number\""];
    change("famulor", pointer, Some(json!("number")), &expected);
    let pointer = "/components/schemas/ErrorDetail/properties/field";
    change(
        "mindhunters",
        pointer,
        None,
        &["error field error.field: missing"],
    );
}

#[test]
fn responses_that_disagree() {
    let body = json!({"type": "object", "properties": {"message": {"type": "integer"}}});
    let response = json!({"description": "", "content": {"application/json": {"schema": body}}});
    let pointer = "/paths/~1user~1conversations/get/responses/403";
    let expected = ["error field message: type is both \"string\" and \"integer\""];
    change("famulor", pointer, Some(response), &expected);
}

#[test]
fn a_changed_header() {
    let pointer = "/components/headers/RateLimitReset/schema/type";
    let expected = ["header X-RateLimit-Reset: type is documented as \"integer\", not \"string\""];
    change("famulor", pointer, Some(json!("string")), &expected);
}
