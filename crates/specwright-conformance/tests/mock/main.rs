//! The mock as its clients see it: over HTTP, through a client that shares no code with it.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "helpers of tests fail as tests do"
)]

mod apis;
mod client;
mod documents;
mod faults;
mod faults_of_answers;
mod faults_of_walks;
mod filters;
mod http;
mod lists;
mod odd_documents;
mod orders;
mod resources;
mod schema;
mod styles;
mod things;
mod walk;
