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
//! **Requests** are matched by method and path. Where the operation asks for a bearer token, one has to be sent.
//! Other than that and the parameters of the page plan, requests are not checked.
//!
//! **Errors** have the documented body for their status, or else that of RFC 9457.
//!
//! **Faults** let the mock break its contract at one place ([`Fault`]), to see what clients make of it.
//!
//! Not everything that a schema says is kept: `not` is ignored, and so is a `pattern` that looks around or refers back;
//! a value of one variant of `oneOf` may fit another one as well; a schema without finite values gets `null` somewhere.
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

mod data;
mod endpoint;
mod envelope;
mod error;
mod fault;
mod http;
mod links;
mod list;
mod meaning;
mod page;
mod random;
mod record;
mod refusal;
mod reply;
mod request;
mod resource;
mod route;
mod security;
mod server;
mod slot;
mod spoil;
mod state;
mod store;
mod value;
mod way;

use std::{fmt, net::SocketAddr, sync::Arc};

use specwright_openapi::Description;
use tokio::net::TcpListener;

pub use error::MockError;
pub use fault::{Fault, Pages, PlacedFault, UnknownFault};
pub use record::Recorded;
pub use server::MockServer;
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

    /// Sets the only bearer token that is accepted where one is required; any that is not empty unless set.
    #[must_use]
    pub fn token(mut self, token: impl Into<String>) -> Self {
        self.token = Some(token.into());
        self
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
            .field("token", &self.token.as_ref().map(|_| "[redacted]"))
            .finish_non_exhaustive()
    }
}
