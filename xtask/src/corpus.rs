//! `cargo xtask corpus`: the product over a folder of real documents.

use std::path::Path;

use crate::run::{cargo_command, root, run};

/// Where the corpus is, seen from the workspace, unless another folder is named.
pub(crate) const FOLDER: &str = "../shared/corpus";

/// Runs the scoreboard over a folder; `--bless` writes it, `--mock` judges the mock instead (minutes).
pub(crate) fn corpus(arguments: &[&str]) -> Result<(), String> {
    scoreboard(&["--release"], arguments)
}

/// The same for a test run.
pub(crate) fn check() -> Result<(), String> {
    scoreboard(&["--release"], &[])
}

fn scoreboard(profile: &[&str], arguments: &[&str]) -> Result<(), String> {
    let named = arguments.iter().find(|word| !word.starts_with("--"));
    let folder = named.copied().unwrap_or(FOLDER);
    if !root()
        .join(Path::new(folder))
        .join("MANIFEST.tsv")
        .is_file()
    {
        println!("there is no corpus in `{folder}`: nothing to do");
        return Ok(());
    }
    let mut command = cargo_command();
    command.args(["run", "--quiet"]).args(profile);
    command.args(["--package", "specwright-corpus", "--", folder]);
    command.args(arguments.iter().filter(|word| word.starts_with("--")));
    run(&mut command)
}
