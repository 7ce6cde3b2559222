//! The pages of a list, as a stream that can turn round.

use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use super::driver::Driver;
use super::notice::Notice;
use super::paginated::{Paginated, Reversible};
use super::position::Position;
use super::walk::Direction;
use crate::error::Error;
use crate::request::Request;

/// The pages of a list: one for each successful request, empty ones included.
///
/// The walk's promises are those of the [module](super). After an error that may pass the next call
/// asks for the same page again; after any other error, and at the end, there is only `None`.
#[must_use = "a walk sends nothing until it is polled"]
pub struct Pages<L> {
    driver: Driver,
    list: PhantomData<fn() -> L>,
}

impl<L: Paginated> Pages<L> {
    /// The pages that `request` and its successors get.
    pub fn new(request: Request) -> Self {
        Self {
            driver: Driver::new(request, L::PLAN),
            list: PhantomData,
        }
    }

    /// Starts at `position`, in place of the one that is set on the request.
    pub fn resume(mut self, position: Position) -> Self {
        self.driver.resume(position);
        self
    }

    /// Ends after `pages` pages, both directions counted together.
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

    /// The next page; `None` at the end. Dropping the future loses nothing.
    pub async fn next(&mut self) -> Option<Result<L::Page, Error>> {
        poll_fn(|cx| self.poll_page(cx, Direction::Forward)).await
    }

    /// The next page; `None` at the end. Dropping the future loses nothing.
    ///
    /// # Errors
    /// The page could not be fetched or does not lead on.
    pub async fn try_next(&mut self) -> Result<Option<L::Page>, Error> {
        self.next().await.transpose()
    }

    /// The position of the page in hand: the one that was asked for and not delivered yet, else the
    /// one delivered last, else the first.
    pub fn position(&self) -> &Position {
        self.driver.walk.position()
    }

    /// The position that [`next`](Self::next) asks for: where another walk can
    /// [`resume`](Self::resume). `None` if the page in hand is the last.
    pub fn next_position(&self) -> Option<&Position> {
        self.driver.walk.next_position()
    }

    /// What was odd so far and did not stop the walk.
    pub fn notices(&self) -> &[Notice] {
        self.driver.walk.notices()
    }

    fn poll_page(
        &mut self,
        cx: &mut Context<'_>,
        direction: Direction,
    ) -> Poll<Option<Result<L::Page, Error>>> {
        let response = ready!(self.driver.poll(cx, direction));
        Poll::Ready(response.map(|response| self.driver.accept::<L>(&response?)))
    }
}

impl<L: Reversible> Pages<L> {
    /// The page before the one delivered last; `None` at the start of the list, and before any page
    /// was delivered. Its items are in the server's forward order. [`next`](Self::next) goes
    /// forward again from there.
    pub async fn previous(&mut self) -> Option<Result<L::Page, Error>> {
        poll_fn(|cx| self.poll_page(cx, Direction::Backward)).await
    }

    /// The page before the one delivered last; `None` at the start of the list.
    ///
    /// # Errors
    /// The page could not be fetched or does not lead on.
    pub async fn try_previous(&mut self) -> Result<Option<L::Page>, Error> {
        self.previous().await.transpose()
    }
}

impl<L: Paginated> Stream for Pages<L> {
    type Item = Result<L::Page, Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_page(cx, Direction::Forward)
    }
}

impl<L> fmt::Debug for Pages<L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Pages").field(&self.driver).finish()
    }
}
