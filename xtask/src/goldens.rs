//! Compiles what is generated from every case in `tests/cases/generator`.

use std::{fs, path::Path};

use crate::run::{cargo_command, root, run};

/// Generates a crate for each case into `target/goldens` and checks them all, warnings denied.
pub(crate) fn compile() -> Result<(), String> {
    let folder = root().join("target/goldens");
    let text = |error: std::io::Error| format!("cannot prepare target/goldens: {error}");
    drop(fs::remove_dir_all(&folder));
    fs::create_dir_all(&folder).map_err(text)?;
    let cases = cases(&root().join("tests/cases/generator")).map_err(text)?;
    let runtime = root().join("crates/specwright-runtime");
    for case in &cases {
        let mut command = cargo_command();
        command.args([
            "run",
            "--quiet",
            "--package",
            "specwright-cli",
            "--",
            "generate",
            "--allow-errors",
        ]);
        command.arg(format!("tests/cases/generator/{case}.yaml"));
        command.args(["--name", &format!("golden-{case}")]);
        let recipe = format!("tests/cases/generator/{case}.toml");
        if root().join(&recipe).exists() {
            command.args(["--recipe", &recipe]);
        }
        command.arg("--out").arg(folder.join(case));
        command.arg("--runtime-path").arg(&runtime);
        command.stderr(std::process::Stdio::null());
        run(&mut command)?;
    }
    let members: Vec<String> = cases.iter().map(|case| format!("{case:?}")).collect();
    let manifest = format!(
        "[workspace]\nresolver = \"3\"\nmembers = [{}]\n",
        members.join(", ")
    );
    fs::write(folder.join("Cargo.toml"), manifest).map_err(text)?;
    fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock")).map_err(text)?;
    over(&folder, &["check", "--workspace"])?;
    over(&folder, &["doc", "--workspace", "--no-deps"])?;
    // Linking doctests takes its time: two cases with every kind of argument have to do.
    over(
        &folder,
        &[
            "test",
            "--doc",
            "--package",
            "golden-bodies",
            "--package",
            "golden-presence",
        ],
    )
}

/// Runs a cargo command over them with every resource, warnings denied.
fn over(folder: &Path, subcommand: &[&str]) -> Result<(), String> {
    let mut command = cargo_command();
    command
        .current_dir(folder)
        .env("RUSTFLAGS", "-Dwarnings")
        .env("RUSTDOCFLAGS", "-Dwarnings")
        .env("CARGO_TARGET_DIR", folder.join("target"));
    run(command
        .args(subcommand)
        .args(["--quiet", "--offline"])
        .args(["--no-default-features", "--features", "serde,all"]))
}

/// The names of the cases, sorted.
pub(crate) fn cases(folder: &Path) -> std::io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|it| it == "yaml") {
            names.extend(
                path.file_stem()
                    .and_then(|it| it.to_str())
                    .map(str::to_owned),
            );
        }
    }
    names.sort();
    Ok(names)
}
