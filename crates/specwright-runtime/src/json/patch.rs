//! `Patch`: a property that can be left out, set to null, or set.

use super::to_json::ToJson;
use super::writer::JsonWriter;

/// A property of a request that is left out, set to null, or set to a value: what a merge patch
/// (RFC 7396) tells apart.
///
/// ```
/// use specwright_runtime::{JsonWriter, Patch};
///
/// let (name, phone, age) = (Patch::from("Ada"), Patch::<String>::from(None), Patch::<u8>::Absent);
/// let mut json = JsonWriter::new();
/// json.begin_object();
/// json.patch("name", &name);
/// json.patch("phone", &phone);
/// json.patch("age", &age);
/// json.end_object();
/// assert_eq!(json.finish()?, br#"{"name":"Ada","phone":null}"#);
/// # Ok::<(), specwright_runtime::EncodeError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Patch<T> {
    /// Left out.
    #[default]
    Absent,
    /// Set to `null`.
    Null,
    /// Set to this.
    Value(T),
}

impl<T> Patch<T> {
    /// Whether the property is left out.
    pub fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// Whether the property is set to `null`.
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// The value, if there is one.
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// The value, if there is one.
    pub fn into_value(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }
}

impl<T> From<T> for Patch<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

/// `None` is `null`.
impl<T> From<Option<T>> for Patch<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Self::Value)
    }
}

impl JsonWriter {
    /// Writes a field unless it is absent.
    pub fn patch<T: ToJson>(&mut self, name: &str, value: &Patch<T>) {
        match value {
            Patch::Absent => {}
            Patch::Null => {
                self.key(name);
                self.null();
            }
            Patch::Value(value) => self.field(name, value),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_options_and_nothing_are_told_apart() {
        assert_eq!(Patch::<i32>::from(1), Patch::Value(1));
        assert_eq!(Patch::<i32>::from(Some(1)), Patch::Value(1));
        assert_eq!(Patch::<i32>::from(None), Patch::Null);
        assert!(Patch::<i32>::default().is_absent() && !Patch::<i32>::default().is_null());
        assert!(Patch::<i32>::Null.is_null() && !Patch::<i32>::Null.is_absent());
        assert_eq!(Patch::Value(1).value(), Some(&1));
        assert_eq!(
            Patch::Value("a".to_owned()).into_value().as_deref(),
            Some("a")
        );
        assert_eq!(
            (
                Patch::<i32>::Null.value(),
                Patch::<i32>::Absent.into_value()
            ),
            (None, None)
        );
    }

    #[test]
    fn absent_writes_nothing_wherever_it_stands() {
        let mut json = JsonWriter::new();
        json.begin_object();
        json.patch("a", &Patch::<bool>::Absent);
        json.patch("b", &Patch::<bool>::Null);
        json.patch("c", &Patch::<bool>::Absent);
        json.patch("d", &Patch::Value(vec![1, 2]));
        json.end_object();
        assert_eq!(json.finish().unwrap(), br#"{"b":null,"d":[1,2]}"#);
    }
}
