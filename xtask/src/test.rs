//! `cargo xtask test`: everything that CI runs, cheapest first.

use std::time::{Duration, Instant};

use crate::{
    corpus, examples, generate, goldens,
    run::{cargo, cargo_command, run},
    tidy,
};

type Step = (&'static str, fn() -> Result<(), String>);

const STEPS: &[Step] = &[
    ("tidy", tidy::tidy),
    ("format", format),
    ("generate --check", || generate::generate(&["--check"])),
    ("clippy", clippy),
    ("tests of the product", || cargo(&["test", "--quiet"])),
    ("tests of the features of the runtime", runtime_features),
    ("tests of contract tests", || {
        let package = [
            "--package",
            "specwright-conformance",
            "--features",
            "contract",
        ];
        let run = |only: &[&str]| cargo(&[&["test", "--quiet"][..], &package, only].concat());
        run(&["--lib", "contract::"])?;
        run(&["--test", "contract"])
    }),
    ("tests of the generated crates", || {
        workspace_tests(&["generated"])
    }),
    ("behaviour of the generated crates", || {
        cargo(&["test", "--quiet", "--package", "specwright-behaviour"])
    }),
    ("examples", examples::test),
    ("golden crates compile", goldens::compile),
    ("contract of generated code", || {
        cargo(&["test", "--quiet", "--package", "specwright-contract"])
    }),
    ("golden modules compile", examples::golden_modules),
    ("corpus scoreboard", corpus::check),
    ("documentation", documentation),
];

/// Runs the steps until one fails.
pub(crate) fn test() -> Result<(), String> {
    let mut times: Vec<(&str, Duration)> = Vec::new();
    let mut failure = None;
    for (name, step) in STEPS {
        println!("==> {name}");
        let start = Instant::now();
        let result = step();
        times.push((name, start.elapsed()));
        if let Err(message) = result {
            failure = Some(format!("{name}: {message}"));
            break;
        }
    }
    println!();
    for (name, time) in times {
        println!("{:>7.1} s  {name}", time.as_secs_f64());
    }
    match failure {
        None => Ok(()),
        Some(message) => Err(message),
    }
}

/// Prints the names of the steps.
pub(crate) fn list() {
    for (name, _) in STEPS {
        println!("{name}");
    }
}

/// Generated crates are printed by the generator and keep its format.
fn format() -> Result<(), String> {
    let mut arguments = vec!["fmt", "--check"];
    let own = own_packages()?;
    for package in &own {
        arguments.extend(["--package", package]);
    }
    cargo(&arguments)
}

fn own_packages() -> Result<Vec<String>, String> {
    let folder = crate::run::root().join("crates");
    let entries =
        std::fs::read_dir(folder).map_err(|error| format!("cannot read crates/: {error}"))?;
    let mut names: Vec<String> = entries
        .flatten()
        .filter_map(|it| it.file_name().into_string().ok())
        .collect();
    names.sort();
    names.extend([
        "specwright-behaviour".to_owned(),
        "specwright-bench".to_owned(),
        "specwright-contract".to_owned(),
        "specwright-corpus".to_owned(),
        "example-build-script".to_owned(),
        "example-cli".to_owned(),
        "example-xtask".to_owned(),
        "xtask".to_owned(),
    ]);
    Ok(names)
}

fn clippy() -> Result<(), String> {
    cargo(&[
        "clippy",
        "--quiet",
        "--workspace",
        "--all-targets",
        "--",
        "-Dwarnings",
    ])
}

fn runtime_features() -> Result<(), String> {
    cargo(&[
        "test",
        "--quiet",
        "--package",
        "specwright-runtime",
        "--all-features",
    ])?;
    cargo(&[
        "check",
        "--quiet",
        "--package",
        "specwright-runtime",
        "--no-default-features",
    ])
}

/// Tests, doctests included, of the crates below a folder of the workspace.
fn workspace_tests(folders: &[&str]) -> Result<(), String> {
    let mut command = cargo_command();
    command.args(["test", "--quiet"]);
    for _ in folders {
        for api in generate::apis()? {
            command.args(["--package", &api]);
        }
    }
    run(&mut command)
}

fn documentation() -> Result<(), String> {
    let mut command = cargo_command();
    command.env("RUSTDOCFLAGS", "-Dwarnings");
    run(command.args(["doc", "--quiet", "--workspace", "--no-deps"]))
}
