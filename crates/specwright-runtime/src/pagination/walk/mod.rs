//! The decisions of a walk, without I/O: which page is asked for next, and whether a page that came
//! leads on.

mod ahead;
mod cursor;
mod digest;
mod numbered;
mod oddities;
mod start;
mod url_given;

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use url::Url;

use super::error::PaginationErrorKind;
use super::notice::Notice;
use super::plan::{PagePlan, PageStyle};
use super::position::Position;
use super::signals::Signals;

pub(super) use url_given::resolve;

/// Which way a walk goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    Forward,
    Backward,
}

/// What is to be done for the next page.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Step {
    Fetch(Position),
    End,
    Fail(PaginationErrorKind),
}

/// Where a page leads in one direction.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Lead {
    To(Position),
    End,
    /// Nowhere, and it should: an error once the page itself was delivered.
    Nowhere(PaginationErrorKind),
}

impl Lead {
    fn position(&self) -> Option<&Position> {
        match self {
            Self::To(position) => Some(position),
            Self::End | Self::Nowhere(_) => None,
        }
    }
}

/// Where a page leads in both directions.
#[derive(Debug, PartialEq, Eq)]
struct Links {
    next: Lead,
    previous: Lead,
}

/// What the user asks of a walk.
#[derive(Debug, Clone)]
pub(super) struct Rules {
    pub(super) max_pages: Option<u64>,
    pub(super) max_empty_pages: u32,
    pub(super) stop_on_short_page: bool,
}

/// The page that is received next, before it is looked into.
#[derive(Debug, Clone, Copy, Default)]
struct Arrived {
    /// The digest of its body, if its position is a number.
    body: Option<u64>,
    /// The page size asked for, if it is known.
    asked: Option<u64>,
}

/// A walk over the pages of a list.
#[derive(Debug)]
pub(super) struct Walk {
    plan: &'static PagePlan,
    pub(super) rules: Rules,
    /// The page size asked for or the server's default, if it is known.
    size: Option<u64>,
    start: Position,
    /// The URL of the first request, if pages lead to URLs.
    home: Option<Url>,
    direction: Direction,
    /// The page delivered last.
    current: Option<(Position, Links)>,
    /// The page asked for and not delivered yet.
    wanted: Option<Position>,
    /// Hashes of the opaque positions sent since the walk began or turned.
    sent: HashSet<u64>,
    empty_pages: u32,
    /// The digest of the body of the page delivered last, if its position is a number.
    body: Option<u64>,
    arrived: Arrived,
    /// Pages are counted from 0, as the plan says or a page showed.
    from_zero: bool,
    /// The items received, if the walk began at the start of the list and did not turn.
    counted: Option<u64>,
    /// The most items that a page had.
    largest_page: u64,
    /// What the page delivered last says, or an earlier one.
    total: Option<u64>,
    last: Option<u64>,
    delivered: u64,
    over: bool,
    notices: Vec<Notice>,
}

impl Walk {
    /// A walk from the start, with the page `size` that a request has as its parameter.
    pub(super) fn new(plan: &'static PagePlan, size: Option<&str>) -> Self {
        let mut walk = Self {
            plan,
            rules: Rules {
                max_pages: None,
                max_empty_pages: 100,
                stop_on_short_page: false,
            },
            size: None,
            start: Position::Start,
            home: None,
            direction: Direction::Forward,
            current: None,
            wanted: None,
            sent: HashSet::new(),
            empty_pages: 0,
            body: None,
            arrived: Arrived::default(),
            from_zero: plan.first_page == 0,
            counted: Some(0),
            largest_page: 0,
            total: None,
            last: None,
            delivered: 0,
            over: false,
            notices: Vec::new(),
        };
        walk.set_size(size);
        walk
    }

    /// The page size is what a request has as its parameter, or else the server's default.
    pub(super) fn set_size(&mut self, size: Option<&str>) {
        let plan = self.plan;
        let asked = size.map_or(plan.default_size, |size| size.trim().parse().ok());
        // A server that cuts the size to its maximum does not send a short page by doing so.
        self.size = match (asked, plan.maximum_size) {
            (Some(size), Some(maximum)) if asked != plan.all_size => Some(size.min(maximum)),
            _ => asked,
        };
    }

