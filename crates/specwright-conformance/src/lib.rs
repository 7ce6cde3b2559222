//! Keeps documents, servers and clients to the contract that an OpenAPI description is.
//!
//! [`check`](mod@check) judges documents by rules. The [`mock`] serves any description: every operation answers with
//! schema-valid, seeded data, and list operations truly page. [`schema`] holds values against the schemas of a document,
//! and [`exchange`] requests and responses against its operations. With the feature `contract`, `contract` does all of it
//! to a generated client.

pub mod check;
#[cfg(feature = "contract")]
pub mod contract;
pub mod exchange;
pub mod mock;
pub mod schema;
pub mod value;

pub use mock::{
    Fault, Latency, Mock, MockError, MockServer, MockService, Pages, PlacedFault, Recorded, Script,
    UnknownFault, UnknownLatency, served_plan,
};
