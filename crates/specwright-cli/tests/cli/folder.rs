//! A folder to run the binary in.

use std::{
    fs,
    io::Write as _,
    path::PathBuf,
    process::{Command, Output, Stdio},
};

use tempfile::TempDir;

/// A document without findings.
pub(crate) const GOOD: &str = "\
openapi: 3.0.3
info:
  title: Cats
  version: '1'
paths:
  /cats:
    get:
      operationId: listCats
      tags: [Cats]
      responses:
        '200':
          description: The names of all cats
          content:
            application/json:
              schema: { type: array, items: { type: string } }
";

/// A temporary folder, which is the working directory of everything that is run in it.
pub(crate) struct Folder(TempDir);

/// What a run gave.
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Folder {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().expect("a temporary folder"))
    }

    pub(crate) fn with(self, path: &str, text: &str) -> Self {
        self.put(path, text);
        self
    }

    pub(crate) fn put(&self, path: &str, text: &str) {
        let place = self.path(path);
        fs::create_dir_all(place.parent().expect("below the folder")).expect("a folder");
        fs::write(place, text).expect("a file");
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    pub(crate) fn command(&self, arguments: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_specwright"));
        command
            .current_dir(self.0.path())
            .args(arguments.split_whitespace());
        command
    }

    /// Runs `specwright` with arguments that hold no spaces.
    pub(crate) fn run(&self, arguments: &str) -> Run {
        Run::of(self.command(arguments).stdin(Stdio::null()).output())
    }

    /// Runs `specwright` with a text on its standard input.
    pub(crate) fn run_with_input(&self, arguments: &str, input: &str) -> Run {
        let mut command = self.command(arguments);
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().expect("the binary starts");
        let mut stdin = child.stdin.take().expect("piped");
        stdin.write_all(input.as_bytes()).expect("the binary reads");
        drop(stdin);
        Run::of(child.wait_with_output())
    }
}

impl Run {
    fn of(output: std::io::Result<Output>) -> Self {
        let output = output.expect("the binary runs");
        Self {
            code: output.status.code().expect("it was not killed"),
            stdout: String::from_utf8(output.stdout).expect("UTF-8"),
            stderr: String::from_utf8(output.stderr).expect("UTF-8"),
        }
    }

    /// Fails with everything that was printed unless the exit code is `code`.
    #[track_caller]
    pub(crate) fn exits(&self, code: i32) -> &Self {
        assert_eq!(
            self.code, code,
            "stdout:\n{}\nstderr:\n{}",
            self.stdout, self.stderr
        );
        self
    }

    #[track_caller]
    pub(crate) fn prints(&self, part: &str) -> &Self {
        assert!(
            self.stdout.contains(part),
            "no `{part}` in stdout:\n{}",
            self.stdout
        );
        self
    }

    #[track_caller]
    pub(crate) fn reports(&self, part: &str) -> &Self {
        assert!(
            self.stderr.contains(part),
            "no `{part}` in stderr:\n{}",
            self.stderr
        );
        self
    }
}
