//! Flags and exit codes.

use crate::folder::{Folder, GOOD};

#[test]
fn help_and_version_are_no_failures() {
    let folder = Folder::new();
    for command in ["", "check ", "generate ", "ledger ", "mock "] {
        folder
            .run(&format!("{command}--help"))
            .exits(0)
            .prints("Usage: specwright");
    }
    folder
        .run("--help")
        .prints("Exit codes: 0 clean, 1 findings or stale output, 2 usage or I/O");
    folder.run("--version").exits(0).prints("specwright ");
}

#[test]
fn misuse_exits_with_2() {
    let folder = Folder::new().with("api.yaml", GOOD);
    for arguments in [
        "",
        "chekc api.yaml",
        "check",
        "check api.yaml --format xml",
        "check api.yaml --deny errors",
        "check api.yaml --unknown",
        "generate api.yaml",
        "generate --out client",
        "generate --module client.rs",
        "generate api.yaml --out client --module client.rs",
        "generate api.yaml --module client.rs --runtime-path runtime",
        "ledger",
        "ledger api.yaml --format xml",
        "ledger api.yaml --recipe missing.toml",
        "generate api.yaml --out client --name ../cats",
        "generate api.yaml --out client --name 9lives",
        "mock api.yaml --port 70000",
        "mock api.yaml --fault no-such-fault",
        "mock api.yaml --items many",
    ] {
        let run = folder.run(arguments);
        run.exits(2);
        assert_eq!(run.stdout, "", "{arguments}");
        assert!(!run.stderr.is_empty(), "{arguments}");
    }
}

#[test]
fn every_command_says_which_file_it_cannot_read() {
    let folder = Folder::new();
    for command in ["check", "ledger", "mock", "generate --out client"] {
        folder
            .run(&format!("{command} missing.yaml"))
            .exits(2)
            .reports("missing.yaml");
        folder.run(&format!("{command} .")).exits(2).reports("`.`");
    }
}

#[test]
fn the_names_of_the_built_in_apis_are_in_the_help() {
    let help = Folder::new().run("--help").stdout;
    for api in specwright_specs::all() {
        assert!(help.contains(api.name), "{}", api.name);
    }
}
