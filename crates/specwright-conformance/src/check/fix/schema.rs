//! Fixes of rules about schemas.

use std::cmp::Ordering;

use serde_json::json;
use specwright_openapi::{Edit, Node, Number, Object, diagnostics::Pointer};

use super::{Finding, wants_quotes};

/// Takes away the second of two equal values.
pub(super) fn duplicate_enum_value(finding: &Finding<'_>) -> Option<Vec<Edit>> {
    let (_, list) = finding.parent()?;
    let schema = finding.tree.at(&list.parent()?)?.as_object()?;
    if has_parallel_list(schema) {
        return None;
    }
    finding.remove_repeated(finding.at)
}

/// Whether an extension says something about each value of `enum` by its position, such as `x-enum-varnames`.
fn has_parallel_list(schema: &Object) -> bool {
    schema.iter().any(|(key, node)| {
        let names_values = key.starts_with("x-") && key.to_ascii_lowercase().contains("enum");
        names_values && node.as_array().is_some()
    })
}

/// Takes away the second of two equal names.
pub(super) fn duplicate_required(finding: &Finding<'_>) -> Option<Vec<Edit>> {
    finding.remove_repeated(finding.at)
}

/// Permits `null` by `enum` as by type.
pub(super) fn nullable_enum(finding: &Finding<'_>) -> Option<Vec<Edit>> {
    let (schema, at) = finding.owner()?;
    null_in_enum(schema, &at)
}

/// The edits after which `enum`, if there is one, has `null`; `None` if they would break something else.
fn null_in_enum(schema: &Object, at: &Pointer) -> Option<Vec<Edit>> {
    let values = schema.get("enum").and_then(Node::as_array);
    let lacks_null = values.is_some_and(|it| !it.contains(&Node::Null));
    if !lacks_null {
        return Some(Vec::new());
    }
    let append = Edit::Append(at.join("enum"), json!(null));
    (!has_parallel_list(schema)).then(|| vec![append])
}

/// Says by `type` what `nullable` of 3.0 says.
pub(super) fn nullable_in_3_1(finding: &Finding<'_>) -> Option<Vec<Edit>> {
    let (schema, at) = finding.owner()?;
    let mut edits = vec![Edit::Remove(at.join("nullable"))];
    match schema.get("nullable")?.as_bool()? {
        false => return Some(edits),
        true if schema.contains("const") => return None,
        true => {}
    }
    let place = at.join("type");
    match schema.get("type")? {
        Node::String(name) if name == "null" => {}
        Node::String(name) => edits.push(Edit::Replace(place, json!([name, "null"]))),
        Node::Array(names) => {
            let has_null = names.iter().any(|it| it.as_str() == Some("null"));
            if !has_null {
                edits.push(Edit::Append(place, json!("null")));
            }
        }
        _ => return None,
    }
    edits.extend(null_in_enum(schema, &at)?);
    Some(edits)
}

/// Takes away the bound that the other one makes pointless.
pub(super) fn two_bounds(finding: &Finding<'_>) -> Option<Vec<Edit>> {
    let (schema, at) = finding.owner()?;
    let number = |field| match schema.get(field) {
        Some(Node::Number(number)) => Some(*number),
        _ => None,
    };
    let exclusive = finding.at.last()?;
    let (inclusive, wider) = match exclusive.as_str() {
        "exclusiveMaximum" => ("maximum", Ordering::Greater),
        "exclusiveMinimum" => ("minimum", Ordering::Less),
        _ => return None,
    };
    let order = compare(number(&exclusive)?, number(inclusive)?)?;
    let pointless = if order == wider {
        &exclusive
    } else {
        inclusive
    };
    Some(vec![Edit::Remove(at.join(pointless))])
}

fn compare(one: Number, other: Number) -> Option<Ordering> {
    match (one, other) {
        (Number::Integer(one), Number::Integer(other)) => Some(one.cmp(&other)),
        (one, other) => one.as_f64().partial_cmp(&other.as_f64()),
    }
}

/// Takes away the second of two equal parts, and an `allOf` without parts.
pub(super) fn degenerate_composition(finding: &Finding<'_>) -> Option<Vec<Edit>> {
    if finding.at.last()? != "allOf" {
        return finding.remove_repeated(finding.at);
    }
    let (schema, _) = finding.owner()?;
    let is_empty = finding.node()?.as_array()?.is_empty();
    let has_others = schema.iter().count() > 1;
    (is_empty && has_others).then(|| vec![Edit::Remove(finding.at.clone())])
}

/// Puts values of an `enum` of texts into quotes.
pub(super) fn enum_of_texts(finding: &Finding<'_>) -> Option<Vec<Edit>> {
    let list = match finding.node()? {
        Node::Array(_) => finding.at.clone(),
        _ => finding.at.parent()?,
    };
    let schema = finding.tree.at(&list.parent()?)?.as_object()?;
    if !is_text(schema.get("type")?) {
        return None;
    }
    match finding.node()? {
        Node::Array(values) => {
            let all = values.iter().all(wants_quotes);
            let quote = |index| Edit::Quote(list.index(index));
            all.then(|| (0..values.len()).map(quote).collect())
        }
        value => wants_quotes(value).then(|| vec![Edit::Quote(finding.at.clone())]),
    }
}

/// Whether a `type` permits texts and at most `null` besides.
fn is_text(types: &Node) -> bool {
    let of = |it: &Node, name: &str| it.as_str() == Some(name);
    match types {
        Node::Array(several) => {
            several.iter().any(|it| of(it, "string"))
                && several.iter().all(|it| of(it, "string") || of(it, "null"))
        }
        one => of(one, "string"),
    }
}
