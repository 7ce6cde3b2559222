//! Which items a list has for one request, and in which order.

use std::{cmp::Ordering, ops::Range};

use super::Cursor;

/// The items of a list, by their sequence numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Selection {
    /// The whole data set as it was generated: so many items. It is not listed anew for each page.
    Whole(usize),
    /// These.
    Chosen(Vec<usize>),
}

impl Selection {
    /// How many items there are.
    pub(crate) fn len(&self) -> usize {
        match self {
            Self::Whole(count) => *count,
            Self::Chosen(list) => list.len(),
        }
    }

    /// The sequence number of the item at an index.
    pub(crate) fn item(&self, index: usize) -> Option<usize> {
        match self {
            Self::Whole(count) => (index < *count).then_some(index),
            Self::Chosen(list) => list.get(index).copied(),
        }
    }

    /// The sequence numbers of the items at the indices.
    pub(crate) fn items(&self, places: Range<usize>) -> Vec<usize> {
        match self {
            Self::Whole(count) => (places.start.min(*count)..places.end.min(*count)).collect(),
            Self::Chosen(list) => list.get(places).unwrap_or_default().to_vec(),
        }
    }

    /// The cursor to the items from an index on.
    pub(crate) fn cursor_from(&self, index: usize) -> Cursor {
        let Some(last) = index.checked_sub(1) else {
            return Cursor::forward(None);
        };
        let anchor = self.item(last);
        let before = last.checked_sub(1).and_then(|it| self.item(it));
        Cursor {
            again: anchor.is_some() && anchor == before,
            ..Cursor::forward(anchor)
        }
    }

    /// The cursor to the items before an index; `None` if there is no item at it.
    pub(crate) fn cursor_before(&self, index: usize) -> Option<Cursor> {
        self.item(index).map(Cursor::backward)
    }

    /// The index at which the items of a cursor begin, or end if it leads back.
    ///
    /// `order` compares items that are not in the list any more with those that are.
    pub(crate) fn index(&self, cursor: Cursor, order: &dyn Fn(usize, usize) -> Ordering) -> usize {
        let Some(anchor) = cursor.anchor else {
            return 0;
        };
        let list = match self {
            Self::Whole(count) => {
                let step = usize::from(!cursor.backward);
                return anchor.saturating_add(step).min(*count);
            }
            Self::Chosen(list) => list,
        };
        let found = if cursor.again {
            list.iter().rposition(|it| *it == anchor)
        } else {
            list.iter().position(|it| *it == anchor)
        };
        match found {
            Some(at) => at + usize::from(!cursor.backward),
            None => list.partition_point(|it| order(*it, anchor) == Ordering::Less),
        }
    }
}
