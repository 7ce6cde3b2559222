//! Objects as tables: what generated models hand to the reader.
//!
//! A model's fields are slots in a table, and one function that is compiled once fills them. That costs the compiler a
//! fraction of what a `match` over the keys with an error path per field does (docs/performance.md).

use indexmap::IndexMap;

use super::error::{JsonError, JsonErrorKind};
use super::from_json::FromJson;
use super::patch::Patch;
use super::reader::JsonReader;

/// A field while its object is read.
pub trait Slot {
    /// Reads the value of an optional field; null is as good as absent unless the slot tells them apart.
    ///
    /// # Errors
    /// The value does not fit.
    fn fill(&mut self, json: &mut JsonReader<'_>) -> Result<(), JsonError>;

    /// Reads the value of a required field.
    ///
    /// # Errors
    /// The value does not fit.
    fn fill_required(&mut self, json: &mut JsonReader<'_>) -> Result<(), JsonError> {
        self.fill(json)
    }

    /// Whether nothing was read.
    fn is_empty(&self) -> bool;
}

impl<T: FromJson> Slot for Option<T> {
    fn fill(&mut self, json: &mut JsonReader<'_>) -> Result<(), JsonError> {
        *self = json.read()?;
        Ok(())
    }

    fn fill_required(&mut self, json: &mut JsonReader<'_>) -> Result<(), JsonError> {
        *self = Some(json.read()?);
        Ok(())
    }

    fn is_empty(&self) -> bool {
        self.is_none()
    }
}

impl<T: FromJson> Slot for Patch<T> {
    fn fill(&mut self, json: &mut JsonReader<'_>) -> Result<(), JsonError> {
        json.set_patch(self)
    }

    fn is_empty(&self) -> bool {
        self.is_absent()
    }
}

/// A slot for a map that takes `[]` as the empty one: what PHP encodes an empty associative array as.
#[derive(Debug)]
pub struct LenientMap<T>(Option<IndexMap<String, T>>);

impl<T> LenientMap<T> {
    /// The map, if there was one.
    pub fn into_inner(self) -> Option<IndexMap<String, T>> {
        self.0
    }
}

impl<T> Default for LenientMap<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T: FromJson> Slot for LenientMap<T> {
    fn fill(&mut self, json: &mut JsonReader<'_>) -> Result<(), JsonError> {
        self.0 = json.read_lenient_map()?;
        Ok(())
    }

    fn fill_required(&mut self, json: &mut JsonReader<'_>) -> Result<(), JsonError> {
        self.0 = Some(json.read_lenient_map()?.unwrap_or_default());
        Ok(())
    }

    fn is_empty(&self) -> bool {
        self.0.is_none()
    }
}

/// Where the fields go that a model does not name.
trait Rest {
    fn put(&mut self, key: &str, json: &mut JsonReader<'_>) -> Result<(), JsonError>;
}

struct Skipped;

impl Rest for Skipped {
    fn put(&mut self, _: &str, json: &mut JsonReader<'_>) -> Result<(), JsonError> {
        json.skip()
    }
}

impl<T: FromJson> Rest for IndexMap<String, T> {
    fn put(&mut self, key: &str, json: &mut JsonReader<'_>) -> Result<(), JsonError> {
        let value = json.read()?;
        self.insert(key.to_owned(), value);
        Ok(())
    }
}

/// Fields by name.
type Fields<'t, 's> = &'t mut [(&'static str, &'s mut dyn Slot)];

impl JsonReader<'_> {
    /// Reads an object into slots. Other fields are skipped; of a repeated field the last value counts.
    ///
    /// # Errors
    /// The next value is no object, a value does not fit its slot, or a required field is absent.
    pub fn object(
        &mut self,
        required: Fields<'_, '_>,
        optional: Fields<'_, '_>,
    ) -> Result<(), JsonError> {
        self.fields(required, optional, &mut Skipped)
    }

    /// Like [`object`](Self::object), keeping the other fields.
    ///
    /// # Errors
    /// As with [`object`](Self::object), or another field's value is no `T`.
    pub fn object_with_rest<T: FromJson>(
        &mut self,
        required: Fields<'_, '_>,
        optional: Fields<'_, '_>,
        rest: &mut IndexMap<String, T>,
    ) -> Result<(), JsonError> {
        self.fields(required, optional, rest)
    }

