//! A line that shows how far the work is, on a terminal only.

use std::{
    io::{IsTerminal as _, Write as _},
    sync::atomic::{AtomicUsize, Ordering},
};

/// Counts finished work.
pub(crate) struct Progress {
    done: AtomicUsize,
    total: usize,
    shown: bool,
}

impl Progress {
    pub(crate) fn new(total: usize) -> Self {
        Self {
            done: AtomicUsize::new(0),
            total,
            shown: std::io::stderr().is_terminal(),
        }
    }

    pub(crate) fn step(&self, name: &str) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        if self.shown {
            let width = done * 30 / self.total.max(1);
            let bar = "#".repeat(width);
            let end = if done == self.total { "\n" } else { "" };
            let name: String = name.chars().take(60).collect();
            let mut terminal = std::io::stderr().lock();
            drop(write!(
                terminal,
                "\r\u{1b}[K[{bar:<30}] {done}/{} {name}{end}",
                self.total
            ));
        }
    }
}
