//! What faults do to lists, pages and items.

use std::ops::Range;

use serde_json::{Value, json};

use super::{
    Fault, PlacedFault,
    page::{Cursor, Located, Page, Place, Selection},
    value::Kind,
};

/// The largest page with [`Fault::ClampedSize`].
pub(crate) const CLAMPED: usize = 7;

/// The faults of a mock, seen from one request.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Spoiler<'f> {
    faults: &'f [PlacedFault],
    page: u64,
}

/// What a request sent for its position, as faults see it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sent<'q> {
    /// The text.
    pub(crate) position: Option<&'q str>,
    /// The cursor in it, if it is one.
    pub(crate) cursor: Option<Cursor>,
    /// Whether this page has been asked for before.
    pub(crate) before: bool,
}

impl<'f> Spoiler<'f> {
    /// The faults as they show on the page of this number.
    pub(crate) fn new(faults: &'f [PlacedFault], page: usize) -> Self {
        Self {
            faults,
            page: page as u64,
        }
    }

    /// Whether the fault shows on the page.
    pub(crate) fn shows(&self, fault: Fault) -> bool {
        self.faults
            .iter()
            .any(|it| it.fault == fault && it.pages.contains(self.page))
    }

    fn has_begun(&self, fault: Fault) -> bool {
        first(self.faults, fault).is_some_and(|first| self.page >= first)
    }

    /// The largest page that is served.
    pub(crate) fn cap(faults: &[PlacedFault]) -> Option<usize> {
        has(faults, Fault::ClampedSize).then_some(CLAMPED)
    }

    /// Puts items into the list twice, or takes them away, whatever page is asked for.
    pub(crate) fn reshape(faults: &[PlacedFault], list: &mut Selection, size: Option<usize>) {
        let start = |fault| {
            let before = usize::try_from(first(faults, fault)?)
                .ok()?
                .checked_sub(1)?;
            before.checked_mul(size?)
        };
        let missing = start(Fault::MissingItem).filter(|at| *at < list.len());
        let doubled = start(Fault::DuplicateItem).filter(|at| (1..list.len()).contains(at));
        if missing.is_none() && doubled.is_none() {
            return;
        }
        let mut items = list.items(0..list.len());
        if let Some(at) = missing {
            items.remove(at);
        }
        if let Some(at) = doubled.filter(|at| *at < items.len()) {
            items.insert(at, items.get(at - 1).copied().unwrap_or_default());
        }
        *list = Selection::Chosen(items);
    }

    /// Makes the list longer or shorter; `grown` are the items that come with [`Fault::GrowingLastPage`].
    pub(crate) fn resize(&self, list: &mut Selection, grown: Range<usize>) {
        if !grown.is_empty() && !self.has_begun(Fault::GrowingLastPage) {
            *list = match list {
                Selection::Whole(count) => Selection::Whole((*count).min(grown.start)),
                Selection::Chosen(items) => {
                    items.retain(|item| !grown.contains(item));
                    Selection::Chosen(std::mem::take(items))
                }
            };
        }
        if self.has_begun(Fault::ShrinkingLastPage) {
            let left = list.len() - list.len() / 3;
            match list {
                Selection::Whole(count) => *count = left,
                Selection::Chosen(items) => items.truncate(left),
            }
        }
    }

    /// Changes which page is asked for.
    pub(crate) fn ask(&self, located: &mut Located, sent: Sent<'_>) {
        if self.shows(Fault::IgnoredPosition) {
            (located.at, located.backward) = (0, false);
        }
        if self.shows(Fault::UnstablePage) && sent.before {
            located.at = located.at.saturating_add(1);
        }
    }

    /// Changes what a page says of its neighbours and itself.
    pub(crate) fn page(
        &self,
        page: &mut Page,
        located: &Located,
        list: &Selection,
        sent: Sent<'_>,
        place: &dyn Fn(usize) -> Place,
    ) {
        if self.shows(Fault::RepeatedCursor) {
            let start = place(page.items.start);
            page.next = Some(sent.position.map_or(start, |it| Place::Text(it.to_owned())));
            page.has_more = true;
        }
        if let Some(start) = self.cycle_start(located) {
            page.next = Some(place(start));
            page.has_more = true;
        }
        if self.shows(Fault::NeverEnds) && page.next.is_none() && !located.backward {
            let beyond = |cursor: Cursor| cursor.anchor.map_or(0, |it| it.saturating_add(1));
            let next = match sent.cursor.filter(|_| page.items.is_empty()) {
                Some(cursor) => Cursor::forward(Some(beyond(cursor))),
                None => list.cursor_from(page.items.end),
            };
            page.next = Some(match place(list.len()) {
                Place::Number(_) => place(located.at.saturating_add(located.size.unwrap_or(1))),
                _ => Place::Cursor(next),
            });
            page.has_more = true;
        }
        if self.shows(Fault::MissingCursor) {
            page.next = None;
            page.has_more = true;
        }
        if self.shows(Fault::EmptyCursor) {
            page.next = Some(Place::Text(String::new()));
        }
        if self.shows(Fault::EmptyPage)
            && !located.after_empty
            && !located.backward
            && !page.items.is_empty()
        {
            let cursor = Cursor {
                after_empty: true,
                ..list.cursor_from(page.items.start)
            };
            page.items.end = page.items.start;
            page.next = Some(Place::Cursor(cursor));
            page.has_more = true;
        }
        if self.shows(Fault::LostPage) {
            page.items.start = page.items.end;
        }
        if self.shows(Fault::Overrun) {
            page.items.end = page.items.end.saturating_add(1).min(list.len());
        }
        if self.shows(Fault::EarlyEnd) {
            (page.next, page.has_more) = (None, false);
            (page.total, page.last) = (page.items.end, page.number);
            page.pages = located.number();
        }
        if self.shows(Fault::ContradictingFlag) {
            page.has_more = !page.has_more;
        }
        if self.shows(Fault::WrongTotal) {
            page.total = page.total.saturating_add(1);
        }
        if self.shows(Fault::PageEchoMismatch) {
            page.number = 1;
        }
    }

    /// Where the cycle starts, if the page closes it.
    fn cycle_start(&self, located: &Located) -> Option<usize> {
        let first = first(self.faults, Fault::CursorCycle)
            .filter(|first| first.checked_add(2) == Some(self.page))?;
        let before = usize::try_from(first).ok()?.checked_sub(1)?;
        before
            .checked_mul(located.size?)
            .filter(|_| !located.backward)
    }
}

/// Whether the mock has the fault, wherever it shows.
pub(crate) fn has(faults: &[PlacedFault], fault: Fault) -> bool {
    faults.iter().any(|it| it.fault == fault)
}

/// The first page of the fault, if the mock has it.
fn first(faults: &[PlacedFault], fault: Fault) -> Option<u64> {
    let of_it = faults.iter().filter(|it| it.fault == fault);
    of_it.map(|it| it.pages.first()).min()
}

/// Gives an item, or one of its fields, a JSON type that it does not have by its schema.
pub(crate) fn mistype(item: &mut Value, field: Option<&str>, kind: Option<Kind>) {
    let Some(kind) = kind else { return };
    let wrong = match kind {
        Kind::Object => Value::from("an object was expected"),
        _ => json!({ "unexpected": true }),
    };
    match (item, field) {
        (Value::Object(object), Some(field)) => drop(object.insert(field.to_owned(), wrong)),
        (item, None) => *item = wrong,
        _ => {}
    }
}
