//! Runs the product over a folder of real documents and compares the result with a committed scoreboard.
//!
//! `specwright-corpus DIR [--mock] [--bless]`. The folder has a `MANIFEST.tsv` with one document per line. The scoreboard holds
//! counts and every unexpected case by name, so that a change of behaviour over hundreds of documents is a small
//! difference to read. `--bless` writes it.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "printing is what a command does"
)]

mod generate;
mod load;
mod manifest;
mod mock;
mod progress;
mod rules;
mod scoreboard;
mod truth;

use std::{path::Path, process::ExitCode};

use manifest::Manifest;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let bless = arguments.iter().any(|it| it == "--bless");
    let Some(folder) = arguments.iter().find(|it| !it.starts_with("--")) else {
        eprintln!("usage: specwright-corpus DIR [--mock [--only NAME] [--all]] [--bless]");
        return ExitCode::from(2);
    };
    let folder = Path::new(folder);
    if !folder.join("MANIFEST.tsv").is_file() {
        println!("no corpus in `{}`: nothing to do", folder.display());
        return ExitCode::SUCCESS;
    }
    let manifest = match Manifest::read(folder) {
        Ok(manifest) => manifest,
        Err(error) => {
            eprintln!("error: cannot read the manifest: {error}");
            return ExitCode::from(2);
        }
    };
    if arguments.iter().any(|it| it == "--mock") {
        return mock::run(folder, &manifest, &arguments);
    }
    let results = load::all(folder, &manifest);
    let text = scoreboard::render(&manifest, &results);
    print!("{text}");
    load::print_times(&results);
    let loading = scoreboard::compare(scoreboard::SCOREBOARD, &text, bless);
    let rules = scoreboard::compare(rules::RULES, &rules::render(&manifest, &results), bless);
    if loading == ExitCode::SUCCESS {
        rules
    } else {
        loading
    }
}
