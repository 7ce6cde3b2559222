//! What walking a list costs with the pager of generated clients, against loops written by hand.
//!
//! `cargo xtask bench`. The server is the mock of a built-in API in a process of its own. All ways of walking use the same
//! HTTP client, the same generated types and the same pages; they take turns every 100 pages, and what they use of the
//! processors is read from the system's clock for this process. Memory is measured in a fresh process for each way.
//!
//! `cargo xtask bench load` measures how many small requests a second the mock answers.
//!
//! Exits with 1 if the pager costs more than 5 % over the loop that a user would write, holds more than two pages, or if
//! items or requests are missing; or if the mock answers fewer than 5,000 requests a second or takes more than 256 MB.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "printing is what a command does"
)]

mod lists;
mod load;
mod memory;
mod meter;
mod rounds;
mod server;
mod turns;
mod walker;
mod way;

use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};
use lists::{Famulor, Mindhunters, Parrot};
use way::Way;

/// What kept a measurement from its end.
pub(crate) type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Walk long lists with the pager and with loops written by hand, and compare what that costs.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask bench")]
struct Arguments {
    /// The items in each list; a million at most.
    #[arg(long, default_value_t = 1_000_000)]
    items: u64,
    /// The items on a page.
    #[arg(long, default_value_t = 100)]
    page: u64,
    /// How often each way walks the whole list.
    #[arg(long, default_value_t = 5)]
    rounds: usize,
    /// The lists; may be repeated. All but `mindhunters`, whose mock takes 4 GB, unless given.
    #[arg(long = "list", value_name = "LIST")]
    lists: Vec<ListName>,
    /// Leave the measurement of memory out.
    #[arg(long)]
    no_memory: bool,
    /// Leave the measurement of time out.
    #[arg(long)]
    no_time: bool,
    #[command(subcommand)]
    part: Option<Part>,
}

/// What else is measured, and what the program starts itself for.
#[derive(Debug, Subcommand)]
enum Part {
    /// Ask the mock for small answers as fast as it goes.
    Load {
        /// How long each measurement takes.
        #[arg(long, default_value_t = 5)]
        seconds: u64,
        /// The connections that are open at once; may be repeated.
        #[arg(long, default_values_t = [64, 1_000])]
        connections: Vec<usize>,
    },
    /// Serve the document of that load.
    #[command(hide = true)]
    ServeLoad,
    /// Serve a list; a line on the standard input asks for the number of requests so far, its end for the end.
    #[command(hide = true)]
    Serve { list: ListName, items: usize },
    /// Walk once and print the memory that this took.
    #[command(hide = true)]
    Memory {
        list: ListName,
        url: String,
        way: Way,
        page: u64,
        pages: u64,
    },
    /// Print how large one page is.
    #[command(hide = true)]
    Page {
        list: ListName,
        url: String,
        page: u64,
    },
}

/// A list that can be walked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListName {
    /// By offset, without a total.
    Parrot,
    /// By opaque cursors.
    Famulor,
    /// By page number, with a total.
    Mindhunters,
}

impl ListName {
    pub(crate) fn word(self) -> String {
        let value = self.to_possible_value();
        value.map(|it| it.get_name().to_owned()).unwrap_or_default()
    }
}

/// Calls a function that is generic over lists with the one of a name.
macro_rules! with_list {
    ($name:expr, $($function:ident)::+($($argument:expr),*)) => {
        match $name {
            ListName::Parrot => $($function)::+::<Parrot>($($argument),*),
            ListName::Famulor => $($function)::+::<Famulor>($($argument),*),
            ListName::Mindhunters => $($function)::+::<Mindhunters>($($argument),*),
        }
    };
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let outcome = match &arguments.part {
        None => compare(&arguments),
        Some(Part::Load {
            seconds,
            connections,
        }) => load::run((*seconds).max(1), connections),
        Some(Part::ServeLoad) => load::serve().map(|()| true),
        Some(Part::Serve { list, items }) => with_list!(list, server::serve(*items)).map(|()| true),
        Some(Part::Memory {
            list,
            url,
            way,
            page,
            pages,
        }) => with_list!(list, memory::walk(url, *way, *page, *pages)).map(|()| true),
        Some(Part::Page { list, url, page }) => {
            with_list!(list, memory::page(url, *page)).map(|()| true)
        }
    };
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(failure) => {
            eprintln!("error: {failure}");
            ExitCode::FAILURE
        }
    }
}

/// Measures and prints everything; whether it is within the bounds.
fn compare(arguments: &Arguments) -> Result<bool, Failure> {
    let lists = match arguments.lists.as_slice() {
        [] => &[ListName::Parrot, ListName::Famulor],
        lists => lists,
    };
    let mut good = true;
    for list in lists.iter().copied() {
        eprintln!("{}: generating {} items", list.word(), arguments.items);
        let mut server = server::Child::start(list, arguments.items)?;
        if !arguments.no_time {
            let plan = rounds::Plan {
                items: arguments.items,
                page: arguments.page,
                rounds: arguments.rounds,
            };
            let rounds = with_list!(list, rounds::run(&mut server, plan))?;
            println!("{}", rounds.table(&list.word()));
            good &= rounds.are_good();
        }
        if !arguments.no_memory {
            let plan = memory::Plan {
                items: arguments.items,
                page: arguments.page,
            };
            let memory = with_list!(list, memory::measure(list, &server.url, plan))?;
            println!("{}", memory.table(&list.word()));
            good &= memory.is_good();
        }
    }
    Ok(good)
}
