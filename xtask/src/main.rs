//! The repository's own commands. They only start other programs, so that they build in a moment and work while the
//! rest does not compile.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "printing is what a command does"
)]

mod bench;
mod compile;
mod corpus;
mod examples;
mod generate;
mod goldens;
mod run;
mod test;
mod tidy;

use std::process::ExitCode;

const USAGE: &str = "\
The repository's own commands.

  cargo xtask generate [API…] [--check]   regenerate generated/ from specs/ and the examples, or fail if they are stale
  cargo xtask demo                        regenerate, then walk every page of every API against its mock
  cargo xtask test [--list]               everything that CI runs
  cargo xtask corpus [DIR] [--bless]      real documents against the committed scoreboard
  cargo xtask compile [DIR] [NAME…]       a client of every real document, or of those named, checked with warnings denied
  cargo xtask bench [ARGS…]               a million items walked with the pager and by hand: time and memory (`--help`)
  cargo xtask tidy                        what a reviewer would tire of

Exit codes: 0 done, 1 a step failed, 2 usage.";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let result = match words.as_slice() {
        ["generate", rest @ ..] if !rest.iter().any(|word| is_unknown_flag(word)) => {
            generate::generate(rest)
        }
        ["demo"] => demo(),
        ["test"] => test::test(),
        ["test", "--list"] => {
            test::list();
            Ok(())
        }
        ["corpus", rest @ ..] => corpus::corpus(rest),
        ["compile", rest @ ..] => compile::compile(rest),
        ["bench", rest @ ..] => bench::bench(rest),
        ["tidy"] => tidy::tidy(),
        [] | ["help" | "--help" | "-h"] => {
            println!("{USAGE}");
            Ok(())
        }
        _ => {
            eprintln!("unknown: `{}`\n\n{USAGE}", words.join(" "));
            return ExitCode::from(2);
        }
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
}

fn is_unknown_flag(word: &str) -> bool {
    word.starts_with('-') && word != "--check"
}

fn demo() -> Result<(), String> {
    generate::generate(&[])?;
    run::cargo(&[
        "run",
        "--quiet",
        "--package",
        "specwright-behaviour",
        "--bin",
        "demo",
    ])
}
