//! Which part of a list answers.

use std::ops::Range;

use specwright_openapi::pagination::Style;

use super::{Ask, Cursor};

/// Where a neighbour of a page is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Place {
    /// Behind a cursor.
    Cursor(Cursor),
    /// At an offset or page number.
    Number(usize),
    /// Behind a text that is sent as it is.
    Text(String),
}

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Page {
    /// The places of its items in the list.
    pub(crate) items: Range<usize>,
    /// Where the next page is.
    pub(crate) next: Option<Place>,
    /// Where the previous page is.
    pub(crate) previous: Option<Place>,
    /// Whether there is a next page.
    pub(crate) has_more: bool,
    /// The number of the page, from 1.
    pub(crate) number: usize,
    /// The number of the last page, at least 1.
    pub(crate) last: usize,
    /// The number of items in the list.
    pub(crate) total: usize,
    /// The page size that is served; `None` if everything was asked for.
    pub(crate) size: Option<usize>,
}

impl Ask {
    /// The page of a list of `count` items that answers.
    pub(crate) fn cut(&self, style: Style, count: usize) -> Page {
        let size = self.size.unwrap_or(usize::MAX);
        let at = self.at.min(count);
        let items = match self.backward {
            true => at.saturating_sub(size)..at,
            false => at..at.saturating_add(size).min(count),
        };
        let has_more = items.end < count;
        let number = self.number();
        let (next, previous) = match style {
            Style::Cursor | Style::Bidirectional | Style::Token => self.cursors(&items, has_more),
            Style::Offset => {
                let before = items.start.saturating_sub(size);
                (
                    has_more.then_some(Place::Number(items.end)),
                    (items.start > 0).then_some(Place::Number(before)),
                )
            }
            Style::NextUrl | Style::Link | Style::Keyset => (None, None),
            Style::Page => (
                has_more.then_some(Place::Number(number.saturating_add(1))),
                (number > 1).then_some(Place::Number(number - 1)),
            ),
        };
        let last = count.div_ceil(size.max(1)).max(1);
        Page {
            items,
            next,
            previous,
            has_more,
            number,
            last,
            total: count,
            size: self.size,
        }
    }

    /// An empty page has no neighbours; one that was reached backward always has a next page.
    fn cursors(&self, items: &Range<usize>, has_more: bool) -> (Option<Place>, Option<Place>) {
        if items.is_empty() {
            return (None, None);
        }
        let next = (has_more || self.backward).then_some(Place::Cursor(Cursor::forward(items.end)));
        let previous = (items.start > 0).then_some(Place::Cursor(Cursor::backward(items.start)));
        (next, previous)
    }
}
