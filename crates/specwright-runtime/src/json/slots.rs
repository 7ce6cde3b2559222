//! Filling the slots of an object that is being read: one short call for each field.

use indexmap::IndexMap;

use super::error::JsonError;
use super::from_json::FromJson;
use super::patch::Patch;
use super::reader::JsonReader;

impl JsonReader<'_> {
    /// Reads a value into `slot`; of repeated fields the last counts.
    ///
    /// # Errors
    /// The text is not JSON, or the value does not fit `T`: `null` fits only types that take it.
    pub fn set<T: FromJson>(&mut self, slot: &mut Option<T>) -> Result<(), JsonError> {
        *slot = Some(self.read()?);
        Ok(())
    }

    /// Reads a value or `null` into `slot`; `null` is `None`.
    ///
    /// # Errors
    /// The text is not JSON, or the value does not fit `T`.
    pub fn set_nullable<T: FromJson>(&mut self, slot: &mut Option<T>) -> Result<(), JsonError> {
        *slot = self.read()?;
        Ok(())
    }

    /// Reads a value or `null` into `slot`.
    ///
    /// # Errors
    /// The text is not JSON, or the value does not fit `T`.
    pub fn set_patch<T: FromJson>(&mut self, slot: &mut Patch<T>) -> Result<(), JsonError> {
        *slot = self.read::<Option<T>>()?.into();
        Ok(())
    }

    /// Reads a map into `slot`: an object, `[]` for an empty one (see
    /// [`read_lenient_map`](Self::read_lenient_map)), or `null` for `None`.
    ///
    /// # Errors
    /// The text is not JSON, or the value is none of these.
    pub fn set_lenient_map<T: FromJson>(
        &mut self,
        slot: &mut Option<IndexMap<String, T>>,
    ) -> Result<(), JsonError> {
        *slot = self.read_lenient_map()?;
        Ok(())
    }

    /// Reads a value into `map` under `key`; of repeated keys the last value counts.
    ///
    /// # Errors
    /// The text is not JSON, or the value does not fit `T`.
    pub fn insert<T: FromJson>(
        &mut self,
        map: &mut IndexMap<String, T>,
        key: &str,
    ) -> Result<(), JsonError> {
        let value = self.read()?;
        map.insert(key.to_owned(), value);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::error::{JsonErrorKind, JsonKind};
    use super::*;

    fn reader(text: &str) -> JsonReader<'_> {
        JsonReader::new(text.as_bytes())
    }

    #[test]
    fn a_slot_takes_null_only_where_it_may() {
        let mut slot = None;
        reader("7").set(&mut slot).unwrap();
        assert_eq!(slot, Some(7));
        let error = reader("null").set(&mut slot).unwrap_err();
        let expected = JsonErrorKind::Mismatch {
            expected: "an integer",
            found: JsonKind::Null,
        };
        assert_eq!(error.kind(), &expected);
        reader("null").set_nullable(&mut slot).unwrap();
        assert_eq!(slot, None);
        reader("8").set_nullable(&mut slot).unwrap();
        assert_eq!(slot, Some(8));
        let mut nullable = None::<Option<i32>>;
        reader("null").set(&mut nullable).unwrap();
        assert_eq!(nullable, Some(None));
    }

    #[test]
    fn a_patch_keeps_null_and_value_apart() {
        let mut slot = Patch::Absent;
        reader("null").set_patch(&mut slot).unwrap();
        assert_eq!(slot, Patch::<bool>::Null);
        reader("true").set_patch(&mut slot).unwrap();
        assert_eq!(slot, Patch::Value(true));
        assert!(reader("1").set_patch(&mut slot).is_err());
    }

    #[test]
    fn maps_are_filled_by_key_and_lenient_about_empty_arrays() {
        let mut map = IndexMap::new();
        reader("1").insert(&mut map, "a").unwrap();
        reader("2").insert(&mut map, "b").unwrap();
        reader("3").insert(&mut map, "a").unwrap();
        assert_eq!(
            map.into_iter().collect::<Vec<_>>(),
            [("a".to_owned(), 3), ("b".to_owned(), 2)]
        );
        let mut slot = None::<IndexMap<String, i32>>;
        reader("[ ]").set_lenient_map(&mut slot).unwrap();
        assert_eq!(slot, Some(IndexMap::new()));
        reader("null").set_lenient_map(&mut slot).unwrap();
        assert_eq!(slot, None);
        assert!(reader("[1]").set_lenient_map(&mut slot).is_err());
    }
}
