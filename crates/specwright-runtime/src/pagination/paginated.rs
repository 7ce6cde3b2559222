//! What generated list requests tell the pager.

use std::borrow::Cow;

use super::plan::PagePlan;
use super::signals::Signals;
use crate::json::{FromJson, JsonWriter, ToJson, find_all};

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

/// The text or number at a JSON pointer into an item: for generated code whose items have no typed
/// field there.
pub fn item_key<T: ToJson>(item: &T, pointer: &str) -> Option<Cow<'static, str>> {
    let mut json = JsonWriter::new();
    item.to_json(&mut json);
    let text = json.finish().ok()?;
    let found = find_all(&text, &[pointer]).into_iter().flatten().next()?;
    found.into_text().map(|text| Cow::Owned(text.into_owned()))
}

/// A list request that can be walked backwards: of the styles
/// [`Bidirectional`](super::PageStyle::Bidirectional), [`Page`](super::PageStyle::Page) (by counting
/// down), [`NextUrl`](super::PageStyle::NextUrl), [`Link`](super::PageStyle::Link), and
/// [`Keyset`](super::PageStyle::Keyset) with a parameter for the way back.
pub trait Reversible: Paginated {}
