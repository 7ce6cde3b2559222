//! The list operations of a document.

use specwright_openapi::{OperationRef, pagination::Found};

/// An operation that looks like a list, with what is known of its pages.
#[derive(Debug)]
pub(crate) struct List<'d> {
    pub(crate) operation: OperationRef<'d>,
    pub(crate) found: Found,
}
