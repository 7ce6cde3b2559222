//! Opening documents: paths, standard input and built-in APIs.

use std::{
    io::Read as _,
    path::{Path, PathBuf},
};

use specwright_openapi::{FolderLoader, Loaded, MemoryLoader, load};

use crate::failure::Failure;

/// A document as it is named on the command line.
#[derive(Debug)]
pub(crate) struct Document {
    name: String,
    place: Place,
}

#[derive(Debug)]
enum Place {
    BuiltIn(&'static specwright_specs::Api),
    Input,
    File(PathBuf),
}

impl Document {
    /// A built-in API goes before a file of the same name; `./name` is the file.
    pub(crate) fn named(name: &str) -> Self {
        let place = match (name, specwright_specs::get(name)) {
            ("-", _) => Place::Input,
            (_, Some(api)) => Place::BuiltIn(api),
            (_, None) => Place::File(PathBuf::from(name)),
        };
        Self {
            name: name.to_owned(),
            place,
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
            Place::File(path) => load_file(path),
        };
        loaded.map_err(|error| Failure::doing(format_args!("read `{}`", self.name), error))
    }
}

fn load_file(path: &Path) -> std::io::Result<Loaded> {
    let name = path.file_name().and_then(|name| name.to_str());
    let name = name.ok_or_else(|| std::io::Error::other("the path names no file"))?;
    let mut loaded = load(
        name,
        &FolderLoader::new(path.parent().unwrap_or(Path::new(""))),
    )?;
    // Findings show the path as it was given.
    if let Some(folder) = path
        .parent()
        .and_then(Path::to_str)
        .filter(|it| !it.is_empty())
    {
        loaded
            .sources
            .rename(|name| format!("{}/{name}", folder.trim_end_matches('/')));
    }
    Ok(loaded)
}
