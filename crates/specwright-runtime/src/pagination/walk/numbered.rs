//! Where a page leads whose position is a number: the server's word, else checked arithmetic.

use super::super::error::PaginationErrorKind;
use super::super::position::Position;
use super::super::signals::Signals;
use super::{Lead, Links};

/// What is known besides the page.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bounds {
    /// The size asked for means "everything in one response".
    pub(super) everything: bool,
    /// A page with fewer items is the last one.
    pub(super) short_below: Option<u64>,
    /// The number of the first page.
    pub(super) first_page: u64,
    /// The number of items in the list, if it can be relied upon.
    pub(super) total: Option<u64>,
    /// The items received since the start of the list, those of this page included, if the walk
    /// began there.
    pub(super) counted: Option<u64>,
}

/// What a page says about the next one, before any arithmetic.
enum Word {
    End,
    Number(u64),
    Nothing,
}

impl Bounds {
    fn word(&self, items: u64, signals: &Signals<'_>) -> Word {
        let next = signals.next.as_deref().map(str::trim);
        if self.everything || signals.has_more == Some(false) || next == Some("") {
            return Word::End;
        }
        // `parse` takes a plus sign, which no server means as a number.
        let digits = next.filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()));
        if let Some(number) = digits.and_then(|text| text.parse().ok()) {
            return Word::Number(number);
        }
        if items == 0 || self.short_below.is_some_and(|size| items < size) {
            return Word::End;
        }
        Word::Nothing
    }
}

/// Offsets advance by the items received: a server that caps the page size silently must not make
/// items vanish.
pub(super) fn offset(
    at: &Position,
    items: u64,
    signals: &Signals<'_>,
    bounds: &Bounds,
) -> Result<Links, PaginationErrorKind> {
    let offset = offset_of(at);
    let next = match (bounds.word(items, signals), offset.checked_add(items)) {
        (Word::End, _) => Lead::End,
        (Word::Number(next), _) => Lead::To(Position::Offset(onward(offset, next)?)),
        (Word::Nothing, Some(next)) if bounds.total.is_some_and(|total| next >= total) => Lead::End,
        (Word::Nothing, Some(next)) => Lead::To(Position::Offset(next)),
        (Word::Nothing, None) => Lead::Nowhere(PaginationErrorKind::Overflow),
    };
    // The way back is not arithmetic: the size of the page before is not known.
    Ok(Links {
        next,
        previous: Lead::End,
    })
}

/// Pages are counted. Without a number in the request the page's own counts, else it is the first.
pub(super) fn page(
    at: &Position,
    items: u64,
    signals: &Signals<'_>,
    bounds: &Bounds,
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
        (_, None) => bounds.first_page,
    };
    let all_received = bounds
        .total
        .zip(bounds.counted)
        .is_some_and(|(total, counted)| counted >= total);
    let next = match (bounds.word(items, signals), number.checked_add(1)) {
        (Word::End, _) => Lead::End,
        (Word::Number(next), _) => Lead::To(Position::Page(onward(number, next)?)),
        _ if signals.last.is_some_and(|last| number >= last) => Lead::End,
        _ if all_received => Lead::End,
        (Word::Nothing, Some(next)) => Lead::To(Position::Page(next)),
        (Word::Nothing, None) => Lead::Nowhere(PaginationErrorKind::Overflow),
    };
    let previous = match number.checked_sub(1) {
        Some(previous) if previous >= bounds.first_page => Lead::To(Position::Page(previous)),
        _ => Lead::End,
    };
    Ok(Links { next, previous })
}

/// The number that the server gave, if it leads on.
fn onward(number: u64, next: u64) -> Result<u64, PaginationErrorKind> {
    if next > number {
        Ok(next)
    } else {
        Err(PaginationErrorKind::RepeatedPosition)
    }
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
