//! What faults do to lists, pages and items.

use serde_json::{Value, json};

use super::{
    Fault, PlacedFault,
    page::{Ask, Cursor, Page, Place},
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

    /// The first page of the fault, if the mock has it.
    fn first(&self, fault: Fault) -> Option<u64> {
        self.faults
            .iter()
            .filter(|it| it.fault == fault)
            .map(|it| it.pages.first())
            .min()
    }

    fn has_begun(&self, fault: Fault) -> bool {
        self.first(fault).is_some_and(|first| self.page >= first)
    }

    /// The largest page that is served.
    pub(crate) fn cap(faults: &[PlacedFault]) -> Option<usize> {
        faults
            .iter()
            .any(|it| it.fault == Fault::ClampedSize)
            .then_some(CLAMPED)
    }

    /// Changes which items are in the list; `base` counts those of the data set before it grows.
    pub(crate) fn list(&self, list: &mut Vec<usize>, base: usize, size: Option<usize>) {
        if !self.has_begun(Fault::GrowingLastPage) {
            list.retain(|item| *item < base);
        }
        if self.has_begun(Fault::ShrinkingLastPage) {
            list.truncate(list.len() - list.len() / 3);
        }
        let start = |fault| {
            let before = usize::try_from(self.first(fault)?).ok()?.checked_sub(1)?;
            before.checked_mul(size?)
        };
        if let Some(at) = start(Fault::MissingItem).filter(|at| *at < list.len()) {
            list.remove(at);
        }
        if let Some(at) = start(Fault::DuplicateItem).filter(|at| (1..list.len()).contains(at)) {
            list.insert(at, list.get(at - 1).copied().unwrap_or_default());
        }
    }

    /// Changes what a page says of its neighbours and itself; `position` is what the request asked for.
    pub(crate) fn page(&self, page: &mut Page, ask: &Ask, position: Option<&str>) {
        if self.shows(Fault::RepeatedCursor) {
            let used = position
                .map(str::to_owned)
                .unwrap_or_else(|| Cursor::forward(page.items.start).encode());
            page.next = Some(Place::Text(used));
            page.has_more = true;
        }
        if let Some(start) = self.cycle_start(ask) {
            page.next = Some(Place::Cursor(Cursor::forward(start)));
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
            && !ask.after_empty
            && !ask.backward
            && !page.items.is_empty()
        {
            let cursor = Cursor {
                after_empty: true,
                ..Cursor::forward(page.items.start)
            };
            page.items.end = page.items.start;
            page.next = Some(Place::Cursor(cursor));
            page.has_more = true;
        }
        if self.shows(Fault::PageEchoMismatch) {
            page.number = 1;
        }
    }

    /// Where the cycle starts, if the page closes it.
    fn cycle_start(&self, ask: &Ask) -> Option<usize> {
        let first = self
            .first(Fault::CursorCycle)
            .filter(|first| first.checked_add(2) == Some(self.page))?;
        let before = usize::try_from(first).ok()?.checked_sub(1)?;
        before.checked_mul(ask.size?).filter(|_| !ask.backward)
    }
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
