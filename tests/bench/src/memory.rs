//! Memory: each way of walking has a fresh process, whose peak is compared with the size of a page.

use std::{env::current_exe, fmt::Write as _, process::Command};

use crate::{
    Failure, ListName,
    lists::List,
    meter,
    turns::Turn,
    walker::{Walker, runtime},
    way::Way,
};

/// How many pages are walked before the peak of the whole walk is compared.
const FIRST_PAGES: u64 = 100;

/// How many large pages the list is walked in.
const LARGE_PAGES: u64 = 50;

/// How many of those are walked before the peak of the whole walk is compared.
const FIRST_LARGE_PAGES: u64 = 5;

/// How many copies of a page are weighed.
const COPIES: u64 = 4;

/// What the system's count of memory and the allocator may add, in kilobytes.
const NOISE: u64 = 1024;

/// How much is walked.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Plan {
    /// The items of the list.
    pub(crate) items: u64,
    /// The items on a page.
    pub(crate) page: u64,
}

/// The peaks of the ways of walking, by size of page.
#[derive(Debug)]
pub(crate) struct Memory {
    parts: Vec<Part>,
}

/// One size of page.
#[derive(Debug)]
struct Part {
    size: u64,
    first: u64,
    weight: Weight,
    peaks: Vec<(Way, Peak)>,
}

/// The size of one page in kilobytes.
#[derive(Debug, Clone, Copy)]
struct Weight {
    body: u64,
    decoded: u64,
}

impl Weight {
    /// A page in both of its forms, as it is while it is decoded.
    fn both(self) -> u64 {
        self.body + self.decoded
    }
}

/// By how many kilobytes the peak grew: over the first pages, and over the whole walk.
#[derive(Debug, Clone, Copy)]
struct Peak {
    first: u64,
    whole: u64,
}

/// Measures pages of the planned size and, where no largest size is documented, very large ones.
pub(crate) fn measure<L: List>(list: ListName, url: &str, plan: Plan) -> Result<Memory, Failure> {
    let mut sizes = vec![(plan.page, FIRST_PAGES)];
    if L::HAS_LARGE_PAGES {
        sizes.push(((plan.items / LARGE_PAGES).max(1), FIRST_LARGE_PAGES));
    }
    let mut parts = Vec::new();
    for (size, first) in sizes {
        let size_word = size.to_string();
        let [body, decoded] = start(&["page", &list.word(), url, &size_word])?;
        let weight = Weight { body, decoded };
        let mut peaks = Vec::new();
        for way in [Way::Items, Way::Pages, Way::Loop, Way::Prefetch, Way::Hoard] {
            let (words, pages) = ([list.word(), way.word()], first.to_string());
            let [list, way_word] = &words;
            let [first, whole] = start(&["memory", list, url, way_word, &size_word, &pages])?;
            peaks.push((way, Peak { first, whole }));
        }
        parts.push(Part {
            size,
            first,
            weight,
            peaks,
        });
    }
    Ok(Memory { parts })
}

/// Starts this program for a part; the two numbers that it prints.
fn start(arguments: &[&str]) -> Result<[u64; 2], Failure> {
    let output = Command::new(current_exe()?).args(arguments).output()?;
    let text = String::from_utf8_lossy(&output.stdout);
    let mut numbers = text.split_whitespace().map(str::parse);
    match (numbers.next(), numbers.next()) {
        (Some(Ok(one)), Some(Ok(other))) => Ok([one, other]),
        _ => Err(String::from_utf8_lossy(&output.stderr).trim().into()),
    }
}

/// Walks the first `pages` pages, then the whole list, and prints by how much the peak grew with each.
pub(crate) fn walk<L: List>(url: &str, way: Way, page: u64, pages: u64) -> Result<(), Failure> {
    let walker = Walker::<L>::new(url)?;
    runtime()?.block_on(async {
        let turn = Turn::alone();
        // A connection, and all code that there is.
        walker.walk_pages(Way::Items, 1, 2, &turn).await?;
        let before = peak()?;
        let first = match way {
            Way::Loop | Way::Http => before,
            way => {
                walker.walk_pages(way, page, pages, &turn).await?;
                peak()?
            }
        };
        walker.walk(way, page, &turn).await?;
        println!("{} {}", first - before, peak()? - before);
        Ok(())
    })
}

/// Prints the size of the first page in kilobytes, as a body and decoded.
pub(crate) fn page<L: List>(url: &str, page: u64) -> Result<(), Failure> {
    let walker = Walker::<L>::new(url)?;
    runtime()?.block_on(async {
        let response = L::raw(walker.request(page)).await?;
        // The first copy may take memory that was free.
        let mut kept: Vec<L::Page> = vec![response.json()?];
        let before = resident()?;
        for _ in 0..COPIES {
            kept.push(response.json()?);
        }
        let copies = resident()?.saturating_sub(before);
        drop(kept);
        println!(
            "{} {}",
            response.body().len().div_ceil(1024),
            copies / COPIES
        );
        Ok(())
    })
}

fn peak() -> Result<u64, Failure> {
    meter::peak().ok_or_else(unknown)
}

fn resident() -> Result<u64, Failure> {
    meter::resident().ok_or_else(unknown)
}

fn unknown() -> Failure {
    "this system does not tell how much memory a process has (`--no-memory` leaves it out)".into()
}

impl Memory {
    /// Markdown tables, each under a line that says what was walked.
    pub(crate) fn table(&self, list: &str) -> String {
        let mut text = String::new();
        for part in &self.parts {
            let Part {
                size,
                first,
                weight: Weight { body, decoded },
                peaks,
            } = part;
            // A formatter of strings does not fail.
            let _ = write!(
                text,
                "{list}: pages of {size} items; one page is a body of {body} kB and {decoded} kB decoded\n\n\
                 | way | peak of {first} pages | peak of the whole list | in pages |\n|---|---|---|---|\n"
            );
            for (way, peak) in peaks {
                let early = match way {
                    Way::Loop | Way::Http => "–".to_owned(),
                    _ => format!("{} kB", peak.first),
                };
                let pages = in_pages(peak.whole, part.weight);
                let _ = writeln!(
                    text,
                    "| {} | {early} | {} kB | {pages:.2} |",
                    way.shown(),
                    peak.whole
                );
            }
            text.push('\n');
        }
        text
    }

    /// Whether the pager held at most two pages.
    pub(crate) fn is_good(&self) -> bool {
        self.parts.iter().all(|part| {
            let pager = part.peaks.iter();
            let mut pager = pager.filter(|(way, _)| matches!(way, Way::Items | Way::Pages));
            pager.all(|(_, peak)| peak.whole <= 2 * part.weight.both() + NOISE)
        })
    }
}

/// How many pages, each as a body and decoded, are as much memory.
#[expect(clippy::cast_precision_loss, reason = "two digits are shown")]
fn in_pages(kilobytes: u64, weight: Weight) -> f64 {
    kilobytes as f64 / weight.both().max(1) as f64
}
