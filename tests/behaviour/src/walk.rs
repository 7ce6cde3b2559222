//! Walks through whole lists.

use specwright_runtime::{Error, Paginated, Position, Reversible};

use crate::Api;

/// What a walk gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Walk {
    /// The ids of the items in the server's order.
    pub ids: Vec<String>,
    /// How many pages there were.
    pub pages: u64,
    /// The position of the page delivered last.
    pub end: Position,
}

impl Walk {
    fn new() -> Self {
        Self {
            ids: Vec::new(),
            pages: 0,
            end: Position::Start,
        }
    }
}

/// Walks every page from the first to the last; `progress` is told the number of pages after each.
///
/// # Errors
/// The first of the walk.
pub async fn forward<A: Api>(list: A::List, mut progress: impl FnMut(u64)) -> Result<Walk, Error> {
    let mut pages = A::pages(list);
    let mut walk = Walk::new();
    while let Some(page) = pages.try_next().await? {
        walk.ids.extend(page_ids::<A>(&page));
        walk.pages += 1;
        walk.end = pages.position().clone();
        progress(walk.pages);
    }
    Ok(walk)
}

/// Walks every page from the one at `last` to the first; `progress` is told the number of pages after each.
///
/// The pages come in reverse order, the items of each in the server's; the ids are put together accordingly.
///
/// # Errors
/// The first of the walk.
pub async fn backward<A>(
    list: A::List,
    last: Position,
    mut progress: impl FnMut(u64),
) -> Result<Walk, Error>
where
    A: Api,
    A::List: Reversible,
{
    let mut pages = A::pages(list).start_at(last);
    let mut walk = Walk::new();
    let mut page = pages.try_next().await?;
    while let Some(current) = page {
        walk.ids.splice(0..0, page_ids::<A>(&current));
        walk.pages += 1;
        walk.end = pages.position().clone();
        progress(walk.pages);
        page = pages.try_previous().await?;
    }
    Ok(walk)
}

fn page_ids<A: Api>(page: &A::Page) -> impl Iterator<Item = String> {
    A::List::items(page)
        .iter()
        .map(|item| A::id(item).to_owned())
}
