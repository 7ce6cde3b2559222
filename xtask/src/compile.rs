//! `cargo xtask compile`: clients of real documents, checked with warnings denied.
//!
//! Not part of `cargo xtask test`, because the compiler takes its time over several million lines. Large documents are
//! checked one by one and timed, the small ones all at once.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Stdio,
    time::Instant,
};

use crate::{
    corpus,
    run::{cargo, cargo_command, root},
};

/// Documents below these folders are small.
const SMALL: &[&str] = &["nasty/", "official/"];

/// A client of a document.
struct Client {
    document: String,
    /// The folder and package.
    name: String,
}

/// Generates and checks; fails if a client does not compile or warns.
pub(crate) fn compile(arguments: &[&str]) -> Result<(), String> {
    let (folder, wanted) = match arguments.split_first() {
        Some((first, rest)) if Path::new(first).join("MANIFEST.tsv").is_file() => (*first, rest),
        _ => (corpus::FOLDER, arguments),
    };
    let manifest = Path::new(folder).join("MANIFEST.tsv");
    let manifest = root().join(manifest);
    let text = fs::read_to_string(&manifest)
        .map_err(|error| format!("cannot read `{}`: {error}", manifest.display()))?;
    cargo(&[
        "build",
        "--quiet",
        "--release",
        "--package",
        "specwright-cli",
    ])?;
    let out = root().join("target/compile");
    drop(fs::remove_dir_all(out.join("small")));
    let mut failed: Vec<String> = Vec::new();
    let mut small = Vec::new();
    for (index, document) in text
        .lines()
        .skip(1)
        .filter_map(|it| it.split('\t').next())
        .enumerate()
    {
        let stem = document.rsplit_once('.').map_or(document, |(stem, _)| stem);
        if !wanted.is_empty() && !wanted.iter().any(|it| *it == document || *it == stem) {
            continue;
        }
        let is_small = SMALL.iter().any(|it| document.starts_with(it));
        let name = package(stem, index, is_small);
        let client = Client {
            document: document.to_owned(),
            name,
        };
        let place = out
            .join(if is_small { "small" } else { "large" })
            .join(&client.name);
        match generate(Path::new(folder), &client, &place) {
            Ok(()) if is_small => small.push(client),
            Ok(()) => check_large(&client, &place, &out, &mut failed)?,
            Err(reason) => println!("{document}: not generated: {reason}"),
        }
    }
    if !small.is_empty() {
        check_small(&small, &out, &mut failed)?;
    }
    if failed.is_empty() {
        Ok(())
    } else {
        Err(format!(
            "{} clients do not compile cleanly: {}",
            failed.len(),
            failed.join(", ")
        ))
    }
}

/// A package of its own for each document: what cargo remembers of one must not be taken for another.
fn package(stem: &str, index: usize, is_small: bool) -> String {
    if is_small {
        return format!("small-{index}");
    }
    let last = stem.rsplit('/').next().unwrap_or(stem);
    let plain: String = last
        .chars()
        .map(|it| {
            if it.is_ascii_alphanumeric() {
                it.to_ascii_lowercase()
            } else {
                '-'
            }
        })
        .collect();
    format!("large-{plain}")
}

fn generate(folder: &Path, client: &Client, place: &Path) -> Result<(), String> {
    let output = std::process::Command::new(root().join("target/release/specwright"))
        .current_dir(root())
        .args(["generate", "--allow-errors", "--name", &client.name])
        .arg(folder.join(&client.document))
        .arg("--out")
        .arg(place)
        .arg("--runtime-path")
        .arg(root().join("crates/specwright-runtime"))
        .stdin(Stdio::null())
        .output()
        .map_err(|error| format!("cannot start the product: {error}"))?;
    if output.status.success() {
        return Ok(());
    }
    let text = String::from_utf8_lossy(&output.stderr);
    Err(text.lines().last().unwrap_or_default().to_owned())
}

fn check_large(
    client: &Client,
    place: &Path,
    out: &Path,
    failed: &mut Vec<String>,
) -> Result<(), String> {
    workspace(place.parent().unwrap_or(out), &[client])?;
    // Dependencies first, so that the time is that of the crate alone.
    let folder = place.parent().unwrap_or(out);
    check(folder, out, &["--package", "specwright-runtime"])?;
    let start = Instant::now();
    let passed = check(folder, out, &["--package", &client.name])?;
    let lines = lines(&place.join("src"));
    let verdict = if passed { "ok" } else { "FAILED" };
    println!(
        "{:<40} {verdict:<7} {lines:>7} lines {:>6.1} s",
        client.document,
        start.elapsed().as_secs_f64()
    );
    if !passed {
        failed.push(client.document.clone());
    }
    Ok(())
}

fn check_small(clients: &[Client], out: &Path, failed: &mut Vec<String>) -> Result<(), String> {
    let folder = out.join("small");
    workspace(&folder, &clients.iter().collect::<Vec<_>>())?;
    let start = Instant::now();
    if check(&folder, out, &["--workspace", "--keep-going"])? {
        println!(
            "{} small documents: ok {:>6.1} s",
            clients.len(),
            start.elapsed().as_secs_f64()
        );
        return Ok(());
    }
    for client in clients {
        if !check(&folder, out, &["--package", &client.name])? {
            println!("{}: FAILED ({})", client.document, client.name);
            failed.push(client.document.clone());
        }
    }
    Ok(())
}

/// Whether the compiler is content.
fn check(folder: &Path, out: &Path, arguments: &[&str]) -> Result<bool, String> {
    let status = cargo_command()
        .current_dir(folder)
        .env("RUSTFLAGS", "-Dwarnings")
        .env("CARGO_TARGET_DIR", out.join("target"))
        .args(["check", "--quiet", "--offline"])
        .args(arguments)
        .stdin(Stdio::null())
        .status();
    status
        .map(|it| it.success())
        .map_err(|error| format!("cannot run cargo: {error}"))
}

/// A workspace of the clients, with the versions of dependencies that the product is tested with.
fn workspace(folder: &Path, clients: &[&Client]) -> Result<(), String> {
    let members: Vec<String> = clients.iter().map(|it| format!("{:?}", it.name)).collect();
    let manifest = format!(
        "[workspace]\nresolver = \"3\"\nmembers = [{}]\n",
        members.join(", ")
    );
    let text = |error: std::io::Error| format!("cannot prepare `{}`: {error}", folder.display());
    fs::write(folder.join("Cargo.toml"), manifest).map_err(text)?;
    fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock")).map_err(text)?;
    Ok(())
}

fn lines(folder: &Path) -> usize {
    let mut open: Vec<PathBuf> = vec![folder.to_owned()];
    let mut count = 0;
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                open.push(path);
            } else {
                count += fs::read_to_string(&path)
                    .unwrap_or_default()
                    .lines()
                    .count();
            }
        }
    }
    count
}
