//! The `specwright` command.
//!
//! Thin over the libraries: this crate parses flags, opens documents, writes files and decides exit codes.
//! 0: clean; 1: findings, or stale output; 2: usage or I/O.

mod commands;
mod diff;
mod document;
mod failure;
mod fix;
mod output;
mod recipe;
mod terminal;
mod watch;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Typed Rust clients from OpenAPI documents, and checks of documents and servers.
#[derive(Debug, Parser)]
#[command(name = "specwright", version, after_help = AFTER_HELP)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

const AFTER_HELP: &str = "A <DOCUMENT> is a path, `-` for standard input, or the name of a built-in API: talktohumans, \
    parrot, famulor, mindhunters.\n\nExit codes: 0 clean, 1 findings or stale output, 2 usage or I/O.";

#[derive(Debug, Subcommand)]
enum Command {
    /// Generate a client crate, or a client as one file.
    Generate(commands::generate::Generate),
    /// Report what is wrong with documents.
    Check(commands::check::Check),
    /// Say what generating would make of each operation: supported, degraded or refused.
    Ledger(commands::ledger::Ledger),
    /// Say how each list operation pages, what speaks for it, and how sure that is.
    Pagination(commands::pagination::Pagination),
    /// Say what a rule demands, why, and how to satisfy it.
    Explain(commands::explain::Explain),
    /// Serve a document with generated data that really pages.
    Mock(commands::mock::Mock),
}

fn main() -> ExitCode {
    let result = match Arguments::parse().command {
        Command::Generate(command) => command.run(),
        Command::Check(command) => command.run(),
        Command::Ledger(command) => command.run(),
        Command::Pagination(command) => command.run(),
        Command::Explain(command) => command.run(),
        Command::Mock(command) => command.run(),
    };
    match result {
        Ok(outcome) => outcome.into(),
        Err(failure) => {
            terminal::report_error(&failure.to_string());
            ExitCode::from(2)
        }
    }
}
