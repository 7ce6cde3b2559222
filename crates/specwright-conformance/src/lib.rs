//! Keeps documents, servers and clients to the contract that an OpenAPI description is.
//!
//! The [`mock`] serves any description: every operation answers with schema-valid, seeded data, and list operations
//! truly page.

pub mod mock;
pub mod schema;
pub mod value;

pub use mock::{
    Fault, Mock, MockError, MockServer, Pages, PlacedFault, Recorded, UnknownFault, served_plan,
};
