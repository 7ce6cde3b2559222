//! The generated clients over real HTTP, each against the mock of its API.
//!
//! What holds for every API is written once, generic over [`Api`](specwright_behaviour::Api), and named for all four by
//! `each_api!`; what one API alone has stands in a module of its own. Whatever waits for a server fails after 30 seconds.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "helpers of tests fail as tests do"
)]

#[macro_use]
mod support;

mod addresses;
mod canned;
mod demonstration;
mod errors;
mod expectations;
mod faults;
mod filters;
mod laziness;
mod models;
mod numbered_pages;
mod offsets;
mod positions;
mod requests;
mod secrets;
mod two_directions;
mod walks;
