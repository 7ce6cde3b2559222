//! Changes to the operation itself, its servers, its security and its pagination.

use serde_json::{Value, json};

use super::{Evidence, change, expect};

#[test]
fn a_changed_server() {
    let expected = [
        "operation: server is documented as \"https://api.prtmb.com\", not \"https://example.com\"",
    ];
    change(
        "parrot",
        "/servers/0/url",
        Some(json!("https://example.com")),
        &expected,
    );
    let second = json!({"url": "https://example.com"});
    change(
        "parrot",
        "/servers/-",
        Some(second),
        &["server \"https://example.com\": not documented"],
    );
}

#[test]
fn a_server_variable_with_undocumented_values() {
    let pointer = "/servers/0/variables/subdomain/enum";
    let expected = ["server variable subdomain: enum [\"demo\"] is not documented"];
    change("mindhunters", pointer, Some(json!(["demo"])), &expected);
}

#[test]
fn a_changed_security_scheme() {
    let scheme = json!({"type": "http", "scheme": "basic"});
    let expected = ["operation: security is documented as \"bearer\", not \"basic\""];
    change(
        "famulor",
        "/components/securitySchemes/bearerAuth",
        Some(scheme),
        &expected,
    );
    change(
        "famulor",
        "/security",
        None,
        &["operation: security is documented as \"bearer\", but missing"],
    );
}

#[test]
fn a_changed_path() {
    let rename = |evidence: &mut Evidence| {
        let paths = evidence
            .document
            .pointer_mut("/paths")
            .and_then(Value::as_object_mut)
            .expect("paths");
        let item = paths.shift_remove("/user/conversations").expect("the path");
        paths.insert("/conversations".to_owned(), item);
        for deviation in &mut evidence.deviations {
            deviation.location = deviation.location.replace("~1user~1", "~1");
        }
    };
    let expected =
        ["operation: path is documented as \"/user/conversations\", not \"/conversations\""];
    expect("famulor", rename, &expected);
}

#[test]
fn a_second_operation() {
    let pointer = "/paths/~1v1~1conversations/post";
    let expected = ["operation post /v1/conversations: not documented"];
    change(
        "talktohumans",
        pointer,
        Some(json!({"responses": {}})),
        &expected,
    );
}

#[test]
fn changed_pagination() {
    let extension = "/paths/~1v1~1conversations/get/x-specwright-pagination";
    let expected = ["pagination: items is documented as \"/data/conversations\", not \"/data\""];
    change(
        "talktohumans",
        &format!("{extension}/response/items"),
        Some(json!("/data")),
        &expected,
    );
    let expected = ["pagination: clamps is documented as true, but missing"];
    change(
        "talktohumans",
        &format!("{extension}/size/clamps"),
        None,
        &expected,
    );
    let expected = ["pagination: maximum is documented as 25, not 50"];
    change(
        "talktohumans",
        &format!("{extension}/size/maximum"),
        Some(json!(50)),
        &expected,
    );
    let expected = ["pagination: all 0 is not documented"];
    change(
        "talktohumans",
        &format!("{extension}/size/all"),
        Some(json!(0)),
        &expected,
    );
}

#[test]
fn dangling_pagination() {
    let extension = "/paths/~1v1~1conversations/get/x-specwright-pagination";
    let expected = [
        "pagination: next is documented as \"/data/pagination/next_cursor\", not \"/pagination/next_cursor\"",
        "/pagination/next_cursor is not in the body",
    ];
    let wrong = Some(json!("/pagination/next_cursor"));
    change(
        "talktohumans",
        &format!("{extension}/response/next"),
        wrong,
        &expected,
    );
    let expected = [
        "pagination: size is documented as \"limit\", not \"per_page\"",
        "per_page is no query parameter",
    ];
    change(
        "talktohumans",
        &format!("{extension}/request/size"),
        Some(json!("per_page")),
        &expected,
    );
}
