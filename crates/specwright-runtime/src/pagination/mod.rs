//! Walking a list page by page without losing items or looping.
//!
//! [`Items`] yields the items of all pages, [`Pages`] the pages themselves. Both are lazy streams:
//! nothing is sent before the first poll, the next page is asked for only when the items of the
//! current one are used up, and nothing is sent after the end. Dropping them stops everything.
//!
//! # Promises
//! - Every item once, in the server's order; every request repeats all parameters of the first.
//! - Progress is proved: a cursor that was sent before, another page than the one asked for, and
//!   `has_more` without a cursor are [`PaginationError`]s that say where the walk stopped. Empty
//!   pages do not end a cursor walk, but only so many may follow each other.
//! - An error that may pass ([`Error::is_retryable`](crate::Error::is_retryable)) leaves the walk
//!   at the failed page: the next poll asks for it again. After any other error the stream is at
//!   its end.
//! - [`Items::next`] and its like lose nothing when their future is dropped: the request in flight
//!   is kept.
//!
//! What ends a walk and what is an error is decided in one place without I/O, by style:
//!
//! | style | next position | the end |
//! |---|---|---|
//! | [`Cursor`](PageStyle::Cursor) | the cursor in the page | `has_more` is false; without the flag: no cursor |
//! | [`Bidirectional`](PageStyle::Bidirectional) | the cursor of the direction | no cursor of the direction |
//! | [`Offset`](PageStyle::Offset) | offset plus items received | an empty page, the total reached, `has_more` is false |
//! | [`Page`](PageStyle::Page) | the page's number plus one | the last page reached, an empty page, `has_more` is false |

#[cfg(feature = "blocking")]
mod blocking;
mod checkpoint;
mod driver;
mod error;
mod items;
mod notice;
mod pages;
mod paginated;
mod plan;
mod position;
mod queue;
mod retry;
mod settings;
mod signals;
mod walk;

#[cfg(feature = "blocking")]
pub use blocking::{BlockingItems, BlockingPages};
pub use checkpoint::Checkpoint;
pub use error::{PaginationError, PaginationErrorKind};
pub use items::Items;
pub use notice::Notice;
pub use pages::Pages;
pub use paginated::{Paginated, Reversible};
pub use plan::{PagePlan, PageStyle, Place, Signal};
pub use position::Position;
pub use signals::Signals;
