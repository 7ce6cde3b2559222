//! The list of documents.

use std::{fs, io, path::Path};

/// One document of the corpus.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    /// The path in the folder.
    pub(crate) file: String,
    /// The number of operations, webhooks included, where the manifest says it.
    pub(crate) operations: Option<usize>,
}

/// Every document, in the order of the manifest.
#[derive(Debug)]
pub(crate) struct Manifest {
    pub(crate) entries: Vec<Entry>,
}

impl Manifest {
    pub(crate) fn read(folder: &Path) -> io::Result<Self> {
        let text = fs::read_to_string(folder.join("MANIFEST.tsv"))?;
        let mut lines = text.lines();
        let header: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
        let column = |name: &str| header.iter().position(|it| *it == name);
        let (file, operations) = (column("file"), column("operations"));
        let entries = lines.filter_map(|line| {
            let cells: Vec<&str> = line.split('\t').collect();
            let cell = |column: Option<usize>| cells.get(column?).copied();
            Some(Entry {
                file: cell(file).filter(|it| !it.is_empty())?.to_owned(),
                operations: cell(operations).and_then(|it| it.parse().ok()),
            })
        });
        Ok(Self {
            entries: entries.collect(),
        })
    }
}

impl Entry {
    /// Whether it is one of the public APIs, and not a test document of some tool.
    pub(crate) fn is_main(&self) -> bool {
        !self.file.starts_with("nasty/") && !self.file.starts_with("official/")
    }

    /// Whether an official fixture is to be accepted (`true`) or rejected.
    pub(crate) fn expected(&self) -> Option<bool> {
        let fixture = self.file.strip_prefix("official/tests-")?;
        Some(fixture.contains("/pass/"))
    }
}