    /// The size that pages are expected to have, if it is known.
    pub(super) fn size(&self) -> Option<u64> {
        self.size
    }

    /// What to do for the next page in `direction`. Asking again before the page is there gives the
    /// same answer.
    pub(super) fn step(&mut self, direction: Direction) -> Step {
        let bound = self.rules.max_pages;
        if self.over || bound.is_some_and(|most| self.delivered >= most) {
            return Step::End;
        }
        if let (true, Some(wanted)) = (direction == self.direction, &self.wanted) {
            return Step::Fetch(wanted.clone());
        }
        let lead = match (direction, &self.current) {
            (Direction::Forward, None) => Lead::To(self.start.clone()),
            (Direction::Backward, None) => Lead::End,
            (Direction::Forward, Some((_, links))) => links.next.clone(),
            (Direction::Backward, Some((_, links))) => links.previous.clone(),
        };
        match lead {
            Lead::End => Step::End,
            Lead::Nowhere(kind) => {
                self.over = true;
                Step::Fail(kind)
            }
            Lead::To(position) => {
                if direction != self.direction {
                    self.direction = direction;
                    self.sent.clear();
                    self.empty_pages = 0;
                    self.counted = None;
                }
                if !self.plan.is_numbered() {
                    self.sent.insert(self.fingerprint(&position));
                }
                self.wanted = Some(position.clone());
                Step::Fetch(position)
            }
        }
    }

    /// Shows the body of the page that is received next, and the page size that was asked for. A
    /// server that takes no notice of offsets or page numbers sends the same page for ever, and
    /// nothing in the page itself says so.
    pub(super) fn show(&mut self, body: &[u8], asked: Option<u64>) {
        self.arrived = Arrived {
            body: self.plan.is_numbered().then(|| digest::of(body)),
            asked,
        };
    }

    /// Takes note of the page that was wanted. `Ok` means that it may be delivered; after an error
    /// the walk is over.
    pub(super) fn receive(
        &mut self,
        items: usize,
        signals: &Signals<'_>,
    ) -> Result<(), PaginationErrorKind> {
        let at = self.wanted.clone().unwrap_or_default();
        let items = items as u64;
        let arrived = std::mem::take(&mut self.arrived);
        self.counted = self
            .counted
            .filter(|_| self.delivered > 0 || self.is_first(&at))
            .map(|counted| counted.saturating_add(items));
        match self.judge(&at, items, signals, arrived) {
            Ok(links) => {
                self.wanted = None;
                self.body = arrived.body;
                self.largest_page = self.largest_page.max(items);
                self.total = signals.total.or(self.total);
                self.last = signals.last.or(self.last);
                self.current = Some((at, links));
                self.delivered += 1;
                Ok(())
            }
            Err(kind) => {
                self.over = true;
                Err(kind)
            }
        }
    }

    fn judge(
        &mut self,
        at: &Position,
        items: u64,
        signals: &Signals<'_>,
        arrived: Arrived,
    ) -> Result<Links, PaginationErrorKind> {
        self.from_zero |=
            *at == Position::Page(0) || (*at == Position::Start && signals.current == Some(0));
        let back = self.plan.previous.is_some();
        let links = match self.plan.style {
            PageStyle::Cursor => cursor::forward_only(signals),
            PageStyle::Token => cursor::token(signals),
            PageStyle::Bidirectional => cursor::bidirectional(signals, back, self.direction),
            PageStyle::Keyset => {
                let behind = self.delivered_position();
                cursor::keyset(at, behind.filter(|_| back), items, signals)
            }
            PageStyle::NextUrl | PageStyle::Link => {
                url_given::links(at, signals, self.home.as_ref())
            }
            PageStyle::Offset => numbered::offset(
                at,
                items,
                signals,
                &self.bounds(at, items, signals, arrived),
            )?,
            PageStyle::Page => numbered::page(
                at,
                items,
                signals,
                &self.bounds(at, items, signals, arrived),
            )?,
        };
        if items > 0 && arrived.body.is_some() && arrived.body == self.body {
            return Err(PaginationErrorKind::RepeatedPage);
        }
        let lead = match self.direction {
            Direction::Forward => &links.next,
            Direction::Backward => &links.previous,
        };
        if let Lead::To(position) = lead {
            if !self.plan.is_numbered() && self.sent.contains(&self.fingerprint(position)) {
                return Err(PaginationErrorKind::RepeatedPosition);
            }
            self.empty_pages = if items == 0 { self.empty_pages + 1 } else { 0 };
            let allowed = self.rules.max_empty_pages;
            if self.empty_pages > allowed {
                return Err(PaginationErrorKind::TooManyEmptyPages { allowed });
            }
        }
        self.note_oddities(at, items, signals, &links);
        Ok(links)
    }

