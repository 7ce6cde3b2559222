//! Where a page with cursors leads.

use std::borrow::Cow;

use super::super::error::PaginationErrorKind;
use super::super::position::Position;
use super::super::signals::Signals;
use super::{Lead, Links};

/// Forwards only: the flag decides, and where there is none, the cursor.
pub(super) fn forward_only(signals: &Signals<'_>) -> Links {
    let next = match (signals.has_more, lead(signals.next.as_ref())) {
        (Some(false), _) => Lead::End,
        (Some(true), Lead::End) => Lead::Nowhere(PaginationErrorKind::MissingCursor),
        (_, lead) => lead,
    };
    Links {
        next,
        previous: Lead::End,
    }
}

/// Both ways: each direction's cursor decides alone. A page that was reached backwards has a next
/// cursor in any case, and `has_more` says nothing about the way back.
pub(super) fn bidirectional(signals: &Signals<'_>) -> Links {
    Links {
        next: lead(signals.next.as_ref()),
        previous: lead(signals.previous.as_ref()),
    }
}

fn lead(cursor: Option<&Cow<'_, str>>) -> Lead {
    match cursor {
        Some(cursor) if !cursor.is_empty() => {
            Lead::To(Position::Cursor(cursor.clone().into_owned()))
        }
        _ => Lead::End,
    }
}
