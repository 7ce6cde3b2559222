//! How the list operations of a description page.
//!
//! A [`PagePlan`] says how a request asks for a position, where a response holds its items and what tells the next
//! position or the end. The generator emits it into clients, the mock serves by it.
//!
//! A plan is declared on an operation:
//!
//! ```yaml
//! x-specwright-pagination:
//!   style: cursor                                 # cursor | bidirectional | offset | page
//!   request: { position: cursor, size: limit }    # names of query parameters
//!   response:                                     # JSON pointers (RFC 6901) into the body; "" is the body itself
//!     items: /data/conversations
//!     next: /data/pagination/next_cursor
//!     has_more: /data/pagination/has_more         # also: previous, total, current, last, size
//!   size: { maximum: 25, clamps: true }           # default, maximum, all, clamps: what the parameter cannot say
//! ```

mod declared;

use specwright_diagnostics::{Diagnostic, Pointer, Rule, Severity};

use crate::{Description, OperationRef};

/// The extension that declares a plan.
pub const EXTENSION: &str = "x-specwright-pagination";

pub(crate) static INVALID_PLAN: Rule = Rule {
    name: "pagination/invalid-plan",
    severity: Severity::Error,
    summary: "A declared page plan names parameters and places that exist.",
    explanation: "`x-specwright-pagination` names query parameters of its operation and JSON pointers into the body of \
        its successful response. A name that matches nothing would give a client that cannot page, so the plan is not \
        used.",
};

/// How an operation pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PagePlan {
    /// The family of pagination.
    pub style: Style,
    /// The request's side.
    pub request: RequestPlan,
    /// The response's side.
    pub response: ResponsePlan,
    /// Page sizes.
    pub size: PageSize,
}

/// The families of pagination.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// An opaque cursor from the response leads forward.
    Cursor,
    /// Opaque cursors lead forward and back.
    Bidirectional,
    /// The number of items to skip.
    Offset,
    /// The number of the page, from 1.
    Page,
}

impl Style {
    /// The name in declarations.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Cursor => "cursor",
            Self::Bidirectional => "bidirectional",
            Self::Offset => "offset",
            Self::Page => "page",
        }
    }
}

/// Names of query parameters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestPlan {
    /// Takes the cursor, offset or page number.
    pub position: String,
    /// Takes the page size.
    pub size: Option<String>,
}

/// Places in the body of a response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResponsePlan {
    /// The array of items.
    pub items: Pointer,
    /// The cursor of the next page.
    pub next: Option<Pointer>,
    /// The cursor of the previous page.
    pub previous: Option<Pointer>,
    /// Whether there is a next page.
    pub has_more: Option<Pointer>,
    /// The number of all items.
    pub total: Option<Pointer>,
    /// The number of this page.
    pub current: Option<Pointer>,
    /// The number of the last page.
    pub last: Option<Pointer>,
    /// The page size that was served.
    pub size: Option<Pointer>,
}

/// What is known about page sizes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PageSize {
    /// Served when none is asked for.
    pub default: Option<u64>,
    /// The largest that is served.
    pub maximum: Option<u64>,
    /// The size that asks for everything in one response.
    pub all: Option<u64>,
    /// Whether a size above the maximum is served as the maximum instead of being refused.
    pub clamps: bool,
}

/// The plan of an operation, if it has a valid one.
#[must_use]
pub fn plan(description: &Description, operation: &OperationRef<'_>) -> Option<PagePlan> {
    declared::read(description, operation, &mut |_, _, _| {})
}

/// Reports what is wrong with the declared plans.
pub(crate) fn check(description: &Description, diagnostics: &mut Vec<Diagnostic>) {
    for operation in description.operations() {
        let _plan = declared::read(description, &operation, &mut |pointer, part, message| {
            let (file, origin) = description.origin(pointer);
            let mut diagnostic = Diagnostic::new(&INVALID_PLAN, file, origin, message);
            diagnostic.part = part;
            diagnostics.push(diagnostic);
        });
    }
}
