//! Keeps documents, servers and clients to the contract that an OpenAPI description is.
//!
//! The [`mock`] serves any description: every operation answers with schema-valid, seeded data, and list operations
//! truly page.

pub mod mock;

pub use mock::{
    Fault, Latency, Mock, MockError, MockServer, MockService, Pages, PlacedFault, Recorded,
    UnknownFault, UnknownLatency, served_plan,
};
