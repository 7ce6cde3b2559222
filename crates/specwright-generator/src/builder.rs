//! The entry point for build scripts: the only part of this crate that reads and writes files.

use std::{
    cell::RefCell,
    collections::BTreeSet,
    env, fmt, fs, io,
    io::Write as _,
    path::{Path, PathBuf},
};

use specwright_openapi::{
    FolderLoader, Loaded, Loader,
    diagnostics::{Diagnostic, Severity, render},
    load,
};

use crate::{Recipe, generate_module};

/// Warnings beyond this many are counted, not shown: cargo repeats them with every build.
const MOST_WARNINGS: usize = 20;

/// Generates a client module in a build script.
///
/// ```no_run
/// // in `main` of build.rs
/// specwright_generator::Builder::new("api/openapi.yaml")
///     .recipe("api/generate.toml")
///     .run();
/// ```
///
/// ```ignore
/// // src/lib.rs
/// pub mod api {
///     include!(concat!(env!("OUT_DIR"), "/openapi.rs"));
/// }
/// ```
///
/// Paths are relative to the package (`CARGO_MANIFEST_DIR`). Cargo is told every file that was read, so that the script
/// runs again when one of them changes; the output is written only when it is another than before. Findings go to
/// standard error in full, which cargo shows when the script fails, and warnings to cargo in one line each.
#[derive(Debug, Clone)]
#[must_use = "a builder does nothing until it is run"]
pub struct Builder {
    document: PathBuf,
    recipe: Option<PathBuf>,
    root: Option<PathBuf>,
    only: Vec<String>,
    allow_errors: bool,
    name: Option<String>,
    out_dir: Option<PathBuf>,
}

impl Builder {
    /// Generates from this document and the files that it refers to.
    pub fn new(document: impl Into<PathBuf>) -> Self {
        Self {
            document: document.into(),
            recipe: None,
            root: None,
            only: Vec::new(),
            allow_errors: false,
            name: None,
            out_dir: None,
        }
    }

    /// Takes the choices of a recipe (see [`Recipe`]).
    pub fn recipe(mut self, path: impl Into<PathBuf>) -> Self {
        self.recipe = Some(path.into());
        self
    }

    /// Lets references lead anywhere below this folder, which holds the document; the default is the document's own
    /// folder.
    pub fn root(mut self, folder: impl Into<PathBuf>) -> Self {
        self.root = Some(folder.into());
        self
    }

    /// Keeps only operations with one of these tags or operation ids, and the types that they reach. One that selects
    /// nothing is an error.
    pub fn only<S: Into<String>>(mut self, selectors: impl IntoIterator<Item = S>) -> Self {
        self.only.extend(selectors.into_iter().map(Into::into));
        self
    }

    /// Generates from what is usable of a document with errors.
    pub fn allow_errors(mut self) -> Self {
        self.allow_errors = true;
        self
    }

    /// Names the output: `name.rs`. The default is the file name of the document, with `.rs` for its extension.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Writes into this folder; the default is `OUT_DIR`.
    pub fn out_dir(mut self, folder: impl Into<PathBuf>) -> Self {
        self.out_dir = Some(folder.into());
        self
    }

    /// Generates the module, and gives the path of its file.
    ///
    /// # Errors
    /// If a file cannot be read or written, the recipe cannot be used, or the document has errors that are not allowed.
    /// What is wrong with the document has been printed by then.
    pub fn generate(&self) -> Result<PathBuf, BuildError> {
        let mut said = String::new();
        let result = self.generate_saying(&mut said);
        // Nobody listens where standard output is closed.
        drop(io::stdout().lock().write_all(said.as_bytes()));
        result
    }

    /// Generates the module; on an error says so on standard error and ends the process with exit code 1.
    pub fn run(&self) -> PathBuf {
        self.generate().unwrap_or_else(|error| {
            report(&format!("error: {error}\n"));
            std::process::exit(1)
        })
    }

    /// The same as [`generate`](Self::generate), with what cargo is to be told in `said`.
    fn generate_saying(&self, said: &mut String) -> Result<PathBuf, BuildError> {
        let package = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
        let package = package.unwrap_or_default();
        let target = self.target(&package)?;
        let recipe = self.read_recipe(&package, said)?;
        let loaded = self.load(&package, said)?;
        let mut findings = loaded.diagnostics.clone();
        let result = self.source(&loaded, &recipe, &mut findings);
        self.show(findings, &loaded, said);
        write_if_changed(&target, &result?)?;
        Ok(target)
    }

