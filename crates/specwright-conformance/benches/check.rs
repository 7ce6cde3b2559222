//! How long checking a document takes, loading included, as a multiple of loading it; and how much memory.
//!
//! `cargo bench -p specwright-conformance --bench check -- FILE…`. Both sides are measured in turns in one run, so that
//! the ratio holds on a machine that does other things as well; the minimum of each counts. With `--load FILE` or
//! `--check FILE` it does one of them once and prints the peak of its memory (Linux).

#![expect(clippy::print_stdout, reason = "a benchmark prints its result")]

use std::{
    hint::black_box,
    path::Path,
    time::{Duration, Instant},
};

use specwright_conformance::check::{Config, check};
use specwright_openapi::{MemoryLoader, load, load_with_document};

/// How often each side is measured.
const ROUNDS: usize = 7;

fn main() {
    let arguments: Vec<String> = std::env::args()
        .skip(1)
        .filter(|it| it != "--bench")
        .collect();
    match arguments.as_slice() {
        [only, file] if only == "--load" || only == "--check" => once(only == "--check", file),
        files => {
            println!(
                "{:<32}{:>9}{:>12}{:>12}{:>8}",
                "file", "MB", "load", "check", "ratio"
            );
            files.iter().for_each(|file| measure(file));
        }
    }
}

fn measure(file: &str) {
    let text = match std::fs::read_to_string(file) {
        Ok(text) => text,
        Err(error) => return println!("{file}: {error}"),
    };
    let loader = MemoryLoader::default().with("document", text.as_str());
    let (mut plain, mut whole) = (Duration::MAX, Duration::MAX);
    for _ in 0..ROUNDS {
        plain = plain.min(time(|| drop(black_box(load("document", &loader)))));
        whole = whole.min(time(|| checked(&loader)));
    }
    let name = Path::new(file)
        .file_name()
        .unwrap_or_default()
        .to_string_lossy();
    println!(
        "{name:<32}{:>9.2}{:>9.1} ms{:>9.1} ms{:>8.2}",
        text.len() as f64 / 1e6,
        plain.as_secs_f64() * 1e3,
        whole.as_secs_f64() * 1e3,
        whole.as_secs_f64() / plain.as_secs_f64()
    );
}

fn once(rules: bool, file: &str) {
    let Ok(text) = std::fs::read_to_string(file) else {
        return println!("{file} cannot be read");
    };
    let loader = MemoryLoader::default().with("document", text);
    if rules {
        checked(&loader);
    } else {
        drop(black_box(load("document", &loader)));
    }
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find(|line| line.starts_with("VmHWM"));
    println!("{}", peak.unwrap_or("the peak is not known here"));
}

fn checked(loader: &MemoryLoader) {
    if let Ok(loaded) = load_with_document("document", loader) {
        drop(black_box(check(&loaded, &Config::default())));
    }
}

fn time(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}
