//! Opening documents: paths, standard input and built-in APIs.

use std::{
    io::Read as _,
    path::{Path, PathBuf},
};

use clap::Args;
use specwright_openapi::{FolderLoader, Loaded, MemoryLoader, load};

use crate::failure::Failure;

/// A document as it is named on the command line.
#[derive(Debug)]
pub(crate) struct Document {
    name: String,
    place: Place,
    root: Option<PathBuf>,
}

/// What may be read on behalf of a document.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct Reading {
    /// Let references lead anywhere below this folder, which holds the document; the default is the document's own
    /// folder.
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,
}

#[derive(Debug)]
enum Place {
    BuiltIn(&'static specwright_specs::Api),
    Input,
    File(PathBuf),
}

impl Document {
    /// A built-in API goes before a file of the same name; `./name` is the file.
    pub(crate) fn named(name: &str, reading: &Reading) -> Self {
        let place = match (name, specwright_specs::get(name)) {
            ("-", _) => Place::Input,
            (_, Some(api)) => Place::BuiltIn(api),
            (_, None) => Place::File(PathBuf::from(name)),
        };
        Self {
            name: name.to_owned(),
            place,
            root: reading.root.clone(),
        }
    }

    /// The name on the command line.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// The recipe that comes with a built-in API.
    pub(crate) fn recipe(&self) -> Option<&'static str> {
        match &self.place {
            Place::BuiltIn(api) => Some(api.recipe),
            Place::Input | Place::File(_) => None,
        }
    }

    /// Reads the document and every file that it refers to.
    pub(crate) fn load(&self) -> Result<Loaded, Failure> {
        let loaded = match &self.place {
            Place::BuiltIn(api) => {
                let entry = format!("specs/{}/openapi.yaml", api.name);
                load(&entry, &MemoryLoader::default().with(&entry, api.document))
            }
            Place::Input => {
                let mut text = Vec::new();
                let entry = "<stdin>";
                std::io::stdin()
                    .read_to_end(&mut text)
                    .and_then(|_| load(entry, &MemoryLoader::default().with(entry, text)))
            }
            Place::File(path) => load_file(path, self.root.as_deref()),
        };
        loaded.map_err(|error| Failure::doing(format_args!("read `{}`", self.name), error))
    }
}

impl Document {
    /// The files that were read for it; none where it is built in or comes from standard input.
    pub(crate) fn files(&self, loaded: &Loaded) -> Vec<PathBuf> {
        match &self.place {
            Place::BuiltIn(_) | Place::Input => Vec::new(),
            Place::File(_) => {
                let sources = loaded.sources.iter();
                sources
                    .map(|(_, source)| PathBuf::from(source.name()))
                    .collect()
            }
        }
    }
}

fn load_file(path: &Path, root: Option<&Path>) -> std::io::Result<Loaded> {
    let parent = path.parent().unwrap_or(Path::new(""));
    let (folder, entry) = match root {
        None => (
            parent.to_owned(),
            PathBuf::from(path.file_name().unwrap_or_default()),
        ),
        Some(root) => (root.to_owned(), below(path, root)?),
    };
    let entry = entry.to_str().filter(|entry| !entry.is_empty());
    let entry = entry.ok_or_else(|| std::io::Error::other("the path names no file"))?;
    let mut loaded = load(&entry.replace('\\', "/"), &FolderLoader::new(&folder))?;
    // Findings show paths as they were given.
    if let Some(folder) = folder.to_str().filter(|it| !it.is_empty()) {
        loaded
            .sources
            .rename(|name| format!("{}/{name}", folder.trim_end_matches('/')));
    }
    Ok(loaded)
}

/// The path of a file as seen from a folder that holds it.
fn below(path: &Path, root: &Path) -> std::io::Result<PathBuf> {
    let (path, root) = (path.canonicalize()?, root.canonicalize()?);
    let inside = path.strip_prefix(&root).map(Path::to_owned);
    inside.map_err(|_| std::io::Error::other(format!("it is not below `{}`", root.display())))
}
