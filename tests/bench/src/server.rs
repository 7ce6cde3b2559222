//! The mock in a process of its own, so that what it uses of the processor is not counted.

use std::{
    env::current_exe,
    io::{BufRead, BufReader, Write, stdin, stdout},
    process::{self, ChildStdin, ChildStdout, Command, Stdio},
};

use specwright_conformance::Mock;
use specwright_openapi::MemoryLoader;
use tokio::runtime::Builder;

use crate::{Failure, ListName, lists::List};

/// A mock that runs; it ends when this is dropped.
pub(crate) struct Child {
    process: process::Child,
    to: Option<ChildStdin>,
    from: BufReader<ChildStdout>,
    /// The base URL.
    pub(crate) url: String,
}

impl Child {
    /// Starts the mock of a list with so many items.
    pub(crate) fn start(list: ListName, items: u64) -> Result<Self, Failure> {
        let mut process = Command::new(current_exe()?)
            .args(["serve", &list.word(), &items.to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let to = process.stdin.take();
        let from = process.stdout.take().ok_or("the mock has no output")?;
        let mut child = Self {
            process,
            to,
            from: BufReader::new(from),
            url: String::new(),
        };
        child.url = child.line()?;
        Ok(child)
    }

    /// How many requests there were so far.
    pub(crate) fn requests(&mut self) -> Result<u64, Failure> {
        if let Some(to) = &mut self.to {
            writeln!(to)?;
        }
        Ok(self.line()?.parse()?)
    }

    fn line(&mut self) -> Result<String, Failure> {
        let mut line = String::new();
        self.from.read_line(&mut line)?;
        match line.trim_end() {
            "" => Err("the mock has ended".into()),
            line => Ok(line.to_owned()),
        }
    }
}

impl Drop for Child {
    fn drop(&mut self) {
        drop(self.to.take());
        // It ends with its input; if it does not, there is nothing further to be done.
        let _ = self.process.wait();
    }
}

/// Serves until the input ends.
pub(crate) fn serve<L: List>(items: usize) -> Result<(), Failure> {
    let runtime = Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()?;
    let server = runtime.block_on(
        mock(L::NAME)?
            .items(items)
            .start(([127, 0, 0, 1], 0).into()),
    )?;
    // The items are generated when they are first wanted.
    if server.data(L::OPERATION).len() != items {
        return Err("the mock has at most a million items".into());
    }
    let mut output = stdout();
    writeln!(output, "{}", server.url())?;
    for line in stdin().lines() {
        line?;
        writeln!(output, "{}", server.request_count())?;
    }
    Ok(())
}

/// The mock of the API of this name, from the document inside this repository.
fn mock(name: &str) -> Result<Mock, Failure> {
    let missing = || format!("no usable document describes {name}");
    let api = specwright_specs::get(name).ok_or_else(missing)?;
    let loader = MemoryLoader::default().with("openapi.yaml", api.document);
    let loaded = specwright_openapi::load("openapi.yaml", &loader)?;
    Ok(loaded.description.map(Mock::new).ok_or_else(missing)?)
}
