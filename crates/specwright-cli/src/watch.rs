//! Whether files have changed since they were read.

use std::{fs, path::PathBuf, time::SystemTime};

/// What tells the states of a file apart: when it was written, and its length. `None` if there is no such file.
type Mark = Option<(Option<SystemTime>, u64)>;

/// Files, and the state that each was in.
#[derive(Debug)]
pub(crate) struct Watched {
    files: Vec<(PathBuf, Mark)>,
}

impl Watched {
    /// Files in the state that they are in now.
    pub(crate) fn new(files: Vec<PathBuf>) -> Self {
        let marked = files.into_iter().map(|file| {
            let mark = mark(&file);
            (file, mark)
        });
        Self {
            files: marked.collect(),
        }
    }

    /// Other files: those that are known already in the state that they are known in, as what was read of them may be
    /// older than what they hold now.
    pub(crate) fn exchange(&mut self, files: Vec<PathBuf>) {
        let marked = files.into_iter().map(|file| {
            let known = self.files.iter().find(|(known, _)| *known == file);
            let mark = known.map_or_else(|| mark(&file), |(_, mark)| *mark);
            (file, mark)
        });
        self.files = marked.collect();
    }

    /// Whether there are none.
    pub(crate) fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// Whether a file is in another state than it was in.
    pub(crate) fn has_changed(&self) -> bool {
        self.files.iter().any(|(file, known)| mark(file) != *known)
    }

    /// Takes the state that the files are in now for the known one.
    pub(crate) fn remember(&mut self) {
        for (file, known) in &mut self.files {
            *known = mark(file);
        }
    }
}

fn mark(file: &PathBuf) -> Mark {
    let metadata = fs::metadata(file).ok()?;
    Some((metadata.modified().ok(), metadata.len()))
}
