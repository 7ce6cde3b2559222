//! `consumes` and `produces` (OpenAPI 2.0, Swagger Object and Operation Object), which 3.0 says as keys of `content`.

use specwright_diagnostics::Pointer;

use super::place::{Place, Record, TOO_LARGE};
use crate::tree::{Node, Object};

/// How many media types one list may hold.
const MOST: usize = 256;

pub(super) const JSON: &str = "application/json";
pub(super) const BYTES: &str = "application/octet-stream";

/// The media types that an operation takes or gives; empty if nothing is declared.
#[derive(Debug, Clone, Default)]
pub(super) struct MediaTypes(Vec<MediaType>);

/// One media type.
#[derive(Debug, Clone)]
pub(super) struct MediaType {
    pub(super) name: String,
    /// Where it is declared.
    source: Option<Pointer>,
}

impl MediaType {
    pub(super) fn declared(name: &str, source: Pointer) -> Self {
        Self {
            name: name.to_owned(),
            source: Some(source),
        }
    }

    /// A media type that is nowhere declared.
    pub(super) fn assumed(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            source: None,
        }
    }

    /// Whether this is `name`, whatever its parameters are (RFC 9110 §8.3.1).
    pub(super) fn is(&self, name: &str) -> bool {
        essence(&self.name).eq_ignore_ascii_case(essence(name))
    }
}

/// `text/html` of `text/html; charset=utf-8`.
fn essence(name: &str) -> &str {
    name.split(';').next().unwrap_or_default().trim()
}

impl MediaTypes {
    /// Reads the list at `source`; one that is empty says that nothing is declared.
    pub(super) fn read(list: &Node, source: &Pointer, record: &mut Record<'_>) -> Self {
        let mut types = Self::default();
        for (index, node) in list.as_array().unwrap_or_default().iter().enumerate() {
            let Some(name) = node.as_str() else { continue };
            if types.0.len() == MOST {
                record.lose(
                    &TOO_LARGE,
                    source,
                    format!("only the first {MOST} media types are used"),
                );
                break;
            }
            if types.0.iter().all(|it| it.name != name) {
                types.0.push(MediaType::declared(name, source.index(index)));
            }
        }
        types
    }

    /// Those of an operation, whose own list replaces the one of the root even if it is empty.
    pub(super) fn of_operation(
        operation: &mut Object,
        field: &str,
        place: &Place,
        of_root: &Self,
        record: &mut Record<'_>,
    ) -> Self {
        match operation.remove(field) {
            Some(list @ Node::Array(_)) => Self::read(&list, &place.source.join(field), record),
            _ => of_root.clone(),
        }
    }

    /// These, or `assumed` if nothing is declared.
    pub(super) fn or(&self, assumed: &str) -> Vec<MediaType> {
        match self.0.as_slice() {
            [] => vec![MediaType::assumed(assumed)],
            declared => declared.to_vec(),
        }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &MediaType> {
        self.0.iter()
    }

    pub(super) fn names(&self) -> Vec<String> {
        self.0.iter().map(|it| it.name.clone()).collect()
    }
}

/// `types`, or the first of them if `schema`, which stood at `source`, is too large to be copied for each.
pub(super) fn affordable(
    mut types: Vec<MediaType>,
    schema: Option<&Object>,
    source: &Pointer,
    record: &mut Record<'_>,
) -> Vec<MediaType> {
    let nothing = Object::default();
    let copies = types.len().saturating_sub(1);
    if !record.may_copy(schema.unwrap_or(&nothing), copies, source) {
        types.truncate(1);
    }
    types
}

/// A map of Media Type Objects at `normal`, one for each of `types`; `make` gets the pointer to the one it makes.
pub(super) fn content(
    types: &[MediaType],
    normal: &Pointer,
    record: &mut Record<'_>,
    mut make: impl FnMut(&MediaType, &Pointer, &mut Record<'_>) -> Object,
) -> Node {
    let mut content = Object::default();
    for media_type in types {
        let at = normal.join(&media_type.name);
        if let Some(source) = &media_type.source {
            record.moved(&Place::new(at.clone(), source.clone()));
        }
        let made = make(media_type, &at, record);
        content.insert(media_type.name.clone(), Node::Object(made));
    }
    Node::Object(content)
}
