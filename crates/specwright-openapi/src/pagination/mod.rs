//! How the list operations of a description page.
//!
//! A [`PagePlan`] says how a request asks for a position, where a response holds its items and what tells the next
//! position or the end. The generator emits it into clients, the mock serves by it.
//!
//! [`find`] takes the first of these that an operation has:
//!
//! 1. `x-specwright-pagination` (below);
//! 2. an extension of another vendor, with a report of what it cannot say;
//! 3. an OpenAPI link from the response back to the operation;
//! 4. names, types and declared headers, with the evidence and how sure it is.
//!
//! A plan is declared on an operation:
//!
//! ```yaml
//! x-specwright-pagination:
//!   style: cursor                # cursor | bidirectional | offset | page | next-url | link | keyset | token
//!   request:                     # a query parameter, header:Name, or body:/pointer into a JSON body
//!     position: cursor           # takes the cursor, offset, page number or key
//!     size: limit                # takes the page size
//!     previous: before           # takes the position of the way back, where `position` does not
//!   response:                    # JSON pointers (RFC 6901) into the body, "" is the body itself; or header:Name
//!     items: /data/conversations
//!     next: /data/pagination/next_cursor      # or, in the style keyset, last-item:field
//!     has_more: /data/pagination/has_more     # also: previous, is_last, total, current, last, size
//!   size: { maximum: 25, clamps: true }       # default, minimum, maximum, all, clamps: what the parameter cannot say
//!   first: 0                                  # the number of the first page, where it is not 1
//! ```
//!
//! An operation that does not page says `false`. Plans that many operations share have a name at the root of the
//! document; an operation uses one by its name, or replaces some members (`null` takes one away):
//!
//! ```yaml
//! x-specwright-pagination:       # at the root of the document
//!   by-page: { style: page, request: { position: page }, response: { items: /items, total: /total } }
//! paths:
//!   /cats:
//!     get:
//!       x-specwright-pagination: by-page
//!   /dogs:
//!     get:
//!       x-specwright-pagination: { use: by-page, response: { items: /dogs } }
//! ```

mod declared;
mod dialects;
mod fit;
mod found;
mod infer;
mod overlay;
mod place;
mod plan;
mod surface;

use specwright_diagnostics::{Diagnostic, Part, Pointer, Rule, Severity};

pub use found::{Confidence, Evidence, Found};
pub use overlay::overlay;
pub use place::{
    PlaceSchema, is_position_name, is_size_name, request_schema, response_examples,
    response_headers, response_members, response_schema, unpaged_items,
};
pub use plan::{PagePlan, PageSize, RequestPlace, RequestPlan, ResponsePlace, ResponsePlan, Style};

use crate::{Description, OperationRef};
use declared::Declared;

/// The extension that declares a plan.
pub const EXTENSION: &str = "x-specwright-pagination";

/// The JSON Schema (2020-12) of the extension, for editors and other tools.
pub const SCHEMA: &str = include_str!("../../schema/x-specwright-pagination.json");

pub(crate) static INVALID_PLAN: Rule = Rule {
    name: "pagination/invalid-plan",
    severity: Severity::Error,
    summary: "A declared page plan names parameters and places that exist.",
    explanation: "`x-specwright-pagination` names parameters of its operation and JSON pointers into the body of \
        its successful response. A name that matches nothing would give a client that cannot page, so the plan is not \
        used.",
};

pub(crate) static UNUSED_SCHEME: Rule = Rule {
    name: "pagination/unused-scheme",
    severity: Severity::Warning,
    summary: "A shared page plan is used by an operation.",
    explanation: "A plan at the root of the document does nothing by itself: an operation uses it by its name. One \
        that none uses is a leftover, or its name is misspelt where it should be used.",
};

