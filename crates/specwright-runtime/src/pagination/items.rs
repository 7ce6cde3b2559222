//! The items of all pages, as a stream.

use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::vec;

use futures_core::Stream;

use super::driver::Driver;
use super::notice::Notice;
use super::paginated::Paginated;
use super::position::Position;
use super::walk::Direction;
use crate::error::Error;
use crate::request::Request;

/// The items of a list, page after page, in the server's order.
///
/// The walk's promises are those of the [module](super). After an error that may pass the next call
/// asks for the same page again; after any other error, and at the end, there is only `None`.
///
/// ```
/// use specwright_runtime::{Error, Items, Paginated};
///
/// async fn count<L: Paginated>(mut items: Items<L>) -> Result<u64, Error> {
///     let mut count = 0;
///     while let Some(_item) = items.try_next().await? {
///         count += 1;
///     }
///     Ok(count)
/// }
/// ```
#[must_use = "a walk sends nothing until it is polled"]
pub struct Items<L: Paginated> {
    driver: Driver,
    /// What is left of the page delivered last.
    page: vec::IntoIter<L::Item>,
    /// How many items may still be yielded.
    left: Option<u64>,
    list: PhantomData<fn() -> L>,
}

/// No item is ever pinned.
impl<L: Paginated> Unpin for Items<L> {}

impl<L: Paginated> Items<L> {
    /// The items that `request` and its successors get.
    pub fn new(request: Request) -> Self {
        let driver = Driver::new(request, L::PLAN);
        Self {
            driver,
            page: Vec::new().into_iter(),
            left: None,
            list: PhantomData,
        }
    }

    /// Starts at `position`, in place of the one that is set on the request. Items of that page
    /// that were taken before are yielded again: a position stands for a whole page.
    pub fn resume(mut self, position: Position) -> Self {
        self.driver.resume(position);
        self
    }

    /// Ends after `items` items. No page is asked for once they are there.
    pub fn limit(mut self, items: u64) -> Self {
        self.left = Some(items);
        self
    }

    /// Ends after the items of `pages` pages.
    pub fn max_pages(mut self, pages: u64) -> Self {
        self.driver.walk.rules.max_pages = Some(pages);
        self
    }

    /// How many empty pages may follow each other in a walk by cursor. 100 by default.
    pub fn max_empty_pages(mut self, pages: u32) -> Self {
        self.driver.walk.rules.max_empty_pages = pages;
        self
    }

    /// Takes a page with fewer items than the page size as the last one, in a walk by offset or
    /// page number. Saves the request for an empty page, and loses items if the server caps the
    /// page size below what the document says.
    pub fn stop_on_short_page(mut self) -> Self {
        self.driver.walk.rules.stop_on_short_page = true;
        self
    }

    /// The next item; `None` at the end. Dropping the future loses nothing.
    pub async fn next(&mut self) -> Option<Result<L::Item, Error>> {
        poll_fn(|cx| self.poll_item(cx)).await
    }

    /// The next item; `None` at the end. Dropping the future loses nothing.
    ///
    /// # Errors
    /// A page could not be fetched or does not lead on.
    pub async fn try_next(&mut self) -> Result<Option<L::Item>, Error> {
        self.next().await.transpose()
    }

    /// The position of the page in hand while it has items left, else of the page to be fetched. At
    /// the end, and after a final error, that of the page at which the walk stopped.
    pub fn position(&self) -> &Position {
        let walk = &self.driver.walk;
        let in_hand = walk.delivered_position().filter(|_| self.page.len() > 0);
        in_hand
            .or_else(|| walk.next_position())
            .unwrap_or_else(|| walk.position())
    }

    /// What was odd so far and did not stop the walk.
    pub fn notices(&self) -> &[Notice] {
        self.driver.walk.notices()
    }

    fn poll_item(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<L::Item, Error>>> {
        loop {
            if self.left == Some(0) {
                return Poll::Ready(None);
            }
            if let Some(item) = self.page.next() {
                self.left = self.left.map(|left| left.saturating_sub(1));
                return Poll::Ready(Some(Ok(item)));
            }
            let Some(response) = ready!(self.driver.poll(cx, Direction::Forward)) else {
                return Poll::Ready(None);
            };
            match response.and_then(|response| self.driver.accept::<L>(&response)) {
                Ok(page) => self.page = L::into_items(page).into_iter(),
                Err(error) => return Poll::Ready(Some(Err(error))),
            }
        }
    }
}

impl<L: Paginated> Stream for Items<L> {
    type Item = Result<L::Item, Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_item(cx)
    }
}

impl<L: Paginated> fmt::Debug for Items<L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items")
            .field("walk", &self.driver)
            .field("left_of_page", &self.page.len())
            .finish_non_exhaustive()
    }
}
