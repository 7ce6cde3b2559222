//! Documents with their findings mended, in memory and on disk.

use std::{
    collections::BTreeMap,
    ffi::OsString,
    fs,
    io::Write as _,
    path::{Path, PathBuf},
};

use specwright_conformance::check::{Checked, Config, check, fix::fixes};
use specwright_openapi::{Edit, Loaded, diagnostics::FileId};

use crate::{
    document::{Document, Texts},
    failure::Failure,
};

/// How often a document is read again: what two fixes would change at once, or what one fix brings to light, is left
/// for the next time.
const MOST_ROUNDS: usize = 10;

/// A document after its fixes.
pub(crate) struct Fixed {
    /// What is left.
    pub(crate) loaded: Loaded,
    pub(crate) checked: Checked,
    /// Every file that was fixed or has findings left, by name.
    pub(crate) files: BTreeMap<String, FixedFile>,
}

/// One file of a document.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct FixedFile {
    /// The text before and after, if something was fixed.
    pub(crate) texts: Option<(String, String)>,
    pub(crate) fixed: usize,
    pub(crate) left: usize,
}

/// Mends what can be mended without asking; nothing is written.
pub(crate) fn fixed(document: &Document, config: &Config) -> Result<Fixed, Failure> {
    if !document.is_file() {
        let message = "is no file that could be fixed";
        return Err(Failure::new(format!("`{}` {message}", document.name())));
    }
    let mut files = BTreeMap::new();
    let mut texts = Texts::new();
    let mut loaded = document.load_edited(&texts)?;
    let mut checked = check(&loaded, config);
    for _ in 0..MOST_ROUNDS {
        if !round(&loaded, &checked, &mut texts, &mut files) {
            break;
        }
        loaded = document.load_edited(&texts)?;
        checked = check(&loaded, config);
    }
    for diagnostic in &checked.diagnostics {
        let source = diagnostic.file.and_then(|file| loaded.sources.get(file));
        if let Some(source) = source {
            let file: &mut FixedFile = files.entry(source.name().to_owned()).or_default();
            file.left += 1;
        }
    }
    Ok(Fixed {
        loaded,
        checked,
        files,
    })
}

/// Does every fix there is; whether there was one.
fn round(
    loaded: &Loaded,
    checked: &Checked,
    texts: &mut Texts,
    files: &mut BTreeMap<String, FixedFile>,
) -> bool {
    let mut by_file: BTreeMap<FileId, Vec<Vec<Edit>>> = BTreeMap::new();
    for fix in fixes(loaded, checked) {
        by_file.entry(fix.file).or_default().push(fix.edits);
    }
    let mut any = false;
    for (id, groups) in by_file {
        let Some((source, edited)) = loaded.sources.get(id).zip(loaded.edited(id, &groups)) else {
            continue;
        };
        let name = source.name();
        let done = edited.done.iter().filter(|done| **done).count();
        let is_first = !texts.contains_key(name);
        if done == 0 || (is_first && !is_on_disk(name, source.text())) {
            continue;
        }
        any = true;
        texts.insert(name.to_owned(), edited.text.clone());
        let file = files.entry(name.to_owned()).or_default();
        file.fixed += done;
        match &mut file.texts {
            Some((_, after)) => *after = edited.text,
            none => *none = Some((source.text().to_owned(), edited.text)),
        }
    }
    any
}

const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// Whether a file holds a text as it was read: not if its bytes are no UTF-8, which cannot be kept.
fn is_on_disk(name: &str, text: &str) -> bool {
    fs::read(name).is_ok_and(|bytes| without_mark(&bytes) == text.as_bytes())
}

fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes)
}

/// Puts the new text in place of the old one, at once or not at all. Permissions and a byte order mark stay.
pub(crate) fn write(name: &str, before: &str, after: &str) -> Result<(), Failure> {
    let cannot = |error: std::io::Error| Failure::doing(format_args!("write `{name}`"), error);
    let refused = |why: &str| Failure::new(format!("cannot write `{name}`: {why}"));
    // A link stays one: what it leads to is replaced.
    let place = Path::new(name).canonicalize().map_err(cannot)?;
    let permissions = fs::metadata(&place).map_err(cannot)?.permissions();
    if permissions.readonly() {
        return Err(refused("it is read-only"));
    }
    let old = fs::read(&place).map_err(cannot)?;
    if without_mark(&old) != before.as_bytes() {
        return Err(refused("it was changed meanwhile"));
    }
    let mut bytes = Vec::new();
    if old.starts_with(BYTE_ORDER_MARK) {
        bytes.extend_from_slice(BYTE_ORDER_MARK);
    }
    bytes.extend_from_slice(after.as_bytes());
    let staged = beside(&place).ok_or_else(|| refused("it has no name"))?;
    let mut file = fs::File::create_new(&staged)
        .map_err(|error| Failure::doing(format_args!("write `{}`", staged.display()), error))?;
    let written = file
        .write_all(&bytes)
        .and_then(|()| file.sync_all())
        .and_then(|()| fs::set_permissions(&staged, permissions))
        .and_then(|()| fs::rename(&staged, &place));
    if written.is_err() {
        drop(fs::remove_file(&staged));
    }
    written.map_err(cannot)
}

/// A hidden file in the same folder.
fn beside(place: &Path) -> Option<PathBuf> {
    let mut name = OsString::from(".");
    name.push(place.file_name()?);
    name.push(".fixed");
    Some(place.with_file_name(name))
}
