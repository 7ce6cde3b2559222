//! The pages of a list, as a stream that can turn round.

use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use http::{HeaderMap, StatusCode};

use super::checkpoint::Checkpoint;
use super::driver::Driver;
use super::notice::Notice;
use super::paginated::{Paginated, Reversible};
use super::position::Position;
use super::settings::walk_settings;
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
    /// How many items of the first page were taken before: a page without others is not delivered.
    skip: u64,
    /// How many items the page delivered last has.
    items: u64,
    list: PhantomData<fn() -> L>,
}

impl<L: Paginated> Pages<L> {
    /// The pages that `request` and its successors get.
    pub fn new(request: Request) -> Self {
        Self {
            driver: Driver::new(request, L::PLAN),
            skip: 0,
            items: 0,
            list: PhantomData,
        }
    }

    walk_settings!();

    /// Goes on where `checkpoint` was made. A page of which only some items were taken is delivered
    /// whole; one of which all were taken is not delivered.
    ///
    /// A checkpoint of another operation, plan or filter, and for lists by page number of another
    /// page size, is a configuration error, which the first poll yields.
    pub fn resume(mut self, checkpoint: Checkpoint) -> Self {
        self.skip = checkpoint.index();
        self.driver.resume(checkpoint);
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
        poll_fn(|cx| {
            self.poll_page(cx, Direction::Forward)
                .map(Option::transpose)
        })
        .await
    }

    /// The position of the page in hand: the one that was asked for and not delivered yet, else the
    /// one delivered last, else the first.
    pub fn position(&self) -> &Position {
        self.driver.walk.position()
    }

    /// The position that [`next`](Self::next) asks for: where another walk can
    /// [start](Self::start_at). `None` if the page in hand is the last.
    pub fn next_position(&self) -> Option<&Position> {
        self.driver.walk.next_position()
    }

    /// The position of the first page, where the page delivered last has a `Link` to it within the
    /// origin ([`PageStyle::Link`](super::PageStyle::Link)).
    pub fn first_position(&self) -> Option<Position> {
        self.driver.related(|relations| relations.first.as_ref())
    }

    /// The position of the last page, where the page delivered last has a `Link` to it within the
    /// origin ([`PageStyle::Link`](super::PageStyle::Link)).
    pub fn last_position(&self) -> Option<Position> {
        self.driver.related(|relations| relations.last.as_ref())
    }

    /// Where the walk stands: before the page that [`next`](Self::next) asks for. At the end of the
    /// list it stands behind the items of the last page, so that what was added by then is found.
    pub fn checkpoint(&self) -> Checkpoint {
        let (position, index) = match self.driver.walk.next_position() {
            Some(next) if self.driver.walk.delivered_position().is_none() => (next, self.skip),
            Some(next) => (next, 0),
            None => (self.driver.walk.position(), self.items),
        };
        self.driver.checkpoint(position.clone(), index)
    }

    /// The status of the page delivered last.
    pub fn status(&self) -> Option<StatusCode> {
        self.driver.head().map(|(status, _)| *status)
    }

    /// The headers of the page delivered last.
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.driver.head().map(|(_, headers)| headers)
    }

    /// The number of items in the whole list, as a page said last.
    pub fn total(&self) -> Option<u64> {
        self.driver.walk.total()
    }

    fn poll_page(
        &mut self,
        cx: &mut Context<'_>,
        direction: Direction,
    ) -> Poll<Option<Result<L::Page, Error>>> {
        loop {
            let Some(arrival) = ready!(self.driver.poll(cx, direction, None)) else {
                return Poll::Ready(None);
            };
            let page = match arrival.and_then(|arrival| self.driver.accept::<L>(arrival)) {
                Ok(Some(page)) => page,
                Ok(None) => return Poll::Ready(None),
                Err(error) => return Poll::Ready(Some(Err(error))),
            };
            self.items = L::items(&page).len() as u64;
            self.driver.look_ahead(cx, None);
            let taken = std::mem::take(&mut self.skip);
            if taken == 0 || taken < self.items {
                return Poll::Ready(Some(Ok(page)));
            }
        }
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

    /// At most what the bound on pages allows and, where a last page is known, those up to it: as
    /// far as the server's last page holds, and not counting errors.
    fn size_hint(&self) -> (usize, Option<usize>) {
        let upper = self.driver.walk.pages_left();
        (
            0,
            upper.map(|pages| usize::try_from(pages).unwrap_or(usize::MAX)),
        )
    }
}

impl<L> fmt::Debug for Pages<L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Pages").field(&self.driver).finish()
    }
}
