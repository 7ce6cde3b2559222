//! The part of a walk that sends requests; not generic, so that generated crates compile it once.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::task::{Context, Poll, ready};

use http::{HeaderMap, StatusCode};
use url::Url;

use super::checkpoint::{Checkpoint, fingerprint};
use super::error::{PaginationError, PaginationErrorKind};
use super::paginated::Paginated;
use super::plan::{PagePlan, PageStyle, Place};
use super::position::Position;
use super::queue::Queue;
use super::retry;
use super::signals::{Relations, Said, Signals};
use super::walk::{Direction, Step, Walk, resolve};
use crate::error::{ConfigurationError, Error};
use crate::request::{Placed, Request};
use crate::response::RawResponse;

/// A walk, the request it repeats, and the requests in flight.
pub(super) struct Driver {
    request: Request,
    plan: &'static PagePlan,
    pub(super) walk: Walk,
    queue: Queue,
    /// How many pages are asked for before they are wanted.
    pub(super) prefetch: usize,
    /// How often a page is asked for again after an error that may pass.
    pub(super) retries: u32,
    /// The page size that the request has when it is not changed for the last page.
    size: Option<String>,
    /// Positions in a JSON body, and page sizes, are numbers.
    is_number: bool,
    size_is_number: bool,
    /// Where this walk goes on, to be compared with the request.
    resumed: Option<Checkpoint>,
    /// Status and headers of the page delivered last.
    head: Option<(StatusCode, HeaderMap)>,
    /// The relations of the page delivered last, and the URL they are relative to.
    relations: Option<(Relations, Url)>,
    /// A start and a page size that do not fit the plan, reported by the first poll.
    unusable_start: Option<ConfigurationError>,
    unusable_size: Option<ConfigurationError>,
}

/// A response, and the page size that was asked for.
pub(super) struct Arrival {
    response: RawResponse,
    asked: Option<u64>,
}

impl Driver {
    pub(super) fn new(request: Request, plan: &'static PagePlan) -> Self {
        let placed = |place: Option<Place>| place.and_then(|place| request.placed(place));
        let (size, position, previous) = (
            placed(plan.size),
            placed(plan.position),
            placed(plan.previous),
        );
        let is_number = position
            .as_ref()
            .map_or(plan.is_number, |(_, is_number)| *is_number);
        let size_is_number = size.as_ref().is_none_or(|(_, is_number)| *is_number);
        let size = size.map(|(text, _)| text);
        let mut driver = Self {
            walk: Walk::new(plan, size.as_deref()),
            request,
            plan,
            queue: Queue::new(),
            prefetch: 0,
            retries: 0,
            size,
            is_number,
            size_is_number,
            resumed: None,
            head: None,
            relations: None,
            unusable_start: None,
            unusable_size: None,
        };
        let home = driver.find_home();
        let start = match (position, previous) {
            (Some((value, _)), _) => driver.walk.start_at_parameter(&value),
            (None, Some((value, _))) if !value.is_empty() => {
                driver.walk.start_at(Position::Before(value))
            }
            _ => Ok(()),
        };
        driver.unusable_start = home.and(start).err();
        driver
    }

    /// Tells the walk the URL of the first request, if pages lead to URLs.
    fn find_home(&mut self) -> Result<(), ConfigurationError> {
        if self.plan.is_by_url() {
            self.walk.set_home(self.request.own_url()?);
        }
        Ok(())
    }

    pub(super) fn start_at(&mut self, position: Position) {
        self.unusable_start = self.walk.start_at(position).err();
    }

    /// Goes on where `checkpoint` was made.
    pub(super) fn resume(&mut self, checkpoint: Checkpoint) {
        self.start_at(checkpoint.position().clone());
        self.resumed = Some(checkpoint);
    }

    /// Asks for pages of `items` items.
    pub(super) fn page_size(&mut self, items: u64) {
        let (id, plan) = (self.request.operation().id(), self.plan);
        let refusal = match plan.size {
            None => Some(format!("{id}: requests cannot carry a page size")),
            Some(_) if items == 0 && plan.all_size != Some(0) => {
                Some(format!("{id}: a page of no items leads nowhere"))
            }
            Some(_) => None,
        };
        self.unusable_size = refusal.map(ConfigurationError::new);
        if self.unusable_size.is_some() {
            return;
        }
        self.size = Some(items.to_string());
        self.put_size(None);
        self.walk.set_size(self.size.as_deref());
        if let Err(error) = self.find_home() {
            self.unusable_size = Some(error);
        }
    }

