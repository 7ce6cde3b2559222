//! Walks the lists of all four APIs with their generated clients, each against its mock server on this machine, and
//! prints one table.
//!
//! Exits with 0 if every item arrived exactly once and in order, else says what differs and exits with 1.

use std::{
    io::{self, IsTerminal, Write},
    process::ExitCode,
};

use specwright_behaviour::{
    Famulor, Mindhunters, Parrot, TalkToHumans,
    demo::{Failure, Row, draw, findings, walk_backward, walk_forward},
};

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let rows = walks().await;
    clear_progress();
    let rows = match rows {
        Ok(rows) => rows,
        Err(error) => return report(&[error.to_string()]),
    };
    if let Err(error) = io::stdout().write_all(draw(&rows).as_bytes()) {
        return report(&[format!("cannot print the table: {error}")]);
    }
    report(&findings(&rows))
}

async fn walks() -> Result<Vec<Row>, Failure> {
    Ok(vec![
        walk_forward::<TalkToHumans>(&[], &mut show_progress).await?,
        walk_forward::<Parrot>(&[], &mut show_progress).await?,
        walk_forward::<Famulor>(&[], &mut show_progress).await?,
        walk_backward::<Famulor>(&[], &mut show_progress).await?,
        walk_forward::<Mindhunters>(&[], &mut show_progress).await?,
    ])
}

fn report(findings: &[String]) -> ExitCode {
    for finding in findings {
        // Nothing is left to be done if this cannot be printed either.
        let _ = writeln!(io::stderr(), "{finding}");
    }
    if findings.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// One line that is written over again, for people who watch.
fn show_progress(api: &'static str, pages: u64) {
    let mut stderr = io::stderr();
    if stderr.is_terminal() {
        let _ = write!(stderr, "\r\x1b[K{api}: page {pages}");
    }
}

fn clear_progress() {
    let mut stderr = io::stderr();
    if stderr.is_terminal() {
        let _ = write!(stderr, "\r\x1b[K");
    }
}
