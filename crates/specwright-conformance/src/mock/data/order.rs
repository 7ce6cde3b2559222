//! Which order a request asks for.

use std::cmp::Ordering;

use serde_json::Value;
use specwright_openapi::{Description, diagnostics::Pointer, openapiv3::Parameter, parameter_data};

use super::{
    filter::{at, compare},
    find::{self, Field},
};
use crate::mock::{request::parameter_schema, value::Shape};

/// Names of parameters that take what is sorted by.
const SORTS: [&str; 9] = [
    "sort",
    "sortby",
    "orderby",
    "order",
    "ordering",
    "sortfield",
    "orderfield",
    "sortkey",
    "sortcolumn",
];

/// Names of parameters that take a direction.
const DIRECTIONS: [&str; 9] = [
    "direction",
    "order",
    "sortorder",
    "sortdirection",
    "sortdir",
    "orderdirection",
    "orderdir",
    "dir",
    "sorttype",
];

/// How requests ask a list for an order.
#[derive(Debug, Default)]
pub(crate) struct Sorting {
    by: Option<String>,
    direction: Option<String>,
    /// The words of each property that has an order, and its name.
    fields: Vec<(Vec<String>, String)>,
}

/// An order: properties, each with whether the greatest comes first.
#[derive(Debug, PartialEq)]
pub(crate) struct Order {
    keys: Vec<(Vec<String>, bool)>,
}

impl Sorting {
    /// Finds the parameters among those of an operation.
    pub(crate) fn new(
        description: &Description,
        parameters: &[(&Parameter, Pointer)],
        fields: &[Field],
    ) -> Self {
        let query = || {
            let parameters = parameters.iter().map(|(parameter, _)| *parameter);
            parameters.filter(|it| matches!(it, Parameter::Query { .. }))
        };
        let plain = |parameter: &Parameter| find::words(&parameter_data(parameter).name).concat();
        let is_direction = |parameter: &Parameter| {
            let schema = parameter_schema(description, parameter);
            let members = schema.and_then(|it| Shape::first(description, &[it]).members);
            members.is_some_and(|members| {
                let mut texts = members.iter().map(Value::as_str);
                texts.all(|it| it.is_some_and(|it| direction(it).is_some()))
            })
        };
        let name = |parameter: &Parameter| parameter_data(parameter).name.clone();
        let by = query()
            .find(|it| SORTS.contains(&plain(it).as_str()) && !is_direction(it))
            .map(name);
        let direction = query()
            .find(|it| {
                DIRECTIONS.contains(&plain(it).as_str()) && Some(name(it)) != by && by.is_some()
            })
            .map(name);
        let fields = fields
            .iter()
            .filter(|field| field.fields.is_empty())
            .map(|field| (find::words(&field.name), field.name.clone()))
            .collect();
        Self {
            by,
            direction,
            fields,
        }
    }

    /// Whether the parameter asks for an order.
    pub(crate) fn is_asked_by(&self, name: &str) -> bool {
        self.by.as_deref() == Some(name) || self.direction.as_deref() == Some(name)
    }

    /// The order that the query asks for; `None` for the usual one.
    pub(crate) fn order(&self, query: &[(String, String)]) -> Option<Order> {
        let value = |wanted: &Option<String>| {
            let wanted = wanted.as_deref()?;
            let mut pairs = query.iter();
            pairs
                .find(|(name, _)| name == wanted)
                .map(|(_, it)| it.as_str())
        };
        let by = value(&self.by)?;
        let descends = value(&self.direction).and_then(direction).unwrap_or(false);
        let keys: Vec<_> = by
            .split(',')
            .filter_map(|part| self.key(part.trim(), descends))
            .collect();
        (!keys.is_empty()).then_some(Order { keys })
    }

    /// Reads `name`, `-name`, `name:desc`, `name.desc`, `name desc`, `name_desc` and their like.
    fn key(&self, text: &str, descends: bool) -> Option<(Vec<String>, bool)> {
        let (text, descends) = match (text.strip_prefix('-'), text.strip_prefix('+')) {
            (Some(rest), _) => (rest, true),
            (None, Some(rest)) => (rest, false),
            (None, None) => (text, descends),
        };
        let words = find::words(text);
        if let Some(field) = self.field(&words) {
            return Some((field, descends));
        }
        let (last, start) = words.split_last()?;
        let of_word = direction(last)?;
        self.field(start).map(|field| (field, of_word))
    }

    fn field(&self, words: &[String]) -> Option<Vec<String>> {
        let wanted = words.concat();
        let spellings = [
            wanted.clone(),
            format!("{wanted}at"),
            format!("{wanted}date"),
        ];
        spellings
            .iter()
            .filter(|_| !wanted.is_empty())
            .find_map(|it| self.fields.iter().find(|(words, _)| words.concat() == *it))
            .map(|(_, name)| vec![name.clone()])
    }
}

impl Order {
    /// Compares two items; those that are equal in every key are in their usual order.
    pub(crate) fn compare(&self, one: Option<&Value>, other: Option<&Value>) -> Ordering {
        for (path, descends) in &self.keys {
            let (one, other) = (
                one.and_then(|it| at(it, path)),
                other.and_then(|it| at(it, path)),
            );
            let ordering = compare(one, other);
            if ordering != Ordering::Equal {
                return if *descends {
                    ordering.reverse()
                } else {
                    ordering
                };
            }
        }
        Ordering::Equal
    }
}

/// Whether a word says that the greatest comes first.
fn direction(word: &str) -> Option<bool> {
    Some(match word.to_ascii_lowercase().as_str() {
        "asc" | "ascending" | "1" => false,
        "desc" | "descending" | "-1" => true,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorting() -> Sorting {
        let fields = ["name", "created_at", "pageCount"];
        Sorting {
            by: Some("sort".to_owned()),
            direction: Some("dir".to_owned()),
            fields: fields
                .map(|name| (find::words(name), name.to_owned()))
                .to_vec(),
        }
    }

    fn keys(by: &str, direction: &str) -> Option<Vec<(String, bool)>> {
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let order = sorting().order(&[pair("sort", by), pair("dir", direction)])?;
        let keys = order.keys.into_iter();
        Some(keys.map(|(path, down)| (path.join("."), down)).collect())
    }

    #[test]
    fn orders_are_written_in_many_ways() {
        let cases = [
            ("name", "", "name", false),
            ("name", "desc", "name", true),
            ("-name", "asc", "name", true),
            ("+name", "desc", "name", false),
            ("name:desc", "", "name", true),
            ("name.desc", "", "name", true),
            ("name desc", "", "name", true),
            ("created", "", "created_at", false),
            ("createdAt", "", "created_at", false),
            ("created_desc", "", "created_at", true),
            ("page_count", "DESC", "pageCount", true),
        ];
        for (by, direction, field, down) in cases {
            let expected = Some(vec![(field.to_owned(), down)]);
            assert_eq!(keys(by, direction), expected, "{by} {direction}");
        }
        let both = vec![("name".to_owned(), true), ("created_at".to_owned(), false)];
        assert_eq!(keys("-name,created_at", ""), Some(both));
        for nothing in ["", "stars", "-", "desc", ","] {
            assert_eq!(keys(nothing, "desc"), None, "{nothing}");
        }
    }
}