    /// The next response of the walk; `None` at its end. `needed` is how many items of it and of
    /// the pages behind it are of interest, if that is bounded.
    pub(super) fn poll(
        &mut self,
        cx: &mut Context<'_>,
        direction: Direction,
        needed: Option<u64>,
    ) -> Poll<Option<Result<Arrival, Error>>> {
        if let Err(error) = self.check() {
            self.walk.end();
            return Poll::Ready(Some(Err(error.into())));
        }
        if direction == Direction::Backward && !self.plan.is_reversible() {
            let id = self.request.operation().id();
            let message = format!("{id}: the list cannot be walked backwards");
            return Poll::Ready(Some(Err(ConfigurationError::new(message).into())));
        }
        let position = match self.walk.step(direction) {
            Step::Fetch(position) => position,
            Step::End => {
                self.queue.clear();
                return Poll::Ready(None);
            }
            Step::Fail(kind) => {
                self.queue.clear();
                return Poll::Ready(Some(Err(self.error(kind))));
            }
        };
        if !self.queue.leads_with(&position) {
            let asked = self.ask(&position, needed);
            let answer = retry::answer(self.request.clone(), self.retries, seed(&position));
            self.queue.lead_with(position, asked, answer);
        }
        let (result, asked) = ready!(self.queue.poll_front(cx));
        if result.as_ref().is_err_and(|error| !error.is_retryable()) {
            self.stop();
        }
        Poll::Ready(Some(result.map(|response| Arrival { response, asked })))
    }

    /// The page of a response, if it may be delivered. A response without content is the end of the
    /// list: `None`.
    pub(super) fn accept<L: Paginated>(
        &mut self,
        arrival: Arrival,
    ) -> Result<Option<L::Page>, Error> {
        let Arrival { response, asked } = arrival;
        let page = match response.optional() {
            Ok(Some(page)) => page,
            Ok(None) => {
                self.stop();
                return Ok(None);
            }
            Err(error) => {
                self.stop();
                return Err(error.into());
            }
        };
        self.receive(&response, L::items(&page).len(), L::signals(&page), asked)?;
        let (_, status, headers) = response.into_head();
        self.head = Some((status, headers));
        Ok(Some(page))
    }

    fn receive(
        &mut self,
        response: &RawResponse,
        items: usize,
        typed: Signals<'_>,
        asked: Option<u64>,
    ) -> Result<(), Error> {
        let said = Said::read(self.plan, response, typed);
        self.is_number |= said.is_number;
        self.walk.show(response.body(), asked);
        if let Err(kind) = self.walk.receive(items, &said.signals) {
            self.queue.clear();
            return Err(self.error(kind));
        }
        let base = match self.walk.position() {
            Position::Url(url) => Url::parse(url).ok(),
            _ => self.walk.home().cloned(),
        };
        self.relations = base.map(|base| (said.relations, base));
        Ok(())
    }

    /// Asks for the pages behind the one delivered last, as far as prefetching goes. `needed` is how
    /// many of their items are of interest, if that is bounded.
    pub(super) fn look_ahead(&mut self, cx: &mut Context<'_>, needed: Option<u64>) {
        if self.prefetch == 0 {
            return;
        }
        let positions = self.walk.ahead(self.prefetch, needed);
        let kept = self.queue.keep(&positions);
        let stride = self.walk.largest_page();
        for (index, position) in positions.into_iter().enumerate().skip(kept) {
            let before = stride.saturating_mul(index as u64);
            let asked = self.ask(&position, needed.map(|items| items.saturating_sub(before)));
            let answer = retry::answer(self.request.clone(), self.retries, seed(&position));
            self.queue.push(position, asked, answer);
        }
        self.queue.progress(cx);
    }

    /// Goes on with the requests that were made ahead, if there is a reason to.
    pub(super) fn progress(&mut self, cx: &mut Context<'_>) {
        if self.prefetch > 0 {
            self.queue.progress(cx);
        }
    }

    /// Whether nothing is to be done before the page in hand is used up.
    #[cfg(feature = "blocking")]
    pub(super) fn is_quiet(&self) -> bool {
        self.prefetch == 0 || self.queue.is_quiet()
    }

    /// Makes the request one for the page at `position`; the page size it has, if that is known.
    fn ask(&mut self, position: &Position, needed: Option<u64>) -> Option<u64> {
        let (here, back) = (self.plan.position, self.plan.previous);
        match position {
            Position::Start if self.plan.is_by_url() => self.request.send_to(None),
            Position::Start => {
                self.take_out(here);
                self.take_out(back);
            }
            Position::Cursor(cursor) => {
                self.take_out(back);
                self.put(here, cursor);
            }
            Position::Before(cursor) => {
                if back.is_some() {
                    self.take_out(here);
                }
                self.put(back.or(here), cursor);
            }
            Position::Offset(number) | Position::Page(number) => {
                self.put(here, &number.to_string());
            }
            Position::Url(url) => self.request.send_to(Url::parse(url).ok()),
        }
        self.walk.size().map(|size| self.shrink(size, needed))
    }

