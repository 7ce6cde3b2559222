//! A server that answers as a description says.
//!
//! Every operation answers with its documented successful status and a body that its schema permits. All data
//! follows from a seed: the same description, seed and request give the same answer on every machine.
//!
//! **Lists.** An operation with a [page plan](specwright_openapi::pagination), declared or [likely](served_plan), has a
//! data set, of which a request gets the page it asks for. The same position gives the same page. Cursors are opaque and
//! hold an item, no filter and no page size: items that come or go elsewhere do not move them. One that cannot be read
//! is refused with 400 or 422, whichever the operation documents, or gives the first page where the parameter says
//! `x-specwright-unreadable: first-page`. A page size above the documented maximum is served as
//! the maximum, unless the plan says `clamps: false`. Query parameters that clearly name a field of the items filter:
//! by equality, by a range (`created_after`, `min_size`, `size[lte]`), or by a text in any field (`q`); parameters such
//! as `sort` and `order` sort. Others are ignored.
//!
//! **Resources.** `POST` at the path of a list adds an item, and `GET`, `PUT`, `PATCH` (a merge patch, RFC 7386) and
//! `DELETE` one segment below it show, replace, change and take away one that the list has; the list sees what has
//! changed. Lists below a parent (`/users/{user}/posts`) have a data set for each parent. What requests change is
//! forgotten when it becomes very much, oldest first.
//!
//! **Requests** are matched by method and path. Where an operation has security requirements, one of them has to be met:
//! with any credentials, or the one secret that the mock has ([`Mock::token`]). `HEAD` is answered like `GET`; `OPTIONS`
//! tells the methods of a path, and preflights of browsers are allowed everything (CORS).
//!
//! **Answers** that are no pages have the body of the documented example, if there is one and it fits its schema, and a
//! generated one else, in the documented media type that `Accept` wants most. `Prefer: code=404` (or `4XX`, `default`)
//! chooses a documented response, `example=NAME` one of its examples, `dynamic=true` a generated body and
//! `dynamic=false` an example (RFC 7240); what the description lacks is a problem of status 404 that says what there is.
//! Documented header fields are sent as well.
//!
//! **Errors** have the documented body for their status, or else that of RFC 9457.
//!
//! **Faults** let the mock break its contract at one place ([`Fault`]), to see what clients make of it. The request field
//! `Specwright-Fault: NAME, NAME@PAGE` does so for one request; without a page it is the one that is asked for.
//! [`Latency`] holds answers back.
//!
//! Generated values keep to their schemas. One that contradicts itself, or whose values have no end, gets a value that is
//! as near as possible; what the normal form does not carry (`if`, `contains`, `dependentRequired`) is not kept.
//!
//! ```no_run
//! # async fn example(description: specwright_openapi::Description) -> Result<(), specwright_conformance::MockError> {
//! use specwright_conformance::{Fault, Mock};
//!
//! let mock = Mock::new(description).seed(7).items(250).fault(Fault::RepeatedCursor);
//! let server = mock.start(([127, 0, 0, 1], 0).into()).await?;
//! println!("{}", server.url());
//! server.shutdown().await;
//! # Ok(())
//! # }
//! ```

mod accept;
mod answer;
mod challenge;
mod content;
mod cors;
mod data;
mod endpoint;
mod envelope;
mod error;
mod example;
mod fault;
mod fields;
mod http;
mod intake;
mod latency;
mod links;
mod list;
mod meaning;
mod media;
mod nearest;
mod page;
mod preface;
mod prefer;
pub(crate) mod random;
mod record;
mod refusal;
mod reply;
mod request;
mod resource;
pub(crate) mod route;
mod script;
mod security;
mod segment;
mod server;
mod slot;
mod spoil;
mod state;
mod store;
mod switch;
mod validate;
pub(crate) mod value;
mod way;
mod xml;

use std::{fmt, net::SocketAddr, sync::Arc};

