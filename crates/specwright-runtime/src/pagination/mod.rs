//! Walking a list page by page without losing items or looping.
//!
//! [`Items`] yields the items of all pages, [`Pages`] the pages themselves. Both are lazy streams:
//! nothing is sent before the first poll, the next page is asked for only when the items of the
//! current one are used up (unless [prefetching](Items::prefetch) says otherwise), and nothing is
//! sent after the end. Dropping them stops everything.
//!
//! # Promises
//! - Every item once, in the server's order; every request repeats all parameters of the first.
//! - Progress is proved: a position that was sent before (in a circle of any length), another page
//!   than the one asked for, the same page again, and `has_more` without a cursor are
//!   [`PaginationError`]s that say where the walk stopped. Empty pages do not end a walk by cursor,
//!   but only so many may follow each other.
//! - The next URL of a page is followed within the origin (scheme, host and port) of the first
//!   request alone, because requests carry credentials.
//! - An error that may pass ([`Error::is_retryable`](crate::Error::is_retryable)) leaves the walk
//!   at the failed page: the next poll asks for it again. After any other error the stream is at
//!   its end. [Retries](Items::retries) do so without an error being seen.
//! - [`Items::next`] and its like lose nothing when their future is dropped: the requests in flight
//!   are kept.
//! - A [`Checkpoint`] takes a walk to another process without losing or repeating an item of a list
//!   that did not change; another list or filter is refused.
//!
//! What ends a walk and what is an error is decided in one place without I/O, by style:
//!
//! | style | next position | the end | back |
//! |---|---|---|---|
//! | [`Cursor`](PageStyle::Cursor) | the cursor in the page | `has_more` is false; without the flag: no cursor | no |
//! | [`Token`](PageStyle::Token) | the token in the page | no token, or an empty one | no |
//! | [`Bidirectional`](PageStyle::Bidirectional) | the cursor of the direction | no cursor of the direction; `has_more`, which speaks of the direction, is false | by cursor |
//! | [`Keyset`](PageStyle::Keyset) | the key of the last item | `has_more` is false; without the flag: an empty page | by the first item's key |
//! | [`Offset`](PageStyle::Offset) | the server's number, else offset plus items received | an empty page, the total reached, `has_more` is false, an empty `next` | no |
//! | [`Page`](PageStyle::Page) | the server's number, else the page's plus one | the last page or the total reached, an empty page, `has_more` is false, an empty `next` | by counting |
//! | [`NextUrl`](PageStyle::NextUrl) | the URL in the page, resolved (RFC 3986, section 5) | no URL, or `has_more` is false | by the previous URL |
//! | [`Link`](PageStyle::Link) | the relation `next` of the header `Link` (RFC 8288) | no such relation | by `prev` |
//!
//! `has_more: true` goes before a total that says otherwise, and so does a total that may be that
//! of the page alone: that of a full first page which equals the number of its items.
//!
//! Positions and page sizes travel in the query, in headers or in a JSON body ([`Place`]). In a body
//! a position is sent as a number if it is a decimal integer and the request had a number there, or
//! a page gave one by JSON pointer, or the plan says so ([`PagePlan::numeric_position`]); page sizes
//! are numbers unless the request had a string there.
//!
//! # Example
//! A list as generated code declares it, over a server in memory:
//!
//! ```
//! # use specwright_runtime::{
//! #     BoxFuture, ClientBuilder, Error, HeaderMap, Operation, Server, StatusCode, Transport,
//! #     TransportError, TransportRequest, TransportResponse, Value,
//! # };
//! use specwright_runtime::{Checkpoint, Items, PagePlan, PageStyle, Paginated, Place, Signal};
//!
//! /// `{"data": [1, 2], "meta": {"next": "a"}}`
//! struct ListNumbers;
//!
//! static LIST_PAGES: PagePlan = PagePlan::new(PageStyle::Cursor)
//!     .position(Place::Query("cursor"))
//!     .pointers(&[(Signal::Next, "/meta/next")]);
//!
//! impl Paginated for ListNumbers {
//!     type Page = NumberPage;
//!     type Item = i64;
//!     const PLAN: &'static PagePlan = &LIST_PAGES;
//!     fn items(page: &NumberPage) -> &[i64] {
//!         &page.data
//!     }
//!     fn into_items(page: NumberPage) -> Vec<i64> {
//!         page.data
//!     }
//! }
//!
//! # struct NumberPage { data: Vec<i64> }
//! # impl specwright_runtime::FromJson for NumberPage {
//! #     fn from_json(json: &mut specwright_runtime::JsonReader<'_>) -> Result<Self, specwright_runtime::JsonError> {
//! #         let mut data = Vec::new();
//! #         json.begin_object()?;
//! #         while let Some(key) = json.next_key()? {
//! #             if key == "data" { data = json.read()? } else { json.skip()? }
//! #         }
//! #         Ok(Self { data })
//! #     }
//! # }
//! # struct Memory;
//! # impl Transport for Memory {
//! #     fn send(&self, request: TransportRequest) -> BoxFuture<'_, Result<TransportResponse, TransportError>> {
//! #         let body = match request.url.query() {
//! #             None => r#"{"data": [1, 2], "meta": {"next": "a"}}"#,
//! #             _ => r#"{"data": [3], "meta": {"next": null}}"#,
//! #         };
//! #         Box::pin(async move { Ok(TransportResponse::full(StatusCode::OK, HeaderMap::new(), body)) })
//! #     }
//! # }
//! # static SERVER: Server = Server { url: "https://api.example.com", variables: &[] };
//! # static LIST: Operation = Operation::new("listNumbers", "GET", "/numbers");
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Error> {
//! # let mut builder = ClientBuilder::new(&SERVER);
//! # builder.transport(Memory);
//! # let client = builder.build()?;
//! # let list = || Items::<ListNumbers>::new(client.request(&LIST));
//! // One page ahead, and three more attempts for a page that fails.
//! let mut items = list().prefetch(1).retries(3);
//! assert_eq!(items.try_next().await?, Some(1));
//!
//! // Any time later, in any process:
//! let stored = items.checkpoint().to_string();
//! let mut rest = list().resume(stored.parse::<Checkpoint>()?);
//! assert_eq!(rest.try_next().await?, Some(2));
//! assert_eq!(rest.try_next().await?, Some(3));
//! assert_eq!(rest.try_next().await?, None);
//! # Ok(())
//! # }
//! ```

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
pub use paginated::{Paginated, Reversible, item_key};
pub use plan::{PagePlan, PageStyle, Place, Signal};
pub use position::Position;
pub use signals::Signals;
