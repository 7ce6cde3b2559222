//! Where files come from.

use std::{
    collections::BTreeMap,
    io,
    path::{Component, Path, PathBuf},
};

/// Gives the bytes of the files that a description consists of.
///
/// Paths are `/`-separated and relative to the loader's root; they never contain `..`.
pub trait Loader {
    /// Reads one file.
    ///
    /// # Errors
    /// [`io::ErrorKind::NotFound`] if there is none, [`io::ErrorKind::PermissionDenied`] if it must not be read, or
    /// what reading it gave.
    fn read(&self, path: &str) -> io::Result<Vec<u8>>;
}

/// Reads below one folder, and nothing outside it.
#[derive(Debug, Clone)]
pub struct FolderLoader {
    root: PathBuf,
}

impl FolderLoader {
    /// A loader of the folder `root`.
    #[must_use]
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }
}

impl Loader for FolderLoader {
    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        let plain = Path::new(path)
            .components()
            .all(|part| matches!(part, Component::Normal(_)));
        if !plain {
            return Err(io::ErrorKind::PermissionDenied.into());
        }
        let root = if self.root.as_os_str().is_empty() {
            Path::new(".")
        } else {
            &self.root
        };
        let file = root.join(path);
        // A symbolic link may still lead outside the folder.
        if !file.canonicalize()?.starts_with(root.canonicalize()?) {
            return Err(io::ErrorKind::PermissionDenied.into());
        }
        std::fs::read(file)
    }
}

/// Files in memory, for tests and for documents that are one text.
#[derive(Debug, Clone, Default)]
pub struct MemoryLoader {
    files: BTreeMap<String, Vec<u8>>,
}

impl MemoryLoader {
    /// Adds a file.
    #[must_use]
    pub fn with(mut self, path: impl Into<String>, text: impl Into<Vec<u8>>) -> Self {
        self.files.insert(path.into(), text.into());
        self
    }
}

impl Loader for MemoryLoader {
    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        self.files
            .get(path)
            .cloned()
            .ok_or_else(|| io::ErrorKind::NotFound.into())
    }
}