    /// The text of the module.
    fn source(
        &self,
        loaded: &Loaded,
        recipe: &Recipe,
        findings: &mut Vec<Diagnostic>,
    ) -> Result<String, BuildError> {
        let error = |why: &str| Err(BuildError(format!("`{}` {why}", self.document.display())));
        let Some(description) = &loaded.description else {
            return error("cannot be used");
        };
        if loaded.has_consequential_errors() && !self.allow_errors {
            return error(
                "has errors that leave something out; `Builder::allow_errors` uses what can be used",
            );
        }
        let mut generated = generate_module(description, recipe);
        loaded.locate(&mut generated.diagnostics);
        let unused = generated
            .diagnostics
            .iter()
            .any(|it| it.severity == Severity::Error);
        findings.append(&mut generated.diagnostics);
        if unused {
            return error("does not have what the build script or the recipe names");
        }
        Ok(generated.source)
    }

    fn target(&self, package: &Path) -> Result<PathBuf, BuildError> {
        let folder = match (&self.out_dir, env::var_os("OUT_DIR")) {
            (Some(folder), _) => package.join(folder),
            (None, Some(folder)) => PathBuf::from(folder),
            (None, None) => {
                let why = "`OUT_DIR` is not set: outside build scripts, name a folder with `Builder::out_dir`";
                return Err(BuildError(why.to_owned()));
            }
        };
        let name = match &self.name {
            Some(name) => name.clone(),
            None => {
                let stem = self.document.file_stem().unwrap_or_default();
                stem.to_string_lossy().into_owned()
            }
        };
        let plain = |it: char| it.is_alphanumeric() || matches!(it, '-' | '_' | '.');
        if name.starts_with('.') || name.is_empty() || !name.chars().all(plain) {
            let why = "a module is named with letters, digits, `-`, `_` and `.`";
            return Err(BuildError(format!("`{name}` names no file: {why}")));
        }
        Ok(folder.join(format!("{name}.rs")))
    }

    fn read_recipe(&self, package: &Path, said: &mut String) -> Result<Recipe, BuildError> {
        let mut recipe = match &self.recipe {
            Some(path) => {
                watch(path, said);
                let text = fs::read_to_string(package.join(path))
                    .map_err(|error| BuildError::file("read", path, &error))?;
                Recipe::parse(&text).map_err(|error| {
                    BuildError(format!(
                        "cannot use the recipe `{}`: {error}",
                        path.display()
                    ))
                })?
            }
            None => Recipe::default(),
        };
        recipe.set_only(self.only.clone());
        Ok(recipe)
    }

    fn load(&self, package: &Path, said: &mut String) -> Result<Loaded, BuildError> {
        let unreadable = |error: &io::Error| BuildError::file("read", &self.document, error);
        let parent = self.document.parent().unwrap_or(Path::new(""));
        let (folder, entry) = match &self.root {
            None => (
                parent,
                PathBuf::from(self.document.file_name().unwrap_or_default()),
            ),
            Some(root) => {
                watch(&self.document, said);
                let below = below(&package.join(&self.document), &package.join(root));
                (root.as_path(), below.map_err(|error| unreadable(&error))?)
            }
        };
        let entry = entry.to_str().filter(|entry| !entry.is_empty());
        let entry = entry.ok_or_else(|| unreadable(&io::ErrorKind::InvalidFilename.into()))?;
        let loader = Recorder {
            inner: FolderLoader::new(package.join(folder)),
            asked: RefCell::default(),
        };
        let loaded = load(&entry.replace('\\', "/"), &loader);
        for path in loader.asked.take() {
            watch(&folder.join(path), said);
        }
        let mut loaded = loaded.map_err(|error| unreadable(&error))?;
        loaded
            .sources
            .rename(|name| folder.join(name).display().to_string());
        Ok(loaded)
    }

