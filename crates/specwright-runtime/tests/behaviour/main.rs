//! Behaviour over real sockets: a client as the generator writes it against a server of a few
//! lines.

#![allow(
    unreachable_pub,
    reason = "the client is written as the generator writes it: public"
)]
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "helpers of tests fail as tests do"
)]

mod authentication;
#[cfg(feature = "blocking")]
mod blocking;
mod bodies;
mod checkpoints;
mod errors;
mod generated;
mod lists;
mod model;
mod operations;
mod parameters;
mod prefetching;
mod requests;
mod responses;
mod retrying;
mod rivals;
mod server;
mod sizes;
mod streams;
mod tokens;
mod transport;
mod walks;
mod walks_by_cursor;
mod walks_by_number;
mod walks_by_place;
mod walks_by_url;
