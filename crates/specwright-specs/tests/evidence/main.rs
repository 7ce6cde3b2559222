//! The documents against the evidence, in both directions: every documented fact holds in the document, and everything
//! the document says is a documented fact or answered for by a deviation.
//!
//! Both sides are turned into the same form, a map of claims (`claims`); `compare` is the difference of the two maps.

#[cfg(test)]
mod claims;
#[cfg(test)]
mod compare;
#[cfg(test)]
mod deviations;
#[cfg(test)]
mod example;
#[cfg(test)]
mod facts;
#[cfg(test)]
mod mutations;
#[cfg(test)]
mod pagination;
#[cfg(test)]
mod schema;
#[cfg(test)]
mod spec;

use serde_json::Value;
use specwright_specs::{Api, Deviation};

/// Returns the document of an API as a plain value.
fn spec_value(api: &Api) -> Result<Value, String> {
    serde_yaml::from_str(api.document).map_err(|error| format!("{}: {error}", api.name))
}

/// Everything that is wrong with an API: an empty list for a document that fits its evidence.
fn complaints(
    document: &Value,
    facts: &Value,
    deviations: &[Deviation],
) -> Result<Vec<String>, String> {
    let documented = facts::claims(facts)?;
    let specified = spec::claims(document);
    let mut complaints = compare::compare(&specified, &documented, deviations);
    complaints.extend(pagination::dangling(document));
    complaints.extend(deviations::misplaced(document, deviations));
    complaints.extend(deviations::duplicates(deviations));
    complaints.extend(deviations::unanswered_losses(facts, deviations));
    Ok(complaints)
}

#[test]
fn documents_fit_their_evidence() {
    for api in specwright_specs::all() {
        let document = spec_value(api).expect("valid YAML");
        let facts = facts::parse(api.facts).expect("valid facts");
        let deviations = api.deviations().expect("valid deviations");
        let complaints = complaints(&document, &facts, &deviations).expect("readable evidence");
        assert!(
            complaints.is_empty(),
            "{}:\n{}",
            api.name,
            complaints.join("\n")
        );
    }
}

#[test]
fn findings_are_complete() {
    for (name, prefix, last) in [
        ("talktohumans", "D0-", 7),
        ("parrot", "D1-", 12),
        ("famulor", "D2-", 13),
        ("mindhunters", "D3-", 11),
    ] {
        let api = specwright_specs::get(name).expect("built in");
        let deviations = api.deviations().expect("valid deviations");
        let found: Vec<_> = deviations
            .iter()
            .filter_map(|deviation| deviation.id.strip_prefix(prefix))
            .collect();
        let expected: Vec<_> = (1..=last).map(|number: u32| number.to_string()).collect();
        assert_eq!(found, expected, "{name}");
    }
}

#[test]
fn examples_fit_their_schemas_and_show_every_field() {
    for api in specwright_specs::all() {
        let document = spec_value(api).expect("valid YAML");
        let facts = facts::parse(api.facts).expect("valid facts");
        let announced = facts.pointer("/source/example").and_then(Value::as_bool);
        assert_eq!(
            announced,
            Some(api.example.is_some()),
            "{}: facts and fixture disagree",
            api.name
        );
        let Some(text) = api.example else { continue };

        let body = serde_json::from_str(text).expect("valid JSON");
        let report = example::check(&document, &body);
        assert!(
            report.complaints.is_empty(),
            "{}:\n{}",
            api.name,
            report.complaints.join("\n")
        );
        let unseen = example::unseen(&facts, &report);
        assert!(
            unseen.is_empty(),
            "{}: documented, but not in the example: {unseen:?}",
            api.name
        );
    }
}
