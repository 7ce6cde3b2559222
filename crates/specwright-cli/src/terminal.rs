//! Printing, and what depends on a terminal.

use std::io::{self, IsTerminal as _, Write as _};

use specwright_openapi::diagnostics::render::Style;

use crate::failure::Failure;

/// Colours on a terminal, unless `NO_COLOR` is set (no-color.org).
pub(crate) fn style(is_terminal: bool) -> Style {
    let unwanted = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    if is_terminal && !unwanted {
        Style::Colour
    } else {
        Style::Plain
    }
}

/// Prints to standard output. A reader that has seen enough (`| head`) is no failure.
pub(crate) fn print(text: &str) -> Result<(), Failure> {
    let mut output = io::stdout().lock();
    match output
        .write_all(text.as_bytes())
        .and_then(|()| output.flush())
    {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure::doing("print", error))
        }
        _ => Ok(()),
    }
}

/// Prints to standard error; when that is closed there is nobody to tell.
pub(crate) fn report(text: &str) {
    drop(io::stderr().lock().write_all(text.as_bytes()));
}

/// The style of standard output.
pub(crate) fn stdout_style() -> Style {
    style(io::stdout().is_terminal())
}

/// The style of standard error.
pub(crate) fn stderr_style() -> Style {
    style(io::stderr().is_terminal())
}

/// Prints `error: …` to standard error.
pub(crate) fn report_error(message: &str) {
    report(&match stderr_style() {
        Style::Colour => format!("\u{1b}[1;31merror\u{1b}[0m: {message}\n"),
        Style::Plain => format!("error: {message}\n"),
    });
}

/// `2 errors`, `1 file`.
pub(crate) fn count(number: usize, what: &str) -> String {
    if number == 1 {
        format!("1 {what}")
    } else {
        format!("{number} {what}s")
    }
}
