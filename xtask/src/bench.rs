//! `cargo xtask bench`: what walking a list costs with the pager, against loops written by hand.

use crate::run::{cargo_command, run};

/// Runs the benchmark in release mode; the arguments are its own.
pub(crate) fn bench(arguments: &[&str]) -> Result<(), String> {
    let mut command = cargo_command();
    command.args([
        "run",
        "--quiet",
        "--release",
        "--package",
        "specwright-bench",
        "--",
    ]);
    run(command.args(arguments))
}
