//! What generated list requests tell the pager.

use super::plan::PagePlan;
use super::signals::Signals;
use crate::json::FromJson;

/// A list request whose response is one page of many.
pub trait Paginated {
    /// The response.
    type Page: FromJson;
    /// An item of the list.
    type Item;
    /// How the operation pages.
    const PLAN: &'static PagePlan;

    /// The items of a page, in order.
    fn items(page: &Self::Page) -> &[Self::Item];

    /// The items of a page, in order.
    fn into_items(page: Self::Page) -> Vec<Self::Item>;

    /// What a page says about the pages around it.
    fn signals(page: &Self::Page) -> Signals<'_>;
}

/// A list request that can be walked backwards:
/// [`PageStyle::Bidirectional`](super::PageStyle::Bidirectional), or
/// [`PageStyle::Page`](super::PageStyle::Page) by counting down.
pub trait Reversible: Paginated {}
