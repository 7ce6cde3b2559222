//! Each kind of disagreement is found: a change to a document, its facts or its deviations yields exactly the expected
//! complaints.

mod bodies;
mod entries;
mod operation;
mod parameters;
mod responses;

use serde_json::Value;
use specwright_specs::{Api, Deviation};

use crate::{complaints, facts, spec_value};

const LIMIT: &str = "/paths/~1v1~1conversations/get/parameters/2/schema";
const PARAMETERS: &str = "/paths/~1v1~1conversations/get/parameters";

struct Evidence {
    document: Value,
    facts: Value,
    deviations: Vec<Deviation>,
}

fn load(name: &str) -> (&'static Api, Evidence) {
    let api = specwright_specs::get(name).expect("built in");
    let document = spec_value(api).expect("valid YAML");
    let facts = facts::parse(api.facts).expect("valid facts");
    (
        api,
        Evidence {
            document,
            facts,
            deviations: api.deviations().expect("valid deviations"),
        },
    )
}

/// Changes the evidence of an API and expects these complaints.
fn expect(name: &str, change: impl FnOnce(&mut Evidence), expected: &[&str]) {
    let (_, mut evidence) = load(name);
    change(&mut evidence);
    let found = complaints(&evidence.document, &evidence.facts, &evidence.deviations)
        .expect("readable evidence");
    assert_eq!(found, expected, "{name}");
}

/// Replaces, adds (the last step is a key) or, with `None`, removes a value of the document.
fn set(document: &mut Value, pointer: &str, value: Option<Value>) {
    let (parent, key) = pointer.rsplit_once('/').expect("a pointer below the root");
    let key = key.replace("~1", "/").replace("~0", "~");
    match (
        document.pointer_mut(parent).expect("an existing parent"),
        value,
    ) {
        (Value::Object(object), Some(value)) => {
            object.insert(key, value);
        }
        (Value::Object(object), None) => {
            object.shift_remove(&key).expect("an existing key");
        }
        (Value::Array(array), None) => {
            array.remove(key.parse().expect("an index"));
        }
        (Value::Array(array), Some(value)) => array.push(value),
        (other, _) => panic!("{parent} is {other}"),
    }
}

fn change(name: &str, pointer: &str, value: Option<Value>, expected: &[&str]) {
    expect(
        name,
        |evidence| set(&mut evidence.document, pointer, value),
        expected,
    );
}
