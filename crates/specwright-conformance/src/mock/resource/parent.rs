//! Which parent a list belongs to, and which item is meant: what stands in paths.

use percent_encoding::percent_decode_str;
use specwright_openapi::{Description, OperationRef, openapiv3::Parameter, parameter_data};

use crate::mock::{request::parameter_schema, store::as_text, value::Shape};

/// The values of the parameters in the path of a list; empty if it has none.
///
/// `path` is what was sent, after any base path.
pub(crate) fn of_list(template: &str, path: &str) -> String {
    values(segments(template), segments(path))
}

/// The values of the parameters in the path of the list that an item belongs to, and what names the item.
pub(crate) fn of_item(template: &str, path: &str) -> Option<(String, String)> {
    let (mut template, mut path) = (segments(template), segments(path));
    template.pop()?;
    let item = path.pop()?;
    Some((values(template, path), decode(item)))
}

/// The name of the parameter in the path of a single item of a list, if `item` is that path.
pub(crate) fn parameter<'p>(list: &str, item: &'p str) -> Option<&'p str> {
    let rest = trim(item).strip_prefix(trim(list))?.strip_prefix('/')?;
    let name = rest.strip_prefix('{')?.strip_suffix('}')?;
    (!name.is_empty() && !name.contains(['/', '{', '}'])).then_some(name)
}

/// Whether two paths are the same but for a slash at the end.
pub(crate) fn is_same(one: &str, other: &str) -> bool {
    trim(one) == trim(other)
}

/// The parent that the description itself names by examples and defaults; 1 where there are none.
pub(crate) fn documented(description: &Description, operation: &OperationRef<'_>) -> String {
    let parameters = description.parameters(operation);
    let value = |segment: &&str| {
        let name = segment.strip_prefix('{')?.strip_suffix('}')?;
        let mut in_path = parameters
            .iter()
            .filter(|(it, _)| matches!(it, Parameter::Path { .. }));
        let (parameter, _) = in_path.find(|(it, _)| parameter_data(it).name == name)?;
        let schema = parameter_schema(description, parameter)?;
        let data = &schema.schema_data;
        let shape = Shape::first(description, &[schema]);
        let shown = parameter_data(parameter).example.as_ref();
        shown
            .or(data.example.as_ref())
            .or(data.default.as_ref())
            .or(shape.members.as_ref().and_then(|it| it.first()))
            .and_then(as_text)
    };
    let segments = segments(operation.path).into_iter();
    let values: Vec<String> = segments
        .filter(|segment| segment.contains('{'))
        .map(|segment| value(&segment).unwrap_or_else(|| "1".to_owned()))
        .collect();
    values.join("/")
}

fn values(template: Vec<&str>, path: Vec<&str>) -> String {
    let pairs = template.iter().rev().zip(path.iter().rev());
    let mut values: Vec<String> = pairs
        .filter(|(segment, _)| segment.contains('{'))
        .map(|(_, value)| decode(value).replace('/', "%2F"))
        .collect();
    values.reverse();
    values.join("/")
}

fn segments(path: &str) -> Vec<&str> {
    trim(path).split('/').collect()
}

fn trim(path: &str) -> &str {
    path.strip_suffix('/').unwrap_or(path)
}

fn decode(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_read_from_the_end_of_paths() {
        let cases = [
            ("/things", "/v1/things", ""),
            ("/users/{user}/posts", "/v1/users/7/posts", "7"),
            ("/users/{user}/posts/", "/users/a%20b/posts/", "a b"),
            ("/{a}/x/{b}/posts", "/1/x/2/posts", "1/2"),
            ("/{a}/posts", "/1%2F2/posts", "1%2F2"),
        ];
        for (template, path, expected) in cases {
            assert_eq!(of_list(template, path), expected, "{template} {path}");
        }
        assert_eq!(
            of_item("/users/{user}/posts/{id}", "/v1/users/7/posts/a%2Fb"),
            Some(("7".to_owned(), "a/b".to_owned()))
        );
    }

    #[test]
    fn an_item_is_one_segment_below_its_list() {
        assert_eq!(parameter("/things", "/things/{id}"), Some("id"));
        assert_eq!(parameter("/things/", "/things/{id}/"), Some("id"));
        for other in [
            "/things",
            "/things/{id}/parts",
            "/things/latest",
            "/thing/{id}",
        ] {
            assert_eq!(parameter("/things", other), None, "{other}");
        }
    }
}
