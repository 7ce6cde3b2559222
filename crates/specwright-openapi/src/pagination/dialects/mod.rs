//! Page plans in the words of other vendors.

use super::found::Found;
use crate::{Description, OperationRef};

/// The plan of the first dialect that the operation speaks.
pub(super) fn find<'a>(
    description: &'a Description,
    operation: &'a OperationRef<'a>,
) -> Option<Found> {
    let _ = (description, operation);
    None
}
