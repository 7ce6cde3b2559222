//! Where a page leads whose position is a number: arithmetic, checked.

use super::super::error::PaginationErrorKind;
use super::super::position::Position;
use super::super::signals::Signals;
use super::{Lead, Links};

/// What the page size says about the end.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Bounds {
    /// The size asked for means "everything in one response".
    pub(super) everything: bool,
    /// A page with fewer items is the last one.
    pub(super) short_below: Option<u64>,
    /// The first page has the number 0.
    pub(super) from_zero: bool,
}

impl Bounds {
    fn end_after(self, items: u64, signals: &Signals<'_>) -> bool {
        items == 0
            || self.everything
            || signals.has_more == Some(false)
            || self.short_below.is_some_and(|size| items < size)
    }
}

/// Offsets advance by the items received: a server that caps the page size silently must not make
/// items vanish.
pub(super) fn offset(at: &Position, items: u64, signals: &Signals<'_>, bounds: Bounds) -> Links {
    let next = match offset_of(at).checked_add(items) {
        _ if bounds.end_after(items, signals) => Lead::End,
        Some(next) if signals.total.is_some_and(|total| next >= total) => Lead::End,
        Some(next) => Lead::To(Position::Offset(next)),
        None => Lead::Nowhere(PaginationErrorKind::Overflow),
    };
    // The way back is not arithmetic: the size of the page before is not known.
    Links {
        next,
        previous: Lead::End,
    }
}

/// Pages are counted. Without a number in the request the page's own counts, else it is the first.
pub(super) fn page(
    at: &Position,
    items: u64,
    signals: &Signals<'_>,
    bounds: Bounds,
) -> Result<Links, PaginationErrorKind> {
    let number = match (at, signals.current) {
        (&Position::Page(requested), Some(received)) if requested != received => {
            return Err(PaginationErrorKind::PageMismatch {
                requested,
                received,
            });
        }
        (&Position::Page(requested), _) => requested,
        (_, Some(received)) => received,
        (_, None) => 1,
    };
    let next = match number.checked_add(1) {
        _ if bounds.end_after(items, signals) => Lead::End,
        _ if signals.last.is_some_and(|last| number >= last) => Lead::End,
        Some(next) => Lead::To(Position::Page(next)),
        None => Lead::Nowhere(PaginationErrorKind::Overflow),
    };
    let previous = match number.checked_sub(1) {
        Some(previous) if previous > 0 || bounds.from_zero => Lead::To(Position::Page(previous)),
        _ => Lead::End,
    };
    Ok(Links { next, previous })
}

/// Whether a page at an offset claims that items follow it.
pub(super) fn offset_announces_more(at: &Position, signals: &Signals<'_>) -> bool {
    signals.has_more == Some(true) || signals.total.is_some_and(|total| total > offset_of(at))
}

/// Whether a page claims that pages follow it.
pub(super) fn page_announces_more(signals: &Signals<'_>) -> bool {
    let more_pages = signals
        .current
        .zip(signals.last)
        .is_some_and(|(current, last)| current < last);
    signals.has_more == Some(true) || more_pages
}

fn offset_of(at: &Position) -> u64 {
    if let Position::Offset(offset) = at {
        *offset
    } else {
        0
    }
}