use specwright_openapi::{Description, Document};
use tokio::net::TcpListener;

pub use error::MockError;
pub use fault::{Fault, Pages, PlacedFault, UnknownFault};
pub use latency::{Latency, UnknownLatency};
pub use record::Recorded;
pub use script::Script;
pub use server::{MockServer, MockService};
pub use state::served_plan;

use state::State;

/// How many items the data set of a list operation has unless [`Mock::items`] says otherwise.
const ITEMS: usize = 1_000;

/// How many it has at most: they are all held in memory.
const MOST_ITEMS: usize = 1_000_000;

/// A mock that has not been started: what it serves and how.
///
/// `Debug` leaves out the token.
pub struct Mock {
    description: Arc<Description>,
    seed: u64,
    items: usize,
    faults: Vec<PlacedFault>,
    token: Option<String>,
    latency: Latency,
    dynamic: bool,
    document: Option<Arc<Document>>,
}

impl Mock {
    /// Will serve every operation of the description.
    #[must_use]
    pub fn new(description: impl Into<Arc<Description>>) -> Self {
        Self {
            description: description.into(),
            seed: 1,
            items: ITEMS,
            faults: Vec::new(),
            token: None,
            latency: Latency::default(),
            dynamic: false,
            document: None,
        }
    }

    /// Sets what all generated data follows from; 1 unless set. The same seed gives the same data everywhere.
    #[must_use]
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// Sets the number of items in the data set of each list operation; 1,000 unless set, a million at most.
    #[must_use]
    pub fn items(mut self, items: usize) -> Self {
        self.items = items.min(MOST_ITEMS);
        self
    }

    /// Adds a fault, on the page it is placed on.
    #[must_use]
    pub fn fault(mut self, fault: impl Into<PlacedFault>) -> Self {
        self.faults.push(fault.into());
        self
    }

    /// Sets the only secret that is accepted where one is required: as bearer token, as API key, as the password of HTTP
    /// Basic, or as `user:password`. Any that is not empty unless set.
    #[must_use]
    pub fn token(mut self, token: impl Into<String>) -> Self {
        self.token = Some(token.into());
        self
    }

    /// Holds every answer back; not at all unless set. A time, or a range from which each request draws.
    #[must_use]
    pub fn latency(mut self, latency: impl Into<Latency>) -> Self {
        self.latency = latency.into();
        self
    }

    /// Generates bodies even where the description has examples, unless a request prefers otherwise.
    #[must_use]
    pub fn dynamic(mut self) -> Self {
        self.dynamic = true;
        self
    }

    /// Refuses requests that break the contract of their operation: `document` is what the description was made from
    /// ([`load_with_document`](specwright_openapi::load_with_document)). Without it requests are not checked, apart from
    /// credentials and what they say of pages.
    #[must_use]
    pub fn validate(mut self, document: Arc<Document>) -> Self {
        self.document = Some(document);
        self
    }

    /// The mock without a socket, for streams that the caller has.
    ///
    /// # Errors
    /// If a fault can show in no operation of the description.
    pub fn service(self) -> Result<MockService, MockError> {
        State::new(self).map(MockService::new)
    }

    /// Listens on `address` (port 0: a free one) and serves in the background of the current tokio runtime.
    ///
    /// # Errors
    /// If the address cannot be listened on, or a fault can show in no operation of the description.
    pub async fn start(self, address: SocketAddr) -> Result<MockServer, MockError> {
        let state = State::new(self)?;
        let listener = TcpListener::bind(address).await?;
        let address = listener.local_addr()?;
        Ok(MockServer::new(listener, address, state))
    }
}

impl fmt::Debug for Mock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mock")
            .field("seed", &self.seed)
            .field("items", &self.items)
            .field("faults", &self.faults)
            .field("latency", &self.latency)
            .field("dynamic", &self.dynamic)
            .field("token", &self.token.as_ref().map(|_| "[redacted]"))
            .finish_non_exhaustive()
    }
}
