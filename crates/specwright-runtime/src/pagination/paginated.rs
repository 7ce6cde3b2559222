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

    /// What a page says about the pages around it in its typed fields. What the plan reads from
    /// headers or by pointer is added to it.
    fn signals(page: &Self::Page) -> Signals<'_> {
        let _ = page;
        Signals::default()
    }
}

/// A list request that can be walked backwards: of the styles
/// [`Bidirectional`](super::PageStyle::Bidirectional), [`Page`](super::PageStyle::Page) (by counting
/// down), [`NextUrl`](super::PageStyle::NextUrl), [`Link`](super::PageStyle::Link), and
/// [`Keyset`](super::PageStyle::Keyset) with a parameter for the way back.
pub trait Reversible: Paginated {}