    fn put(&mut self, place: Option<Place>, text: &str) {
        if let Some(place) = place {
            let is_number = self.is_number && is_decimal(text);
            self.request.put(place, Some(Placed { text, is_number }));
        }
    }

    /// Leaves a null in a body as it is.
    fn take_out(&mut self, place: Option<Place>) {
        if let Some(place) = place
            && self.request.placed(place).is_some()
        {
            self.request.put(place, None);
        }
    }

    /// Asks for no more items than are needed, where the size of a page does not say where the
    /// others are. `size` is what is asked for otherwise.
    fn shrink(&mut self, size: u64, needed: Option<u64>) -> u64 {
        let Some(needed) = needed else {
            return size;
        };
        let counts_in_pages = match self.plan.style {
            PageStyle::Page | PageStyle::Link | PageStyle::NextUrl => true,
            PageStyle::Cursor
            | PageStyle::Bidirectional
            | PageStyle::Offset
            | PageStyle::Keyset
            | PageStyle::Token => false,
        };
        if counts_in_pages || Some(size) == self.plan.all_size {
            return size;
        }
        let asked = needed.max(self.plan.minimum_size.unwrap_or(1)).min(size);
        self.put_size(Some(asked).filter(|asked| *asked < size));
        asked
    }

    /// Sets the page size of the request: `items`, or else what it was made with.
    fn put_size(&mut self, items: Option<u64>) {
        let Some(place) = self.plan.size else {
            return;
        };
        let items = items.map(|items| items.to_string());
        let is_number = self.size_is_number;
        let placed = items.as_ref().or(self.size.as_ref());
        let placed = placed.map(|text| Placed { text, is_number });
        self.request.put(place, placed);
    }

    /// Reports once what is wrong with the settings.
    fn check(&mut self) -> Result<(), ConfigurationError> {
        if let Some(error) = self.unusable_start.take().or(self.unusable_size.take()) {
            return Err(error);
        }
        let Some(checkpoint) = self.resumed.take() else {
            return Ok(());
        };
        checkpoint.check(
            self.request.operation().id(),
            fingerprint(&self.request, self.plan),
            self.counted_size(),
        )
    }

    /// A checkpoint at `position`, after `index` items of the page there.
    pub(super) fn checkpoint(&self, position: Position, index: u64) -> Checkpoint {
        let plan = fingerprint(&self.request, self.plan);
        Checkpoint::new(plan, position, index, self.counted_size())
    }

    /// The page size, where it says which items a page has.
    fn counted_size(&self) -> Option<u64> {
        let by_page = self.plan.style == PageStyle::Page;
        self.walk.size().filter(|_| by_page)
    }

    /// The status and headers of the page delivered last.
    pub(super) fn head(&self) -> Option<&(StatusCode, HeaderMap)> {
        self.head.as_ref()
    }

    /// Where a relation of the page delivered last leads, within the origin.
    pub(super) fn related(
        &self,
        relation: impl FnOnce(&Relations) -> Option<&String>,
    ) -> Option<Position> {
        let (relations, base) = self.relations.as_ref()?;
        let url = resolve(base, relation(relations)?)?;
        (url.origin() == base.origin()).then(|| Position::Url(url.into()))
    }

    fn stop(&mut self) {
        self.walk.end();
        self.queue.clear();
    }

    fn error(&self, kind: PaginationErrorKind) -> Error {
        let (position, pages) = (self.walk.position().clone(), self.walk.delivered());
        PaginationError::new(self.request.operation().id(), kind, position, pages).into()
    }
}

/// Tells pages apart, for the pauses between retries.
fn seed(position: &Position) -> u64 {
    let mut hasher = DefaultHasher::new();
    position.hash(&mut hasher);
    hasher.finish()
}

/// Whether a text is an integer as JSON writes it.
fn is_decimal(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let is_canonical = !digits.starts_with('0') || digits == "0";
    !digits.is_empty() && is_canonical && digits.bytes().all(|byte| byte.is_ascii_digit())
}

impl std::fmt::Debug for Driver {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Walk")
            .field("request", &self.request)
            .field("position", self.walk.position())
            .field("pages", &self.walk.delivered())
            .finish_non_exhaustive()
    }
}
