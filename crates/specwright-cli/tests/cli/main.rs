//! The real binary, as a user runs it.

#![expect(clippy::expect_used, clippy::panic, reason = "a test fails by a panic")]

mod check;
mod configuration;
mod contract;
mod explain;
mod fix;
mod folder;
mod generate;
mod ledger;
mod mock;
mod module;
mod pagination;
mod root;
mod usage;
