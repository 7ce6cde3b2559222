//! What all generated models have in common.

use std::fmt;

use serde_json::Value;

use super::document::{parse, to_vec};
use super::to_json::ToJson;

/// Shows a model as its name and its JSON: on one line, or indented for `{:#?}`.
///
/// # Errors
/// Those of the formatter.
pub fn fmt_model(name: &str, model: &dyn ToJson, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    f.write_str(name)?;
    f.write_str(" ")?;
    match (to_vec(&model), f.alternate()) {
        (Ok(text), false) => f.write_str(&String::from_utf8_lossy(&text)),
        (Ok(text), true) => match parse::<Value>(&text) {
            Ok(value) => write!(f, "{value:#}"),
            Err(_) => f.write_str(&String::from_utf8_lossy(&text)),
        },
        // A number that is not finite has no JSON.
        (Err(error), _) => write!(f, "{{{error}}}"),
    }
}

/// Whether two models have the same JSON, whatever the order of free keys. One that has no JSON, because of a number
/// that is not finite, equals none.
pub fn models_are_equal(left: &dyn ToJson, right: &dyn ToJson) -> bool {
    let value = |model: &dyn ToJson| parse::<Value>(&to_vec(&model).ok()?).ok();
    matches!((value(left), value(right)), (Some(left), Some(right)) if left == right)
}

/// Implements `Debug` and `PartialEq` for types with [`ToJson`](crate::ToJson), by their JSON.
///
/// Deriving both costs the compiler more than everything else about a model together (docs/performance.md).
///
/// ```
/// use specwright_runtime::{JsonWriter, ToJson};
///
/// struct Contact {
///     name: String,
/// }
///
/// impl ToJson for Contact {
///     fn to_json(&self, json: &mut JsonWriter) {
///         json.begin_object();
///         json.field("name", &self.name);
///         json.end_object();
///     }
/// }
///
/// specwright_runtime::impl_model!(Contact);
///
/// let contact = Contact { name: "Ada".to_owned() };
/// assert_eq!(format!("{contact:?}"), r#"Contact {"name":"Ada"}"#);
/// assert_ne!(contact, Contact { name: "Bob".to_owned() });
/// ```
#[macro_export]
macro_rules! impl_model {
    ($($type:ident),* $(,)?) => { $(
        impl ::core::fmt::Debug for $type {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::__private::fmt_model(stringify!($type), self, f)
            }
        }

        impl ::core::cmp::PartialEq for $type {
            fn eq(&self, other: &Self) -> bool {
                $crate::__private::models_are_equal(self, other)
            }
        }
    )* };
}

#[cfg(test)]
mod tests {
    use indexmap::IndexMap;

    use super::*;

    static NUMBERS: &[i32] = &[1, 2];

    struct Shown(&'static dyn ToJson);

    impl fmt::Debug for Shown {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            fmt_model("Shown", self.0, f)
        }
    }

    #[test]
    fn models_are_shown_on_one_line_or_indented() {
        assert_eq!(format!("{:?}", Shown(&NUMBERS)), "Shown [1,2]");
        assert_eq!(format!("{:#?}", Shown(&NUMBERS)), "Shown [\n  1,\n  2\n]");
        assert_eq!(
            format!("{:?}", Shown(&f64::NAN)),
            "Shown {$: the number is not finite}"
        );
    }

    #[test]
    fn the_order_of_free_keys_does_not_matter() {
        let map = |pairs: [(&str, i64); 2]| -> IndexMap<String, i64> {
            pairs
                .into_iter()
                .map(|(key, value)| (key.to_owned(), value))
                .collect()
        };
        let (left, right) = (map([("a", 1), ("b", 2)]), map([("b", 2), ("a", 1)]));
        assert!(models_are_equal(&left, &right));
        assert!(!models_are_equal(&left, &map([("a", 1), ("b", 3)])));
        assert!(!models_are_equal(&f64::NAN, &f64::NAN));
    }
}
