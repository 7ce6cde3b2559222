//! The decisions of a walk, without I/O: which page is asked for next, and whether a page that came
//! leads on.

mod cursor;
mod numbered;

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::mem::discriminant;

use super::error::PaginationErrorKind;
use super::notice::Notice;
use super::plan::{PagePlan, PageStyle};
use super::position::Position;
use super::signals::Signals;
use crate::error::ConfigurationError;

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

/// A walk over the pages of a list.
#[derive(Debug)]
pub(super) struct Walk {
    plan: &'static PagePlan,
    pub(super) rules: Rules,
    /// The page size asked for or the server's default, if it is known.
    size: Option<u64>,
    start: Position,
    direction: Direction,
    /// The page delivered last.
    current: Option<(Position, Links)>,
    /// The page asked for and not delivered yet.
    wanted: Option<Position>,
    /// Hashes of the cursors sent since the walk began or turned.
    sent: HashSet<u64>,
    empty_pages: u32,
    /// The hash of the body of the page delivered last, if its position is a number.
    body: Option<u64>,
    /// The same of the page that is received next.
    arrived: Option<u64>,
    /// Pages are counted from 0, as a page showed.
    from_zero: bool,
    delivered: u64,
    over: bool,
    notices: Vec<Notice>,
}

impl Walk {
    /// A walk from the start, with the page `size` that a request has as its parameter.
    pub(super) fn new(plan: &'static PagePlan, size: Option<&str>) -> Self {
        let asked = size.map_or(plan.default_size, |size| size.trim().parse().ok());
        // A server that cuts the size to its maximum does not send a short page by doing so.
        let size = match (asked, plan.maximum_size) {
            (Some(size), Some(maximum)) if Some(size) != plan.all => Some(size.min(maximum)),
            _ => asked,
        };
        Self {
            plan,
            rules: Rules {
                max_pages: None,
                max_empty_pages: 100,
                stop_on_short_page: false,
            },
            size,
            start: Position::Start,
            direction: Direction::Forward,
            current: None,
            wanted: None,
            sent: HashSet::new(),
            empty_pages: 0,
            body: None,
            arrived: None,
            from_zero: false,
            delivered: 0,
            over: false,
            notices: Vec::new(),
        }
    }

    /// Starts at the position that a request has as its parameter.
    pub(super) fn start_at_parameter(&mut self, value: &str) -> Result<(), ConfigurationError> {
        let number = || {
            value.trim().parse().map_err(|_| {
                let name = self.plan.position;
                ConfigurationError::new(format!(
                    "`{name}` is `{value}`, and paging needs a number that is not negative"
                ))
            })
        };
        self.start = match self.plan.style {
            PageStyle::Cursor | PageStyle::Bidirectional if value.is_empty() => Position::Start,
            PageStyle::Cursor | PageStyle::Bidirectional => Position::Cursor(value.to_owned()),
            PageStyle::Offset => Position::Offset(number()?),
            PageStyle::Page => Position::Page(number()?),
        };
        Ok(())
    }

