//! What a page says about the pages around it.

mod header;
mod link;
mod pointer;

use std::borrow::Cow;

use super::plan::{PagePlan, PageStyle, Signal};
use crate::response::RawResponse;

pub(super) use link::Relations;

/// What a page says about its place in the list. What it does not say is `None`.
///
/// `next` and `previous` are the cursor, token or URL (absolute, relative reference or path) of the
/// page there; for [`PageStyle::Keyset`] the key of the page's last item and of its first. For
/// [`PageStyle::Offset`] and [`PageStyle::Page`] a `next` that is a decimal number is the number of
/// the next page, before any arithmetic; another text only says that there is one; an empty text
/// says that there is none.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Signals<'a> {
    /// Where the next page is; empty is as good as absent.
    pub next: Option<Cow<'a, str>>,
    /// Where the previous page is; empty is as good as absent.
    pub previous: Option<Cow<'a, str>>,
    /// Whether more items follow.
    pub has_more: Option<bool>,
    /// The number of this page.
    pub current: Option<u64>,
    /// The number of the last page.
    pub last: Option<u64>,
    /// The number of items in the whole list.
    pub total: Option<u64>,
    /// The page size that the server keeps to.
    pub size: Option<u64>,
}

/// All that a page says, wherever it says it.
#[derive(Debug, Default)]
pub(super) struct Said<'a> {
    pub(super) signals: Signals<'a>,
    /// The relations of the header `Link`, for [`PageStyle::Link`].
    pub(super) relations: Relations,
    /// The next or previous position is a JSON number.
    pub(super) is_number: bool,
}

impl<'a> Said<'a> {
    /// Adds to `typed` what the plan reads from the headers and the raw body. What is said in
    /// several places counts where it was found first: typed, header, pointer.
    pub(super) fn read(plan: &PagePlan, response: &'a RawResponse, typed: Signals<'a>) -> Self {
        let mut said = Self {
            signals: typed,
            ..Self::default()
        };
        if plan.style == PageStyle::Link {
            said.relations = link::relations(response.headers());
            said.add_text(Signal::Next, said.relations.next.clone().map(Cow::Owned));
            let previous = said.relations.previous.clone();
            said.add_text(Signal::Previous, previous.map(Cow::Owned));
        }
        for (signal, name) in plan.headers {
            header::read(&mut said, response.headers(), *signal, name);
        }
        if !plan.pointers.is_empty() {
            pointer::read(&mut said, response.body(), plan.pointers);
        }
        // A place that is declared and says nothing says that there is no more.
        if plan.is_numbered() && plan.declares(Signal::Next) && said.signals.next.is_none() {
            said.signals.next = Some(Cow::Borrowed(""));
        }
        said
    }

    fn add_text(&mut self, signal: Signal, text: Option<Cow<'a, str>>) {
        let place = match signal {
            Signal::Previous => &mut self.signals.previous,
            _ => &mut self.signals.next,
        };
        if place.is_none() {
            *place = text;
        }
    }

    fn add_flag(&mut self, has_more: Option<bool>) {
        self.signals.has_more = self.signals.has_more.or(has_more);
    }

    fn add_number(&mut self, signal: Signal, number: Option<u64>) {
        let place = match signal {
            Signal::Current => &mut self.signals.current,
            Signal::Last => &mut self.signals.last,
            Signal::Size => &mut self.signals.size,
            _ => &mut self.signals.total,
        };
        *place = place.or(number);
    }
}

#[cfg(test)]
mod tests;
