//! Whether a request keeps to the description.

use specwright_openapi::OperationRef;

use super::{
    reply::Reply,
    state::{Asked, State},
};

/// The answer to a request that breaks the contract of its operation: a problem (RFC 9457) that names the part of the
/// request and the rule. `None` if there is nothing to object to.
///
/// Called for every request that has been authenticated, before its answer is made.
pub(crate) fn refused(
    _state: &State,
    _asked: &Asked<'_>,
    _operation: &OperationRef<'_>,
) -> Option<Reply> {
    None
}
