//! Opening documents: paths, standard input and built-in APIs.

use std::{
    collections::BTreeMap,
    io::Read as _,
    path::{Path, PathBuf},
};

use clap::Args;
use specwright_openapi::{FolderLoader, Loaded, Loader, MemoryLoader, load, load_with_document};

use crate::failure::Failure;

/// A document as it is named on the command line.
#[derive(Debug)]
pub(crate) struct Document {
    name: String,
    place: Place,
    root: Option<PathBuf>,
}

/// Texts that go before what is on disk, by the names under which findings show their files.
pub(crate) type Texts = BTreeMap<String, String>;

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

    /// Whether it is a file, not standard input and not built in.
    pub(crate) fn is_file(&self) -> bool {
        matches!(self.place, Place::File(_))
    }

    /// The recipe that comes with a built-in API.
    pub(crate) fn recipe(&self) -> Option<&'static str> {
        match &self.place {
            Place::BuiltIn(api) => Some(api.recipe),
            Place::Input | Place::File(_) => None,
        }
    }

    /// The deviations that come with a built-in API.
    pub(crate) fn deviations(&self) -> Option<Deviations> {
        match &self.place {
            Place::BuiltIn(api) => Some(Deviations {
                name: format!("specs/{}/deviations.toml", api.name),
                text: api.deviations,
                document: entry(api),
            }),
            Place::Input | Place::File(_) => None,
        }
    }

    /// Reads the document and every file that it refers to.
    pub(crate) fn load(&self) -> Result<Loaded, Failure> {
        self.load_by(&load, &Texts::new())
    }

    /// The same, and keeps the document as it was written, for rules.
    pub(crate) fn load_for_rules(&self) -> Result<Loaded, Failure> {
        self.load_edited(&Texts::new())
    }

    /// The same, with other texts for some of its files.
    pub(crate) fn load_edited(&self, texts: &Texts) -> Result<Loaded, Failure> {
        self.load_by(&load_with_document, texts)
    }

    fn load_by(&self, load: Load<'_>, texts: &Texts) -> Result<Loaded, Failure> {
        let loaded = match &self.place {
            Place::BuiltIn(api) => {
                let entry = entry(api);
                load(&entry, &MemoryLoader::default().with(&entry, api.document))
            }
            Place::Input => {
                let mut text = Vec::new();
                let entry = "<stdin>";
                std::io::stdin()
                    .read_to_end(&mut text)
                    .and_then(|_| load(entry, &MemoryLoader::default().with(entry, text)))
            }
            Place::File(path) => load_file(path, self.root.as_deref(), load, texts),
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

/// A deviations file and the document that it is about.
#[derive(Debug)]
pub(crate) struct Deviations {
    pub(crate) name: String,
    pub(crate) text: &'static str,
    /// The name of the document's file.
    pub(crate) document: String,
}

fn entry(api: &specwright_specs::Api) -> String {
    format!("specs/{}/openapi.yaml", api.name)
}

type Load<'l> = &'l dyn Fn(&str, &dyn Loader) -> std::io::Result<Loaded>;

fn load_file(
    path: &Path,
    root: Option<&Path>,
    load: Load<'_>,
    texts: &Texts,
) -> std::io::Result<Loaded> {
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
    let loader = Edited {
        folder: &folder,
        disk: FolderLoader::new(&folder),
        texts,
    };
    let mut loaded = load(&entry.replace('\\', "/"), &loader)?;
    loaded.sources.rename(|name| shown(&folder, name));
    Ok(loaded)
}

/// Findings show paths as they were given.
fn shown(folder: &Path, name: &str) -> String {
    match folder.to_str().filter(|it| !it.is_empty()) {
        Some(folder) => format!("{}/{name}", folder.trim_end_matches('/')),
        None => name.to_owned(),
    }
}

/// Files of a folder, some of them with other texts.
struct Edited<'t> {
    folder: &'t Path,
    disk: FolderLoader,
    texts: &'t Texts,
}

impl Loader for Edited<'_> {
    fn read(&self, path: &str) -> std::io::Result<Vec<u8>> {
        match self.texts.get(&shown(self.folder, path)) {
            Some(text) => Ok(text.clone().into_bytes()),
            None => self.disk.read(path),
        }
    }
}

/// The path of a file as seen from a folder that holds it.
fn below(path: &Path, root: &Path) -> std::io::Result<PathBuf> {
    let (path, root) = (path.canonicalize()?, root.canonicalize()?);
    let inside = path.strip_prefix(&root).map(Path::to_owned);
    inside.map_err(|_| std::io::Error::other(format!("it is not below `{}`", root.display())))
}
