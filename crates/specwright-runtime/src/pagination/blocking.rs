//! Walks as iterators, for programs without an async runtime.

use std::fmt;
use std::ops::Deref;

use futures_core::Stream;

use super::items::Items;
use super::pages::Pages;
use super::paginated::{Paginated, Reversible};
use super::position::Position;
use crate::blocking::wait;
use crate::error::Error;

/// The items of a list as an iterator that waits for each page: [`Items`] without an async runtime.
///
/// Made by [`Items::blocking`]. What `Items` tells, such as its position, is told by this as well.
/// After an error that may pass the next call asks for the same page again, so the iterator is not
/// at its end then.
///
/// ```
/// use specwright_runtime::{Error, Items, Paginated};
///
/// fn all<L: Paginated>(items: Items<L>) -> Result<Vec<L::Item>, Error> {
///     items.blocking().collect()
/// }
/// ```
#[must_use = "a walk sends nothing until its next item is asked for"]
pub struct BlockingItems<L: Paginated> {
    items: Items<L>,
}

/// The pages of a list as an iterator that waits for each: [`Pages`] without an async runtime.
///
/// Made by [`Pages::blocking`]. What `Pages` tells, such as its position, is told by this as well.
#[must_use = "a walk sends nothing until its next page is asked for"]
pub struct BlockingPages<L> {
    pages: Pages<L>,
}

impl<L: Paginated> Items<L> {
    /// The same walk as an iterator that waits. Within an async runtime it yields a configuration
    /// error, and no page is asked for.
    pub fn blocking(self) -> BlockingItems<L> {
        BlockingItems { items: self }
    }
}

impl<L: Paginated> Pages<L> {
    /// The same walk as an iterator that waits. Within an async runtime it yields a configuration
    /// error, and no page is asked for.
    pub fn blocking(self) -> BlockingPages<L> {
        BlockingPages { pages: self }
    }
}

impl<L: Paginated> BlockingItems<L> {
    /// The position of the walk, as [`Items::position`] tells it; not that of an item in the
    /// iterator.
    pub fn position(&self) -> &Position {
        self.items.position()
    }
}

impl<L: Paginated> BlockingPages<L> {
    /// The position of the walk, as [`Pages::position`] tells it; not that of a page in the iterator.
    pub fn position(&self) -> &Position {
        self.pages.position()
    }
}

impl<L: Paginated> Iterator for BlockingItems<L> {
    type Item = Result<L::Item, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(item) = self.items.in_hand() {
            return Some(Ok(item));
        }
        wait(self.items.next()).unwrap_or_else(|error| Some(Err(error.into())))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        Stream::size_hint(&self.items)
    }
}

impl<L: Paginated> Iterator for BlockingPages<L> {
    type Item = Result<L::Page, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        wait(self.pages.next()).unwrap_or_else(|error| Some(Err(error.into())))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        Stream::size_hint(&self.pages)
    }
}

impl<L: Reversible> BlockingPages<L> {
    /// The page before the one delivered last; `None` at the start of the list. See
    /// [`Pages::previous`].
    pub fn previous(&mut self) -> Option<Result<L::Page, Error>> {
        wait(self.pages.previous()).unwrap_or_else(|error| Some(Err(error.into())))
    }
}

impl<L: Paginated> Deref for BlockingItems<L> {
    type Target = Items<L>;

    fn deref(&self) -> &Items<L> {
        &self.items
    }
}

impl<L: Paginated> Deref for BlockingPages<L> {
    type Target = Pages<L>;

    fn deref(&self) -> &Pages<L> {
        &self.pages
    }
}

impl<L: Paginated> fmt::Debug for BlockingItems<L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("BlockingItems").field(&self.items).finish()
    }
}

impl<L: Paginated> fmt::Debug for BlockingPages<L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("BlockingPages").field(&self.pages).finish()
    }
}
