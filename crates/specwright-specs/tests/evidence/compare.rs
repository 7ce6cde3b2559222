//! The difference of the claims of a document and of its evidence.

use std::collections::BTreeSet;

use specwright_specs::{Deviation, Provenance};

use crate::claims::{Documented, EXISTS, FactClaims, Key, SpecClaims, Specified};

/// A claim that is not documented.
type Open<'a> = (&'a Key, &'a Specified);

/// Every disagreement, one line each: facts that do not hold, claims nothing answers for, deviations
/// that answer for nothing.
pub(crate) fn compare(
    spec: &SpecClaims,
    facts: &FactClaims,
    deviations: &[Deviation],
) -> Vec<String> {
    let mut complaints = spec.conflicts.clone();
    complaints.extend(unmet(spec, facts));
    let open: Vec<Open<'_>> = spec
        .claims
        .iter()
        .filter(|(key, _)| !is_documented(key, facts))
        .collect();
    complaints.extend(unanswered(&open, facts, deviations));
    complaints.extend(stale(&open, facts, deviations));
    complaints
}

fn is_documented(key: &Key, facts: &FactClaims) -> bool {
    facts
        .get(key)
        .is_some_and(|fact| fact.provenance.is_documented())
}

/// Facts that do not hold in the document. Of a part that is missing altogether, only that is said.
fn unmet(spec: &SpecClaims, facts: &FactClaims) -> Vec<String> {
    let is_missing = |subject: &String| {
        let exists = (subject.clone(), EXISTS.to_owned());
        facts.contains_key(&exists) && !spec.claims.contains_key(&exists)
    };
    let complaint = |(key, fact): (&Key, &Documented)| {
        let (subject, attribute) = key;
        let documented = &fact.value;
        match spec.claims.get(key) {
            None if is_missing(subject) => {
                (attribute == EXISTS).then(|| format!("{subject}: missing"))
            }
            None => Some(format!(
                "{subject}: {attribute} is documented as {documented}, but missing"
            )),
            Some(claim) if claim.value != *documented => Some(format!(
                "{subject}: {attribute} is documented as {documented}, not {}",
                claim.value
            )),
            Some(_) => None,
        }
    };
    facts.iter().filter_map(complaint).collect()
}

/// Claims that are neither documented nor covered. Of a part that is not documented at all, only
/// that is said.
fn unanswered(open: &[Open<'_>], facts: &FactClaims, deviations: &[Deviation]) -> Vec<String> {
    let mut uncovered = open.to_vec();
    uncovered.retain(|entry| {
        !deviations
            .iter()
            .any(|deviation| covers(deviation, entry, facts))
    });
    let unknown: BTreeSet<&String> = uncovered
        .iter()
        .filter(|((_, attribute), _)| attribute == EXISTS)
        .map(|((subject, _), _)| subject)
        .collect();
    let complaint = |(key, claim): &Open<'_>| {
        let (subject, attribute) = *key;
        match facts.contains_key(*key) {
            _ if attribute == EXISTS => Some(format!("{subject}: not documented")),
            _ if unknown.contains(subject) => None,
            true => Some(format!(
                "{subject}: {attribute} is inferred, and no deviation covers it"
            )),
            false => Some(format!(
                "{subject}: {attribute} {} is not documented",
                claim.value
            )),
        }
    };
    uncovered.iter().filter_map(complaint).collect()
}

/// Covers that no claim needs.
fn stale(open: &[Open<'_>], facts: &FactClaims, deviations: &[Deviation]) -> Vec<String> {
    let mut complaints = Vec::new();
    for deviation in deviations {
        for cover in &deviation.covers {
            if !open
                .iter()
                .any(|entry| answers(deviation, cover, entry, facts))
            {
                complaints.push(format!(
                    "{}: covers {cover}, which nothing at its location needs",
                    deviation.id
                ));
            }
        }
    }
    complaints
}

fn covers(deviation: &Deviation, entry: &Open<'_>, facts: &FactClaims) -> bool {
    deviation
        .covers
        .iter()
        .any(|cover| answers(deviation, cover, entry, facts))
}

/// Whether a cover of a deviation answers for a claim. A conclusion answers for what the evidence
/// has as inferred, and for nothing else: a claim without a fact takes a choice.
fn answers(
    deviation: &Deviation,
    cover: &str,
    (key, claim): &Open<'_>,
    facts: &FactClaims,
) -> bool {
    let (_, attribute) = *key;
    facts.contains_key(*key) == (deviation.provenance == Provenance::Inferred)
        && (cover == "*" || cover == attribute)
        && claim
            .trail
            .iter()
            .any(|place| is_below(place, &deviation.location))
}

/// Whether a JSON pointer is another one, or goes on from it.
fn is_below(place: &str, location: &str) -> bool {
    place
        .strip_prefix(location)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

#[test]
fn places_are_compared_by_whole_steps() {
    assert!(is_below("/a/b", "/a"));
    assert!(is_below("/a", "/a"));
    assert!(!is_below("/ab", "/a"));
    assert!(!is_below("/a", "/a/b"));
}
