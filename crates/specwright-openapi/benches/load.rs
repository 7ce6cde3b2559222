//! How long loading takes, as a multiple of parsing the same text into a plain value.
//!
//! `cargo bench -p specwright-openapi -- FILE…`. Both sides are measured in turns in one run, so that the ratio holds
//! on a machine that does other things as well; the minimum of each counts.

#![expect(clippy::print_stdout, reason = "a benchmark prints its result")]

use std::{
    hint::black_box,
    path::Path,
    time::{Duration, Instant},
};

use specwright_openapi::{MemoryLoader, load};

/// How often each side is measured.
const ROUNDS: usize = 7;

fn main() {
    let files = std::env::args().skip(1).filter(|it| !it.starts_with("--"));
    println!(
        "{:<32}{:>9}{:>12}{:>12}{:>8}",
        "file", "MB", "parse", "load", "ratio"
    );
    for file in files {
        match std::fs::read_to_string(&file) {
            Ok(text) => measure(&file, &text),
            Err(error) => println!("{file}: {error}"),
        }
    }
}

fn measure(file: &str, text: &str) {
    let loader = MemoryLoader::default().with("document", text);
    let (mut parse, mut whole) = (Duration::MAX, Duration::MAX);
    for _ in 0..ROUNDS {
        parse = parse.min(time(|| plain(text)));
        whole = whole.min(time(|| drop(black_box(load("document", &loader)))));
    }
    let name = Path::new(file)
        .file_name()
        .unwrap_or_default()
        .to_string_lossy();
    println!(
        "{name:<32}{:>9.2}{:>9.1} ms{:>9.1} ms{:>8.2}",
        text.len() as f64 / 1e6,
        parse.as_secs_f64() * 1e3,
        whole.as_secs_f64() * 1e3,
        whole.as_secs_f64() / parse.as_secs_f64()
    );
}

fn plain(text: &str) {
    if text.trim_start().starts_with('{') {
        drop(black_box(serde_json::from_str::<serde_json::Value>(text)));
    } else {
        drop(black_box(serde_yaml::from_str::<serde_yaml::Value>(text)));
    }
}

fn time(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}
