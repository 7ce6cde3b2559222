//! The cursors that the mock gives out.
//!
//! A cursor holds an item and a direction, no index, no filter and no page size: items that come or go elsewhere do not
//! move it, and a client that does not resend its filters leaves its list. Vendors do the same.

/// A place beside an item of a list and what is asked from there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Cursor {
    /// The sequence number of the item; `None` for the start of the list.
    pub(crate) anchor: Option<usize>,
    /// Whether the second of two equal neighbours is meant.
    pub(crate) again: bool,
    /// Whether the items before the item are asked for, not those after it.
    pub(crate) backward: bool,
    /// Whether an empty page has been served here.
    pub(crate) after_empty: bool,
}

impl Cursor {
    /// Leads to the items after this one, or to the start of the list.
    pub(crate) fn forward(anchor: Option<usize>) -> Self {
        Self {
            anchor,
            again: false,
            backward: false,
            after_empty: false,
        }
    }

    /// Leads to the items before this one.
    pub(crate) fn backward(anchor: usize) -> Self {
        Self {
            backward: true,
            ..Self::forward(Some(anchor))
        }
    }

    /// The cursor as a number.
    pub(super) fn number(self) -> u64 {
        let anchor = self.anchor.map_or(0, |it| (it as u64).saturating_add(1));
        let flag = |flag: bool, bit: u64| if flag { bit } else { 0 };
        (anchor << 3) | flag(self.again, 4) | flag(self.backward, 2) | flag(self.after_empty, 1)
    }

    /// The cursor that has this number.
    pub(super) fn of_number(number: u64) -> Option<Self> {
        let anchor = usize::try_from(number >> 3).ok()?.checked_sub(1);
        Some(Self {
            anchor,
            again: number & 4 != 0,
            backward: number & 2 != 0,
            after_empty: number & 1 != 0,
        })
    }
}