    fn fields(
        &mut self,
        required: Fields<'_, '_>,
        optional: Fields<'_, '_>,
        rest: &mut dyn Rest,
    ) -> Result<(), JsonError> {
        self.begin_object()?;
        // Servers write fields in a fixed order, mostly the document's: the next one is tried first.
        let (mut due_required, mut due_optional) = (0, 0);
        while let Some(key) = self.next_key()? {
            if let Some(slot) = find(required, &key, &mut due_required) {
                slot.fill_required(self)?;
            } else if let Some(slot) = find(optional, &key, &mut due_optional) {
                slot.fill(self)?;
            } else {
                rest.put(&key, self)?;
            }
        }
        match required.iter().find(|(_, slot)| slot.is_empty()) {
            Some((name, _)) => Err(self.missing(name)),
            None => Ok(()),
        }
    }

    /// The error for an object whose required fields were read and yet are not there: null where the type takes it.
    #[cold]
    pub fn incomplete(&self) -> JsonError {
        JsonError::new(
            JsonErrorKind::Custom("a required field has no value".to_owned()),
            self.at.saturating_sub(1),
        )
    }
}

/// The slot of a name, looked for from `due` on, which is then the place behind it.
fn find<'t, 's>(
    fields: &'t mut [(&'static str, &'s mut dyn Slot)],
    key: &str,
    due: &mut usize,
) -> Option<&'t mut (dyn Slot + 's)> {
    let hit = fields.get(*due).is_some_and(|(name, _)| *name == key);
    let place = if hit {
        *due
    } else {
        fields.iter().position(|(name, _)| *name == key)?
    };
    *due = place + 1;
    fields.get_mut(place).map(|(_, slot)| &mut **slot)
}

#[cfg(test)]
mod tests {
    use super::*;

    type Read = (Option<String>, Option<i64>, Patch<bool>);

    fn read(text: &str) -> Result<Read, JsonError> {
        let (mut name, mut age, mut active) = (None, None, Patch::Absent);
        let mut json = JsonReader::new(text.as_bytes());
        json.object(
            &mut [("name", &mut name)],
            &mut [("age", &mut age), ("active", &mut active)],
        )?;
        json.finish()?;
        Ok((name, age, active))
    }

    #[test]
    fn fields_are_read_in_any_order() {
        let expected = (Some("Ada".to_owned()), Some(36), Patch::Value(true));
        for text in [
            r#"{"name": "Ada", "age": 36, "active": true}"#,
            r#"{"active": true, "x": [{}], "age": 36, "name": "Ada"}"#,
            r#"{"age": 1, "name": "Bob", "active": false, "age": 36, "active": true, "name": "Ada"}"#,
        ] {
            assert_eq!(read(text).unwrap(), expected, "{text}");
        }
    }

    #[test]
    fn null_is_absent_for_optional_fields_and_an_error_for_required_ones() {
        let read_null = read(r#"{"name": "Ada", "age": null, "active": null}"#).unwrap();
        assert_eq!(read_null, (Some("Ada".to_owned()), None, Patch::Null));
        assert!(matches!(
            read(r#"{"name": null}"#).unwrap_err().kind(),
            JsonErrorKind::Mismatch { .. }
        ));
        assert_eq!(
            *read("{}").unwrap_err().kind(),
            JsonErrorKind::MissingField("name")
        );
    }

    #[test]
    fn other_fields_are_kept_where_the_model_says_so() {
        let mut known: Option<i64> = None;
        let mut rest: IndexMap<String, i64> = IndexMap::new();
        let mut json = JsonReader::new(br#"{"a": 1, "known": 2, "b": 3}"#);
        json.object_with_rest(&mut [], &mut [("known", &mut known)], &mut rest)
            .unwrap();
        assert_eq!(known, Some(2));
        assert_eq!(
            rest,
            IndexMap::from([("a".to_owned(), 1), ("b".to_owned(), 3)])
        );
    }

    #[test]
    fn lenient_maps_take_the_empty_array_of_php() {
        let mut map: LenientMap<i64> = LenientMap::default();
        let mut json = JsonReader::new(br#"{"map": []}"#);
        json.object(&mut [("map", &mut map)], &mut []).unwrap();
        assert_eq!(map.into_inner(), Some(IndexMap::new()));
    }
}
