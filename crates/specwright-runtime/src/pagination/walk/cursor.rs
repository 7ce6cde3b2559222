//! Where a page with cursors or keys leads.

use std::borrow::Cow;

use super::super::error::PaginationErrorKind;
use super::super::position::Position;
use super::super::signals::Signals;
use super::{Direction, Lead, Links};

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

/// Forwards only: the token decides alone.
pub(super) fn token(signals: &Signals<'_>) -> Links {
    Links {
        next: lead(signals.next.as_ref()),
        previous: Lead::End,
    }
}

/// Both ways: each direction's cursor decides, and where there is one, the flag, which speaks of the
/// direction in which the page was asked for. `apart` is whether cursors of the way back have a place
/// of their own in requests.
pub(super) fn bidirectional(signals: &Signals<'_>, apart: bool, direction: Direction) -> Links {
    let previous = match lead(signals.previous.as_ref()) {
        Lead::To(Position::Cursor(cursor)) if apart => Lead::To(Position::Before(cursor)),
        lead => lead,
    };
    let flagged = |lead: Lead, of: Direction| match (signals.has_more, lead) {
        (Some(false), _) if of == direction => Lead::End,
        (Some(true), Lead::End) if of == direction => {
            Lead::Nowhere(PaginationErrorKind::MissingCursor)
        }
        (_, lead) => lead,
    };
    Links {
        next: flagged(lead(signals.next.as_ref()), Direction::Forward),
        previous: flagged(previous, Direction::Backward),
    }
}

/// By the keys of the page's own items. The flag, or where there is none an empty page, says
/// whether the list goes on in the direction in which the page was asked for. `behind` is the page
/// delivered before, if the list can be walked back.
pub(super) fn keyset(
    at: &Position,
    behind: Option<&Position>,
    items: u64,
    signals: &Signals<'_>,
) -> Links {
    let onward = |lead: Lead| match (signals.has_more, lead) {
        (Some(false), _) => Lead::End,
        (None, _) if items == 0 => Lead::End,
        (_, Lead::End) => Lead::Nowhere(PaginationErrorKind::MissingCursor),
        (_, lead) => lead,
    };
    let next = lead(signals.next.as_ref());
    let previous = match lead(signals.previous.as_ref()) {
        Lead::To(Position::Cursor(key)) => Lead::To(Position::Before(key)),
        lead => lead,
    };
    if let Position::Before(_) = at {
        // Nothing before the first item: what follows is the list from its start.
        let next = if items == 0 {
            Lead::To(Position::Start)
        } else {
            next
        };
        return Links {
            next,
            previous: onward(previous),
        };
    }
    let previous = match (at, behind) {
        (Position::Start, _) => Lead::End,
        // An empty page has no key: the one before it is asked for again.
        (_, Some(behind)) if items == 0 => Lead::To(behind.clone()),
        _ => previous,
    };
    Links {
        next: onward(next),
        previous,
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
