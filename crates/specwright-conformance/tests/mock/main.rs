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
mod contract;
mod cors;
mod crowds;
mod documents;
mod doors;
mod faults;
mod faults_of_answers;
mod faults_of_walks;
mod filters;
mod http;
mod lists;
mod media;
mod methods;
mod odd_documents;
mod odd_requests;
mod orders;
mod prefer;
mod protocol;
mod replaced;
mod resources;
mod schema;
mod styles;
mod switches;
mod things;
mod walk;
