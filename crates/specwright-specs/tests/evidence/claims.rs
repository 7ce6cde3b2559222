//! The common form of a document and its evidence: what is claimed about which part of the API.

use std::collections::BTreeMap;

use serde_json::Value;
use specwright_specs::Provenance;

/// A part of the API, such as `query parameter limit`, and an attribute of it, such as `default`.
pub(crate) type Key = (String, String);

/// The attribute that says that a part exists at all.
pub(crate) const EXISTS: &str = "name";

/// What a document says, with the JSON pointers that were passed on the way to it.
#[derive(Debug, PartialEq)]
pub(crate) struct Specified {
    pub(crate) value: Value,
    pub(crate) trail: Vec<String>,
}

/// What the evidence says, and how it is known.
#[derive(Debug, PartialEq)]
pub(crate) struct Documented {
    pub(crate) value: Value,
    pub(crate) provenance: Provenance,
}

/// The claims of a document.
#[derive(Debug, Default)]
pub(crate) struct SpecClaims {
    pub(crate) claims: BTreeMap<Key, Specified>,
    /// Claims that the document makes twice, with different values.
    pub(crate) conflicts: Vec<String>,
}

/// The claims of the evidence.
pub(crate) type FactClaims = BTreeMap<Key, Documented>;

impl SpecClaims {
    /// Adds a claim. Responses share bodies and headers, so the same claim may come up again.
    pub(crate) fn add(&mut self, subject: &str, attribute: &str, value: Value, trail: &[String]) {
        let key = (subject.to_owned(), attribute.to_owned());
        match self.claims.get_mut(&key) {
            Some(claim) if claim.value == value => claim.trail.extend_from_slice(trail),
            Some(claim) => {
                self.conflicts.push(format!(
                    "{subject}: {attribute} is both {} and {value}",
                    claim.value
                ));
            }
            None => {
                self.claims.insert(
                    key,
                    Specified {
                        value,
                        trail: trail.to_vec(),
                    },
                );
            }
        }
    }
}