/// What is known of the pages of an operation; `None` if it does not look like a list that pages.
#[must_use]
pub fn find<'a>(description: &'a Description, operation: &'a OperationRef<'a>) -> Option<Found> {
    let declared = |plan: Option<PagePlan>, reservation: &str| Found {
        plan,
        confidence: Confidence::Declared,
        declared_by: Some(EXTENSION),
        evidence: vec![Evidence {
            part: "plan",
            says: format!("`{EXTENSION}`"),
            pointer: operation.pointer.join(EXTENSION),
        }],
        reservations: (!reservation.is_empty())
            .then(|| reservation.to_owned())
            .into_iter()
            .collect(),
    };
    match declared::read(description, operation, &mut |_, _, _| {}) {
        Some(Declared::Plan(plan)) => return Some(declared(Some(*plan), "")),
        Some(Declared::No) => return Some(declared(None, "declared not to page")),
        Some(Declared::Unusable) => {
            return Some(declared(
                None,
                "the declared plan cannot be used; `specwright check` says why",
            ));
        }
        None => {}
    }
    dialects::find(description, operation).or_else(|| infer::find(description, operation))
}

/// The plan that the operation declares with `x-specwright-pagination`, if it is valid.
#[must_use]
pub fn declared<'a>(
    description: &'a Description,
    operation: &'a OperationRef<'a>,
) -> Option<PagePlan> {
    match declared::read(description, operation, &mut |_, _, _| {}) {
        Some(Declared::Plan(plan)) => Some(*plan),
        _ => None,
    }
}

/// Whether what the request carries at a place is a number by its schema.
#[must_use]
pub fn takes_number<'a>(
    description: &'a Description,
    operation: &'a OperationRef<'a>,
    place: &RequestPlace,
) -> bool {
    fit::schema_of(description, operation, place).is_some_and(|it| {
        matches!(
            surface::kind(description, it.schema),
            surface::Kind::Integer | surface::Kind::Number
        )
    })
}

/// Reads a plan in the words of `x-specwright-pagination` as if the operation declared it; `None` for `false`.
///
/// # Errors
/// What is wrong with it, each with the member that it concerns.
pub fn read_declaration<'a>(
    description: &'a Description,
    operation: &'a OperationRef<'a>,
    declaration: &serde_json::Value,
) -> Result<Option<PagePlan>, Vec<String>> {
    let own = operation.pointer.join(EXTENSION);
    let mut problems = Vec::new();
    let declared = declared::read_value(description, operation, declaration, &mut |at, _, it| {
        let member = at.strip_prefix(&own).filter(|member| !member.is_root());
        problems.push(match member {
            Some(member) => format!("`{member}`: {it}"),
            None => it,
        });
    });
    match declared {
        Declared::Plan(plan) => Ok(Some(*plan)),
        Declared::No => Ok(None),
        Declared::Unusable => Err(problems),
    }
}

/// Reports what is wrong with the declared plans.
pub(crate) fn check(description: &Description, diagnostics: &mut Vec<Diagnostic>) {
    let mut report = |rule: &'static Rule, pointer: &Pointer, part: Part, message: String| {
        let (file, origin) = description.origin(pointer);
        let mut diagnostic = Diagnostic::new(rule, file, origin, message);
        diagnostic.part = part;
        diagnostics.push(diagnostic);
    };
    let unused = declared::check_schemes(description, &mut |pointer, part, message| {
        report(&INVALID_PLAN, pointer, part, message);
    });
    for pointer in unused {
        let message = format!(
            "no operation uses the scheme `{}`",
            pointer.last().unwrap_or_default()
        );
        report(&UNUSED_SCHEME, &pointer, Part::Key, message);
    }
    for operation in description.operations() {
        let own = operation.pointer.join(EXTENSION);
        let _declared = declared::read(description, &operation, &mut |pointer, part, message| {
            // A scheme may fit one of its users and not another.
            let message = match pointer.strip_prefix(&own) {
                Some(_) => message,
                None => format!("{message} (used by `{}`)", operation.id()),
            };
            report(&INVALID_PLAN, pointer, part, message);
        });
    }
}
