//! `cargo xtask generate`.

use crate::{
    examples,
    run::{cargo, cargo_command, root, run},
};

/// Regenerates the crates of the named APIs, or of all, or compares them.
pub(crate) fn generate(arguments: &[&str]) -> Result<(), String> {
    let check = arguments.contains(&"--check");
    let named: Vec<&str> = arguments
        .iter()
        .copied()
        .filter(|word| *word != "--check")
        .collect();
    let known = apis()?;
    if let Some(unknown) = named
        .iter()
        .find(|name| !known.iter().any(|api| api == *name))
    {
        return Err(format!(
            "there is no API `{unknown}`; known are {}",
            known.join(", ")
        ));
    }
    workspace_loads()?;
    // Once and first, so that a product that does not compile is not taken for stale output.
    cargo(&["build", "--quiet", "--package", "specwright-cli"])?;
    let mut stale = Vec::new();
    for api in known
        .iter()
        .filter(|api| named.is_empty() || named.contains(&api.as_str()))
    {
        let out = format!("generated/{api}");
        let mut command = cargo_command();
        command.args([
            "run",
            "--quiet",
            "--package",
            "specwright-cli",
            "--",
            "generate",
            api,
            "--out",
            &out,
        ]);
        if check {
            command.arg("--check");
        }
        if run(&mut command).is_err() {
            stale.push(api.as_str());
        }
    }
    if named.is_empty() && examples::generate(check).is_err() {
        stale.push("tests/examples");
    }
    if named.is_empty() && rules(check)? {
        stale.push(RULES);
    }
    match (stale.is_empty(), check) {
        (true, _) => Ok(()),
        (false, true) => Err(format!(
            "stale: {}; run `cargo xtask generate` and commit the result",
            stale.join(", ")
        )),
        (false, false) => Err(format!("not generated: {}", stale.join(", "))),
    }
}

/// The page about all rules, which the product writes about itself.
const RULES: &str = "docs/rules.md";

/// Writes the page, or compares it; whether it is stale.
fn rules(check: bool) -> Result<bool, String> {
    let mut command = cargo_command();
    command.args(["run", "--quiet", "--package", "specwright-cli", "--"]);
    let output = command
        .args(["explain", "--all", "markdown"])
        .output()
        .map_err(|error| format!("cannot run specwright explain: {error}"))?;
    if !output.status.success() {
        return Err("specwright explain fails".to_owned());
    }
    let path = root().join(RULES);
    if std::fs::read(&path).is_ok_and(|known| known == output.stdout) {
        return Ok(false);
    }
    if check {
        eprintln!("{RULES} is not what would be written");
        return Ok(true);
    }
    std::fs::write(&path, output.stdout)
        .map_err(|error| format!("cannot write {RULES}: {error}"))?;
    Ok(false)
}

/// The folders of `specs/`, sorted.
pub(crate) fn apis() -> Result<Vec<String>, String> {
    let folder = root().join("specs");
    let entries =
        std::fs::read_dir(&folder).map_err(|error| format!("cannot read specs/: {error}"))?;
    let mut apis = Vec::new();
    for entry in entries
        .flatten()
        .filter(|entry| entry.path().join("openapi.yaml").is_file())
    {
        apis.extend(entry.file_name().to_str().map(str::to_owned));
    }
    apis.sort();
    Ok(apis)
}

/// A generated crate whose manifest or root is gone stops every cargo command; says how to get out.
fn workspace_loads() -> Result<(), String> {
    let mut command = cargo_command();
    let output = command
        .args([
            "metadata",
            "--no-deps",
            "--format-version",
            "1",
            "--offline",
        ])
        .output();
    match output {
        Ok(output) if output.status.success() => Ok(()),
        Ok(output) => {
            let text = String::from_utf8_lossy(&output.stderr).into_owned();
            let help = if text.contains("generated") {
                "\nhelp: `git restore generated` brings it back"
            } else {
                ""
            };
            Err(format!(
                "the workspace does not load:\n{}{help}",
                text.trim_end()
            ))
        }
        Err(error) => Err(format!("cannot run cargo: {error}")),
    }
}
