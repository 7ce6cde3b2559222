//! Which part of a list answers.

use std::{cmp::Ordering, ops::Range};

use specwright_openapi::pagination::Style;

use super::{Ask, At, Cursor, Selection};

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
    /// Where the last page is; `None` if it is the first one.
    pub(crate) end: Option<Place>,
    /// Whether there is a next page, or a previous one if the list is walked back.
    pub(crate) has_more: bool,
    /// The number of the page.
    pub(crate) number: usize,
    /// The number of the last page.
    pub(crate) last: usize,
    /// How many pages there are, at least 1.
    pub(crate) pages: usize,
    /// The number of items in the list.
    pub(crate) total: usize,
    /// The page size that is served; `None` if everything was asked for.
    pub(crate) size: Option<usize>,
}

/// What a request asks for, in a certain list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Located {
    /// How many items lie before those that are asked for; after them, if `backward`.
    pub(crate) at: usize,
    /// How many items are asked for; all if `None`.
    pub(crate) size: Option<usize>,
    /// Whether the items before `at` are asked for, not those after it.
    pub(crate) backward: bool,
    /// Whether an empty page has been served here.
    pub(crate) after_empty: bool,
}

impl Ask {
    /// Finds the place in a list. `order` compares items, and `key` finds how many items have a key that is less, and
    /// how many have one that is less or equal.
    pub(crate) fn locate(
        &self,
        selection: &Selection,
        order: &dyn Fn(usize, usize) -> Ordering,
        key: &dyn Fn(&str) -> (usize, usize),
    ) -> Located {
        let (at, backward, after_empty) = match &self.at {
            At::Index(at) => (*at, false, false),
            At::Cursor(cursor) => (
                selection.index(*cursor, order),
                cursor.backward,
                cursor.after_empty,
            ),
            At::Key {
                key: text,
                backward,
            } => {
                let (less, not_more) = key(text);
                (if *backward { less } else { not_more }, *backward, false)
            }
        };
        Located {
            at,
            size: self.size,
            backward,
            after_empty,
        }
    }
}

impl Located {
    /// The number of the page that is asked for, from 1.
    pub(crate) fn number(&self) -> usize {
        let size = self.size.unwrap_or(usize::MAX);
        let start = if self.backward {
            self.at.saturating_sub(size)
        } else {
            self.at
        };
        (start / size.max(1)).saturating_add(1)
    }

    /// The page of a list that answers; pages are counted from `first`.
    pub(crate) fn cut(&self, style: Style, first: usize, selection: &Selection) -> Page {
        let count = selection.len();
        let size = self.size.unwrap_or(usize::MAX).max(1);
        let at = self.at.min(count);
        let items = match self.backward {
            true => at.saturating_sub(size)..at,
            false => at..at.saturating_add(size).min(count),
        };
        // A flag tells whether there is more in the direction of the walk, where lists are walked in both.
        let both_ways = matches!(style, Style::Bidirectional | Style::Keyset);
        let more_after = items.end < count;
        let has_more = if self.backward && both_ways {
            items.start > 0
        } else {
            more_after
        };
        let number = (self.number() - 1).saturating_add(first);
        let pages = count.div_ceil(size).max(1);
        let last_start = (pages - 1).saturating_mul(size);
        let (next, previous) = match style {
            Style::Offset | Style::Page => {
                let back = items.start > 0 || (style == Style::Page && number > first);
                let before = items.start.saturating_sub(size);
                let before = match style {
                    Style::Page => Place::Number(number.saturating_sub(1)),
                    _ => Place::Number(before),
                };
                let next = more_after.then(|| match style {
                    Style::Page => Place::Number(number.saturating_add(1)),
                    _ => Place::Number(items.end),
                });
                (next, back.then_some(before))
            }
            _ => self.cursors(&items, more_after, selection),
        };
        let end = self.place(style, first, selection, last_start);
        Page {
            items,
            next,
            previous,
            end: (pages > 1).then_some(end),
            has_more,
            number,
            last: first.saturating_add(pages - 1),
            pages,
            total: count,
            size: self.size,
        }
    }

    /// The position of the items from an index on.
    pub(crate) fn place(
        &self,
        style: Style,
        first: usize,
        selection: &Selection,
        index: usize,
    ) -> Place {
        let size = self.size.unwrap_or(usize::MAX).max(1);
        match style {
            Style::Offset => Place::Number(index),
            Style::Page => Place::Number(first.saturating_add(index / size)),
            _ => Place::Cursor(selection.cursor_from(index)),
        }
    }

    /// An empty page has no neighbours; one that was reached backward always has a next page.
    fn cursors(
        &self,
        items: &Range<usize>,
        has_more: bool,
        selection: &Selection,
    ) -> (Option<Place>, Option<Place>) {
        if items.is_empty() {
            return (None, None);
        }
        let next = has_more || self.backward;
        let next = next.then(|| Place::Cursor(selection.cursor_from(items.end)));
        let previous = selection
            .cursor_before(items.start)
            .filter(|_| items.start > 0);
        (next, previous.map(Place::Cursor))
    }
}
