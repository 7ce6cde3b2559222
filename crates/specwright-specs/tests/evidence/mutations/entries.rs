//! Changes to deviations, and rows that are no facts.

use serde_json::{Value, json};

use super::{Evidence, expect};
use crate::facts;

#[test]
fn a_deviation_that_went_away() {
    let remove = |id: &'static str| {
        move |evidence: &mut Evidence| evidence.deviations.retain(|deviation| deviation.id != id)
    };
    expect(
        "parrot",
        remove("A1-2"),
        &["operation: security \"bearer\" is not documented"],
    );
    expect(
        "talktohumans",
        remove("D0-7"),
        &["pagination: has_more is inferred, and no deviation covers it"],
    );
    expect(
        "parrot",
        remove("D1-4"),
        &["a parameter without a name has no deviation that records it"],
    );
}

#[test]
fn a_stale_deviation() {
    let documented = |evidence: &mut Evidence| {
        let operation = evidence
            .facts
            .pointer_mut("/operation")
            .and_then(Value::as_object_mut)
            .expect("a table");
        operation.insert("security".to_owned(), json!("bearer"));
        operation.insert(
            "provenance_of".to_owned(),
            json!({"server": "public", "security": "stated"}),
        );
    };
    expect(
        "parrot",
        documented,
        &["A1-2: covers security, which nothing at its location needs"],
    );
    let unneeded = |evidence: &mut Evidence| {
        let note = evidence
            .deviations
            .iter_mut()
            .find(|deviation| deviation.id == "D0-1")
            .expect("a deviation");
        note.covers = vec!["maximum".to_owned()];
    };
    expect(
        "talktohumans",
        unneeded,
        &["D0-1: covers maximum, which nothing at its location needs"],
    );
}

#[test]
fn a_misplaced_or_repeated_deviation() {
    let misplace = |evidence: &mut Evidence| {
        let note = evidence
            .deviations
            .iter_mut()
            .find(|deviation| deviation.id == "D0-1")
            .expect("a deviation");
        note.location = "/paths/~1v2".to_owned();
    };
    expect("talktohumans", misplace, &["D0-1: there is no /paths/~1v2"]);
    let repeat = |evidence: &mut Evidence| {
        let note = evidence
            .deviations
            .iter()
            .find(|deviation| deviation.id == "D0-1")
            .cloned();
        evidence.deviations.extend(note);
    };
    expect("talktohumans", repeat, &["D0-1: the id is used twice"]);
}

#[test]
fn facts_that_are_none() {
    let error = |row: Value| facts::claims(&row).expect_err("must be refused");
    let assumed = json!({"field": [{"at": "id", "type": "string", "provenance": "assumed"}]});
    assert_eq!(
        error(assumed),
        "field id: type is assumed, which is no fact"
    );
    assert_eq!(error(json!({"fields": []})), "unknown section fields");
    let twice = json!({"field": [{"at": "id", "provenance": "stated"}, {"at": "id", "provenance": "stated"}]});
    assert_eq!(error(twice), "field id: name is documented twice");
    let exception = json!({"name": "q", "in": "query", "provenance": "stated", "provenance_of": {"type": "public"}});
    let expected = "query parameter q: provenance_of names type, which the row does not have";
    assert_eq!(error(json!({"parameter": [exception]})), expected);
    assert!(error(json!({"response": [{"status": "200"}]})).starts_with("a row has no provenance"));
}