    fn bounds(
        &self,
        at: &Position,
        items: u64,
        signals: &Signals<'_>,
        arrived: Arrived,
    ) -> numbered::Bounds {
        let asked = arrived.asked.or(self.size);
        let served = match (asked, signals.size) {
            (Some(asked), Some(served)) => Some(asked.min(served)),
            (asked, served) => asked.or(served),
        };
        // A full first page whose total is its own size: the total may be that of the page alone.
        let is_of_the_page = self.is_first(at)
            && signals.total == Some(items)
            && served.is_some_and(|size| items >= size);
        let counts = !is_of_the_page && signals.has_more != Some(true);
        numbered::Bounds {
            everything: self.size.is_some() && self.size == self.plan.all_size,
            short_below: served.filter(|_| self.rules.stop_on_short_page),
            first_page: self.first_page(),
            total: signals.total.filter(|_| counts),
            counted: self.counted,
        }
    }

    /// The number of the first page.
    fn first_page(&self) -> u64 {
        if self.from_zero {
            0
        } else {
            self.plan.first_page
        }
    }

    /// Whether the list begins with the page at `at`.
    fn is_first(&self, at: &Position) -> bool {
        match at {
            Position::Start => true,
            Position::Offset(offset) => *offset == 0,
            Position::Page(number) => *number == self.first_page(),
            Position::Cursor(_) | Position::Before(_) | Position::Url(_) => false,
        }
    }

    /// Eight bytes stand for a position, so that long walks stay small. Two different positions of
    /// one walk have the same with a probability of about n²/2⁶⁵.
    fn fingerprint(&self, position: &Position) -> u64 {
        let mut hasher = DefaultHasher::new();
        match (position, &self.home) {
            (Position::Start, Some(home)) => home.as_str().hash(&mut hasher),
            (Position::Url(url), _) => url.as_str().hash(&mut hasher),
            (other, _) => other.hash(&mut hasher),
        }
        hasher.finish()
    }

    /// Ends the walk.
    pub(super) fn end(&mut self) {
        self.over = true;
    }

    /// The page that was asked for and not delivered, else the page delivered last, else the first.
    pub(super) fn position(&self) -> &Position {
        let delivered = self.current.as_ref().map(|(at, _)| at);
        self.wanted.as_ref().or(delivered).unwrap_or(&self.start)
    }

    /// The page delivered last.
    pub(super) fn delivered_position(&self) -> Option<&Position> {
        self.current.as_ref().map(|(at, _)| at)
    }

    /// The page that is asked for next on the way forward, if there is one.
    pub(super) fn next_position(&self) -> Option<&Position> {
        if let (Direction::Forward, Some(wanted)) = (self.direction, &self.wanted) {
            return Some(wanted);
        }
        match &self.current {
            None => Some(&self.start),
            Some((_, links)) => links.next.position(),
        }
    }

    /// How many pages were delivered.
    pub(super) fn delivered(&self) -> u64 {
        self.delivered
    }

    /// The URL of the first request, if pages lead to URLs.
    pub(super) fn home(&self) -> Option<&Url> {
        self.home.as_ref()
    }

    /// The most items that a page had so far.
    pub(super) fn largest_page(&self) -> u64 {
        self.largest_page
    }

    /// The number of items in the whole list, as said last.
    pub(super) fn total(&self) -> Option<u64> {
        self.total
    }

    pub(super) fn notices(&self) -> &[Notice] {
        &self.notices
    }
}

#[cfg(test)]
mod tests;