    /// Shows errors and warnings; what is merely worth knowing is for `specwright check`.
    fn show(&self, mut findings: Vec<Diagnostic>, loaded: &Loaded, said: &mut String) {
        findings.retain(|it| it.severity != Severity::Info);
        report(&render::text(
            &findings,
            &loaded.sources,
            render::Style::Plain,
        ));
        let warnings = || {
            findings
                .iter()
                .filter(|it| it.severity == Severity::Warning)
        };
        for warning in warnings().take(MOST_WARNINGS) {
            said.push_str(&format!("cargo::warning={}\n", one_line(warning, loaded)));
        }
        let more = warnings().count().saturating_sub(MOST_WARNINGS);
        if more > 0 {
            said.push_str(&format!(
                "cargo::warning={more} more about `{}`; `cargo build -vv` shows all\n",
                self.document.display()
            ));
        }
    }
}

/// Why a build script cannot generate a module.
///
/// `Debug` prints the same as `Display`, because that is what `fn main() -> Result<…>` prints.
#[derive(Clone, PartialEq, Eq)]
pub struct BuildError(String);

impl BuildError {
    fn file(what: &str, path: &Path, error: &io::Error) -> Self {
        Self(format!("cannot {what} `{}`: {error}", path.display()))
    }
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for BuildError {}

/// Remembers which files were asked for, those that do not exist included: one may appear.
struct Recorder {
    inner: FolderLoader,
    asked: RefCell<BTreeSet<String>>,
}

impl Loader for Recorder {
    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        let read = self.inner.read(path);
        let forbidden =
            matches!(&read, Err(error) if error.kind() == io::ErrorKind::PermissionDenied);
        if !forbidden {
            self.asked.borrow_mut().insert(path.to_owned());
        }
        read
    }
}

/// Has cargo run the script again when a file changes.
fn watch(path: &Path, said: &mut String) {
    let line = format!("cargo::rerun-if-changed={}\n", path.display());
    if !said.contains(&line) {
        said.push_str(&line);
    }
}

/// `api.yaml:3:9: message [rule]`.
fn one_line(finding: &Diagnostic, loaded: &Loaded) -> String {
    let source = finding.file.and_then(|file| loaded.sources.get(file));
    let place = source.map(|source| match &finding.span {
        Some(span) => {
            let at = source.line_column(span.bytes.start);
            format!("{}:{}:{}: ", source.name(), at.line, at.column)
        }
        None => format!("{}: ", source.name()),
    });
    let message = finding.message.replace(['\n', '\r'], " ");
    format!(
        "{}{message} [{}]",
        place.unwrap_or_default(),
        finding.rule.name
    )
}

/// The path of a file as seen from a folder that holds it.
fn below(path: &Path, root: &Path) -> io::Result<PathBuf> {
    let (path, root) = (path.canonicalize()?, root.canonicalize()?);
    let inside = path.strip_prefix(&root).map(Path::to_owned);
    inside.map_err(|_| io::Error::other(format!("it is not below `{}`", root.display())))
}

/// Leaves a file alone that is as it should be, so that whoever watches it sees real changes only.
fn write_if_changed(path: &Path, text: &str) -> Result<(), BuildError> {
    if fs::read(path).is_ok_and(|found| found == text.as_bytes()) {
        return Ok(());
    }
    path.parent()
        .map_or(Ok(()), fs::create_dir_all)
        .and_then(|()| fs::write(path, text))
        .map_err(|error| BuildError::file("write", path, &error))
}

/// Prints to standard error; when that is closed there is nobody to tell.
fn report(text: &str) {
    drop(io::stderr().lock().write_all(text.as_bytes()));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cargo_is_told_every_file_that_was_read() {
        let api = "../../tests/examples/build-script/api";
        let out = env::temp_dir().join(format!("specwright-builder-{}", std::process::id()));
        let builder = Builder::new(format!("{api}/library.yaml"))
            .recipe(format!("{api}/generate.toml"))
            .out_dir(&out);
        let mut said = String::new();
        let path = builder.generate_saying(&mut said);
        let expected: String = ["generate.toml", "library.yaml", "schemas.yaml"]
            .map(|file| format!("cargo::rerun-if-changed={api}/{file}\n"))
            .concat();
        drop(fs::remove_dir_all(&out));
        assert_eq!(path.unwrap(), out.join("library.rs"));
        assert_eq!(said, expected);
    }
}
