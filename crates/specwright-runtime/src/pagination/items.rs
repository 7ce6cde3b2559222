//! The items of all pages, as a stream.

use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::vec;

use futures_core::Stream;

use super::checkpoint::Checkpoint;
use super::driver::Driver;
use super::notice::Notice;
use super::paginated::Paginated;
use super::position::Position;
use super::settings::walk_settings;
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
    /// How many items of that page are gone.
    taken: u64,
    /// How many items of the first page are not yielded.
    skip: u64,
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
            taken: 0,
            skip: 0,
            left: None,
            list: PhantomData,
        }
    }

    walk_settings!();

    /// Goes on where `checkpoint` was made: on the same page, behind the items that were taken of
    /// it. If the page has become shorter than that, nothing of it is yielded and the walk goes on
    /// behind it.
    ///
    /// A checkpoint of another operation, plan or filter, and for lists by page number of another
    /// page size, is a configuration error, which the first poll yields.
    ///
    /// ```
    /// use specwright_runtime::{Checkpoint, Error, Items, Paginated};
    ///
    /// // Takes the next ten items, in a process of its own each time.
    /// async fn ten<L: Paginated>(list: Items<L>, stored: &mut Option<String>) -> Result<Vec<L::Item>, Error> {
    ///     let mut items = match stored {
    ///         Some(text) => list.resume(text.parse::<Checkpoint>()?),
    ///         None => list,
    ///     };
    ///     let mut ten = Vec::new();
    ///     while ten.len() < 10 && let Some(item) = items.try_next().await? {
    ///         ten.push(item);
    ///     }
    ///     *stored = Some(items.checkpoint().to_string());
    ///     Ok(ten)
    /// }
    /// ```
    pub fn resume(mut self, checkpoint: Checkpoint) -> Self {
        self.skip = checkpoint.index();
        self.driver.resume(checkpoint);
        self
    }

    /// Ends after `items` items. No page is asked for once they are there, and where the page size
    /// is known the last page is asked for with no more items than are left, unless the pages are
    /// counted or the server gives their URLs.
    pub fn limit(mut self, items: u64) -> Self {
        self.left = Some(items);
        self
    }

    /// The next item; `None` at the end. Dropping the future loses nothing.
    pub async fn next(&mut self) -> Option<Result<L::Item, Error>> {
        poll_fn(|cx| self.poll_item(cx, |item| item.map(Ok), |error| Some(Err(error)))).await
    }

    /// The next item; `None` at the end. Dropping the future loses nothing.
    ///
    /// # Errors
    /// A page could not be fetched or does not lead on.
    // Not `async fn`: items may be large, and its state machine would move each once more.
    #[inline(always)]
    pub fn try_next(&mut self) -> impl Future<Output = Result<Option<L::Item>, Error>> {
        poll_fn(|cx| self.poll_item(cx, Ok, Err))
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

    /// Where the walk stands, to the item: a later walk through the same list can
    /// [`resume`](Self::resume) there. At the end of the list it stands behind the last item, so
    /// that items which were added by then are found.
    pub fn checkpoint(&self) -> Checkpoint {
        let walk = &self.driver.walk;
        let index = match walk.delivered_position() {
            None => self.skip,
            Some(_) if self.page.len() > 0 || walk.next_position().is_none() => self.taken,
            Some(_) => 0,
        };
        self.driver.checkpoint(self.position().clone(), index)
    }

    /// The next item if nothing has to be awaited for it.
    #[cfg(feature = "blocking")]
    pub(super) fn in_hand(&mut self) -> Option<L::Item> {
        self.driver.is_quiet().then(|| self.take()).flatten()
    }

    /// The next item of the page in hand.
    #[inline(always)]
    fn take(&mut self) -> Option<L::Item> {
        if self.left == Some(0) || self.page.len() == 0 {
            return None;
        }
        self.taken += 1;
        if let Some(left) = &mut self.left {
            *left -= 1;
        }
        self.page.next()
    }

    /// Whether there is an item to be taken and nothing to be done besides.
    #[inline(always)]
    fn is_ready(&self) -> bool {
        self.driver.prefetch == 0 && self.page.len() > 0
    }

    /// How many items of pages that are not there yet can be of use.
    fn needed(&self) -> Option<u64> {
        let left = self.left?.saturating_sub(self.page.len() as u64);
        Some(left.saturating_add(self.skip))
    }

    /// The next item or an error, put into what is returned before it is moved.
    #[inline(always)]
    fn poll_item<R>(
        &mut self,
        cx: &mut Context<'_>,
        item: impl FnOnce(Option<L::Item>) -> R,
        failure: impl FnOnce(Error) -> R,
    ) -> Poll<R> {
        if !self.is_ready()
            && let Err(error) = ready!(self.poll_ready(cx))
        {
            return Poll::Ready(failure(error));
        }
        Poll::Ready(item(self.take()))
    }

    /// Waits until [`take`](Self::take) gives the next item, or `None` at the end.
    #[inline(never)]
    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Error>> {
        loop {
            self.driver.progress(cx);
            if self.page.len() > 0 || self.left == Some(0) {
                return Poll::Ready(Ok(()));
            }
            // What is left of a page that is used up is gone before the next one arrives.
            self.page = Vec::new().into_iter();
            let needed = self.needed();
            let Some(arrival) = ready!(self.driver.poll(cx, Direction::Forward, needed)) else {
                return Poll::Ready(Ok(()));
            };
            match arrival.and_then(|arrival| self.driver.accept::<L>(arrival)) {
                Ok(None) => return Poll::Ready(Ok(())),
                Ok(Some(page)) => {
                    self.page = L::into_items(page).into_iter();
                    self.taken = self.skip.min(self.page.len() as u64);
                    let skipped = std::mem::take(&mut self.skip);
                    self.page.by_ref().take(count(skipped)).for_each(drop);
                    let needed = self.needed();
                    self.driver.look_ahead(cx, needed);
                }
                Err(error) => return Poll::Ready(Err(error)),
            }
        }
    }
}

/// A number of items in memory.
fn count(items: u64) -> usize {
    usize::try_from(items).unwrap_or(usize::MAX)
}

impl<L: Paginated> Stream for Items<L> {
    type Item = Result<L::Item, Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_item(cx, |item| item.map(Ok), |error| Some(Err(error)))
    }

    /// At least what is in hand. At most what the limit allows and, where a total is known, the
    /// total leaves: as far as the server's total holds, and not counting errors.
    fn size_hint(&self) -> (usize, Option<usize>) {
        let in_hand = self.page.len();
        let left = self.left.map_or(usize::MAX, count);
        let coming = self.driver.walk.items_left().map(count);
        let upper = coming.map(|coming| in_hand.saturating_add(coming).min(left));
        let limit = self.left.map(|_| left);
        (in_hand.min(left), upper.or(limit))
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
