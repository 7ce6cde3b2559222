//! Whether JSON values say the same.

use serde_json::{Map, Value};
use specwright_diagnostics::Pointer;

/// Where `seen` says something else than `sent`; `None` if they say the same.
///
/// Numbers are equal by value, and a member that is null may as well be left out: that is all that a type may change.
pub(crate) fn difference(sent: &Value, seen: &Value) -> Option<String> {
    let (way, sent, seen) = differing(sent, seen)?;
    Some(format!("at ${way}: {} became {}", short(sent), short(seen)))
}

/// Where `seen` has something that `sent` has not, whatever else `sent` has; `None` if all of it is there.
pub(crate) fn addition(sent: &Value, seen: &Value) -> Option<String> {
    let (way, sent, seen) = differing(&common(sent, seen), seen)
        .map(|(way, sent, seen)| (way, short(sent), short(seen)))?;
    Some(format!("at ${way}: {sent} became {seen}"))
}

/// What is left of a value without the members that the other one does not have.
fn common(value: &Value, other: &Value) -> Value {
    match (value, other) {
        (Value::Object(members), Value::Object(others)) => {
            let kept = members
                .iter()
                .filter_map(|(name, value)| Some((name.clone(), common(value, others.get(name)?))));
            Value::Object(kept.collect())
        }
        (Value::Array(items), Value::Array(others)) if items.len() == others.len() => items
            .iter()
            .zip(others)
            .map(|(item, other)| common(item, other))
            .collect(),
        _ => value.clone(),
    }
}

/// The first place at which they differ, and what is there.
fn differing<'v>(sent: &'v Value, seen: &'v Value) -> Option<(String, &'v Value, &'v Value)> {
    let below = |step: String, sent: &'v Value, seen: &'v Value| {
        let (way, sent, seen) = differing(sent, seen)?;
        Some((format!("{step}{way}"), sent, seen))
    };
    match (sent, seen) {
        (Value::Object(sent), Value::Object(seen)) => {
            let added = seen.keys().filter(|it| !sent.contains_key(*it));
            sent.keys().chain(added).find_map(|name| {
                let of = |object: &'v Map<String, Value>| object.get(name).unwrap_or(&Value::Null);
                below(format!(".{name}"), of(sent), of(seen))
            })
        }
        (Value::Array(sent), Value::Array(seen)) if sent.len() == seen.len() => {
            let pairs = sent.iter().zip(seen).enumerate();
            let mut found =
                pairs.filter_map(|(index, (sent, seen))| below(format!("[{index}]"), sent, seen));
            found.next()
        }
        (Value::Number(one), Value::Number(other))
            if one == other || one.as_f64() == other.as_f64() =>
        {
            None
        }
        _ => (sent != seen).then(|| (String::new(), sent, seen)),
    }
}

/// Pointers to the members of `sent` that `seen` does not have; those of `sent` that are null count for nothing.
pub(crate) fn dropped(sent: &Value, seen: &Value) -> Vec<Pointer> {
    let mut found = Vec::new();
    collect(sent, seen, &Pointer::root(), &mut found);
    found
}

fn collect(sent: &Value, seen: &Value, at: &Pointer, found: &mut Vec<Pointer>) {
    match (sent, seen) {
        (Value::Object(sent), Value::Object(seen)) => {
            for (name, value) in sent.iter().filter(|(_, it)| !it.is_null()) {
                let at = at.join(name);
                match seen.get(name) {
                    Some(seen) => collect(value, seen, &at, found),
                    None => found.push(at),
                }
            }
        }
        (Value::Array(sent), Value::Array(seen)) => {
            for (index, (sent, seen)) in sent.iter().zip(seen).enumerate() {
                collect(sent, seen, &at.index(index), found);
            }
        }
        _ => {}
    }
}

/// A value cut for messages.
pub(crate) fn short(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(300) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_numbers_and_absent_members_may_be_written_otherwise() {
        assert_eq!(
            difference(&json!({"a": 1, "b": null}), &json!({"a": 1.0})),
            None
        );
        assert_eq!(
            difference(&json!({"a": 1}), &json!({"a": 1, "b": null})),
            None
        );
        let found = difference(&json!({"a": [{"b.c": "x"}]}), &json!({"a": [{}]}));
        assert_eq!(found.as_deref(), Some("at $.a[0].b.c: \"x\" became null"));
        assert!(difference(&json!([1, 2]), &json!([1])).is_some());
        assert!(difference(&json!({}), &json!({"a": 0})).is_some());
        assert!(difference(&json!("1"), &json!(1)).is_some());
    }
}