    /// Starts at `position`.
    pub(super) fn start_at(&mut self, position: Position) -> Result<(), ConfigurationError> {
        let fits = match position {
            Position::Start => true,
            Position::Cursor(_) => matches!(
                self.plan.style,
                PageStyle::Cursor | PageStyle::Bidirectional
            ),
            Position::Offset(_) => self.plan.style == PageStyle::Offset,
            Position::Page(_) => self.plan.style == PageStyle::Page,
        };
        if !fits {
            let name = self.plan.position;
            return Err(ConfigurationError::new(format!(
                "the parameter `{name}` cannot hold {position}"
            )));
        }
        self.start = position;
        Ok(())
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
                }
                if let Position::Cursor(cursor) = &position {
                    self.sent.insert(hash(cursor));
                }
                self.wanted = Some(position.clone());
                Step::Fetch(position)
            }
        }
    }

    /// Shows the body of the page that is received next. A server that takes no notice of offsets or page numbers sends
    /// the same page for ever, and nothing in the page itself says so.
    pub(super) fn show(&mut self, body: &[u8]) {
        let numbered = matches!(self.plan.style, PageStyle::Offset | PageStyle::Page);
        self.arrived = numbered.then(|| hash(body));
    }

    /// Takes note of the page that was wanted. `Ok` means that it may be delivered; after an error
    /// the walk is over.
    pub(super) fn receive(
        &mut self,
        items: usize,
        signals: &Signals<'_>,
    ) -> Result<(), PaginationErrorKind> {
        let at = self.wanted.clone().unwrap_or_default();
        match self.judge(&at, items as u64, signals) {
            Ok(links) => {
                self.wanted = None;
                self.body = self.arrived.take();
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
    ) -> Result<Links, PaginationErrorKind> {
        self.from_zero |=
            *at == Position::Page(0) || (*at == Position::Start && signals.current == Some(0));
        let links = match self.plan.style {
            PageStyle::Cursor => cursor::forward_only(signals),
            PageStyle::Bidirectional => cursor::bidirectional(signals),
            PageStyle::Offset => numbered::offset(at, items, signals, self.bounds()),
            PageStyle::Page => numbered::page(at, items, signals, self.bounds())?,
        };
        if items > 0 && self.arrived.is_some() && self.arrived == self.body {
            return Err(PaginationErrorKind::RepeatedPage);
        }
        let lead = match self.direction {
            Direction::Forward => &links.next,
            Direction::Backward => &links.previous,
        };
        if let Lead::To(Position::Cursor(cursor)) = lead {
            if self.sent.contains(&hash(cursor)) {
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

    fn note_oddities(&mut self, at: &Position, items: u64, signals: &Signals<'_>, links: &Links) {
        let empty = items == 0 && self.direction == Direction::Forward;
        let cursor = match self.direction {
            Direction::Forward => signals.next.as_deref(),
            Direction::Backward => signals.previous.as_deref(),
        };
        let notice = match self.plan.style {
            PageStyle::Cursor if signals.has_more.is_none() && cursor == Some("") => {
                Some(Notice::EmptyCursor { at: at.clone() })
            }
            PageStyle::Bidirectional if cursor == Some("") => {
                Some(Notice::EmptyCursor { at: at.clone() })
            }
            PageStyle::Cursor => {
                let without_flag = signals.has_more.is_none() && matches!(links.next, Lead::To(_));
                without_flag.then(|| Notice::NoFlag { at: at.clone() })
            }
            PageStyle::Offset if empty && numbered::offset_announces_more(at, signals) => {
                Some(Notice::EmptyBeforeEnd { at: at.clone() })
            }
            PageStyle::Page if empty && numbered::page_announces_more(signals) => {
                Some(Notice::EmptyBeforeEnd { at: at.clone() })
            }
            PageStyle::Bidirectional | PageStyle::Offset | PageStyle::Page => None,
        };
        // An API without the flag lacks it on every page: once is enough.
        let same_kind = |other: &Notice| {
            notice
                .as_ref()
                .is_some_and(|notice| discriminant(notice) == discriminant(other))
        };
        if !self.notices.iter().any(same_kind) {
            self.notices.extend(notice);
        }
    }

    fn bounds(&self) -> numbered::Bounds {
        numbered::Bounds {
            everything: self.size.is_some() && self.size == self.plan.all,
            short_below: self.size.filter(|_| self.rules.stop_on_short_page),
            from_zero: self.from_zero,
        }
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

    pub(super) fn notices(&self) -> &[Notice] {
        &self.notices
    }
}

/// Eight bytes stand for a cursor, so that long walks stay small. Two different cursors of one walk
/// have the same with a probability of about n²/2⁶⁵.
fn hash<T: Hash + ?Sized>(cursor: &T) -> u64 {
    let mut hasher = DefaultHasher::new();
    cursor.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests;
