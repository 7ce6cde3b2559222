//! The part of a walk that sends requests; not generic, so that generated crates compile it once.

use std::task::{Context, Poll, ready};

use super::error::{PaginationError, PaginationErrorKind};
use super::paginated::Paginated;
use super::plan::{PagePlan, PageStyle};
use super::position::Position;
use super::walk::{Direction, Step, Walk};
use crate::error::{ConfigurationError, Error};
use crate::request::Request;
use crate::response::RawResponse;
use crate::transport::BoxFuture;

/// A walk, the request it repeats, and the request in flight.
pub(super) struct Driver {
    request: Request,
    plan: &'static PagePlan,
    pub(super) walk: Walk,
    in_flight: Option<(Position, BoxFuture<'static, Result<RawResponse, Error>>)>,
    /// A start that does not fit the plan, reported by the first poll.
    unusable: Option<ConfigurationError>,
}

impl Driver {
    pub(super) fn new(request: Request, plan: &'static PagePlan) -> Self {
        let size = plan.size.and_then(|name| request.query_value(name));
        let mut walk = Walk::new(plan, size);
        let start = request
            .query_value(plan.position)
            .map(|value| walk.start_at_parameter(value));
        let unusable = start.and_then(Result::err);
        Self {
            request,
            plan,
            walk,
            in_flight: None,
            unusable,
        }
    }

    pub(super) fn resume(&mut self, position: Position) {
        self.unusable = self.walk.start_at(position).err();
    }

    /// The next response of the walk; `None` at its end.
    pub(super) fn poll(
        &mut self,
        cx: &mut Context<'_>,
        direction: Direction,
    ) -> Poll<Option<Result<RawResponse, Error>>> {
        if let Some(error) = self.unusable.take() {
            self.walk.end();
            return Poll::Ready(Some(Err(error.into())));
        }
        if direction == Direction::Backward
            && matches!(self.plan.style, PageStyle::Cursor | PageStyle::Offset)
        {
            let message = format!(
                "{}: the list cannot be walked backwards",
                self.request.operation().id()
            );
            return Poll::Ready(Some(Err(ConfigurationError::new(message).into())));
        }
        let position = match self.walk.step(direction) {
            Step::Fetch(position) => position,
            Step::End => return Poll::Ready(None),
            Step::Fail(kind) => return Poll::Ready(Some(Err(self.error(kind)))),
        };
        // A request for another page is given up: the walk has turned.
        let response = match &mut self.in_flight {
            Some((asked, response)) if *asked == position => response,
            _ => {
                let response = self.ask(&position);
                &mut self.in_flight.insert((position, response)).1
            }
        };
        let result = ready!(response.as_mut().poll(cx));
        self.in_flight = None;
        if result.as_ref().is_err_and(|error| !error.is_retryable()) {
            self.walk.end();
        }
        Poll::Ready(Some(result))
    }

    /// The page of a response, if it may be delivered.
    pub(super) fn accept<L: Paginated>(
        &mut self,
        response: &RawResponse,
    ) -> Result<L::Page, Error> {
        let page = response.json().inspect_err(|_| self.walk.end())?;
        self.walk.show(response.body());
        let received = self.walk.receive(L::items(&page).len(), &L::signals(&page));
        received.map_err(|kind| self.error(kind))?;
        Ok(page)
    }

    fn ask(&mut self, position: &Position) -> BoxFuture<'static, Result<RawResponse, Error>> {
        let name = self.plan.position;
        match position {
            Position::Start => self.request.remove_query(name),
            Position::Cursor(cursor) => self.request.query(name, cursor),
            Position::Offset(number) | Position::Page(number) => self.request.query(name, number),
        }
        self.request.successful()
    }

    fn error(&self, kind: PaginationErrorKind) -> Error {
        let (position, pages) = (self.walk.position().clone(), self.walk.delivered());
        PaginationError::new(self.request.operation().id(), kind, position, pages).into()
    }
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
