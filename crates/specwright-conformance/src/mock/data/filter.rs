//! Whether an item is one of those that a request asks for.

use std::cmp::Ordering;

use serde_json::Value;

/// How a value of an item is compared with what a request asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Test {
    /// It is the same text, or one of several in a row with commas if `true`.
    Equal(bool),
    /// It is as great or greater.
    AtLeast,
    /// It is greater.
    Above,
    /// It is as small or smaller.
    AtMost,
    /// It is smaller.
    Below,
    /// It has the text in it; small and capital letters are the same.
    Contains,
}

/// Whether a value at the place in `item` passes with one of the wanted texts.
pub(crate) fn passes(item: &Value, place: &[String], test: Test, wanted: &[&str]) -> bool {
    match (item, place) {
        (Value::Array(elements), _) => elements
            .iter()
            .any(|element| passes(element, place, test, wanted)),
        (Value::Object(object), [name, rest @ ..]) => object
            .get(name)
            .is_some_and(|it| passes(it, rest, test, wanted)),
        (_, [_, ..]) | (Value::Null | Value::Object(_), []) => false,
        (value, []) => wanted.iter().any(|wanted| fits(value, test, wanted)),
    }
}

fn fits(value: &Value, test: Test, wanted: &str) -> bool {
    let ordering = || order_with(value, wanted);
    match test {
        Test::Equal(splits) => {
            let parts = wanted.split(',').filter(|_| splits);
            is_same(value, wanted) || parts.map(str::trim).any(|part| is_same(value, part))
        }
        Test::AtLeast => ordering().is_some_and(Ordering::is_ge),
        Test::Above => ordering().is_some_and(Ordering::is_gt),
        Test::AtMost => ordering().is_some_and(Ordering::is_le),
        Test::Below => ordering().is_some_and(Ordering::is_lt),
        Test::Contains => value
            .as_str()
            .is_some_and(|text| text.to_lowercase().contains(&wanted.to_lowercase())),
    }
}

fn is_same(value: &Value, wanted: &str) -> bool {
    match value {
        Value::String(text) => text == wanted,
        Value::Bool(true) => matches!(wanted, "true" | "1"),
        Value::Bool(false) => matches!(wanted, "false" | "0"),
        Value::Number(number) => number.to_string() == wanted,
        _ => false,
    }
}

/// How a value lies to a text; `None` if they cannot be compared. A day has the moments in it.
fn order_with(value: &Value, wanted: &str) -> Option<Ordering> {
    match value {
        Value::Number(number) => number.as_f64()?.partial_cmp(&wanted.trim().parse().ok()?),
        Value::String(text) => {
            let is_day = wanted.len() == "2020-01-31".len();
            let shown = text.get(..wanted.len()).filter(|_| is_day);
            Some(shown.unwrap_or(text).cmp(wanted))
        }
        _ => None,
    }
}

/// The value at a path of properties.
pub(crate) fn at<'v>(item: &'v Value, path: &[String]) -> Option<&'v Value> {
    path.iter().try_fold(item, |at, name| at.get(name))
}

/// Compares values for an order: numbers by size, other values as texts, those that are missing last.
pub(crate) fn compare(one: Option<&Value>, other: Option<&Value>) -> Ordering {
    let known = |value: Option<&Value>| value.is_some_and(|it| !it.is_null());
    match (one, other) {
        (Some(Value::Number(one)), Some(Value::Number(other))) => {
            let exact = one.as_i64().zip(other.as_i64());
            exact.map_or_else(
                || {
                    let (one, other) = (one.as_f64(), other.as_f64());
                    one.partial_cmp(&other).unwrap_or(Ordering::Equal)
                },
                |(one, other)| one.cmp(&other),
            )
        }
        (Some(Value::String(one)), Some(Value::String(other))) => one.cmp(other),
        (Some(one), Some(other)) if known(Some(one)) && known(Some(other)) => {
            one.to_string().cmp(&other.to_string())
        }
        (one, other) => known(other).cmp(&known(one)),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn path(place: &str) -> Vec<String> {
        place.split('.').map(str::to_owned).collect()
    }

    #[test]
    fn values_are_compared_as_texts() {
        let item = json!({
            "status": "open", "count": 3, "flag": true, "gone": null,
            "people": [{ "id": "a" }, { "id": "b", "tags": ["x", "y"] }],
        });
        let cases = [
            ("status", "open", true),
            ("status", "Open", false),
            ("status", "closed,open", true),
            ("count", "3", true),
            ("count", "3.0", false),
            ("flag", "true", true),
            ("flag", "1", true),
            ("flag", "0", false),
            ("gone", "null", false),
            ("absent", "", false),
            ("people.id", "b", true),
            ("people.id", "c", false),
            ("people.tags", "y", true),
            ("people", "a", false),
            ("status.more", "open", false),
        ];
        for (place, wanted, expected) in cases {
            assert_eq!(
                passes(&item, &path(place), Test::Equal(true), &[wanted]),
                expected,
                "{place} = {wanted}"
            );
        }
        let equal = Test::Equal(false);
        assert!(passes(&item, &path("status"), equal, &["closed", "open"]));
        assert!(!passes(&item, &path("status"), equal, &["closed,open"]));
    }

    #[test]
    fn ranges_are_of_numbers_and_of_texts() {
        let item = json!({ "size": 10, "at": "2021-05-06T07:08:09Z", "flag": true });
        let cases = [
            ("size", Test::AtLeast, "10", true),
            ("size", Test::Above, "10", false),
            ("size", Test::Above, "9.5", true),
            ("size", Test::AtMost, "9", false),
            ("size", Test::Below, "x", false),
            ("at", Test::AtLeast, "2021-05-06", true),
            ("at", Test::AtMost, "2021-05-06", true),
            ("at", Test::Below, "2021-05-06", false),
            ("at", Test::Above, "2021-05-06T07:08:08Z", true),
            ("flag", Test::AtLeast, "true", false),
        ];
        for (place, test, wanted, expected) in cases {
            let passes = passes(&item, &path(place), test, &[wanted]);
            assert_eq!(passes, expected, "{place} {test:?} {wanted}");
        }
    }

    #[test]
    fn what_is_missing_comes_last() {
        let mut values = vec![json!(null), json!(10), json!(9), json!(-1)];
        values.sort_by(|one, other| compare(Some(one), Some(other)));
        assert_eq!(values, [json!(-1), json!(9), json!(10), json!(null)]);
        assert_eq!(compare(None, Some(&json!("a"))), Ordering::Greater);
        assert_eq!(compare(None, None), Ordering::Equal);
    }
}
