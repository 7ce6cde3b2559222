//! The consumers in `tests/examples`, and every golden case as a module.

use std::fs;

use crate::{
    goldens,
    run::{cargo, cargo_command, root, run},
};

const EXAMPLES: &[&str] = &["example-build-script", "example-cli", "example-xtask"];

/// Runs the tests of the examples.
pub(crate) fn test() -> Result<(), String> {
    let mut arguments = vec!["test", "--quiet"];
    for example in EXAMPLES {
        arguments.extend(["--package", example]);
    }
    cargo(&arguments)
}

/// Writes the module that an example keeps among its sources, or compares it.
pub(crate) fn generate(check: bool) -> Result<(), String> {
    let mut arguments = vec!["run", "--quiet", "--package", "example-xtask", "--"];
    arguments.extend(check.then_some("--check"));
    cargo(&arguments)
}

/// Generates a module for each case into one crate, and checks it, warnings denied.
pub(crate) fn golden_modules() -> Result<(), String> {
    let folder = root().join("target/golden-modules");
    let text = |error: std::io::Error| format!("cannot prepare target/golden-modules: {error}");
    drop(fs::remove_dir_all(&folder));
    fs::create_dir_all(folder.join("src")).map_err(text)?;
    let mut library = "//! Every case.\n#![deny(warnings, missing_docs)]\n".to_owned();
    for case in goldens::cases(&root().join("tests/cases/generator")).map_err(text)? {
        let module = case.replace('-', "_");
        // Half of them as files of the crate, half included, and private like those of a program.
        if module.len() % 2 == 0 {
            library.push_str(&format!("#[path = \"{case}.rs\"]\nmod case_{module};\n"));
        } else {
            library.push_str(&format!(
                "mod case_{module} {{\n    include!(\"{case}.rs\");\n}}\n"
            ));
        }
        let mut command = cargo_command();
        command.args(["run", "--quiet", "--package", "specwright-cli", "--"]);
        command.args(["generate", "--allow-errors"]);
        command.arg(format!("tests/cases/generator/{case}.yaml"));
        let recipe = format!("tests/cases/generator/{case}.toml");
        if root().join(&recipe).exists() {
            command.args(["--recipe", &recipe]);
        }
        command
            .arg("--module")
            .arg(folder.join(format!("src/{case}.rs")));
        command.stderr(std::process::Stdio::null());
        run(&mut command)?;
    }
    let runtime = root().join("crates/specwright-runtime");
    let manifest = format!(
        "[package]\nname = \"golden-modules\"\nedition = \"2024\"\npublish = false\n\n[workspace]\n\n\
         [dependencies]\nspecwright-runtime = {{ path = {:?}, default-features = false }}\n",
        runtime.display().to_string()
    );
    fs::write(folder.join("Cargo.toml"), manifest).map_err(text)?;
    fs::write(folder.join("src/lib.rs"), library).map_err(text)?;
    fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock")).map_err(text)?;
    let mut command = cargo_command();
    command
        .current_dir(&folder)
        .env("CARGO_TARGET_DIR", folder.join("target"));
    run(command.args(["check", "--quiet", "--offline"]))
}
