//! Walks that are stored and go on in another process.

use std::fmt;
use std::str::FromStr;

use super::plan::{PagePlan, Place};
use super::position::Position;
use crate::error::{ConfigurationError, DecodeError};
use crate::json::{FromJson, JsonError, JsonReader, JsonWriter, ToJson, from_slice, to_vec};
use crate::request::Request;

/// The version of the stored form.
const VERSION: u64 = 1;

/// Where a walk stands, to the item: what [`Items::checkpoint`](super::Items::checkpoint) gives and
/// [`Items::resume`](super::Items::resume) takes, in another process too.
///
/// Stored as JSON it is an object, `{"version":1,"plan":"<16 hex digits>","position":…,"index":…}`,
/// and for lists by page number it has the page `size` as well. `plan` is a hash of the operation
/// and its parameters, so that a checkpoint is refused for another list or filter; credentials,
/// headers and cookies are no part of it. The text of [`Display`](fmt::Display) is that JSON, and
/// [`FromStr`] reads it.
///
/// ```
/// use specwright_runtime::{Checkpoint, Position};
///
/// let text = r#"{"version":1,"plan":"00000000000000ff","position":{"offset":40},"index":3}"#;
/// let checkpoint: Checkpoint = text.parse()?;
/// assert_eq!(checkpoint.position(), &Position::Offset(40));
/// assert_eq!(checkpoint.index(), 3);
/// assert_eq!(checkpoint.to_string(), text);
/// # Ok::<(), specwright_runtime::DecodeError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Checkpoint {
    plan: u64,
    position: Position,
    index: u64,
    size: Option<u64>,
}

impl Checkpoint {
    pub(super) fn new(plan: u64, position: Position, index: u64, size: Option<u64>) -> Self {
        Self {
            plan,
            position,
            index,
            size,
        }
    }

    /// The page on which the walk goes on.
    pub fn position(&self) -> &Position {
        &self.position
    }

    /// How many items of that page were taken already.
    pub fn index(&self) -> u64 {
        self.index
    }

    /// Compares the checkpoint with the walk that is to go on with it.
    pub(super) fn check(
        &self,
        operation: &str,
        plan: u64,
        size: Option<u64>,
    ) -> Result<(), ConfigurationError> {
        if self.plan != plan {
            return Err(ConfigurationError::new(format!(
                "{operation}: the checkpoint was made by another operation, plan or filter"
            )));
        }
        if self.size != size {
            let shown = |size: Option<u64>| {
                size.map_or_else(
                    || "an unknown number of".to_owned(),
                    |size| size.to_string(),
                )
            };
            return Err(ConfigurationError::new(format!(
                "{operation}: the checkpoint was made with pages of {} items, and these have {}",
                shown(self.size),
                shown(size),
            )));
        }
        Ok(())
    }
}

impl ToJson for Checkpoint {
    fn to_json(&self, json: &mut JsonWriter) {
        json.begin_object();
        json.field("version", &VERSION);
        json.field("plan", &format!("{:016x}", self.plan));
        json.field("position", &self.position);
        json.field("index", &self.index);
        json.optional("size", &self.size);
        json.end_object();
    }
}

impl FromJson for Checkpoint {
    fn from_json(json: &mut JsonReader<'_>) -> Result<Self, JsonError> {
        let (mut version, mut plan, mut position) = (None, None, None);
        let (mut index, mut size) = (None, None);
        json.begin_object()?;
        while let Some(key) = json.next_key()? {
            match &*key {
                "version" => {
                    let found: u64 = json.read()?;
                    if found != VERSION {
                        return Err(json.error(format!(
                            "a checkpoint of version {found} cannot be read, only {VERSION}"
                        )));
                    }
                    version = Some(found);
                }
                "plan" => {
                    let text = json.read_str()?;
                    let hash = u64::from_str_radix(&text, 16).ok();
                    let hash = hash.filter(|_| text.len() == 16);
                    plan = Some(hash.ok_or_else(|| json.error("expected 16 hexadecimal digits"))?);
                }
                "position" => position = Some(json.read()?),
                "index" => index = Some(json.read()?),
                "size" => size = json.read()?,
                _ => json.skip()?,
            }
        }
        json.required("version", version)?;
        Ok(Self {
            plan: json.required("plan", plan)?,
            position: json.required("position", position)?,
            index: json.required("index", index)?,
            size,
        })
    }
}

impl fmt::Display for Checkpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = to_vec(self).map_err(|_| fmt::Error)?;
        f.write_str(std::str::from_utf8(&text).map_err(|_| fmt::Error)?)
    }
}

impl FromStr for Checkpoint {
    type Err = DecodeError;

    fn from_str(text: &str) -> Result<Self, DecodeError> {
        from_slice(text.as_bytes())
    }
}

/// A hash of what makes a walk one through this very list: the operation, the plan, and the
/// request's parameters but for those of paging itself. The same in every build.
pub(super) fn fingerprint(request: &Request, plan: &PagePlan) -> u64 {
    let operation = request.operation();
    let places: Vec<Place> = [plan.position, plan.previous, plan.size]
        .into_iter()
        .flatten()
        .collect();
    let mut hash = Fnv::new();
    hash.part(operation.id().as_bytes());
    hash.part(operation.method().as_bytes());
    hash.part(operation.path().as_bytes());
    hash.part(plan.style.name().as_bytes());
    for place in [plan.position, plan.previous, plan.size] {
        hash.part(place.map(Place::text).unwrap_or_default().as_bytes());
    }
    for filter in request.filters(&places) {
        hash.part(&filter);
    }
    hash.0
}

/// FNV-1a with 64 bits.
struct Fnv(u64);

impl Fnv {
    fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    /// Adds bytes and their number, so that no two lists of parts have the same text.
    fn part(&mut self, bytes: &[u8]) {
        for byte in (bytes.len() as u64).to_le_bytes().iter().chain(bytes) {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checkpoints_are_stored_as_json_and_read_strictly() {
        let by_page = Checkpoint::new(7, Position::Page(3), 2, Some(25));
        let text =
            r#"{"version":1,"plan":"0000000000000007","position":{"page":3},"index":2,"size":25}"#;
        assert_eq!(by_page.to_string(), text);
        assert_eq!(text.parse::<Checkpoint>().unwrap(), by_page);
        let at_start = Checkpoint::new(u64::MAX, Position::Start, 0, None);
        assert_eq!(
            at_start.to_string().parse::<Checkpoint>().unwrap(),
            at_start
        );
        for text in [
            "{}",
            "null",
            r#"{"version":2,"plan":"0000000000000007","position":null,"index":2}"#,
            r#"{"version":1,"plan":"7","position":null,"index":2}"#,
            r#"{"version":1,"plan":"000000000000000x","position":null,"index":2}"#,
            r#"{"version":1,"plan":"0000000000000007","position":null,"index":-1}"#,
            r#"{"version":1,"plan":"0000000000000007","index":0}"#,
            r#"{"plan":"0000000000000007","position":null,"index":2}"#,
        ] {
            assert!(text.parse::<Checkpoint>().is_err(), "{text}");
        }
    }

    #[test]
    fn the_hash_is_the_published_one() {
        let mut hash = Fnv::new();
        for byte in b"foobar" {
            hash.0 = (hash.0 ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3);
        }
        assert_eq!(hash.0, 0x8594_4171_f739_67e8);
    }
}
