//! Answers that a test asks for.

use hyper::HeaderMap;
use specwright_openapi::{Description, OperationRef};

use super::{endpoint, prefer::Preferences, refusal, reply::Reply, state::Asked};
use crate::value::{Presence, Values};

/// One answer for every request: a status, and how much of what it may hold the body has.
///
/// The body is generated from the schema that the operation documents for the status, or for its range, or as default.
/// An operation that documents nothing for it answers with a problem (RFC 9457).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Script {
    /// The status, from 200.
    pub status: u16,
    /// How much of what the schema leaves optional the body has.
    pub presence: Presence,
    /// What the body follows from.
    pub seed: u64,
}

impl Script {
    /// The answer of the operation.
    pub(crate) fn reply(
        self,
        description: &Description,
        operation: &OperationRef<'_>,
        asked: &Asked<'_>,
        seed: u64,
    ) -> Reply {
        if endpoint::response(description, operation, self.status).is_none() {
            return refusal::problem(self.status, "the operation documents no such status");
        }
        let preferences = Preferences {
            code: Some(self.status.to_string()),
            example: None,
            dynamic: Some(true),
        };
        let values = Values::new(description)
            .seed(self.seed)
            .presence(self.presence);
        let choose =
            |headers| endpoint::choose_by(description, operation, headers, preferences.clone());
        // Servers tell of errors whatever is accepted (RFC 9110 §12.5.1).
        let anything = HeaderMap::new();
        let chosen = choose(asked.headers).or_else(|_| choose(&anything));
        match chosen {
            Ok(chosen) => {
                let reply = chosen.generated(description, &values);
                chosen.finish(description, operation, reply, seed)
            }
            Err(reply) => *reply,
        }
    }
}
