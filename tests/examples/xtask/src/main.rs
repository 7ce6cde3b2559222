//! Third way in: a command of the repository that writes a committed module, or fails if it is stale.
//!
//! `cargo run -p example-xtask` writes, and `--check` compares; CI runs the latter.

#![expect(clippy::print_stderr, reason = "printing is what a command does")]

use std::{fs, path::Path, process::ExitCode};

use specwright_generator::{
    Recipe, generate_module,
    openapi::{
        FolderLoader,
        diagnostics::{Severity, render},
        load,
    },
};

fn main() -> ExitCode {
    let check = std::env::args().skip(1).any(|word| word == "--check");
    match weather(check) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
}

/// Generates `client/weather.rs` from `api/weather.yaml`.
fn weather(check: bool) -> Result<(), String> {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let loaded = load("weather.yaml", &FolderLoader::new(package.join("api")))
        .map_err(|error| format!("cannot read api/weather.yaml: {error}"))?;
    let mut findings = loaded.diagnostics.clone();
    let mut source = None;
    if let Some(description) = &loaded.description {
        let mut generated = generate_module(description, &Recipe::default());
        findings.append(&mut generated.diagnostics);
        source = Some(generated.source);
    }
    loaded.locate(&mut findings);
    let shown = render::text(&findings, &loaded.sources, render::Style::Plain);
    eprint!("{shown}");
    let errors = findings.iter().any(|it| it.severity == Severity::Error);
    let Some(source) = source.filter(|_| !errors) else {
        return Err("api/weather.yaml cannot be generated from".to_owned());
    };
    let path = package.join("client/weather.rs");
    let fresh = fs::read(&path).is_ok_and(|found| found == source.as_bytes());
    match (fresh, check) {
        (true, _) => Ok(()),
        (false, true) => {
            Err("client/weather.rs is stale; run `cargo run -p example-xtask`".to_owned())
        }
        (false, false) => fs::write(&path, source)
            .map_err(|error| format!("cannot write client/weather.rs: {error}")),
    }
}
