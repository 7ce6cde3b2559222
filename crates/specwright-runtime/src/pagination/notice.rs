//! Oddities that a walk got past.

use std::fmt;

use super::position::Position;

/// Something odd about a page that did not stop the walk. Each kind is recorded once, at its first
/// page.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Notice {
    /// A page had a cursor and no `has_more`; the walk went on.
    NoFlag {
        /// the page
        at: Position,
    },
    /// The cursor that decides was an empty text; it ended the walk, as null would have done.
    EmptyCursor {
        /// the page
        at: Position,
    },
    /// An empty page ended the walk although the page announced more items: by `has_more`, a total
    /// or a last page.
    EmptyBeforeEnd {
        /// the page
        at: Position,
    },
}

impl fmt::Display for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoFlag { at } => write!(
                f,
                "the page at {at} has a cursor and no flag for more pages"
            ),
            Self::EmptyCursor { at } => {
                write!(f, "the cursor of the page at {at} is an empty text")
            }
            Self::EmptyBeforeEnd { at } => {
                write!(f, "the page at {at} is empty and announces more items")
            }
        }
    }
}
