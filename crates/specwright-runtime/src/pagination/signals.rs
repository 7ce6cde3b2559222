//! What a page says about the pages around it.

use std::borrow::Cow;

/// What a page says about its place in the list. What it does not say is `None`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Signals<'a> {
    /// The cursor of the next page; empty is as good as absent.
    pub next: Option<Cow<'a, str>>,
    /// The cursor of the previous page; empty is as good as absent.
    pub previous: Option<Cow<'a, str>>,
    /// Whether more items follow.
    pub has_more: Option<bool>,
    /// The number of this page.
    pub current: Option<u64>,
    /// The number of the last page.
    pub last: Option<u64>,
    /// The number of items in the whole list.
    pub total: Option<u64>,
}
